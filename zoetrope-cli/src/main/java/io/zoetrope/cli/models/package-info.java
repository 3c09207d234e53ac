/** Models by name on the command line: which files they are, and how they get here. */
package io.zoetrope.cli.models;

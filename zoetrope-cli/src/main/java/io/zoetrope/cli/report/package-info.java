/** Telling what was detected: to people, to programs, to files. */
package io.zoetrope.cli.report;

/** The command line: what people type, and how failures are told. */
package io.zoetrope.cli;

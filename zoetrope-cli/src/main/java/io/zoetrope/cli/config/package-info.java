/** The table of settings, and where their values come from. */
package io.zoetrope.cli.config;

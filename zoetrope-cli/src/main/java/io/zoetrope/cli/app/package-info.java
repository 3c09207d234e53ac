/** All roles wired into one process. */
package io.zoetrope.cli.app;

/** Runs over videos that a service has already. */
package io.zoetrope.cli.rerun;

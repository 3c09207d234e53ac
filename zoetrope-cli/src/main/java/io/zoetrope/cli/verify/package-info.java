/** Whether the live stores hold what the log tells: run by run, by their digests. */
package io.zoetrope.cli.verify;

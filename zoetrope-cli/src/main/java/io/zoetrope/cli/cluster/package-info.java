/** A cluster that is running, as commands reach it that look into its topics. */
package io.zoetrope.cli.cluster;

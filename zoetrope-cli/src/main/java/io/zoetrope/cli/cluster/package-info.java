/** The Kafka cluster as somebody else runs it: where it is, and what it has to offer. */
package io.zoetrope.cli.cluster;

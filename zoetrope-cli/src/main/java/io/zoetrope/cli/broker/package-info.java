/** A Kafka cluster of one node in this process. */
package io.zoetrope.cli.broker;

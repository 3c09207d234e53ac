/**
 * What a run owes and has, in plain Java: no Kafka, no HTTP. A {@link
 * io.zoetrope.topology.ledger.RunLedger} counts what came, a {@link
 * io.zoetrope.topology.ledger.Split} knows what is expected, and a {@link
 * io.zoetrope.topology.ledger.Standing} is what the two say together. Every value is immutable.
 */
package io.zoetrope.topology.ledger;

/**
 * What keeps input that kills its process from taking other work with it: attempts on record, so
 * that the next process knows what was in hand when one died, and trials in a child process. Knows
 * neither Kafka nor media.
 */
package io.zoetrope.isolation;

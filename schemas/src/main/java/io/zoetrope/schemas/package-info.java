/**
 * The contract between every part of Zoetrope: identities, keys, topics and how events look on the
 * wire. The events themselves are generated from {@code src/main/avro} into {@code
 * io.zoetrope.events}.
 */
package io.zoetrope.schemas;

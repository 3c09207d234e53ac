/**
 * From a producer's wish to frame batches: {@link io.zoetrope.splitter.Intake} finds the bytes and
 * resolves the runs, {@link io.zoetrope.splitter.Splitter} cuts. Both go on where a killed process
 * stopped.
 */
package io.zoetrope.splitter;

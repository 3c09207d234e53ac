package io.zoetrope.detector.family;

import io.zoetrope.detector.boxes.OutputDecoder;
import io.zoetrope.media.InputFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * How to use a model: what its family makes of one signature.
 *
 * @param family name of the family
 * @param input how pictures are prepared
 * @param labels by class id
 * @param decoders makes a decoder of the output, one for each thread
 */
public record DetectorLayout(
    String family, InputFormat input, List<String> labels, Supplier<OutputDecoder> decoders) {}

package io.zoetrope.samples.evaluation;

import io.zoetrope.samples.Box;

/**
 * What a detector says about one object of a frame: boxes in pixels of the picture, confidence 0 to
 * 1.
 */
public record Detection(String label, double confidence, Box box) {}

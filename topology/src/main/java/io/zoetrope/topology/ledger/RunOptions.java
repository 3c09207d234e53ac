package io.zoetrope.topology.ledger;

/**
 * What a run makes of the model's raw output.
 *
 * @param confidence lowest confidence of a detection
 * @param iou overlap above which the weaker of two boxes of a class goes
 */
public record RunOptions(float confidence, float iou) {}

/**
 * From candidate boxes to detections: thresholds, suppression of overlaps, and the way back from
 * the model's input to the picture. Pure Java.
 */
package io.zoetrope.detector.boxes;

/**
 * The model families: how each is recognised, wants its pictures and lays out its boxes. Pure Java;
 * one more family is one more {@code ModelFamily}, found by {@link
 * io.zoetrope.detector.family.Recognition}.
 */
package io.zoetrope.detector.family;

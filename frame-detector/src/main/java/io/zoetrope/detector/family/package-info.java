/**
 * The model families: how each is recognised, wants its pictures and lays out its boxes. Pure Java;
 * one more family is one more {@link io.zoetrope.detector.family.ModelFamily}.
 */
package io.zoetrope.detector.family;

/**
 * The assembler role: annotated videos, from what runs found. What is known of runs and renders is
 * asked through {@link io.zoetrope.assembler.RenderLedger}.
 */
package io.zoetrope.assembler;

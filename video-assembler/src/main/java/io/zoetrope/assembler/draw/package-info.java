/**
 * Boxes, captions, trails, zones and marks, drawn straight onto 4:2:0 pictures. Plain Java and
 * strict arithmetic: the same scene over the same picture is the same bytes on every machine, and
 * no machine needs a font of its own.
 */
package io.zoetrope.assembler.draw;

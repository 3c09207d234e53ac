/** Makes segments of annotated videos: decodes frames, draws on them and encodes them again. */
package io.zoetrope.assembler.segments;

/** Annotated videos: from an original and what a run found in it to something that people watch. */
package io.zoetrope.assembler;

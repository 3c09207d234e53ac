/** From what a run found to what is drawn on each of its frames. */
package io.zoetrope.assembler.annotation;

/** Objects over time: who is who from frame to frame, and who has been where. Plain Java. */
package io.zoetrope.assembler.tracking;

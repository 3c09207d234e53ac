/** Pictures and short clips of videos, made when somebody asks for them. */
package io.zoetrope.assembler.stills;

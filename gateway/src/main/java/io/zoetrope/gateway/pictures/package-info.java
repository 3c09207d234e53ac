/** Pictures and clips of videos, which whoever can decode makes for those who are asked. */
package io.zoetrope.gateway.pictures;

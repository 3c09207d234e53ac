/** Where the bytes of the original videos are kept: the source of every replay. */
package io.zoetrope.store;

/** Folders that belong to one process. */
package io.zoetrope.cli.data;

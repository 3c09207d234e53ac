/** The HTTP API as its users see it. */
package io.zoetrope.cli.client;

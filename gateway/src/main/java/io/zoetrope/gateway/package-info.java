/** The HTTP API: uploads, runs, queries, health, and the schemas of an embedded installation. */
package io.zoetrope.gateway;

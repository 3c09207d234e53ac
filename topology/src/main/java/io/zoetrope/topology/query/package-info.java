/** What can be asked about videos, in plain Java: answered here or by another instance. */
package io.zoetrope.topology.query;

/** Questions between the instances of the topology: who is asked, and how it travels. */
package io.zoetrope.gateway.cluster;

package io.zoetrope.gateway;

import io.zoetrope.gateway.cluster.ClusterSecret;
import io.zoetrope.topology.query.VideoQueries;

/**
 * What other instances may ask of this one.
 *
 * @param here from the stores of this instance alone
 * @param cluster from those of all
 * @param secret that they show
 */
public record InternalQueries(VideoQueries here, VideoQueries cluster, ClusterSecret secret) {}

package io.zoetrope.gateway;

import io.zoetrope.gateway.cluster.ClusterSecret;
import io.zoetrope.gateway.pictures.Pictures;

/**
 * Pictures that other instances may ask of this one.
 *
 * @param secret that they show
 */
public record InternalPictures(Pictures pictures, ClusterSecret secret) {}

package io.zoetrope.topology.query;

import java.util.List;

/**
 * Some videos.
 *
 * @param cursor for the next page; null on the last
 */
public record VideoPage(List<Video> videos, String cursor) {}

package io.zoetrope.gateway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.zoetrope.gateway.cluster.ClusterSecret;
import io.zoetrope.gateway.cluster.InstanceClient;
import io.zoetrope.gateway.cluster.QueryJson;
import io.zoetrope.topology.query.VideoQueries;
import io.zoetrope.topology.query.VideoQuery;
import java.io.IOException;

/** Questions of other instances, which show the secret that all of them share. */
final class InstanceRoutes {
  private final InternalQueries queries;

  InstanceRoutes(InternalQueries queries) {
    this.queries = queries;
  }

  void addTo(RoutesConfig routes) {
    routes.post(InstanceClient.PATH, this::answer);
  }

  private void answer(Context http) {
    requireSecret(http, queries.secret());
    VideoQuery<?> query = query(http.body());
    VideoQueries asked = mayPassOn(http) ? queries.cluster() : queries.here();
    http.status(200).contentType("application/json").result(QueryJson.write(query.to(asked)));
  }

  static void requireSecret(Context http, ClusterSecret secret) {
    if (!secret.isIn(http.header("Authorization"))) {
      http.header("WWW-Authenticate", "Bearer");
      throw new ApiException(
          401,
          "CLUSTER_SECRET_INVALID",
          "only instances that were given this one's cluster.secret are answered here");
    }
  }

  // Whoever was asked on behalf of another asks nobody else, so that no question goes round.
  private static boolean mayPassOn(Context http) {
    return "1".equals(http.header(InstanceClient.HOPS_LEFT));
  }

  private static VideoQuery<?> query(String body) {
    try {
      return QueryJson.readQuery(body);
    } catch (IOException e) {
      throw new ApiException(
          400,
          "BODY_INVALID",
          "this release knows no such question; run the same release on every instance");
    }
  }
}

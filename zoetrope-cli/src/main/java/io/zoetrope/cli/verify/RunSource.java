package io.zoetrope.cli.verify;

import io.zoetrope.cli.client.ApiException;
import io.zoetrope.cli.client.ZoetropeClient;
import io.zoetrope.schemas.Keys;
import io.zoetrope.schemas.Topics;
import io.zoetrope.topology.query.QueryException;
import io.zoetrope.topology.query.RunDigest;
import io.zoetrope.topology.query.VideoQueries;
import java.util.List;
import java.util.Optional;

/** Stores that tell which runs they have, and the digest of each. */
interface RunSource {
  /** The keys of at most {@code limit} runs in their order, those after {@code after}. */
  List<String> keys(int limit, String after);

  /** Empty where there is no such run. */
  Optional<RunDigest> digest(String key);

  /** The stores can't answer just now. */
  final class NotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotReadyException(RuntimeException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Stores of this process. */
  record Local(VideoQueries queries) implements RunSource {
    @Override
    public List<String> keys(int limit, String after) {
      try {
        return queries.runKeys(Topics.RUNS.everyPartition(), limit, after).value().runs();
      } catch (QueryException e) {
        throw new NotReadyException(e);
      }
    }

    @Override
    public Optional<RunDigest> digest(String key) {
      try {
        return queries.digest(Keys.owner(key), key.substring(key.indexOf('/') + 1)).value();
      } catch (QueryException e) {
        throw new NotReadyException(e);
      }
    }
  }

  /** Stores of a service that is asked over HTTP. */
  record Remote(ZoetropeClient service) implements RunSource {
    @Override
    public List<String> keys(int limit, String after) {
      try {
        return service.runKeys(limit, after);
      } catch (ApiException e) {
        throw notReady(e);
      }
    }

    @Override
    public Optional<RunDigest> digest(String key) {
      try {
        return Optional.of(service.digest(Keys.owner(key), key.substring(key.indexOf('/') + 1)));
      } catch (ApiException e) {
        if (e.code().equals("RUN_UNKNOWN")) {
          return Optional.empty();
        }
        throw notReady(e);
      }
    }

    private static RuntimeException notReady(ApiException e) {
      return e.isTransient() && !e.code().equals("ROUTE_UNKNOWN") ? new NotReadyException(e) : e;
    }
  }
}

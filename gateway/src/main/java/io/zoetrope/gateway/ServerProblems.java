package io.zoetrope.gateway;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problem documents for requests that the server itself turns away before any route sees them. */
final class ServerProblems extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      Throwable cause,
      Callback callback) {
    boolean byClient = status < 500;
    Problem problem =
        Problem.of(
            status,
            byClient ? "REQUEST_INVALID" : "INTERNAL_ERROR",
            byClient
                ? "this is no request that can be served: " + message
                : "the request failed inside; the log of the service says why",
            request.getHttpURI().getPath());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    response.write(true, ByteBuffer.wrap(Json.bytes(problem)), callback);
  }
}

package io.embedim.examples.server.http;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Executor;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Everything on the port that is not a WebSocket: the API below {@code /api/}, and the page. What
 * either of them refuses is answered with the same typed error.
 */
public final class Site extends HttpHandler {

  private final Api api;
  private final StaticPage page;

  /**
   * @param publicUrl how clients reach the server; empty to believe what requests ask for
   * @param allowedOrigins origins of other servers' pages that may use the API
   * @param executor where what blocks is done
   */
  public Site(
      Logins logins,
      Health health,
      String publicUrl,
      Set<String> allowedOrigins,
      Executor executor) {
    super("EmbedIM");
    PublicAddress address = new PublicAddress(publicUrl);
    this.api =
        new Api(
            new ApiEndpoints(logins, health, address),
            new CrossOrigin(allowedOrigins),
            address,
            executor);
    this.page = new StaticPage(address);
    // Paths are compared as they were sent; nothing encoded is ever decoded.
    setDecodeUrl(false);
  }

  @Override
  public void service(Request request, Response response) throws IOException {
    if (request.getRequestURI().startsWith("/api/")) {
      api.service(request, response);
    } else {
      try {
        page.service(request, response);
      } catch (ApiException e) {
        api.refuse(response, e);
      }
    }
  }
}

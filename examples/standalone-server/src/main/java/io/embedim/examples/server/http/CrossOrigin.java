package io.embedim.examples.server.http;

import java.util.Set;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Lets the pages of other servers use the API when they are configured, and no others. There are no
 * cookies, so a page can do no more than any other program; this only spares users surprises.
 */
final class CrossOrigin {

  private static final String ANY = "*";

  private final Set<String> allowed;

  CrossOrigin(Set<String> allowed) {
    this.allowed = allowed;
  }

  void allow(Request request, Response response) {
    if (allowed.isEmpty()) {
      return;
    }
    response.addHeader("Vary", "Origin");
    String origin = request.getHeader("Origin");
    if (origin != null && (allowed.contains(ANY) || allowed.contains(origin))) {
      response.setHeader("Access-Control-Allow-Origin", allowed.contains(ANY) ? ANY : origin);
      response.setHeader("Access-Control-Allow-Methods", "GET, POST");
      response.setHeader("Access-Control-Allow-Headers", "Content-Type");
      response.setHeader("Access-Control-Max-Age", "600");
    }
  }
}

package io.embedim.examples.server.http;

import org.glassfish.grizzly.http.server.Response;

/** What browsers are told not to do with our answers. */
final class SecurityHeaders {

  private static final String POLICY = "Content-Security-Policy";

  private SecurityHeaders() {}

  /** For JSON, which no browser has to show or keep. */
  static void forData(Response response) {
    common(response);
    response.setHeader(POLICY, "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("Cache-Control", "no-store");
  }

  /**
   * For the page.
   *
   * @param host where its WebSocket is; some browsers do not take {@code 'self'} for it
   */
  static void forPage(Response response, String host) {
    common(response);
    response.setHeader(
        POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
            + (" ws://" + host + " wss://" + host)
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            // No text becomes markup, whatever a script does.
            + "; require-trusted-types-for 'script'; trusted-types 'none'");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  }

  private static void common(Response response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Frame-Options", "DENY");
  }
}

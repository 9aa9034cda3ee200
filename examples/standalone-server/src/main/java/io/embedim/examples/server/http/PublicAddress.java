package io.embedim.examples.server.http;

import io.embedim.core.ImError;
import java.net.URI;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.util.Header;

/** How clients reach this server. */
final class PublicAddress {

  static final String WEBSOCKET_PATH = "/ws";

  /**
   * A name or address and perhaps a port; nothing that could break out of a header or an address.
   */
  private static final Pattern HOST =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

  private final String publicUrl;

  /**
   * @param publicUrl scheme, host and perhaps a port; empty to believe what requests ask for
   */
  PublicAddress(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** The host and port that clients use, by configuration or by what this request says. */
  String host(Request request) throws ApiException {
    if (!publicUrl.isEmpty()) {
      return URI.create(publicUrl).getRawAuthority();
    }
    String host = request.getHeader(Header.Host);
    if (host == null || !HOST.matcher(host).matches()) {
      throw new ApiException(
          ImError.INVALID_ARGUMENT, "the Host header is missing or names no host");
    }
    return host;
  }

  /** Where a client that reached this host opens its WebSocket. */
  String websocketUrl(String host) {
    return (publicUrl.startsWith("https:") ? "wss://" : "ws://") + host + WEBSOCKET_PATH;
  }
}

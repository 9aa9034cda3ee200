package io.embedim.transport.ws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From which web pages browsers may connect. A page of the server's own host always may; without an
 * {@code Origin} the client is no browser, and may. Immutable.
 */
public final class AllowedOrigins {

  private static final String ANY = "*";
  private static final AllowedOrigins OWN_HOST = new AllowedOrigins(Set.of(), false);

  private final Set<String> origins;
  private final boolean any;

  private AllowedOrigins(Set<String> origins, boolean any) {
    this.origins = origins;
    this.any = any;
  }

  /** Pages of the server's own host only: the default. */
  public static AllowedOrigins ownHost() {
    return OWN_HOST;
  }

  /**
   * Pages of these origins too.
   *
   * @param origins each {@code scheme://host} or {@code scheme://host:port} as browsers send it, or
   *     {@code *} for all pages there are
   * @throws IllegalArgumentException for anything else; it names the origin
   */
  public static AllowedOrigins of(Collection<String> origins) {
    Set<String> normal = new HashSet<>();
    for (String origin : origins) {
      if (!origin.equals(ANY)) {
        String form = normalize(origin);
        if (form == null) {
          throw new IllegalArgumentException(
              "'" + origin + "' is no origin, expected for example https://chat.example.com, or *");
        }
        normal.add(form);
      }
    }
    return new AllowedOrigins(Set.copyOf(normal), origins.contains(ANY));
  }

  /**
   * Whether a browser that shows a page of {@code origin} may connect.
   *
   * @param origin the header {@code Origin}; null when there was none
   * @param host the header {@code Host}; null when there was none
   */
  boolean allow(@Nullable String origin, @Nullable String host) {
    if (origin == null || any) {
      return true;
    }
    String normal = normalize(origin);
    if (normal == null) {
      return false;
    }
    if (origins.contains(normal)) {
      return true;
    }
    // Behind a proxy that ends TLS only the browser knows the scheme, so it is taken from there.
    String scheme = normal.substring(0, normal.indexOf(':'));
    return host != null && normal.equals(normalize(scheme + "://" + host));
  }

  /** {@code scheme://host:port}, in lower case and with the port that the scheme implies. */
  private static @Nullable String normalize(String origin) {
    URI uri;
    try {
      uri = new URI(origin.toLowerCase(Locale.ROOT));
    } catch (URISyntaxException e) {
      return null;
    }
    boolean bare =
        uri.getScheme() != null
            && uri.getHost() != null
            && uri.getUserInfo() == null
            && uri.getPath().isEmpty()
            && uri.getQuery() == null
            && uri.getFragment() == null;
    if (!bare) {
      return null;
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    return uri.getScheme() + "://" + uri.getHost() + ":" + port;
  }

  @Override
  public String toString() {
    return any ? ANY : "own host" + (origins.isEmpty() ? "" : " and " + origins);
  }
}

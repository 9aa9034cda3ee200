package io.embedim.examples.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.Header;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of the page from the class path. Browsers keep them but ask each time whether
 * they changed, so that a new version of the server never meets half of an old page.
 */
final class StaticPage {

  private static final String ROOT = "/web";
  private static final String INDEX = "/index.html";

  /**
   * Plain names only: neither what climbs out of the directory nor anything encoded gets through.
   */
  private static final Pattern PATH =
      Pattern.compile("(?:/[A-Za-z0-9_-]+)*/[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.([a-z0-9]+)");

  private static final int LONGEST_PATH = 200;

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          // The .d.ts beside a module; the registered type of .ts is a video's.
          "ts", "text/plain; charset=utf-8");

  private final PublicAddress address;
  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  /** A file as it is sent. */
  private static final class StaticFile {

    private final byte[] bytes;
    private final String type;
    private final String tag;

    StaticFile(byte[] bytes, String type) {
      this.bytes = bytes;
      this.type = type;
      this.tag = tag(bytes);
    }
  }

  StaticPage(PublicAddress address) {
    this.address = address;
  }

  void service(Request request, Response response) throws IOException, ApiException {
    SecurityHeaders.forPage(response, address.host(request));
    String method = request.getMethod().getMethodString();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      response.setHeader(Header.Allow, "GET, HEAD");
      throw new ApiException(
          ApiError.METHOD_NOT_ALLOWED, "the method is not allowed here, expected GET or HEAD");
    }
    String path = request.getRequestURI();
    StaticFile file =
        find(path.equals("/") ? INDEX : path)
            .orElseThrow(
                () -> new ApiException(ApiError.NOT_FOUND, "there is nothing at this path"));
    send(request, response, file);
  }

  private Optional<StaticFile> find(String path) {
    if (path.length() > LONGEST_PATH) {
      return Optional.empty();
    }
    var matcher = PATH.matcher(path);
    String type = matcher.matches() ? TYPES.get(matcher.group(1)) : null;
    if (type == null) {
      return Optional.empty();
    }
    StaticFile known = files.get(path);
    return known == null ? load(path, type) : Optional.of(known);
  }

  private Optional<StaticFile> load(String path, String type) {
    try (InputStream input = StaticPage.class.getResourceAsStream(ROOT + path)) {
      if (input == null) {
        return Optional.empty();
      }
      byte[] bytes = input.readAllBytes();
      StaticFile file = new StaticFile(bytes, type);
      files.put(path, file);
      return Optional.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the page's file " + path + " cannot be read", e);
    }
  }

  private static String tag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void send(Request request, Response response, StaticFile file) throws IOException {
    response.setHeader(Header.ETag, file.tag);
    response.setHeader(Header.CacheControl, "no-cache");
    if (isCurrent(request.getHeader(Header.IfNoneMatch), file.tag)) {
      response.setStatus(304);
      return;
    }
    response.setStatus(200);
    response.setContentType(file.type);
    response.setContentLength(file.bytes.length);
    if (!request.getMethod().getMethodString().equals("HEAD")) {
      response.getOutputStream().write(file.bytes);
    }
  }

  private static boolean isCurrent(@Nullable String condition, String tag) {
    return condition != null
        && Arrays.stream(condition.split(",", -1))
            .map(candidate -> candidate.strip().replaceFirst("^W/", ""))
            .anyMatch(candidate -> candidate.equals(tag) || candidate.equals("*"));
  }
}

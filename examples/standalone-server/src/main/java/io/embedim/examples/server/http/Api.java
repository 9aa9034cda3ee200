package io.embedim.examples.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests for JSON apart, has an endpoint handle them, and answers {@code
 * {"code":0,"data":…}} or {@code {"code":…,"error":…,"message":…}}.
 *
 * <p>Bodies are read without blocking a thread, so that slow clients cannot use the threads up;
 * what blocks runs on the executor that is handed over, whose refusal becomes {@code unavailable}.
 */
final class Api {

  static final int MAX_BODY_BYTES = 16 * 1024;

  private static final Logger log = LoggerFactory.getLogger(Api.class);
  private static final String GET = "GET";
  private static final String POST = "POST";
  private static final String OPTIONS = "OPTIONS";

  private final Map<String, Route> routes;
  private final CrossOrigin crossOrigin;
  private final PublicAddress address;
  private final Executor executor;
  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  /** The one method that a path is for, and what it does. */
  private record Route(String method, Endpoint endpoint) {}

  Api(ApiEndpoints endpoints, CrossOrigin crossOrigin, PublicAddress address, Executor executor) {
    this.routes =
        Map.of(
            "/api/health", new Route(GET, endpoints::health),
            "/api/login", new Route(POST, endpoints::login),
            "/api/register", new Route(POST, endpoints::register));
    this.crossOrigin = crossOrigin;
    this.address = address;
    this.executor = executor;
  }

  /** Answers a request, at once or later from another thread. */
  void service(Request request, Response response) {
    crossOrigin.allow(request, response);
    try {
      Route route = route(request, response);
      if (request.getMethod().getMethodString().equals(OPTIONS)) {
        response.setStatus(204);
        return;
      }
      String host = address.host(request);
      if (route.method().equals(GET)) {
        later(response, () -> handle(route.endpoint(), request, json.createObjectNode(), host));
      } else {
        requireJson(request);
        BodyReader.read(
            request,
            response,
            body -> execute(response, () -> handle(route.endpoint(), request, parsed(body), host)),
            tooLarge -> refuseTooLarge(response));
      }
    } catch (ApiException e) {
      refuse(response, e);
    }
  }

  private Route route(Request request, Response response) throws ApiException {
    Route route = routes.get(request.getRequestURI());
    if (route == null) {
      throw new ApiException(ApiError.NOT_FOUND, "there is nothing at this path");
    }
    String method = request.getMethod().getMethodString();
    boolean head = method.equals("HEAD") && route.method().equals(GET);
    if (!method.equals(route.method()) && !method.equals(OPTIONS) && !head) {
      response.setHeader(Header.Allow, route.method() + ", " + OPTIONS);
      throw new ApiException(
          ApiError.METHOD_NOT_ALLOWED,
          "the method is not allowed here, expected " + route.method());
    }
    return route;
  }

  private static void requireJson(Request request) throws ApiException {
    String type = request.getContentType();
    String essence = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    // Also keeps out forms of other web sites, which a browser sends without asking.
    if (!essence.equals("application/json")) {
      throw new ApiException(
          ApiError.CONTENT_TYPE_NOT_JSON, "the content type must be application/json");
    }
  }

  private ObjectNode parsed(byte[] body) throws ApiException {
    JsonNode value;
    try {
      value = json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new ApiException(ImError.MALFORMED_FRAME, "the body is not well-formed JSON");
    } catch (IOException e) {
      throw new ApiException(ImError.MALFORMED_FRAME, "the body is not JSON in UTF-8");
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new ApiException(ImError.MALFORMED_FRAME, "the body is not a JSON object");
  }

  private Record handle(Endpoint endpoint, Request request, ObjectNode body, String host)
      throws ApiException, SQLException {
    return endpoint.handle(new ApiRequest(body, host, request.getRemoteAddr()));
  }

  /** Something that blocks and ends in an answer. */
  @FunctionalInterface
  private interface Work {
    Record run() throws ApiException, SQLException;
  }

  private void later(Response response, Work work) {
    response.suspend();
    execute(response, work);
  }

  /** Runs it on the executor; the response is suspended already. */
  private void execute(Response response, Work work) {
    try {
      executor.execute(
          () -> {
            try {
              answer(response, work);
            } finally {
              response.resume();
            }
          });
    } catch (RejectedExecutionException e) {
      refuse(
          response,
          new ApiException(ImError.UNAVAILABLE, "the server is busy or stopping, try again later"));
      response.resume();
    }
  }

  private void answer(Response response, Work work) {
    try {
      ObjectNode answer = json.createObjectNode().put("code", 0);
      answer.set("data", json.valueToTree(work.run()));
      write(response, 200, answer);
    } catch (ApiException e) {
      refuse(response, e);
    } catch (ImException e) {
      refuse(response, new ApiException(e.error(), String.valueOf(e.getMessage())));
    } catch (SQLException e) {
      log.warn("The database failed", e);
      refuse(
          response,
          new ApiException(ImError.UNAVAILABLE, "the storage does not answer, try again later"));
    } catch (RuntimeException e) {
      String correlation = UUID.randomUUID().toString();
      log.error("Request {} failed", correlation, e);
      refuse(
          response,
          new ApiException(ImError.INTERNAL, "something went wrong here: " + correlation));
    }
  }

  private void refuseTooLarge(Response response) {
    // What was not read cannot be told from the next request.
    response.setHeader(Header.Connection, "close");
    refuse(
        response,
        new ApiException(
            ApiError.BODY_TOO_LARGE,
            "the body is larger than " + MAX_BODY_BYTES + " bytes, which are allowed"));
  }

  void refuse(Response response, ApiException refusal) {
    ObjectNode answer =
        json.createObjectNode()
            .put("code", refusal.error().code())
            .put("error", refusal.error().reason())
            .put("message", refusal.getMessage());
    if (refusal.retryAfterMillis() > 0) {
      answer.put("retry_after_ms", refusal.retryAfterMillis());
      response.setHeader(
          Header.RetryAfter, Long.toString((refusal.retryAfterMillis() + 999) / 1000));
    }
    write(response, refusal.error().status(), answer);
  }

  private void write(Response response, int status, ObjectNode answer) {
    SecurityHeaders.forData(response);
    try {
      byte[] bytes = json.writeValueAsBytes(answer);
      response.setStatus(status);
      response.setContentType("application/json");
      response.setCharacterEncoding("UTF-8");
      response.setContentLength(bytes.length);
      response.getOutputStream().write(bytes);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      log.debug("The client went away before its answer", e);
    }
  }
}

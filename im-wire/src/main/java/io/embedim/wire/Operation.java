package io.embedim.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Something that a client can ask for, declared once for every transport: by what name, by what
 * HTTP request, with what parameters and result.
 */
public final class Operation {

  private final String method;
  private final Verb verb;
  private final String path;
  private final BiFunction<Invocation, Parameters, CompletionStage<String>> body;

  /** The HTTP method. */
  public enum Verb {
    GET,
    POST,
    PUT
  }

  /** Writes a result as a JSON object, as the caller may see it. */
  @FunctionalInterface
  interface ResultWriter<R> {
    void write(JsonGenerator json, R result, Invocation invocation) throws IOException;
  }

  private Operation(
      String method,
      Verb verb,
      String path,
      BiFunction<Invocation, Parameters, CompletionStage<String>> body) {
    this.method = method;
    this.verb = verb;
    this.path = path;
    this.body = body;
  }

  /** An operation that is done when its handler returns. */
  static <P, R> Operation blocking(
      Route route,
      Function<Parameters, P> parser,
      BiFunction<Invocation, P, R> handler,
      ResultWriter<R> writer) {
    return staged(
        route,
        parser,
        (invocation, command) ->
            CompletableFuture.completedFuture(handler.apply(invocation, command)),
        writer);
  }

  /** An operation that is done later, after a commit. */
  static <P, R> Operation staged(
      Route route,
      Function<Parameters, P> parser,
      BiFunction<Invocation, P, CompletionStage<R>> handler,
      ResultWriter<R> writer) {
    return new Operation(
        route.method(),
        route.verb(),
        route.path(),
        (invocation, parameters) ->
            handler
                .apply(invocation, parser.apply(parameters))
                .thenApply(result -> JsonText.of(json -> writer.write(json, result, invocation))));
  }

  /** How an operation is reached. */
  record Route(String method, Verb verb, String path) {}

  /** The name in a REQUEST frame. */
  public String method() {
    return method;
  }

  public Verb verb() {
    return verb;
  }

  /** The path of the HTTP request, beginning with {@code /api/}. */
  public String path() {
    return path;
  }

  /**
   * Does it. Blocks while it reads; what it commits is done later.
   *
   * @return the result as a JSON object; fails with an {@link io.embedim.core.ImException}, or with
   *     whatever went wrong inside. {@link WireError#of(Throwable)} turns either into an answer
   */
  public CompletionStage<String> call(Invocation invocation, Parameters parameters) {
    try {
      return body.apply(invocation, parameters);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public String toString() {
    return method;
  }
}

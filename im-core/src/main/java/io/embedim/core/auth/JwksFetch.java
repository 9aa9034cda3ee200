package io.embedim.core.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads a key set over HTTP, with a bound on its size and on the time that all of it may take. */
final class JwksFetch {

  private final URI uri;
  private final Duration deadline;
  private final int maxBytes;
  private final HttpClient client;

  JwksFetch(URI uri, Duration deadline, int maxBytes) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!List.of("https", "http").contains(scheme) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "the key set's address has the scheme '"
              + scheme
              + "', expected https:// or http:// and a host");
    }
    this.uri = uri;
    this.deadline = deadline;
    this.maxBytes = maxBytes;
    // Redirects are not followed: whoever answers for the configured address is who is trusted.
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(deadline)
            .build();
  }

  /** The address without its query, where some services expect a key. */
  String describe() {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPath() == null ? "" : uri.getPath());
  }

  /**
   * Blocks until the key set is there.
   *
   * @throws IOException when it is not there in time, too large, or not answered with status 200
   */
  String fetch() throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(deadline)
            .header("Accept", "application/jwk-set+json, application/json")
            .build();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, info -> new BoundedText(maxBytes));
    try {
      // The client's own time-outs end with the headers; this one covers the body as well.
      HttpResponse<String> response = answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode() + ", expected 200");
      }
      return response.body();
    } catch (TimeoutException e) {
      throw new IOException("no complete answer within " + deadline.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  /** Gathers a body up to a size, and gives up beyond it without reading on. */
  private static final class BoundedText implements HttpResponse.BodySubscriber<String> {

    private final int maxBytes;
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    BoundedText(int maxBytes) {
      this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<String> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        if (bytes.size() + buffer.remaining() > maxBytes) {
          if (subscription != null) {
            subscription.cancel();
          }
          body.completeExceptionally(
              new IOException("more than " + maxBytes + " bytes, which no key set needs"));
          return;
        }
        byte[] chunk = new byte[buffer.remaining()];
        buffer.get(chunk);
        bytes.writeBytes(chunk);
      }
    }

    @Override
    public void onError(Throwable failure) {
      body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      body.complete(bytes.toString(StandardCharsets.UTF_8));
    }
  }
}

package io.embedim.examples.server.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.glassfish.grizzly.ReadHandler;
import org.glassfish.grizzly.http.io.NIOInputStream;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the body of a request up to {@link Api#MAX_BODY_BYTES} as it comes in, without a thread
 * that waits for it. A connection whose body takes too long is closed.
 */
final class BodyReader implements ReadHandler {

  private static final Logger log = LoggerFactory.getLogger(BodyReader.class);

  /** How long a body may take. */
  private static final int TIMEOUT_SECONDS = 10;

  private final NIOInputStream input;
  private final Response response;
  private final Consumer<byte[]> whole;
  private final Consumer<Response> tooLarge;
  private final AtomicBoolean ended = new AtomicBoolean();

  private BodyReader(
      NIOInputStream input,
      Response response,
      Consumer<byte[]> whole,
      Consumer<Response> tooLarge) {
    this.input = input;
    this.response = response;
    this.whole = whole;
    this.tooLarge = tooLarge;
  }

  /**
   * Suspends the response and reads.
   *
   * @param whole takes the body, and has to resume the response some time
   * @param tooLarge writes the refusal of a body that is too large; the response is resumed here
   */
  static void read(
      Request request, Response response, Consumer<byte[]> whole, Consumer<Response> tooLarge) {
    BodyReader reader = new BodyReader(request.getNIOInputStream(), response, whole, tooLarge);
    response.suspend(
        TIMEOUT_SECONDS,
        TimeUnit.SECONDS,
        null,
        late -> {
          // Once the body is there, the time that its handling takes is not the client's affair.
          boolean isTooSlow = reader.ended.compareAndSet(false, true);
          if (isTooSlow) {
            request.getContext().getConnection().closeSilently();
          }
          return isTooSlow;
        });
    if (request.getContentLengthLong() > Api.MAX_BODY_BYTES) {
      reader.giveUp();
    } else {
      // Asked for once: whoever asks again for the rest of a body has Grizzly read the connection's
      // next request beside this one.
      reader.input.notifyAvailable(reader, Api.MAX_BODY_BYTES + 1);
    }
  }

  /** More than is allowed has come. */
  @Override
  public void onDataAvailable() {
    giveUp();
  }

  @Override
  public void onAllDataRead() throws IOException {
    if (input.available() > Api.MAX_BODY_BYTES) {
      giveUp();
    } else if (ended.compareAndSet(false, true)) {
      whole.accept(input.readAllBytes());
    }
  }

  @Override
  public void onError(Throwable failure) {
    log.debug("A request ended before its body did", failure);
    if (ended.compareAndSet(false, true)) {
      response.resume();
    }
  }

  private void giveUp() {
    if (ended.compareAndSet(false, true)) {
      tooLarge.accept(response);
      response.resume();
    }
  }
}

package io.embedim.testkit.engine;

import io.embedim.core.Caller;
import io.embedim.core.CreateGroup;
import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Group.JoinMode;
import io.embedim.testkit.ImTestEngine;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What tests of the engine do again and again. */
final class Calls {

  private Calls() {}

  /** A group that is free to join. */
  static void create(ImTestEngine im, String groupId, String owner, String... members) {
    Group.Info info = new Group.Info("Team", null, null, null, 100, JoinMode.FREE, false);
    done(
        im,
        im.engine()
            .groups()
            .create(Caller.user(owner), new CreateGroup(groupId, info, List.of(members))));
  }

  /** The result of what succeeds, once everybody has heard of it. */
  static <T> T done(ImTestEngine im, CompletionStage<T> stage) {
    T result = stage.toCompletableFuture().join();
    im.settle();
    return result;
  }

  /** Why it was refused. */
  static ImError refused(CompletionStage<?> stage) {
    try {
      Object result = stage.toCompletableFuture().join();
      throw new AssertionError("expected a refusal, got " + result);
    } catch (CompletionException e) {
      return ((ImException) e.getCause()).error();
    }
  }

  /** Why it was refused. */
  static ImError refused(Runnable call) {
    try {
      call.run();
    } catch (ImException e) {
      return e.error();
    }
    throw new AssertionError("expected a refusal");
  }
}

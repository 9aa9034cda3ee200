package io.embedim.wire;

import io.embedim.core.Caller;
import io.embedim.core.ImEngine;
import io.embedim.core.ImError;
import io.embedim.core.SendResult;
import io.embedim.core.session.Session;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Does what the frames of an open session ask for, and answers them. Called in the session's
 * mailbox: one frame of a session after the other.
 */
final class FrameHandler {

  private final ImEngine engine;
  private final Operations operations;
  private final TokenCheck tokens;

  FrameHandler(ImEngine engine, Operations operations, TokenCheck tokens) {
    this.engine = engine;
    this.operations = operations;
    this.tokens = tokens;
  }

  void handle(Session session, ClientFrame frame) {
    try {
      dispatch(session, frame);
    } catch (RuntimeException e) {
      refuse(session, frame.messageId(), WireError.of(e));
    }
  }

  void tooManyFrames(Session session, @Nullable String messageId, long retryAfterMillis) {
    WireError error = WireError.tooManyFrames(retryAfterMillis);
    session.reply(JsonFormat.V1.encode(new Answer.Refused(messageId, error)));
    session.erred();
  }

  private void dispatch(Session session, ClientFrame frame) {
    if (frame instanceof ClientFrame.Chat chat) {
      send(session, chat);
    } else if (frame instanceof ClientFrame.Revise revise) {
      acknowledge(
          session, revise.messageId(), engine.messages().revise(caller(session), revise.command()));
    } else if (frame instanceof ClientFrame.Received received) {
      session.received(received.conversationId(), received.seq());
    } else if (frame instanceof ClientFrame.ReceivedOne received) {
      // Frames of a conversation arrive in order, so what came before it arrived too.
      engine
          .messages()
          .seqOf(received.conversationId(), received.messageId())
          .ifPresent(seq -> session.received(received.conversationId(), seq));
    } else if (frame instanceof ClientFrame.Read read) {
      refuseOnFailure(
          session,
          read.messageId(),
          engine.conversations().read(caller(session), read.conversationId(), read.lastReadSeq()));
    } else if (frame instanceof ClientFrame.Typing typing) {
      engine.messages().typing(caller(session), typing.target().resolve(session.info().userId()));
    } else if (frame instanceof ClientFrame.Request request) {
      perform(session, request);
    } else if (frame instanceof ClientFrame.Heartbeat heartbeat) {
      Answer answer = new Answer.Heartbeat(heartbeat.messageId(), engine.clock().millis());
      session.reply(JsonFormat.V1.encode(answer));
    } else if (frame instanceof ClientFrame.Auth auth) {
      renew(session, auth);
    } else if (frame instanceof ClientFrame.Invalid invalid) {
      WireError error = WireError.of(invalid.error(), invalid.problem());
      if (invalid.request()) {
        refuseRequest(session, invalid.messageId(), error);
      } else {
        refuse(session, invalid.messageId(), error);
      }
    }
  }

  private void send(Session session, ClientFrame.Chat chat) {
    CompletionStage<SendResult> sent =
        engine.messages().send(caller(session), chat.command(session.info().userId()));
    if (chat.stored()) {
      acknowledge(session, chat.messageId(), sent);
    } else {
      refuseOnFailure(session, chat.messageId(), sent);
    }
  }

  private static void acknowledge(
      Session session, @Nullable String messageId, CompletionStage<SendResult> stage) {
    stage.whenComplete(
        (result, failure) -> {
          if (failure != null) {
            refuse(session, messageId, WireError.of(failure));
          } else {
            session.reply(JsonFormat.V1.encode(new Answer.Accepted(result)));
          }
        });
  }

  private void perform(Session session, ClientFrame.Request request) {
    Operation operation = operations.find(request.method());
    if (operation == null) {
      refuseRequest(
          session,
          request.messageId(),
          WireError.of(ImError.UNKNOWN_METHOD, "content.method names no method of this server"));
      return;
    }
    // What a request logs reaches the caller's own sessions too, this one included.
    Invocation invocation = new Invocation(Caller.user(session.info().userId()), session);
    operation
        .call(invocation, request.parameters())
        .whenComplete(
            (result, failure) -> {
              if (failure != null) {
                refuseRequest(session, request.messageId(), WireError.of(failure));
              } else {
                Answer answer = new Answer.Done(request.messageId(), result);
                session.reply(JsonFormat.V1.encode(answer));
              }
            });
  }

  private void renew(Session session, ClientFrame.Auth auth) {
    session.renew(tokens.identify(auth.token()));
    Answer welcome = new Answer.Welcome(session.info(), engine.settings(), engine.clock().millis());
    session.reply(JsonFormat.V1.encode(welcome));
  }

  private static Caller caller(Session session) {
    return new Caller(session.info().userId(), session.info().sessionId());
  }

  private static void refuseOnFailure(
      Session session, @Nullable String messageId, CompletionStage<?> stage) {
    stage.whenComplete(
        (result, failure) -> {
          if (failure != null) {
            refuse(session, messageId, WireError.of(failure));
          }
        });
  }

  private static void refuse(Session session, @Nullable String messageId, WireError error) {
    session.reply(JsonFormat.V1.encode(new Answer.Refused(messageId, error)));
    count(session, error);
  }

  private static void refuseRequest(Session session, @Nullable String messageId, WireError error) {
    session.reply(JsonFormat.V1.encode(new Answer.NotDone(messageId, error)));
    count(session, error);
  }

  /** Only what a correct client would not have sent counts against it. */
  private static void count(Session session, WireError error) {
    if (error.error().httpStatus() == 400) {
      session.erred();
    }
  }
}

package io.embedim.bench.server;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.util.List;

/**
 * Answers a message with the frames that an engine would send, without reading it: an
 * acknowledgement, and a delivery to each session of the receiver. Public because Tyrus calls it by
 * reflection.
 */
public final class BareEndpoint extends Endpoint {

  private static final String RECEIPT = "{\"type\":20";

  private final BareAnswers answers;

  BareEndpoint(BareAnswers answers) {
    this.answers = answers;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxIdleTimeout(-1);
    session.getAsyncRemote().setSendTimeout(-1);
    String user = parameter(session, "user");
    answers.join(user, session);
    if (user.startsWith("s")) {
      List<Session> receivers = answers.sessionsOf('r' + user.substring(1));
      session.addMessageHandler(
          String.class,
          (MessageHandler.Whole<String>)
              text -> {
                if (!text.startsWith(RECEIPT)) {
                  answers.answer(session, receivers);
                }
              });
    } else {
      session.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> {});
    }
    if (session.getRequestParameterMap().get("quiet") == null) {
      answers.welcome(session);
    }
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    answers.leave(parameter(session, "user"), session);
  }

  @Override
  public void onError(Session session, Throwable failure) {
    // The generator cuts connections, and finds out what is missing by itself.
    answers.leave(parameter(session, "user"), session);
  }

  private static String parameter(Session session, String name) {
    return session.getRequestParameterMap().getOrDefault(name, List.of("nobody")).get(0);
  }
}

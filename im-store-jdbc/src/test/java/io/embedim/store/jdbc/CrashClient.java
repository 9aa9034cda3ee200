package io.embedim.store.jdbc;

import io.embedim.core.ImEngine;
import io.embedim.core.SyncPage;
import io.embedim.core.SyncQuery;
import io.embedim.core.session.Connection;
import io.embedim.core.session.Encoded;
import io.embedim.core.session.ServerFrame;
import io.embedim.core.session.Session;
import io.embedim.core.session.SessionRequest;
import io.embedim.core.session.WireFormat;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.Platform;
import io.embedim.store.jdbc.CrashReport.Sighting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A client as the protocol wants it: it keeps a log of each conversation, from what comes by itself
 * and from what it asks for when it connects, and reports each entry that it did not have.
 */
final class CrashClient implements Connection {

  private static final WireFormat FORMAT = new Format();
  private static final int PAGE = 200;

  private final ImEngine engine;
  private final String userId;
  private final Consumer<String> report;
  private final Map<ConversationId, Long> cursors;
  private final Map<ConversationId, Set<Long>> ahead = new HashMap<>();
  private volatile @Nullable Session session;

  CrashClient(
      ImEngine engine, String userId, Map<ConversationId, Long> cursors, Consumer<String> report) {
    this.engine = engine;
    this.userId = userId;
    this.cursors = new HashMap<>(cursors);
    this.report = report;
  }

  void connect() {
    session =
        engine
            .sessions()
            .open(
                new SessionRequest(
                    new Authenticator.Result.Authenticated(userId, Long.MAX_VALUE),
                    "phone",
                    Platform.IOS,
                    true,
                    FORMAT,
                    info -> new Encoded.Text("", 1)),
                this);
    synchronize();
  }

  String sessionId() {
    Session live = session;
    if (live == null) {
      throw new IllegalStateException(userId + " is not connected");
    }
    return live.info().sessionId();
  }

  /** Asks for what it does not have until there is nothing more. */
  void synchronize() {
    boolean more = true;
    while (more) {
      SyncPage page = engine.messages().sync(userId, new SyncQuery(cursors(), PAGE, 0));
      for (SyncPage.Missed missed : page.conversations()) {
        for (LogEntry entry : missed.entries()) {
          add(entry.conversationId(), entry.seq(), entry.draft().messageId());
        }
      }
      more = page.hasMore();
    }
  }

  /** Takes an entry, and says up to where the log is then complete. */
  synchronized long add(ConversationId id, long seq, String messageId) {
    long cursor = cursors.getOrDefault(id, 0L);
    if (seq > cursor && ahead.computeIfAbsent(id, first -> new HashSet<>()).add(seq)) {
      report.accept(new Sighting(userId, id, seq, messageId).line());
      while (ahead.get(id).remove(cursor + 1)) {
        cursor++;
      }
      cursors.put(id, cursor);
    }
    return cursor;
  }

  private synchronized Map<ConversationId, Long> cursors() {
    return Map.copyOf(cursors);
  }

  @Override
  public void write(Encoded frame, WriteCallback done) {
    for (String line : ((Encoded.Text) frame).text().split("\n", -1)) {
      if (!line.isEmpty()) {
        String[] words = line.split(" ", -1);
        ConversationId id = new ConversationId(words[0]);
        long cursor = add(id, Long.parseLong(words[1]), words[2]);
        Session live = session;
        if (live != null) {
          live.received(id, cursor);
        }
      }
    }
    done.completed(true);
  }

  @Override
  public void close(int code, String phrase) {
    Session live = session;
    if (live != null) {
      live.disconnected();
    }
  }

  /** Entries in a line each; everything else is nothing. */
  private static final class Format implements WireFormat {

    @Override
    public Encoded encode(ServerFrame frame) {
      return frame instanceof ServerFrame.Logged logged
          ? text(
              logged.entry().conversationId()
                  + " "
                  + logged.entry().seq()
                  + ' '
                  + logged.entry().draft().messageId())
          : text("");
    }

    @Override
    public Encoded join(List<Encoded> frames) {
      return text(
          frames.stream()
              .map(frame -> ((Encoded.Text) frame).text())
              .collect(Collectors.joining("\n")));
    }

    private static Encoded text(String text) {
      return new Encoded.Text(text, 1 + text.length());
    }
  }
}

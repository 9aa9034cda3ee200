package io.embedim.store.jdbc;

import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Ids;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Sends messages in the host's own transaction: a message is sent if, and only if, the transaction
 * commits; then once, and in the order in which a transaction wrote them for a conversation.
 *
 * <pre>{@code
 * orders.insert(connection, order);
 * outbox.enqueue(connection, draft);
 * connection.commit();
 * engine.relayOutbox(); // at once, instead of within half a second
 * }</pre>
 *
 * <p>An engine on the same tables sends it, in this process or another one. A message that may not
 * be sent (a group that does not exist, somebody who is no member) stays in the table {@code
 * im_outbox} with the reason, and {@code ImListener.onOutboxRefused} hears of it.
 *
 * <p>What the host's commit survives is for its database to say. H2 in a file writes it late, and
 * table by table: when the process is killed, the host's last rows and their messages may be gone,
 * together or not. So H2 is for development here.
 *
 * <p>Safe for use by many threads.
 */
public final class JdbcOutbox {

  private final OutboxTable table;

  private JdbcOutbox(Tables tables) {
    this.table = new OutboxTable(tables);
  }

  /** The outbox among the tables with the prefix {@code im_}. */
  public static JdbcOutbox create() {
    return new JdbcOutbox(new Tables(null, Tables.DEFAULT_PREFIX));
  }

  /**
   * The outbox among the tables with this prefix.
   *
   * @param tablePrefix as for {@link JdbcStores.Builder#tablePrefix}
   */
  public static JdbcOutbox withPrefix(String tablePrefix) {
    return new JdbcOutbox(new Tables(null, tablePrefix));
  }

  /**
   * The outbox among the tables of another schema.
   *
   * @param schema as for {@link JdbcStores.Builder#schema}
   * @param tablePrefix as for {@link JdbcStores.Builder#tablePrefix}
   */
  public static JdbcOutbox inSchema(String schema, String tablePrefix) {
    return new JdbcOutbox(new Tables(schema, tablePrefix));
  }

  /**
   * Writes a message beside the host's own rows.
   *
   * @param connection in the host's transaction; it is neither committed nor closed
   * @param draft a message of a user, or of the system; its id makes it be sent once
   * @throws IllegalArgumentException when it is no message, or its id is not well formed
   * @throws SQLException as the database says; the host should roll back
   */
  public void enqueue(Connection connection, EntryDraft draft) throws SQLException {
    if (draft.type().kind() != EntryType.Kind.MESSAGE) {
      throw new IllegalArgumentException("a " + draft.type() + " is no message");
    }
    if (!Ids.isMessageId(draft.messageId())) {
      throw new IllegalArgumentException(
          "the message id is not 1 to 64 characters of A-Za-z0-9_.:-");
    }
    table.insert(connection, List.of(draft));
  }
}

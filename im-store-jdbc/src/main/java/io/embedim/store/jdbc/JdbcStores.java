package io.embedim.store.jdbc;

import io.embedim.spi.store.ContactStore;
import io.embedim.spi.store.ConversationStore;
import io.embedim.spi.store.GroupStore;
import io.embedim.spi.store.ImStores;
import io.embedim.spi.store.MessageStore;
import io.embedim.spi.store.OutboxStore;
import io.embedim.spi.store.ScheduleStore;
import io.embedim.spi.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Stores in tables of a SQL database, beside the host's own or alone. Supported are MariaDB 10.6
 * and MySQL 8.0 with InnoDB, PostgreSQL 12, later ones of these, and H2, in a file, in memory or
 * behind its server. The tests run on MariaDB, PostgreSQL and H2.
 *
 * <p>What commits runs as one transaction at READ COMMITTED, whatever the default of the DataSource
 * is; a connection is not asked for its level as long as the one before came with that. It first
 * locks the rows of its conversations in the order of their ids, so that two of them do not wait
 * for each other. A transaction that all the same lost against others (a deadlock, a lock that was
 * not to be had, a key that somebody else inserted meanwhile) is run again up to 12 times, and none
 * begins again after 5 seconds. A connection is given back with the auto-commit mode and the
 * isolation level that it came with.
 *
 * <p>What was acknowledged survives the end of the process, and of the machine where the server
 * forces commits to the disk; {@link #describe} says so when MariaDB, MySQL or PostgreSQL is
 * configured not to. H2 by default writes late, so there each commit is forced to the disk; behind
 * an H2 server that needs a user with administrator's rights in the database.
 *
 * <p>H2 collects table by table what it writes. The stores let nothing of theirs commit meanwhile,
 * so that a process that dies leaves whole transactions behind. That holds for one process with one
 * object of this class on a database: others on the same database, behind an H2 server for example,
 * are not waited for, and of what was not acknowledged a part may then remain.
 *
 * <p>Safe for use by many threads. Each call occupies one connection while it runs.
 */
public final class JdbcStores implements ImStores {

  private final Transactions transactions;
  private final @Nullable ReadReplica replica;
  private final @Nullable SearchIndexer indexer;
  private final MessageStore messages;
  private final ConversationStore conversations;
  private final GroupStore groups;
  private final ContactStore contacts;
  private final ScheduleStore schedules;
  private final OutboxStore outbox;
  private final String description;
  private final @Nullable OwnedPool pool;

  private JdbcStores(Setup setup, Dialect dialect, String description) {
    this.transactions =
        new Transactions(
            setup.dataSource(), dialect, setup.pool() != null, setup.readConnections());
    this.replica = setup.replica(dialect);
    SearchIndex index = dialect.searchIndex();
    this.indexer =
        index != null && setup.searchable() && setup.indexing()
            ? new SearchIndexer(transactions, dialect, index, setup.tables())
            : null;
    MessageStore logs = new JdbcMessageStore(transactions, dialect, setup.tables(), replica);
    this.messages =
        setup.searchable()
            ? new SearchableLogs(logs, transactions, dialect, setup.tables(), indexer)
            : logs;
    this.conversations = new JdbcConversationStore(transactions, dialect, setup.tables());
    this.groups = new JdbcGroupStore(transactions, dialect, setup.tables());
    this.contacts = new JdbcContactStore(transactions, dialect, setup.tables());
    this.schedules = new JdbcScheduleStore(transactions, dialect, setup.tables());
    this.outbox = new JdbcOutboxStore(transactions, setup.tables());
    this.description = description;
    this.pool = setup.pool();
  }

  /** What the builder gathered. */
  private record Setup(
      DataSource dataSource,
      Tables tables,
      SchemaMode mode,
      int readConnections,
      boolean searchable,
      boolean indexing,
      @Nullable DataSource replicaDataSource,
      LongSupplier nanoTime,
      @Nullable OwnedPool pool) {

    @Nullable ReadReplica replica(Dialect dialect) {
      DataSource replica = replicaDataSource;
      return replica == null
          ? null
          : new ReadReplica(replica, dialect, tables, mode, readConnections, nanoTime);
    }
  }

  /**
   * Opens the stores on the host's DataSource, with tables under the prefix {@code im_}, which are
   * created and brought up to date.
   *
   * @param dataSource used as it is and never closed. It must not take part in transactions of the
   *     host: each connection that it gives is ours until we close it
   * @throws SchemaException when the tables are not fit for use, or not to be made so
   * @throws StoreException when the database cannot be reached or is not fit for use
   */
  public static JdbcStores create(DataSource dataSource) {
    return builder().dataSource(dataSource).build();
  }

  /** Says where the tables are and what they are called. */
  public static Builder builder() {
    return new Builder();
  }

  private static JdbcStores open(Setup setup) {
    Dialect dialect;
    String description;
    DataSource dataSource = setup.dataSource();
    Tables tables = setup.tables();
    try (Connection connection = dataSource.getConnection();
        ConnectionSettings settings = ConnectionSettings.ofStatements(connection, false)) {
      dialect = Dialects.of(connection);
      description =
          DatabaseDescription.of(connection, dialect, tables)
              + (setup.replicaDataSource() == null ? "" : ", with a read replica");
    } catch (SQLException e) {
      throw new StoreException("cannot use the database: " + SqlFailures.reason(e), e);
    }
    new SchemaMigrator(dataSource, dialect, tables, MigrationScript.of(dialect))
        .apply(setup.mode());
    JdbcStores stores = new JdbcStores(setup, dialect, description);
    stores.checkCollation(dialect, tables);
    if (stores.indexer != null) {
      stores.indexer.start();
    }
    return stores;
  }

  @Override
  public MessageStore messages() {
    return messages;
  }

  @Override
  public ConversationStore conversations() {
    return conversations;
  }

  @Override
  public Optional<GroupStore> groups() {
    return Optional.of(groups);
  }

  @Override
  public Optional<ContactStore> contacts() {
    return Optional.of(contacts);
  }

  @Override
  public Optional<ScheduleStore> schedules() {
    return Optional.of(schedules);
  }

  @Override
  public Optional<OutboxStore> outbox() {
    return Optional.of(outbox);
  }

  @Override
  public String describe() {
    return description;
  }

  /** Closes the pool, if we made it; a host's DataSource stays open. */
  @Override
  public void close() {
    if (indexer != null) {
      indexer.close();
    }
    transactions.close();
    if (replica != null) {
      replica.close();
    }
    if (pool != null) {
      pool.close();
    }
  }

  private void checkCollation(Dialect dialect, Tables tables) {
    List<String> problems = transactions.read(handle -> dialect.collationProblems(handle, tables));
    if (!problems.isEmpty()) {
      throw new StoreException(
          "the "
              + dialect.name()
              + " database does not tell all identifiers apart: "
              + String.join("; ", problems));
    }
  }

  /** Says where the tables are and what they are called. Not safe for use by several threads. */
  public static final class Builder {

    private @Nullable DataSource dataSource;
    private @Nullable String url;
    private String user = "";
    private String password = "";
    private String tablePrefix = Tables.DEFAULT_PREFIX;
    private @Nullable String schema;
    private SchemaMode schemaMode = SchemaMode.MIGRATE;
    private int readConnections = 5;
    private boolean searchable = true;
    private boolean indexing = true;
    private @Nullable DataSource readReplica;
    private LongSupplier nanoTime = System::nanoTime;

    private Builder() {}

    /**
     * Uses the host's DataSource as it is, and never closes it. It must not take part in
     * transactions of the host: each connection that it gives is ours until we close it.
     */
    public Builder dataSource(DataSource hostsDataSource) {
      this.dataSource = hostsDataSource;
      return this;
    }

    /** Connects to a JDBC URL with a pool of 11 connections, which the stores close. */
    public Builder url(String jdbcUrl, String userName, String userPassword) {
      this.url = jdbcUrl;
      this.user = userName;
      this.password = userPassword;
      return this;
    }

    /**
     * What the names of our tables and indexes begin with; {@code im_} by default.
     *
     * @throws IllegalArgumentException when it is not 1 to 20 letters, digits and underscores of
     *     ASCII, the first one not a digit
     */
    public Builder tablePrefix(String prefix) {
      this.tablePrefix = new Tables(null, prefix).prefix();
      return this;
    }

    /**
     * Where our tables are, which has to exist: a schema as the database understands the name
     * without quotes. By default the schema that a connection comes with.
     *
     * @throws IllegalArgumentException when it is not 1 to 63 letters, digits and underscores of
     *     ASCII, the first one not a digit
     */
    public Builder schema(String name) {
      this.schema = new Tables(name, Tables.DEFAULT_PREFIX).schema();
      return this;
    }

    /** What becomes of our tables; {@link SchemaMode#MIGRATE} by default. */
    public Builder schemaMode(SchemaMode mode) {
      this.schemaMode = mode;
      return this;
    }

    /**
     * How many of the DataSource's connections may read at the same time; 5 by default. Further
     * readers wait, up to 5 seconds, so that the others are left to commits: one for each of the
     * engine's lanes (4 by default), one for the outbox, and one for the search index.
     *
     * @throws IllegalArgumentException when it is not 1 to 1,000
     */
    public Builder readConnections(int count) {
      if (count < 1 || count > 1_000) {
        throw new IllegalArgumentException("readConnections is " + count + ", expected 1 to 1000");
      }
      this.readConnections = count;
      return this;
    }

    /**
     * Lets history and sync read the logs in a replica of the database, with up to {@link
     * #readConnections} connections of its own.
     *
     * <p>How stale it may be: what a call reads is never behind what was committed in that
     * conversation when the call began, so never behind what any session had seen of it by then.
     * The replica has to prove that with each read by the end of the conversation's log; where it
     * lags, the database itself is read. Members, cursors, settings, what a user deleted or cleared
     * for herself, and what the engine needs to decide or to deliver are never read from the
     * replica.
     *
     * <p>It is never migrated nor written to. Being away, without our tables or with those of
     * another version does not keep the stores from being built, since it may be about to follow a
     * migration that has just been made; it is then not used, which is logged at WARN. The same
     * goes for failures later on. While it is not used, one call in 10 seconds tries it again; that
     * call is as slow as the DataSource's time limit for a connection, so that should be short.
     *
     * @param hostsReplica connections to a replica of the database that {@link #dataSource} or
     *     {@link #url} names, with our tables under the same schema and prefix; never closed. Each
     *     connection has to lead to one server for as long as we have it: several replicas behind a
     *     DataSource are fine, a proxy that spreads the statements of a connection is not
     */
    public Builder readReplica(DataSource hostsReplica) {
      this.readReplica = hostsReplica;
      return this;
    }

    /**
     * Builds stores that cannot look for text, so that {@link JdbcStores#messages()} is no {@link
     * io.embedim.spi.store.SearchableMessageStore}, and that put nothing into the index that other
     * stores keep on MariaDB, MySQL or PostgreSQL; what is edited, revoked or purged they change
     * there too. Others on the same database may be built with search. They find everything, and
     * put into the index what is missing there, in the background.
     */
    public Builder withoutSearch() {
      this.searchable = false;
      return this;
    }

    /** Lets tests say when what is indexed. */
    Builder withoutIndexing() {
      this.indexing = false;
      return this;
    }

    /** What stands in for {@link System#nanoTime} in tests. */
    Builder nanoTime(LongSupplier time) {
      this.nanoTime = time;
      return this;
    }

    /**
     * Connects, sees to the tables, and checks that the database is fit for use.
     *
     * @throws IllegalStateException when neither a DataSource nor a URL was given, or both were
     * @throws SchemaException when the tables are not fit for use, or not to be made so
     * @throws StoreException when the database cannot be reached, is not one that we know, or
     *     cannot keep what it commits
     */
    public JdbcStores build() {
      DataSource hosts = dataSource;
      String address = url;
      if ((hosts == null) == (address == null)) {
        throw new IllegalStateException(
            "expected either dataSource(…) or url(…), got " + (hosts == null ? "neither" : "both"));
      }
      Tables tables = new Tables(schema, tablePrefix);
      if (hosts != null) {
        return open(setup(hosts, tables, null));
      }
      OwnedPool pool = OwnedPool.open(String.valueOf(address), user, password);
      try {
        return open(setup(pool.dataSource(), tables, pool));
      } catch (RuntimeException e) {
        pool.close();
        throw e;
      }
    }

    private Setup setup(DataSource primary, Tables tables, @Nullable OwnedPool pool) {
      return new Setup(
          primary,
          tables,
          schemaMode,
          readConnections,
          searchable,
          indexing,
          readReplica,
          nanoTime,
          pool);
    }
  }
}

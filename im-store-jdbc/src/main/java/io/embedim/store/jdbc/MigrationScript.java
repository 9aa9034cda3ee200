package io.embedim.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numbered script that brings our tables from one version to the next.
 *
 * @param version counted from 1 without gaps
 * @param description what it does, as its name says
 * @param sql its text, with the placeholder for the prefix still in it
 */
record MigrationScript(int version, String description, String sql) {

  private static final String PLACEHOLDER = "${prefix}";
  private static final Pattern NAME = Pattern.compile("V(\\d+)__(\\w+)\\.sql");

  /** The scripts of every database, oldest first. A folder cannot be listed inside a jar. */
  static final List<String> NAMES =
      List.of(
          "V1__conversation_logs.sql",
          "V2__outbox.sql",
          "V3__groups.sql",
          "V4__search.sql",
          "V5__messages_and_contacts.sql",
          "V6__refused_scheduled.sql",
          "V7__search_behind_the_commit.sql");

  /** The scripts of a database, oldest first. */
  static List<MigrationScript> of(Dialect dialect) {
    return NAMES.stream().map(name -> read(dialect, name)).toList();
  }

  /** The statement that creates the table of history unless it is there. */
  static MigrationScript history(Dialect dialect) {
    return new MigrationScript(0, "history", resource(dialect, "schema_history.sql"));
  }

  /** The statements, with the prefix in its place. */
  String withPrefix(String prefix) {
    return sql.replace(PLACEHOLDER, prefix);
  }

  /** Tells whether the script is the one that was run; line ends do not count. */
  String checksum() {
    try {
      byte[] text = sql.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static MigrationScript read(Dialect dialect, String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(name + " is not named like a migration script");
    }
    return new MigrationScript(
        Integer.parseInt(matcher.group(1)),
        matcher.group(2).replace('_', ' '),
        resource(dialect, name));
  }

  private static String resource(Dialect dialect, String name) {
    String path = "migration/" + dialect.migrationFolder() + '/' + name;
    try (InputStream stream = MigrationScript.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException("the library is incomplete: " + path + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}

package io.embedim.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Key tables for databases without arrays: one parameter, a JSON array with an array for each row.
 */
final class JsonKeys {

  private JsonKeys() {}

  static String table(String name, KeyColumn... columns) {
    List<String> definitions = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      definitions.add(columns[i].columnName() + ' ' + sqlType(columns[i]) + " PATH '$[" + i + "]'");
    }
    return "JSON_TABLE(:"
        + name
        + ", '$[*]' COLUMNS ("
        + String.join(", ", definitions)
        + ")) "
        + name;
  }

  static void bind(SqlStatement<?> statement, String name, Keys keys) {
    List<@Nullable Object[]> columns = new ArrayList<>();
    for (int column = 0; column < keys.columns().size(); column++) {
      columns.add(keys.values(column));
    }
    StringBuilder json = new StringBuilder("[");
    for (int row = 0; row < columns.get(0).length; row++) {
      json.append(row == 0 ? "[" : ",[");
      for (int column = 0; column < columns.size(); column++) {
        if (column > 0) {
          json.append(',');
        }
        append(json, columns.get(column)[row]);
      }
      json.append(']');
    }
    statement.bind(name, json.append(']').toString());
  }

  private static void append(StringBuilder json, @Nullable Object value) {
    if (value == null || value instanceof Number) {
      json.append(value);
      return;
    }
    if (value instanceof Boolean flag) {
      json.append(flag ? 1 : 0);
      return;
    }
    json.append('"');
    String text = value.toString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /** With the collations of our tables, so that their indexes serve. */
  private static String sqlType(KeyColumn column) {
    return switch (column.type()) {
      case CONVERSATION -> "VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin";
      case NAME -> "VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin";
      case TEXT -> "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
      case NUMBER -> "BIGINT";
      case FLAG -> "TINYINT";
    };
  }
}

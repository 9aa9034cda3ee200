package io.embedim.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Key tables for databases that unnest arrays side by side: each column is one parameter, an array
 * with a value for each row.
 */
final class ArrayKeys {

  private ArrayKeys() {}

  static String table(String name, KeyColumn... columns) {
    List<String> arrays = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      arrays.add("CAST(:" + parameter(name, i) + " AS " + sqlType(columns[i]) + " ARRAY)");
      names.add(columns[i].columnName());
    }
    return "UNNEST("
        + String.join(", ", arrays)
        + ") "
        + name
        + " ("
        + String.join(", ", names)
        + ")";
  }

  static void bind(SqlStatement<?> statement, String name, Keys keys) {
    for (int i = 0; i < keys.columns().size(); i++) {
      String elementType = elementType(keys.columns().get(i));
      @Nullable Object[] values = keys.values(i);
      Argument array =
          (position, prepared, context) ->
              prepared.setArray(
                  position, prepared.getConnection().createArrayOf(elementType, values));
      statement.bind(parameter(name, i), array);
    }
  }

  private static String parameter(String name, int column) {
    return name + '_' + column;
  }

  private static String elementType(KeyColumn column) {
    return switch (column.type()) {
      case CONVERSATION, NAME, TEXT -> "VARCHAR";
      case NUMBER -> "BIGINT";
      case FLAG -> "BOOLEAN";
    };
  }

  private static String sqlType(KeyColumn column) {
    return switch (column.type()) {
      case CONVERSATION -> "VARCHAR(129)";
      case NAME -> "VARCHAR(64)";
      case TEXT -> "VARCHAR";
      case NUMBER -> "BIGINT";
      case FLAG -> "BOOLEAN";
    };
  }
}

package io.embedim.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of keys that a statement joins with. It is bound as a whole, so the text of the statement
 * and the number of round trips do not depend on its length.
 */
final class Keys {

  private final List<KeyColumn> columns;
  private final List<List<@Nullable Object>> values = new ArrayList<>();
  private int size;

  Keys(KeyColumn... columns) {
    this.columns = List.of(columns);
    for (int i = 0; i < columns.length; i++) {
      values.add(new ArrayList<>());
    }
  }

  /** Adds a row: a string, a long or a boolean for each column, or null. */
  void add(@Nullable Object... row) {
    if (row.length != columns.size()) {
      throw new IllegalArgumentException("expected a value for each of " + columns);
    }
    for (int i = 0; i < row.length; i++) {
      values.get(i).add(row[i]);
    }
    size++;
  }

  /** The same rows in lists of at most so many. */
  List<Keys> parts(int most) {
    List<Keys> parts = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      if (row % most == 0) {
        parts.add(new Keys(columns.toArray(KeyColumn[]::new)));
      }
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = this.values.get(i).get(row);
      }
      parts.get(parts.size() - 1).add(values);
    }
    return parts;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  List<KeyColumn> columns() {
    return columns;
  }

  /** The values of a column, in the order in which the rows were added. */
  @Nullable Object[] values(int column) {
    return values.get(column).toArray();
  }
}

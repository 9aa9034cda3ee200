package io.embedim.wire;

import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * As much of a list as one answer should hold: whatever its length, an answer must fit into what
 * may wait for a session.
 *
 * @param items those of this page
 * @param next where the next page begins, as the text that clients hand back; null at the end
 */
record Slice<T>(List<T> items, @Nullable String next) {

  Slice {
    items = List.copyOf(items);
  }

  /** Where the page begins that a client asks for: a token is the number of items before it. */
  static int begin(Parameters parameters) {
    String token = parameters.string("page_token");
    if (token == null) {
      return 0;
    }
    try {
      int begin = Integer.parseInt(token);
      if (begin >= 0) {
        return begin;
      }
    } catch (NumberFormatException e) {
      throw PageToken.notValid();
    }
    throw PageToken.notValid();
  }

  /**
   * A page of a list.
   *
   * @param bytes how large an item is
   * @param maxBytes after how many bytes the page ends; it has one item at least where there is one
   */
  static <T> Slice<T> of(List<T> all, int begin, ToIntFunction<T> bytes, int maxBytes) {
    int end = Math.min(begin, all.size());
    int first = end;
    long total = 0;
    while (end < all.size() && (end == first || total < maxBytes)) {
      total += bytes.applyAsInt(all.get(end));
      end++;
    }
    return new Slice<>(all.subList(first, end), end < all.size() ? Integer.toString(end) : null);
  }
}

package io.embedim.store.jdbc;

import io.embedim.spi.store.SearchableMessageStore.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The full text index of InnoDB, in its boolean mode: one question for all segments. */
final class MySqlSearchIndex implements SearchIndex {

  @Override
  public String tokens() {
    return "?";
  }

  @Override
  public List<Position> find(
      Handle handle,
      Tables tables,
      List<Segment> segments,
      List<String> wanted,
      @Nullable String senderId) {
    String any =
        segments.stream().map(segment -> allOf(segment, wanted)).collect(Collectors.joining(" "));
    try (Query query =
        handle.createQuery(
            SearchIndex.SELECT_POSITIONS
                + tables.messageSearch()
                + " s WHERE MATCH (s.terms) AGAINST (:any IN BOOLEAN MODE)"
                + SearchIndex.ofSender(senderId))) {
      query.bind("any", any);
      return SearchIndex.positions(query, senderId);
    }
  }

  private static String allOf(Segment segment, List<String> wanted) {
    String bucket = SearchTokens.bucket(segment.conversationId(), segment.upToSeq());
    return wanted.stream()
        .map(token -> '+' + bucket + token + '*')
        .collect(Collectors.joining(" ", "(", ")"));
  }

  /** A token that is too short or too long for the server is in no index. */
  @Override
  public List<String> problems(Handle handle) {
    List<String> problems = new ArrayList<>();
    int shortest = setting(handle, "innodb_ft_min_token_size");
    int longest = setting(handle, "innodb_ft_max_token_size");
    if (shortest > SearchTokens.MIN_LENGTH) {
      problems.add(
          "innodb_ft_min_token_size is "
              + shortest
              + ", expected at most "
              + SearchTokens.MIN_LENGTH);
    }
    if (longest < SearchTokens.MAX_LENGTH) {
      problems.add(
          "innodb_ft_max_token_size is "
              + longest
              + ", expected at least "
              + SearchTokens.MAX_LENGTH);
    }
    return problems;
  }

  private static int setting(Handle handle, String name) {
    return handle.createQuery("SELECT @@" + name).mapTo(int.class).one();
  }
}

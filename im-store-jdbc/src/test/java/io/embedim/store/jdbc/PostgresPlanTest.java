package io.embedim.store.jdbc;

import java.util.List;
import javax.sql.DataSource;

class PostgresPlanTest extends FeaturePlanRules {

  @Override
  DataSource empty(String prefix) {
    ServerDatabase.POSTGRESQL.openEmpty(prefix).close();
    return ServerDatabase.POSTGRESQL.dataSource();
  }

  @Override
  List<String> statements() {
    return List.of(
        "ANALYZE plan_message",
        "ANALYZE plan_message_search",
        "ANALYZE plan_search_indexed",
        "ANALYZE plan_conversation",
        "ANALYZE plan_member",
        "ANALYZE plan_group_info",
        "ANALYZE plan_join_request",
        "ANALYZE plan_pin",
        "ANALYZE plan_past_content",
        "ANALYZE plan_expiring",
        "ANALYZE plan_scheduled",
        "ANALYZE plan_blocked");
  }

  @Override
  boolean readsAll(String plan) {
    return plan.contains("Seq Scan");
  }

  @Override
  boolean sorts(String plan) {
    return plan.contains("Sort");
  }

  @Override
  boolean readsRange(String plan) {
    return plan.contains("(m.seq > ") || plan.contains("(seq > ");
  }

  @Override
  boolean usesTerms(String plan) {
    return plan.contains("Bitmap Index Scan on plan_message_search_terms ") && !readsAll(plan);
  }

  @Override
  boolean uses(String plan, String table, String index) {
    return plan.contains(" using " + PREFIX + table + '_' + index + ' ');
  }
}

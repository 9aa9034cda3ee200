package io.embedim.store.jdbc;

import java.util.List;
import javax.sql.DataSource;

class MariaDbPlanTest extends FeaturePlanRules {

  @Override
  DataSource empty(String prefix) {
    ServerDatabase.MARIADB.openEmpty(prefix).close();
    return ServerDatabase.MARIADB.dataSource();
  }

  @Override
  List<String> statements() {
    return List.of(
        "ANALYZE TABLE plan_message, plan_message_search, plan_search_indexed",
        "ANALYZE TABLE plan_conversation, plan_member, plan_group_info, plan_join_request",
        "ANALYZE TABLE plan_pin, plan_past_content, plan_expiring, plan_scheduled, plan_blocked");
  }

  /** The keys that we ask for are a table too, which is read as a whole. */
  @Override
  boolean readsAll(String plan) {
    return plan.lines()
        .filter(line -> !line.contains("table_function"))
        .filter(line -> !line.contains("Table function"))
        .anyMatch(line -> line.contains(" type=ALL ") || line.contains(" type=index "));
  }

  @Override
  boolean sorts(String plan) {
    return plan.contains("filesort") || plan.contains("temporary");
  }

  @Override
  boolean readsRange(String plan) {
    return plan.contains(" type=range ");
  }

  @Override
  boolean usesTerms(String plan) {
    return plan.contains(" type=fulltext ") && plan.contains(" key=plan_message_search_terms ");
  }

  @Override
  boolean uses(String plan, String table, String index) {
    String key = index.equals("pk") ? "PRIMARY" : PREFIX + table + '_' + index;
    return plan.contains(" key=" + key + ' ');
  }
}

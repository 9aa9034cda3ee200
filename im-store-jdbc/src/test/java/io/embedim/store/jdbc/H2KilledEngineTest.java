package io.embedim.store.jdbc;

import io.embedim.store.jdbc.CrashCheck.Stored;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class H2KilledEngineTest extends KilledEngineRules {

  @TempDir private Path folder;

  @Override
  CrashDatabase empty() {
    return new CrashDatabase(TestDatabase.inFile(folder), "sa", "");
  }

  /** H2 writes the host's own commits late, and table by table. */
  @Override
  List<String> differingOrders(CrashDatabase database, CrashReport report, Stored news) {
    return ClientCheck.impossibleOrders(report, news.log());
  }
}

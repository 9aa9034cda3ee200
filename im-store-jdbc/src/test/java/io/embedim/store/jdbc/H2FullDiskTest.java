package io.embedim.store.jdbc;

import io.embedim.store.jdbc.CrashCheck.Stored;
import java.nio.file.Path;
import java.util.List;

class H2FullDiskTest extends FullDiskRules {

  @Override
  int megabytes() {
    return 64;
  }

  /** The database closes itself; the next connection opens it again. */
  @Override
  OnDisk start(Path emptyFolder, Path disk) {
    CrashDatabase database = new CrashDatabase(TestDatabase.inFile(disk), "sa", "");
    return new OnDisk() {

      @Override
      public CrashDatabase database() {
        return database;
      }

      @Override
      public void recover() {
        // Nothing has to be done.
      }

      @Override
      public void close() {
        // It is closed with its last connection.
      }
    };
  }

  /** H2 writes the host's own commits late, and table by table. */
  @Override
  List<String> differingOrders(CrashDatabase database, CrashReport report, Stored news) {
    return ClientCheck.impossibleOrders(report, news.log());
  }
}

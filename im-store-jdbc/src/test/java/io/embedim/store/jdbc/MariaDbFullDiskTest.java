package io.embedim.store.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
    named = "im.crash.servers",
    matches = "true",
    disabledReason = "filling the disks of database servers takes minutes: -Dim.crash.servers=true")
class MariaDbFullDiskTest extends FullDiskRules {

  @Override
  int megabytes() {
    return 400;
  }

  @Override
  OnDisk start(Path emptyFolder, Path disk) throws Exception {
    MortalServer server = MortalServer.mariaDb(emptyFolder, disk.resolve("data"));
    server.start();
    return new MortalOnDisk(server);
  }
}

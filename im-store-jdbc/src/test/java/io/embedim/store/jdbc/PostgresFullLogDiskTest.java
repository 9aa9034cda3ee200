package io.embedim.store.jdbc;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The disk of the server's log alone is full; then the server ends by itself (PANIC). */
@EnabledIfSystemProperty(
    named = "im.crash.servers",
    matches = "true",
    disabledReason = "filling the disks of database servers takes minutes: -Dim.crash.servers=true")
class PostgresFullLogDiskTest extends FullDiskRules {

  @Override
  int megabytes() {
    return 48;
  }

  @Override
  OnDisk start(Path emptyFolder, Path disk) throws Exception {
    Path data = emptyFolder.resolve("data");
    MortalServer server = MortalServer.postgres(emptyFolder, data);
    server.start();
    server.kill();
    Path log = data.resolve("pg_wal");
    Path moved = Files.createDirectory(disk.resolve("pg_wal"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(log)) {
      for (Path file : files) {
        Path target = moved.resolve(file.getFileName());
        if (Files.isDirectory(file)) {
          Files.createDirectory(target);
          Files.delete(file);
        } else {
          Files.move(file, target);
        }
      }
    }
    Files.delete(log);
    Files.createSymbolicLink(log, moved);
    server.start();
    return new MortalOnDisk(server);
  }
}

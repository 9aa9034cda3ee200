package io.embedim.store.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@EnabledIfSystemProperty(
    named = "im.crash.servers",
    matches = "true",
    disabledReason = "killing database servers takes minutes: -Dim.crash.servers=true")
class PostgresKilledServerTest extends KilledServerRules {

  @Override
  MortalServer server(Path emptyFolder) throws Exception {
    return MortalServer.postgres(emptyFolder, emptyFolder.resolve("data"));
  }
}

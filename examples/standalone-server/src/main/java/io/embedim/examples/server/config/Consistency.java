package io.embedim.examples.server.config;

import static io.embedim.examples.server.config.ServerSettings.DATA_DIR;
import static io.embedim.examples.server.config.ServerSettings.DATA_PLACEHOLDER;
import static io.embedim.examples.server.config.ServerSettings.DEMO_LOGIN;
import static io.embedim.examples.server.config.ServerSettings.JWT_ALGORITHM;
import static io.embedim.examples.server.config.ServerSettings.JWT_JWKS_URL;
import static io.embedim.examples.server.config.ServerSettings.JWT_PUBLIC_KEY_FILE;
import static io.embedim.examples.server.config.ServerSettings.JWT_SECRET;
import static io.embedim.examples.server.config.ServerSettings.MEMORY;
import static io.embedim.examples.server.config.ServerSettings.STORAGE_CONNECTIONS;
import static io.embedim.examples.server.config.ServerSettings.STORAGE_URL;

import io.embedim.core.ImSettings;
import io.embedim.examples.server.config.ServerSettings.JwtAlgorithm;
import java.util.ArrayList;
import java.util.List;

/** Finds values that are allowed each by itself, but not together. */
final class Consistency {

  private Consistency() {}

  static List<String> problems(Configuration configuration) {
    List<String> problems = new ArrayList<>();
    if (configuration.get(JWT_ALGORITHM) == JwtAlgorithm.HS256) {
      ownTokens(configuration, problems);
    } else {
      tokensOfOthers(configuration, problems);
    }
    if (configuration.get(STORAGE_URL).contains(DATA_PLACEHOLDER)
        && configuration.get(DATA_DIR).contains(";")) {
      problems.add(
          configuration.problem(
              DATA_DIR, "a directory without a semicolon, which ends the path in storage.url"));
    }
    try {
      connections(configuration, EngineSettings.of(configuration), problems);
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    return problems;
  }

  private static void connections(
      Configuration configuration, ImSettings engine, List<String> problems) {
    // Every lane may hold one while reads and logins need others.
    int least = engine.lanes() + 2;
    if (!configuration.get(STORAGE_URL).equals(MEMORY)
        && configuration.get(STORAGE_CONNECTIONS) < least) {
      problems.add(
          configuration.problem(
              STORAGE_CONNECTIONS, "at least " + least + ", two more than engine.lanes"));
    }
  }

  private static void ownTokens(Configuration configuration, List<String> problems) {
    for (Setting<String> setting : List.of(JWT_PUBLIC_KEY_FILE, JWT_JWKS_URL)) {
      if (!configuration.get(setting).isEmpty()) {
        problems.add(
            configuration.problem(
                setting, "nothing while jwt.algorithm is HS256, or RS256 or ES256 there"));
      }
    }
  }

  private static void tokensOfOthers(Configuration configuration, List<String> problems) {
    String algorithm = configuration.get(JWT_ALGORITHM).name();
    boolean file = !configuration.get(JWT_PUBLIC_KEY_FILE).isEmpty();
    boolean keySet = !configuration.get(JWT_JWKS_URL).isEmpty();
    if (file == keySet) {
      problems.add(
          configuration.problem(
              JWT_PUBLIC_KEY_FILE,
              "either this or jwt.jwks_url to be set while jwt.algorithm is " + algorithm));
    }
    if (!configuration.get(JWT_SECRET).isEmpty()) {
      problems.add(
          configuration.problem(JWT_SECRET, "nothing while jwt.algorithm is " + algorithm));
    }
    if (configuration.get(DEMO_LOGIN)) {
      problems.add(
          configuration.problem(
              DEMO_LOGIN,
              "false while jwt.algorithm is "
                  + algorithm
                  + ", because only the owner of the private key can issue tokens"));
    }
  }
}

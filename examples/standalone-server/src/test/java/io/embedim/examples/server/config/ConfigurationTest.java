package io.embedim.examples.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

  @TempDir Path directory;

  private static Layer options(String... keysAndValues) {
    Layer layer = new Layer();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      layer.add(keysAndValues[i], keysAndValues[i + 1], "--set");
    }
    return layer;
  }

  private Path file(String... lines) throws IOException {
    return Files.write(directory.resolve("im-server.properties"), List.of(lines));
  }

  private static List<String> problems(Layer... layers) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> Configuration.of(List.of(layers)))
        .problems();
  }

  @Test
  void without_anything_given_every_setting_has_its_default() {
    Configuration configuration = Configuration.of(List.of());
    assertThat(configuration.get(ServerSettings.PORT)).isEqualTo(8080);
    assertThat(configuration.get(ServerSettings.DEMO_LOGIN)).isTrue();
    assertThat(configuration.get(ServerSettings.JWT_VALIDITY)).isEqualTo(Duration.ofHours(24));
    assertThat(configuration.get(ServerSettings.ALLOWED_ORIGINS)).isEmpty();
  }

  @Test
  void an_option_counts_more_than_a_variable_more_than_the_file_more_than_the_default()
      throws IOException {
    Layer file =
        Layer.file(
            file(
                "limits.messages_per_second=1",
                "limits.messages_burst = 1",
                "limits.sync_page:1",
                "# limits.history_page=1"));
    Layer environment =
        Layer.environment(
            Map.of("IM_LIMITS_MESSAGES_PER_SECOND", "2", "IM_LIMITS_MESSAGES_BURST", "2"));
    Configuration configuration =
        Configuration.of(List.of(file, environment, options("limits.messages_per_second", "3")));
    var settings = EngineSettings.of(configuration);
    assertThat(settings.messagesPerSecond()).isEqualTo(3);
    assertThat(settings.messagesBurst()).isEqualTo(2);
    assertThat(settings.syncPage()).isEqualTo(1);
    assertThat(settings.historyPage()).isEqualTo(100);
  }

  @Test
  void the_last_one_of_two_options_counts() {
    Configuration configuration =
        Configuration.of(List.of(options("server.port", "1", "server.port", "2")));
    assertThat(configuration.get(ServerSettings.PORT)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "server.port | 65536 | a whole number from 0 to 65535",
        "server.port | -1 | a whole number from 0 to 65535",
        "server.port | 8080x | a whole number from 0 to 65535",
        "server.port | 99999999999999999999 | a whole number from 0 to 65535",
        "server.port | 80.5 | a whole number from 0 to 65535",
        "server.port | \"\" | a whole number from 0 to 65535",
        "server.host | \"\" | a host name or an IP address",
        "server.public_url | chat.example.com | an address like https://chat.example.com",
        "server.public_url | https://chat.example.com/chat | without a path",
        "server.public_url | ftp://chat.example.com | an address like https://chat.example.com",
        "server.public_url | https://a b | an address like https://chat.example.com",
        "allowed_origins | https://a.example,b.example | origins like https://chat.example.com",
        "allowed_origins | https://a.example, | origins like https://chat.example.com",
        "allowed_origins | https://a.example/* | origins like https://chat.example.com",
        "data_dir | \"\" | a directory",
        "storage.url | mysql://localhost/im | memory, or a JDBC URL",
        "storage.url | \"\" | memory, or a JDBC URL",
        "storage.table_prefix | im-chat_ | letters, digits and underscores",
        "storage.table_prefix | \"x; DROP TABLE y\" | letters, digits and underscores",
        "storage.table_prefix | \"\" | letters, digits and underscores",
        "storage.connections | 1 | a whole number from 2 to 1000",
        "storage.schema | update | one of migrate, none, validate",
        "demo_login | yes | one of false, true",
        "demo_login | 1 | one of false, true",
        "jwt.algorithm | none | one of ES256, HS256, RS256",
        "jwt.algorithm | HS512 | one of ES256, HS256, RS256",
        "jwt.jwks_url | file:///keys | nothing, or an address that begins with https:// or http://",
        "jwt.validity | 24 | a time from 1s to 3650d, with its unit: ms, s, m, h or d",
        "jwt.validity | 0s | a time from 1s to 3650d",
        "jwt.validity | 1.5h | a time from 1s to 3650d",
        "jwt.validity | forever | a time from 1s to 3650d",
        "jwt.leeway | 11m | a time from 0s to 10m",
        "limits.messages_per_second | 0 | a whole number from 1 to 1000000",
        "limits.messages_burst | many | a whole number from 1 to 1000000",
        "limits.max_frame_bytes | 1023 | a whole number from 1024 to 16777216",
        "session.heartbeat | 9ms | a time from 10ms to 1d",
        "session.silence | 2d | a time from 10ms to 1d",
        "login_policy | two | one of all, one, one_per_platform",
        "log.level | loud | one of debug, error, info, warn",
      })
  void a_wrong_value_is_named_with_its_key_its_source_and_what_is_allowed(
      String key, String value, String allowed) throws IOException {
    String variable = "IM_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    assertThat(problems(options(key, value)))
        .singleElement()
        .asString()
        .startsWith(key + " is '" + value + "' (from --set): expected ")
        .contains(allowed);
    assertThat(problems(Layer.environment(Map.of(variable, value))))
        .singleElement()
        .asString()
        .startsWith(key + " is '" + value + "' (from the environment variable " + variable + ")")
        .contains(allowed);
    Path file = file(key + "=" + value);
    assertThat(problems(Layer.file(file)))
        .singleElement()
        .asString()
        .startsWith(key + " is '" + value + "' (from file " + file + "): expected ")
        .contains(allowed);
  }

  @Test
  void everything_that_is_wrong_is_named_at_once_also_what_another_place_outdoes() {
    assertThat(
            problems(
                Layer.environment(Map.of("IM_SERVER_PORT", "x", "IM_LOG_LEVEL", "loud")),
                options("server.port", "8081", "nonsense", "1")))
        .hasSize(3)
        .anyMatch(problem -> problem.startsWith("server.port is 'x'"))
        .anyMatch(problem -> problem.startsWith("log.level is 'loud'"))
        .anyMatch(problem -> problem.startsWith("nonsense (from --set) is no key"));
  }

  @Test
  void an_unknown_key_is_an_error_without_its_value_which_may_be_a_secret() {
    assertThat(problems(options("jwt.secrt", "hunter2")))
        .containsExactly(
            "jwt.secrt (from --set) is no key: expected one that --print-config lists");
    assertThat(problems(Layer.environment(Map.of("IM_SERVERPORT", "5"))))
        .containsExactly(
            "IM_SERVERPORT (from the environment variable IM_SERVERPORT) is no key: expected one"
                + " that --print-config lists");
  }

  @Test
  void variables_of_others_and_of_the_tests_are_no_settings() {
    Layer environment =
        Layer.environment(
            Map.of(
                "PATH", "/bin",
                "GTK_IM_MODULE", "x",
                "IM_CONFIG_PHASE", "1",
                "IM_TEST_MARIADB_URL", "jdbc:x"));
    assertThat(environment.values()).isEmpty();
  }

  @Test
  void a_secret_is_never_shown() {
    assertThat(problems(options("jwt.secret", "hunter2")))
        .containsExactly(
            "jwt.secret is (not shown) (from --set): expected nothing, or at least 32 bytes");
  }

  @Test
  void values_that_do_not_fit_together_are_refused() {
    assertThat(problems(options("session.heartbeat", "90s")))
        .singleElement()
        .asString()
        .contains("session.*")
        .contains("silence is PT1M30S, expected more than the heartbeat");
    assertThat(problems(options("jwt.jwks_url", "https://id.example/keys")))
        .singleElement()
        .asString()
        .contains("jwt.jwks_url is 'https://id.example/keys'")
        .contains("expected nothing while jwt.algorithm is HS256");
    assertThat(problems(options("jwt.algorithm", "rs256")))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("jwt.public_key_file is '' (from default)"))
        .anyMatch(problem -> problem.contains("demo_login is 'true'"));
    assertThat(
            problems(
                options(
                    "jwt.algorithm", "ES256",
                    "demo_login", "false",
                    "jwt.public_key_file", "key.pem",
                    "jwt.jwks_url", "https://id.example/keys",
                    "jwt.secret", "0123456789abcdef0123456789abcdef")))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("either this or jwt.jwks_url"))
        .anyMatch(problem -> problem.startsWith("jwt.secret is (not shown)"));
    assertThat(problems(options("storage.connections", "5")))
        .singleElement()
        .asString()
        .contains("storage.connections is '5'")
        .contains("at least 6, two more than engine.lanes");
    assertThat(problems(options("data_dir", "a;b")))
        .singleElement()
        .asString()
        .contains("data_dir is 'a;b'");
  }

  @Test
  void values_that_do_fit_together_are_taken() {
    Configuration configuration =
        Configuration.of(
            List.of(
                options(
                    "jwt.algorithm", "rs256",
                    "jwt.jwks_url", "https://id.example/keys?x=1",
                    "demo_login", "FALSE",
                    "allowed_origins", "https://a.example, http://localhost:3000",
                    "server.public_url", "https://chat.example.com:8443",
                    "storage.url", "memory",
                    "storage.connections", "2")));
    assertThat(configuration.get(ServerSettings.ALLOWED_ORIGINS))
        .isEqualTo(Set.of("https://a.example", "http://localhost:3000"));
  }

  @Test
  void a_file_that_is_not_there_or_says_a_key_twice_is_an_error() throws IOException {
    assertThatThrownBy(() -> Layer.file(directory.resolve("nowhere.properties")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--config is '")
        .hasMessageContaining("nowhere.properties': expected a readable file");
    assertThatThrownBy(() -> Layer.file(file("server.port=1", "server.port=2")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("server.port is given several times in file ");
    assertThatThrownBy(() -> Layer.file(file("server.host=\\u12")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("lines key=value");
  }

  @Test
  void what_was_given_can_be_told_without_secrets() {
    Configuration configuration =
        Configuration.of(
            List.of(
                options("server.port", "0", "jwt.secret", "hunter2 hunter2 hunter2 hunter2 x")));
    assertThat(configuration.given())
        .containsExactly("server.port=0 (--set)", "jwt.secret=(not shown) (--set)");
  }
}

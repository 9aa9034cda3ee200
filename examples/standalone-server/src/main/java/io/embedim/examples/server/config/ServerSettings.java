package io.embedim.examples.server.config;

import io.embedim.core.auth.JwtIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of everything that can be configured. */
public final class ServerSettings {

  /** How tokens are signed. */
  public enum JwtAlgorithm {
    HS256,
    RS256,
    ES256
  }

  /** What becomes of the tables when the server starts. */
  public enum SchemaHandling {
    MIGRATE,
    VALIDATE,
    NONE
  }

  /** How much is logged. */
  public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /** The value of {@link #STORAGE_URL} that keeps nothing. */
  public static final String MEMORY = "memory";

  /** Stands for the value of {@link #DATA_DIR} in {@link #STORAGE_URL}. */
  public static final String DATA_PLACEHOLDER = "{data}";

  public static final Setting<String> HOST =
      Setting.of(
          "server.host",
          ValueTypes.text(text -> !text.isEmpty(), "a host name or an IP address"),
          "127.0.0.1",
          "The address to listen on. 127.0.0.1 is reached from this machine only; 0.0.0.0 from"
              + " every machine that can reach this one, a phone in the same network for example.");

  public static final Setting<Integer> PORT =
      Setting.of(
          "server.port",
          ValueTypes.integer(0, 65_535),
          "8080",
          "The port for everything: the page, the HTTP API and WebSocket. 0 takes a free one.");

  public static final Setting<String> PUBLIC_URL =
      Setting.of(
          "server.public_url",
          ValueTypes.serverAddress(),
          "",
          "How clients reach this server, for example https://chat.example.com behind a proxy that"
              + " does TLS. When empty, it is taken from what each request asks for.");

  public static final Setting<Set<String>> ALLOWED_ORIGINS =
      Setting.of(
          "allowed_origins",
          ValueTypes.origins(),
          "",
          "Web pages of other servers that may connect from a browser, separated by commas; * lets"
              + " all of them. This server's own page always may.");

  public static final Setting<String> DATA_DIR =
      Setting.of(
          "data_dir",
          ValueTypes.text(text -> !text.isEmpty(), "a directory"),
          "./data",
          "Where the database and the generated secret are kept; made when it is not there.");

  public static final Setting<String> STORAGE_URL =
      Setting.of(
          "storage.url",
          ValueTypes.text(
              text -> text.equals(MEMORY) || text.startsWith("jdbc:"),
              "memory, or a JDBC URL such as jdbc:h2:file:{data}/embedim"),
          "jdbc:h2:file:{data}/embedim;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0",
          "The database. {data} stands for data_dir. memory keeps nothing beyond the process.");

  public static final Setting<String> STORAGE_USER =
      Setting.of("storage.user", ValueTypes.anyText(), "", "The database user.");

  public static final Setting<String> STORAGE_PASSWORD =
      Setting.of("storage.password", ValueTypes.anyText(), "", "The database user's password.")
          .secret();

  public static final Setting<String> STORAGE_TABLE_PREFIX =
      Setting.of(
          "storage.table_prefix",
          ValueTypes.text(
              text -> text.matches("[A-Za-z_][A-Za-z0-9_]{0,19}"),
              "1 to 20 letters, digits and underscores, the first one not a digit"),
          "im_",
          "What the names of the tables begin with.");

  public static final Setting<Integer> STORAGE_CONNECTIONS =
      Setting.of(
          "storage.connections",
          ValueTypes.integer(2, 1_000),
          "12",
          "Database connections that are open at most.");

  public static final Setting<SchemaHandling> STORAGE_SCHEMA =
      Setting.of(
          "storage.schema",
          ValueTypes.choice(SchemaHandling.class),
          "migrate",
          "migrate creates and updates the tables; validate refuses to start unless they are as"
              + " expected; none does not look.");

  public static final Setting<Boolean> DEMO_LOGIN =
      Setting.of(
          "demo_login",
          ValueTypes.bool(),
          "true",
          "true lets everybody log in as any user, without a password: for trying out only. With"
              + " false, users register with a username and a password.");

  public static final Setting<Integer> LOGINS_PER_MINUTE =
      Setting.of(
          "limits.logins_per_minute",
          ValueTypes.integer(1, 10_000),
          "10",
          "Attempts to log in with a password, for each username.");

  public static final Setting<Integer> LOGINS_PER_MINUTE_AND_ADDRESS =
      Setting.of(
          "limits.logins_per_minute_and_address",
          ValueTypes.integer(1, 100_000),
          "60",
          "The same for each client address, whatever the username, so that nobody tries one"
              + " password with every user. Behind a proxy all clients have the proxy's address.");

  public static final Setting<Integer> REGISTRATIONS_PER_MINUTE =
      Setting.of(
          "limits.registrations_per_minute",
          ValueTypes.integer(1, 10_000),
          "20",
          "Attempts to register, for each client address.");

  public static final Setting<JwtAlgorithm> JWT_ALGORITHM =
      Setting.of(
          "jwt.algorithm",
          ValueTypes.choice(
              Map.of(
                  "HS256", JwtAlgorithm.HS256,
                  "RS256", JwtAlgorithm.RS256,
                  "ES256", JwtAlgorithm.ES256)),
          "HS256",
          "How tokens are signed. With HS256 this server issues and checks them. With RS256 or"
              + " ES256 somebody else issues them, and this server's own login is off.");

  public static final Setting<String> JWT_SECRET =
      Setting.of(
              "jwt.secret",
              ValueTypes.text(
                  text -> text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length >= 32,
                  "nothing, or at least 32 bytes"),
              "",
              "The secret for HS256, at least 32 random bytes. When empty, one is made at the first"
                  + " start and kept in {data}/jwt.secret.")
          .secret();

  public static final Setting<String> JWT_PUBLIC_KEY_FILE =
      Setting.of(
          "jwt.public_key_file",
          ValueTypes.anyText(),
          "",
          "A file with the public key of the issuer for RS256 or ES256, as PEM; it may hold several"
              + " keys.");

  public static final Setting<String> JWT_JWKS_URL =
      Setting.of(
          "jwt.jwks_url",
          ValueTypes.webAddress(),
          "",
          "The address of the issuer's key set, instead of a file, for RS256 and ES256.");

  public static final Setting<String> JWT_ISSUER =
      Setting.of(
          "jwt.issuer",
          ValueTypes.anyText(),
          "",
          "What iss must be in tokens; also put into those that this server issues. When empty, any"
              + " is taken.");

  public static final Setting<String> JWT_AUDIENCE =
      Setting.of(
          "jwt.audience",
          ValueTypes.anyText(),
          "",
          "What aud must contain; also put into tokens that this server issues. When empty, tokens"
              + " that have an aud are refused.");

  public static final Setting<Duration> JWT_VALIDITY =
      Setting.of(
          "jwt.validity",
          ValueTypes.duration(Duration.ofSeconds(1), Duration.ofDays(3650)),
          ValueTypes.text(JwtIssuer.DEFAULT_VALIDITY),
          "How long a token of this server is good.");

  public static final Setting<Duration> JWT_LEEWAY =
      Setting.of(
          "jwt.leeway",
          ValueTypes.duration(Duration.ZERO, Duration.ofMinutes(10)),
          "0s",
          "How far the issuer's clock may be off.");

  public static final Setting<LogLevel> LOG_LEVEL =
      Setting.of(
          "log.level", ValueTypes.choice(LogLevel.class), "info", "How much this server logs.");

  private static final List<Section> SECTIONS =
      List.of(
          new Section("Server", List.of(HOST, PORT, PUBLIC_URL, ALLOWED_ORIGINS)),
          new Section(
              "Storage",
              List.of(
                  DATA_DIR,
                  STORAGE_URL,
                  STORAGE_USER,
                  STORAGE_PASSWORD,
                  STORAGE_TABLE_PREFIX,
                  STORAGE_CONNECTIONS,
                  STORAGE_SCHEMA)),
          new Section(
              "Login",
              List.of(
                  DEMO_LOGIN,
                  LOGINS_PER_MINUTE,
                  LOGINS_PER_MINUTE_AND_ADDRESS,
                  REGISTRATIONS_PER_MINUTE)),
          new Section(
              "Tokens",
              List.of(
                  JWT_ALGORITHM,
                  JWT_SECRET,
                  JWT_PUBLIC_KEY_FILE,
                  JWT_JWKS_URL,
                  JWT_ISSUER,
                  JWT_AUDIENCE,
                  JWT_VALIDITY,
                  JWT_LEEWAY)),
          new Section("Limits", EngineSettings.LIMITS.settings()),
          new Section("Messages", EngineSettings.MESSAGES.settings()),
          new Section("Sessions", EngineSettings.SESSIONS.settings()),
          new Section("Engine", EngineSettings.INTERNALS.settings()),
          new Section("Log", List.of(LOG_LEVEL)));

  private ServerSettings() {}

  /** Settings that belong together. */
  record Section(String title, List<Setting<?>> settings) {}

  static List<Section> sections() {
    return SECTIONS;
  }

  public static List<Setting<?>> all() {
    return SECTIONS.stream()
        .flatMap(section -> section.settings().stream())
        .collect(Collectors.toUnmodifiableList());
  }

  static Optional<Setting<?>> byKey(String key) {
    return stream().filter(setting -> setting.key().equals(key)).findFirst();
  }

  static Optional<Setting<?>> byVariable(String variable) {
    return stream().filter(setting -> setting.variable().equals(variable)).findFirst();
  }

  private static Stream<Setting<?>> stream() {
    return all().stream();
  }
}

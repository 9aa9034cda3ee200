package io.embedim.examples.server;

import io.embedim.examples.server.config.Configuration;
import io.embedim.examples.server.config.ConfigurationException;
import io.embedim.examples.server.config.DocumentedFile;
import io.embedim.examples.server.config.Layer;
import io.embedim.examples.server.config.ServerSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "im-server",
    description = "Starts a chat server with a web page. Without options it is ready to be tried.",
    mixinStandardHelpOptions = true,
    versionProvider = ServerVersion.class,
    sortOptions = false,
    usageHelpWidth = 100)
final class ServerCommand implements Callable<Integer> {

  static final int OK = 0;
  static final int CANNOT_START = 1;
  static final int WRONG_CONFIGURATION = CommandLine.ExitCode.USAGE;

  /** The variable of the logging configuration in logback.xml. */
  private static final String LOG_LEVEL = "im.log.level";

  private final Map<String, String> environment;
  private final Layer options = new Layer();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Reads settings from this file; --print-config prints one to begin with.")
  private @Nullable Path config;

  @Option(
      names = "--print-config",
      description = "Prints all settings with their defaults, and ends.")
  private boolean printConfig;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets any of the keys below. May be given several times.")
  private final List<String> settings = new ArrayList<>();

  ServerCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "The same as --set server.host=ADDRESS.")
  void host(String value) {
    options.add(ServerSettings.HOST.key(), value, "--host");
  }

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The same as --set server.port=PORT.")
  void port(String value) {
    options.add(ServerSettings.PORT.key(), value, "--port");
  }

  @Option(
      names = "--data",
      paramLabel = "DIRECTORY",
      description = "The same as --set data_dir=DIRECTORY.")
  void data(String value) {
    options.add(ServerSettings.DATA_DIR.key(), value, "--data");
  }

  /** A command line that has read nothing yet. */
  static CommandLine commandLine(Map<String, String> environment) {
    CommandLine commandLine = new CommandLine(new ServerCommand(environment));
    commandLine.getCommandSpec().usageMessage().footer(keys());
    return commandLine;
  }

  private static String[] keys() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Keys and their defaults (--print-config says more about each):");
    ServerSettings.all()
        .forEach(setting -> lines.add("  " + setting.key() + "=" + setting.defaultText()));
    lines.add("");
    lines.add(
        "A value is taken from an option, else from the environment (IM_SERVER_PORT for"
            + " server.port), else");
    lines.add("from the file, else it is the default.");
    // A percent sign would be a format of the help's own.
    return lines.stream().map(line -> line.replace("%", "%%")).toArray(String[]::new);
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = commandLine().getOut();
    PrintWriter err = commandLine().getErr();
    if (printConfig) {
      out.print(DocumentedFile.text());
      out.flush();
      return OK;
    }
    try {
      Configuration configuration = configuration();
      prepareLogging(configuration);
      try (StandaloneServer server = StandaloneServer.start(configuration)) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "im-shutdown"));
        out.print(Welcome.text(server));
        out.flush();
        server.awaitStop();
      }
      return OK;
    } catch (ConfigurationException e) {
      err.println("The configuration is wrong; nothing was started.");
      e.problems().forEach(problem -> err.println("  " + problem));
      return WRONG_CONFIGURATION;
    } catch (StartException e) {
      err.println("The server cannot start.");
      err.println("  " + e.getMessage());
      return CANNOT_START;
    }
  }

  private Configuration configuration() {
    settings.forEach(this::set);
    List<Layer> layers = new ArrayList<>();
    if (config != null) {
      layers.add(Layer.file(config));
    }
    layers.add(Layer.environment(environment));
    layers.add(options);
    return Configuration.of(layers);
  }

  private void set(String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw new ParameterException(
          commandLine(),
          "--set is '" + setting + "': expected KEY=VALUE, for example log.level=debug");
    }
    options.add(setting.substring(0, equals).strip(), setting.substring(equals + 1), "--set");
  }

  /** Must come before the first logger is made, which reads the level. */
  private static void prepareLogging(Configuration configuration) {
    System.setProperty(
        LOG_LEVEL, configuration.get(ServerSettings.LOG_LEVEL).name().toLowerCase(Locale.ROOT));
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("the command was not made by commandLine(…)");
    }
    return spec.commandLine();
  }
}

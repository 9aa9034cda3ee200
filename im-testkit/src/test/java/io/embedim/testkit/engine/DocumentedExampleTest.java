package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the documentation of the test engine is code that compiles and passes. */
class DocumentedExampleTest {

  private static final Path SOURCE = Path.of("src/main/java/io/embedim/testkit/ImTestEngine.java");

  @TempDir private Path classes;

  @Test
  void the_example_of_the_test_engine_compiles_and_passes() throws Exception {
    compile(
        "Example",
        """
        import static org.assertj.core.api.Assertions.assertThat;
        import io.embedim.spi.model.LogEntry;
        import io.embedim.testkit.*;
        import java.time.Duration;
        public class Example implements Runnable {
          @Override public void run() {
        """
            + example()
            + "}}");

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Object example = loader.loadClass("Example").getDeclaredConstructor().newInstance();
      ((Runnable) example).run();
    }
  }

  /** The lines of the first block of code in the documentation. */
  private static String example() throws Exception {
    List<String> lines = Files.readAllLines(SOURCE);
    int begin = lines.indexOf(" * <pre>{@code");
    int end = lines.indexOf(" * }</pre>");
    assertThat(begin).isPositive().isLessThan(end);
    return lines.subList(begin + 1, end).stream()
        .map(line -> line.substring(2))
        .collect(Collectors.joining("\n"));
  }

  private void compile(String name, String code) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("memory:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
          }
        };
    StringWriter errors = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));

    boolean compiled = compiler.getTask(errors, null, null, options, null, List.of(source)).call();

    assertThat(compiled).as("%s%n%s", errors, code).isTrue();
  }
}

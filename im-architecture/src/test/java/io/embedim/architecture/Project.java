package io.embedim.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The project around this module: its directories, and the classes that its modules were compiled
 * to. Classes are read where the compiler put them, so that a shaded jar brings nothing foreign in.
 */
final class Project {
  private static final Path ROOT = findRoot(Path.of("").toAbsolutePath());

  private Project() {}

  static Path root() {
    return ROOT;
  }

  /** The directories of all modules, in the order of the root pom. */
  static List<Path> modules() {
    return Pom.of(ROOT).modules().stream().map(ROOT::resolve).toList();
  }

  static JavaClasses mainClasses() {
    return imported("target/classes");
  }

  /** Does not hold the planted violations, which lie outside our packages. */
  static JavaClasses testClasses() {
    return imported("target/test-classes");
  }

  static Path mainSources(Path module) {
    return module.resolve("src/main/java");
  }

  /** The source files below a directory that declare a type; none when it is missing. */
  static List<Path> typesBelow(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .filter(file -> !file.endsWith("module-info.java"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaClasses imported(String directory) {
    List<Path> paths = new ArrayList<>();
    for (Path module : modules()) {
      Path classes = module.resolve(directory).resolve("io/embedim");
      if (Files.isDirectory(classes)) {
        paths.add(classes);
      }
    }
    return new ClassFileImporter().withImportOption(Project::isWrittenByPeople).importPaths(paths);
  }

  private static boolean isWrittenByPeople(Location location) {
    return !location.contains("/jmh_generated/");
  }

  private static Path findRoot(Path start) {
    for (Path path = start; path != null; path = path.getParent()) {
      if (Files.isDirectory(path.resolve("im-bom"))) {
        return path;
      }
    }
    throw new IllegalStateException("no project around " + start);
  }
}

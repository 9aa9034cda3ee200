package io.embedim.transport.ws.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The published JSON Schemas. A schema's name is its path without {@code .schema.json}. */
final class Schemas {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Path FOLDER = Path.of("..", "docs", "schemas");
  private static final String SUFFIX = ".schema.json";
  private static final String BASE = "https://schemas.invalid/";
  private static final String META = SpecificationVersion.DRAFT_2020_12.getDialectId();

  /** Finds schemas in the folder only; nothing is fetched from anywhere. */
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Schemas::load));

  private Schemas() {}

  static List<String> names() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
          .filter(path -> path.endsWith(".json"))
          .map(path -> path.replace(SUFFIX, ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema itself. */
  static JsonNode schema(String name) {
    return parse(read(name));
  }

  /** What about a document does not satisfy a schema; empty when it does. */
  static List<String> violations(String name, JsonNode document) {
    return validate(BASE + name + SUFFIX, document);
  }

  /** What keeps a file of the folder from being a JSON Schema; empty when it is one. */
  static List<String> flaws(String name) {
    return validate(META, schema(name));
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static List<String> validate(String location, JsonNode document) {
    return REGISTRY.getSchema(SchemaLocation.of(location)).validate(document).stream()
        .map(Error::toString)
        .toList();
  }

  private static String load(String location) {
    return location.startsWith(BASE)
        ? read(location.substring(BASE.length(), location.length() - SUFFIX.length()))
        : null;
  }

  private static String read(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + SUFFIX));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.embedim.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A document that shows reports between the lines that are about them. A report goes between {@code
 * <!-- begin NAME -->} and {@code <!-- end NAME -->}; the rest of the document stays as it is. A
 * document that has no such lines gets them at its end.
 */
public final class Document {

  private static final String FILE = "performance.md";
  private static final String IMAGES = "images";

  private final Path folder;

  private Document(Path folder) {
    this.folder = folder;
  }

  /** The document in a folder. */
  public static Document of(Path folder) {
    return new Document(folder);
  }

  /** Puts a report where it belongs, in place of what was there, and its plot beside it. */
  public void put(Report report) throws IOException {
    String begin = "<!-- begin " + report.name() + " -->";
    String end = "<!-- end " + report.name() + " -->";
    Path file = folder.resolve(FILE);
    String text = Files.exists(file) ? Files.readString(file) : "";
    if (!text.contains(begin)) {
      text += "\n" + begin + "\n" + end + "\n";
    }
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IOException(file + " has no line '" + begin + "' with '" + end + "' behind it");
    }
    String image = "performance-" + report.name() + ".png";
    Files.createDirectories(folder.resolve(IMAGES));
    Plot.write(report, folder.resolve(IMAGES).resolve(image));
    Files.writeString(
        file,
        text.substring(0, from)
            + begin
            + "\n\n"
            + report.markdown()
            + "\n!["
            + report.name()
            + "]("
            + IMAGES
            + "/"
            + image
            + ")\n\n"
            + text.substring(to));
  }
}

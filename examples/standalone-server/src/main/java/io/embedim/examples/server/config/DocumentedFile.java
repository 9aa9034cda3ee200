package io.embedim.examples.server.config;

import java.util.ArrayList;
import java.util.List;

/** The table of settings as a file that can be edited and read again. */
public final class DocumentedFile {

  private static final int WIDTH = 100;

  private DocumentedFile() {}

  /** Every key with its description, what is allowed, its variable and its default. */
  public static String text() {
    StringBuilder text = new StringBuilder();
    comment(
        text, "The configuration of the EmbedIM example server, with every key and its default.");
    text.append("#\n");
    comment(
        text,
        "Start the server with --config and the name of a copy of this file; a copy needs only the"
            + " keys that differ. A value is taken from the first place that gives it: an option"
            + " (--set key=value), an environment variable (its name stands with each key), this"
            + " file, the default. Write a backslash twice.");
    for (ServerSettings.Section section : ServerSettings.sections()) {
      text.append("\n\n# ---- ").append(section.title()).append(" ----\n");
      for (Setting<?> setting : section.settings()) {
        text.append('\n');
        comment(text, setting.description());
        comment(text, "Allowed: " + setting.type().allowed() + ".");
        comment(text, "Variable: " + setting.variable());
        text.append(setting.key()).append('=').append(setting.defaultText()).append('\n');
      }
    }
    return text.toString();
  }

  private static void comment(StringBuilder text, String words) {
    for (String line : wrapped(words)) {
      text.append("# ").append(line).append('\n');
    }
  }

  private static List<String> wrapped(String words) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : words.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH - 2) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (line.length() > 0) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}

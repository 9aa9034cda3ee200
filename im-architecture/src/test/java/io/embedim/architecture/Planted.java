package io.embedim.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;

/** A small set of classes that breaks exactly one rule. */
final class Planted {
  private final String root;

  private Planted(String root) {
    this.root = root;
  }

  /** The classes in and below the package {@code planted.<name>}. */
  static Planted in(String name) {
    return new Planted("planted." + name);
  }

  Modules modules() {
    return Modules.below(root);
  }

  /** What the rule says of the planted classes, one line for each violation. */
  List<String> violationsOf(ArchRule rule) {
    JavaClasses classes =
        new ClassFileImporter()
            .importPath(
                Project.root()
                    .resolve("im-architecture/target/test-classes")
                    .resolve(root.replace('.', '/')));
    if (classes.isEmpty()) {
      throw new IllegalStateException("nothing is planted in " + root);
    }
    EvaluationResult result = rule.evaluate(classes);
    return result.getFailureReport().getDetails();
  }
}

package io.embedim.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What the pom files promise each other. */
class BuildFilesTest {
  private static final String TRUE = "true";

  private final Pom parent = Pom.of(Project.root());
  private final Pom bom = Pom.of(Project.root().resolve("im-bom"));

  @Test
  void netty_is_managed_before_everything_else() {
    assertThat(parent.managedDependencies()).first().isEqualTo("netty-bom");
  }

  @Test
  void the_bom_lists_every_published_module_and_nothing_else() {
    List<String> published =
        Project.modules().stream()
            .map(Pom::of)
            .filter(pom -> !pom.hasProperty("maven.deploy.skip", TRUE))
            .map(Pom::artifactId)
            .filter(artifactId -> !artifactId.equals(bom.artifactId()))
            .toList();

    assertThat(bom.managedDependencies()).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void the_bom_repeats_the_versions_of_the_parent() {
    assertThat(bom.version()).isEqualTo(parent.version());
    assertThat(bom.managedPlugins()).isNotEmpty();
    for (Element plugin : bom.managedPlugins()) {
      String name = child(plugin, "artifactId");
      assertThat(parent.property(name + ".version")).contains(child(plugin, "version"));
    }
  }

  @Test
  void the_rules_run_after_all_modules_are_compiled() {
    List<String> others =
        Project.modules().stream()
            .map(Pom::of)
            .map(Pom::artifactId)
            .filter(artifactId -> !List.of("im-bom", "im-architecture").contains(artifactId))
            .toList();

    assertThat(Pom.of(Project.root().resolve("im-architecture")).dependencies())
        .containsAll(others);
  }

  @Test
  void a_module_with_code_has_its_dependencies_analysed() {
    for (Path module : Project.modules()) {
      if (Pom.of(module).hasProperty("mdep.analyze.skip", TRUE)) {
        assertThat(Project.typesBelow(Project.mainSources(module)))
            .as("%s skips the analysis: remove mdep.analyze.skip from its pom", module)
            .isEmpty();
      }
    }
  }

  private static String child(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent().strip();
  }
}

package io.embedim.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Our classes keep the rules. {@link RulesBiteTest} shows that each rule finds a planted breach.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // reads all classes once
class OurCodeTest {
  private final Modules modules = Modules.below("io.embedim");
  private final JavaClasses main = Project.mainClasses();
  private final JavaClasses tests = Project.testClasses();

  @Test
  void the_rules_see_the_classes_of_every_module_that_has_code() {
    for (Path module : Project.modules()) {
      Path sources = Project.mainSources(module);
      List<Path> types = Project.typesBelow(sources);
      Set<String> seen = main.stream().map(JavaClass::getName).collect(Collectors.toSet());
      assertThat(types)
          .allSatisfy(
              type -> {
                String path = sources.relativize(type).toString();
                String name = path.substring(0, path.length() - ".java".length());
                assertThat(seen).contains(name.replace('/', '.').replace('\\', '.'));
              });
    }
  }

  @Test
  void every_class_belongs_to_a_known_module() {
    ModuleRules.everyClassBelongsToAKnownModule(modules).check(main);
  }

  @Test
  void a_module_uses_only_what_lies_below_it() {
    ModuleRules.modulesUseOnlyWhatLiesBelowThem(modules).check(main);
  }

  @Test
  void nobody_imports_another_modules_internal_package() {
    ModuleRules.internalPackagesStayInTheirModule(modules).check(main);
    ModuleRules.internalPackagesStayInTheirModule(modules).check(tests);
  }

  @Test
  void the_wire_never_appears_in_the_engine_or_the_spi() {
    ModuleRules.theWireStaysOutOfEngineAndSpi(modules).check(main);
  }

  @Test
  void the_spi_needs_nothing_but_java() {
    ModuleRules.theSpiNeedsNothing(modules).check(main);
  }

  @Test
  void no_json_library_appears_in_a_public_signature() {
    ModuleRules.noJsonLibraryInPublicSignatures(modules).check(main);
  }

  @Test
  void the_clock_is_injected() {
    CodeRules.nobodyAsksTheMachineForTheTime(modules)
        .check(main.that(not(ModuleRules.areIn(modules, Set.of("testkit")))));
  }

  @Test
  void nothing_static_is_mutable() {
    CodeRules.nothingStaticIsMutable().check(main);
  }

  @Test
  void a_library_neither_prints_nor_uses_a_logger_of_its_own() {
    CodeRules.librariesLeaveLoggingToTheHost(modules).check(main);
  }

  @Test
  void every_package_is_null_marked() {
    CodeRules.packagesAreNullMarked().check(main);
  }

  @Test
  void names_say_what_a_type_is() {
    CodeRules.namesSayWhatATypeIs().check(main);
  }

  @Test
  void nothing_sleeps() {
    CodeRules.nothingSleeps().check(tests);
    CodeRules.nothingSleeps().check(main);
  }
}

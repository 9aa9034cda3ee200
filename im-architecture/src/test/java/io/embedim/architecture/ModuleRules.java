package io.embedim.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The borders between the modules, each as a rule that holds below any root package. */
final class ModuleRules {
  private static final String INTERNAL = "internal";

  private static final List<String> JSON_LIBRARIES =
      List.of("com.fasterxml.jackson", "tools.jackson", "com.google.gson", "jakarta.json");

  private static final ArchCondition<JavaClass> SHOW_A_JSON_LIBRARY =
      new ArchCondition<>("show a type of a JSON library") {
        @Override
        public void check(JavaClass javaClass, ConditionEvents events) {
          if (!isPublic(javaClass)) {
            return;
          }
          for (JavaMember member : javaClass.getMembers()) {
            boolean shown =
                isVisible(member.getModifiers())
                    && member.getAllInvolvedRawTypes().stream().anyMatch(ModuleRules::isJson);
            events.add(
                new SimpleConditionEvent(
                    member, shown, member.getFullName() + " shows a type of a JSON library"));
          }
        }
      };

  private ModuleRules() {}

  static ArchRule everyClassBelongsToAKnownModule(Modules modules) {
    return classes()
        .should(
            eachClass(
                "belong to a module of the table",
                "lies in no module that io.embedim.architecture.Modules knows",
                javaClass -> modules.owner(javaClass.getPackageName()).isPresent()))
        .because("a module that is not in the table is held by no rule")
        .allowEmptyShould(true);
  }

  /** Stores, push and media never see the engine, the SPI sees nobody, and so on. */
  static ArchRule modulesUseOnlyWhatLiesBelowThem(Modules modules) {
    return classes()
        .should(
            eachDependency(
                "use only the modules that lie below their own",
                dependency ->
                    modules.mayUse(
                        dependency.getOriginClass().getPackageName(),
                        dependency.getTargetClass().getPackageName())))
        .because("backends, engine, wire and transports are exchanged one by one")
        .allowEmptyShould(true);
  }

  static ArchRule internalPackagesStayInTheirModule(Modules modules) {
    return classes()
        .should(
            eachDependency(
                "leave the internal packages of other modules alone",
                dependency -> {
                  String from = dependency.getOriginClass().getPackageName();
                  String to = dependency.getTargetClass().getPackageName();
                  boolean internalOfOurs =
                      modules.isOurs(to) && List.of(to.split("\\.")).contains(INTERNAL);
                  return !internalOfOurs || modules.owner(from).equals(modules.owner(to));
                }))
        .because("what is internal changes without notice")
        .allowEmptyShould(true);
  }

  static ArchRule theWireStaysOutOfEngineAndSpi(Modules modules) {
    return noClasses()
        .that(areIn(modules, Set.of("spi", "core")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            modules.root() + ".wire..",
            modules.root() + ".transport..",
            "com.fasterxml.jackson..",
            "tools.jackson..",
            "com.google.gson..",
            "com.google.protobuf..",
            "org.json..",
            "jakarta.json..",
            "jakarta.servlet..",
            "jakarta.websocket..",
            "jakarta.ws.rs..")
        .because("another wire format or transport must need no change of the engine")
        .allowEmptyShould(true);
  }

  static ArchRule theSpiNeedsNothing(Modules modules) {
    return classes()
        .that(areIn(modules, Set.of("spi")))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(modules.root() + ".spi..", "java..", "org.jspecify..")
        .because("whoever implements the SPI takes nothing else into the house")
        .allowEmptyShould(true);
  }

  /** Inside a module Jackson may be used; in what hosts compile against it would bind them. */
  static ArchRule noJsonLibraryInPublicSignatures(Modules modules) {
    return noClasses()
        .that(
            DescribedPredicate.describe(
                "are in a library module",
                (JavaClass javaClass) -> modules.isLibrary(javaClass.getPackageName())))
        .should(SHOW_A_JSON_LIBRARY)
        .because("hosts bring Jackson of another line, and stay free to")
        .allowEmptyShould(true);
  }

  static DescribedPredicate<JavaClass> areIn(Modules modules, Set<String> names) {
    return DescribedPredicate.describe(
        "are in " + names, javaClass -> modules.isIn(javaClass.getPackageName(), names));
  }

  static ArchCondition<JavaClass> eachClass(
      String description, String complaint, Predicate<JavaClass> holds) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                javaClass, holds.test(javaClass), javaClass.getName() + ' ' + complaint));
      }
    };
  }

  private static boolean isPublic(JavaClass javaClass) {
    return isVisible(javaClass.getModifiers())
        && javaClass.getEnclosingClass().map(ModuleRules::isPublic).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static boolean isJson(JavaClass type) {
    return JSON_LIBRARIES.stream().anyMatch(type.getPackageName()::startsWith);
  }

  private static ArchCondition<JavaClass> eachDependency(
      String description, Predicate<Dependency> holds) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
          events.add(
              new SimpleConditionEvent(
                  javaClass, holds.test(dependency), dependency.getDescription()));
        }
      }
    };
  }
}

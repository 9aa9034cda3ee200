package io.embedim.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/** What holds inside every module. */
final class CodeRules {
  /** A constant of one of these types is state in disguise. */
  private static final List<Class<?>> STATE =
      List.of(
          AbstractCollection.class,
          AbstractMap.class,
          BitSet.class,
          ConcurrentMap.class,
          CopyOnWriteArrayList.class,
          CopyOnWriteArraySet.class,
          Executor.class,
          Queue.class,
          StringBuffer.class,
          StringBuilder.class,
          ThreadLocal.class);

  private static final String ATOMICS = "java.util.concurrent.atomic";
  private static final String FIELD_UPDATER = "FieldUpdater";
  private static final List<String> EMPTY_WORDS = List.of("Impl", "Manager", "Helper", "Util");

  private CodeRules() {}

  /** Arrays pass while they are private: lookup tables that nobody else can write. */
  static ArchRule nothingStaticIsMutable() {
    return fields()
        .that()
        .areStatic()
        .and(
            DescribedPredicate.describe(
                "are written by people",
                field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
        .should(beConstant())
        .because("two engines in one process share nothing")
        .allowEmptyShould(true);
  }

  static ArchRule librariesLeaveLoggingToTheHost(Modules modules) {
    return noClasses()
        .that(
            DescribedPredicate.describe(
                "are in a library module",
                (JavaClass javaClass) -> modules.isLibrary(javaClass.getPackageName())))
        .should(ACCESS_STANDARD_STREAMS)
        .orShould()
        .accessClassesThat()
        .resideInAPackage("java.util.logging..")
        .because("the host decides through SLF4J where the words of a library go")
        .allowEmptyShould(true);
  }

  static ArchRule nothingSleeps() {
    return noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "the target is a sleep",
                call -> {
                  JavaClass owner = call.getTargetOwner();
                  return call.getTarget().getName().equals("sleep")
                      && (owner.isAssignableTo(Thread.class)
                          || owner.isEquivalentTo(TimeUnit.class));
                }))
        .because("a test that waits a fixed time is slow on one machine and red on another")
        .allowEmptyShould(true);
  }

  /** What takes its time from an injected clock can be tested without waiting. */
  static ArchRule nobodyAsksTheMachineForTheTime(Modules modules) {
    return noClasses()
        .that(
            DescribedPredicate.describe(
                "are in a library module",
                (JavaClass javaClass) -> modules.isLibrary(javaClass.getPackageName())))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "the target is the time of day",
                call -> {
                  String owner = call.getTargetOwner().getName();
                  String name = call.getTarget().getName();
                  return (owner.equals("java.lang.System") && name.equals("currentTimeMillis"))
                      || (owner.startsWith("java.time.")
                          && name.equals("now")
                          && call.getTarget().getRawParameterTypes().stream()
                              .noneMatch(type -> type.isEquivalentTo(Clock.class)));
                }))
        .because("the clock is injected")
        .allowEmptyShould(true);
  }

  static ArchRule packagesAreNullMarked() {
    return classes()
        .should(
            ModuleRules.eachClass(
                "be in a @NullMarked package",
                "is in a package whose package-info is missing or not @NullMarked",
                javaClass -> javaClass.getPackage().isAnnotatedWith(NullMarked.class)))
        .because("NullAway and users must read the same meaning into a plain type")
        .allowEmptyShould(true);
  }

  static ArchRule namesSayWhatATypeIs() {
    return classes()
        .should(
            ModuleRules.eachClass(
                "have no name that ends in " + EMPTY_WORDS,
                "has a name that does not say what it is",
                javaClass -> EMPTY_WORDS.stream().noneMatch(javaClass.getSimpleName()::endsWith)))
        .allowEmptyShould(true);
  }

  private static ArchCondition<JavaField> beConstant() {
    return new ArchCondition<>("be final and of a type that holds no state") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean constant = field.getModifiers().contains(JavaModifier.FINAL) && !holdsState(field);
        events.add(
            new SimpleConditionEvent(field, constant, field.getFullName() + " is static state"));
      }
    };
  }

  private static boolean holdsState(JavaField field) {
    JavaClass type = field.getRawType();
    if (type.isArray()) {
      return !field.getModifiers().contains(JavaModifier.PRIVATE);
    }
    boolean atomic =
        type.getPackageName().equals(ATOMICS) && !type.getSimpleName().endsWith(FIELD_UPDATER);
    return atomic || STATE.stream().anyMatch(type::isAssignableTo);
  }
}

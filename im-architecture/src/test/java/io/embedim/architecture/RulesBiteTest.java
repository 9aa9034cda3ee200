package io.embedim.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A planted violation for each rule, and what the rule says about it. */
class RulesBiteTest {

  @Test
  void a_class_in_an_unknown_module_is_found() {
    Planted planted = Planted.in("unknownmodule");

    assertThat(planted.violationsOf(ModuleRules.everyClassBelongsToAKnownModule(planted.modules())))
        .singleElement()
        .asString()
        .contains("telepathy.MindReader");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spi.SpiType",
        "store.jdbc.JdbcType",
        "store.redis.RedisType",
        "push.PushType",
        "media.MediaType"
      })
  void whoever_imports_the_engine_from_below_is_found(String culprit) {
    Planted planted = Planted.in("enginefrombelow");

    assertThat(planted.violationsOf(ModuleRules.modulesUseOnlyWhatLiesBelowThem(planted.modules())))
        .hasSize(5)
        .anySatisfy(violation -> assertThat(violation).contains(culprit, "core.Engine"));
  }

  @Test
  void an_import_of_another_modules_internal_package_is_found_and_ones_own_is_not() {
    Planted planted = Planted.in("foreigninternal");

    assertThat(
            planted.violationsOf(ModuleRules.internalPackagesStayInTheirModule(planted.modules())))
        .singleElement()
        .asString()
        .contains("wire.Codec", "core.internal.Lane");
  }

  @ParameterizedTest
  @ValueSource(strings = {"core.EngineWithJson", "spi.SpiWithWire"})
  void json_and_wire_types_in_engine_and_spi_are_found(String culprit) {
    Planted planted = Planted.in("wirebelow");

    assertThat(planted.violationsOf(ModuleRules.theWireStaysOutOfEngineAndSpi(planted.modules())))
        .hasSize(2)
        .anySatisfy(violation -> assertThat(violation).contains(culprit));
  }

  @Test
  void a_library_in_the_spi_is_found_and_java_is_not() {
    Planted planted = Planted.in("needyspi");

    assertThat(planted.violationsOf(ModuleRules.theSpiNeedsNothing(planted.modules())))
        .isNotEmpty()
        .allSatisfy(
            violation -> assertThat(violation).contains("spi.Needy", "com.tngtech.archunit"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Shows.node(", "Shows.write(", "Shows.field", "Shows$Inner.nodes("})
  void a_json_type_in_a_public_signature_is_found_and_a_hidden_one_is_not(String culprit) {
    Planted planted = Planted.in("shownjson");

    assertThat(planted.violationsOf(ModuleRules.noJsonLibraryInPublicSignatures(planted.modules())))
        .hasSize(4)
        .anySatisfy(violation -> assertThat(violation).contains(culprit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"System.currentTimeMillis", "Instant.now", "LocalDate.now"})
  void the_time_of_the_machine_is_found_and_that_of_a_clock_is_not(String call) {
    Planted planted = Planted.in("ownclock");

    assertThat(planted.violationsOf(CodeRules.nobodyAsksTheMachineForTheTime(planted.modules())))
        .hasSize(3)
        .anySatisfy(violation -> assertThat(violation).contains("core.Hasty", call));
  }

  @ParameterizedTest
  @ValueSource(strings = {"counter", "CACHE", "HITS", "PUBLIC_TABLE"})
  void static_state_is_found_and_constants_are_not(String culprit) {
    assertThat(Planted.in("staticstate").violationsOf(CodeRules.nothingStaticIsMutable()))
        .hasSize(4)
        .anySatisfy(violation -> assertThat(violation).contains(culprit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.System.out", "java.util.logging.Logger"})
  void printing_and_foreign_logging_in_a_library_are_found_and_in_a_program_are_not(String what) {
    Planted planted = Planted.in("ownlogging");

    assertThat(planted.violationsOf(CodeRules.librariesLeaveLoggingToTheHost(planted.modules())))
        .anySatisfy(violation -> assertThat(violation).contains("core.Talkative", what))
        .noneSatisfy(violation -> assertThat(violation).contains("examples"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep"})
  void a_sleep_is_found(String call) {
    assertThat(Planted.in("sleeper").violationsOf(CodeRules.nothingSleeps()))
        .hasSize(2)
        .anySatisfy(violation -> assertThat(violation).contains(call));
  }

  @Test
  void a_package_without_null_marks_is_found_and_a_marked_one_is_not() {
    assertThat(Planted.in("unmarked").violationsOf(CodeRules.packagesAreNullMarked()))
        .singleElement()
        .asString()
        .contains("planted.unmarked.Anything");
  }

  @Test
  void an_empty_name_is_found() {
    assertThat(Planted.in("emptyname").violationsOf(CodeRules.namesSayWhatATypeIs()))
        .singleElement()
        .asString()
        .contains("SessionManager");
  }
}

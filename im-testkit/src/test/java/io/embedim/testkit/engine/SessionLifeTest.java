package io.embedim.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.LoginPolicy;
import io.embedim.core.session.CloseReason;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.hook.Authenticator;
import io.embedim.spi.model.Platform;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a session lives, and beside which others. */
class SessionLifeTest {

  private ImTestEngine im = ImTestEngine.start();

  @AfterEach
  void close() {
    im.close();
  }

  @Test
  void a_session_that_is_heard_lives_on() {
    FakeDevice alice = im.connect("alice");
    im.advance(Duration.ofHours(3));
    assertThat(alice.isConnected()).isTrue();
  }

  @Test
  void a_session_that_is_silent_for_ninety_seconds_is_closed() {
    FakeDevice alice = im.connect("alice");
    alice.fallsSilent();
    im.advance(Duration.ofSeconds(89));
    assertThat(alice.isConnected()).isTrue();
    im.advance(Duration.ofSeconds(2));
    assertThat(alice.closeCode()).isEqualTo(CloseReason.SILENT.code());
    assertThat(im.engine().sessions().count()).isZero();
  }

  @Test
  void a_session_ends_with_its_token() {
    FakeDevice alice = im.connect(im.device("alice").until(inSeconds(60)));
    im.advance(Duration.ofSeconds(59));
    assertThat(alice.isConnected()).isTrue();
    im.advance(Duration.ofSeconds(2));
    assertThat(alice.closeCode()).isEqualTo(4401);
  }

  @Test
  void a_fresh_token_prolongs_a_session() {
    FakeDevice alice = im.connect(im.device("alice").until(inSeconds(60)));
    im.advance(Duration.ofSeconds(50));
    alice.renews(inSeconds(60));
    im.advance(Duration.ofSeconds(55));
    assertThat(alice.isConnected()).isTrue();
    im.advance(Duration.ofSeconds(6));
    assertThat(alice.closeCode()).isEqualTo(4401);
  }

  @Test
  void a_fresh_token_may_also_shorten_a_session() {
    FakeDevice alice = im.connect("alice");
    alice.renews(inSeconds(5));
    im.advance(Duration.ofSeconds(6));
    assertThat(alice.closeCode()).isEqualTo(4401);
  }

  @Test
  void a_token_of_another_user_changes_nothing() {
    FakeDevice alice = im.connect(im.device("alice").until(inSeconds(60)));
    refused(
        ImError.UNAUTHENTICATED,
        () ->
            alice
                .session()
                .renew(new Authenticator.Result.Authenticated("mallory", Long.MAX_VALUE)));
    assertThat(alice.session().info().userId()).isEqualTo("alice");
    im.advance(Duration.ofSeconds(61));
    assertThat(alice.closeCode()).isEqualTo(4401);
  }

  @Test
  void a_user_may_have_many_devices_of_a_kind() {
    FakeDevice first = im.connect(im.device("alice").on(Platform.WEB));
    FakeDevice second = im.connect(im.device("alice").on(Platform.WEB));
    assertThat(first.isConnected()).isTrue();
    assertThat(second.isConnected()).isTrue();
  }

  @Test
  void one_per_platform_replaces_the_session_of_the_same_platform_only() {
    restart(s -> s.loginPolicy(LoginPolicy.ONE_PER_PLATFORM));
    FakeDevice oldPage = im.connect(im.device("alice").on(Platform.WEB));
    FakeDevice phone = im.connect(im.device("alice").on(Platform.IOS));
    FakeDevice bob = im.connect(im.device("bob").on(Platform.WEB));
    FakeDevice newPage = im.connect(im.device("alice").on(Platform.WEB));
    replaced(oldPage);
    assertThat(phone.isConnected()).isTrue();
    assertThat(newPage.isConnected()).isTrue();
    assertThat(bob.isConnected()).isTrue();
  }

  @Test
  void one_in_all_replaces_every_other_session_of_the_user() {
    restart(s -> s.loginPolicy(LoginPolicy.ONE));
    FakeDevice page = im.connect(im.device("alice").on(Platform.WEB));
    FakeDevice bob = im.connect("bob");
    FakeDevice phone = im.connect(im.device("alice").on(Platform.IOS));
    replaced(page);
    assertThat(phone.isConnected()).isTrue();
    assertThat(bob.isConnected()).isTrue();
  }

  @Test
  void a_user_with_too_many_sessions_gets_no_other_until_one_ends() {
    restart(s -> s.sessionsPerUser(2));
    FakeDevice first = im.connect("alice");
    im.connect("alice");
    refused(ImError.RATE_LIMITED, () -> im.connect("alice"));
    im.connect("bob");
    first.drops();
    im.connect("alice");
    assertThat(im.engine().sessions().count()).isEqualTo(3);
  }

  @Test
  void the_host_may_close_all_sessions_of_a_user() {
    FakeDevice page = im.connect("alice");
    FakeDevice phone = im.connect("alice");
    FakeDevice bob = im.connect("bob");
    im.engine().sessions().close("alice", CloseReason.BANNED);
    assertThat(page.closeCode()).isEqualTo(4403);
    assertThat(phone.closeCode()).isEqualTo(4403);
    assertThat(page.hears(ServerFrame.Kicked.class).reason()).isEqualTo(CloseReason.BANNED);
    assertThat(bob.isConnected()).isTrue();
  }

  @Test
  void a_session_that_was_closed_is_told_nothing_more() {
    FakeDevice alice = im.connect("alice");
    FakeDevice bob = im.connect("bob");
    im.engine().sessions().close("bob", CloseReason.BANNED);
    alice.sends("bob", "are you there?");
    bob.receivesNothing();
  }

  private void replaced(FakeDevice device) {
    assertThat(device.closeCode()).isEqualTo(4409);
    assertThat(device.hears(ServerFrame.Kicked.class).reason()).isEqualTo(CloseReason.REPLACED);
  }

  private static void refused(ImError error, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ImException.class, refusal -> assertThat(refusal.error()).isEqualTo(error));
  }

  private Instant inSeconds(long seconds) {
    return im.clock().instant().plusSeconds(seconds);
  }

  private void restart(UnaryOperator<ImSettings.Builder> settings) {
    im.close();
    im = ImTestEngine.builder().settings(settings).start();
  }
}

package io.embedim.testkit.contract;

import io.embedim.core.Caller;
import io.embedim.core.CreateGroup;
import io.embedim.core.Groups;
import io.embedim.core.ImException;
import io.embedim.core.ReviseCommand;
import io.embedim.core.ReviseCommand.Change;
import io.embedim.core.SendCommand;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.Group;
import io.embedim.spi.model.Group.JoinMode;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.testkit.FakeDevice;
import io.embedim.testkit.ImTestEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Five users with two devices each do to their messages what comes into a random's mind. */
final class RandomTalk {

  static final List<String> USERS = List.of("ann", "bob", "cid", "dan", "eve");

  private static final ConversationId GROUP = ConversationId.group("talk");
  private static final List<ConversationId> CONVERSATIONS =
      List.of(GROUP, ConversationId.direct("ann", "bob"), ConversationId.direct("bob", "bob"));
  private static final List<String> EMOJIS = List.of("👍", "🎉", "❤️", "😀");

  private final ImTestEngine im;
  private final Random random;
  private final Map<String, List<FakeDevice>> devices = new LinkedHashMap<>();
  private final Map<String, List<String>> textsOf = new HashMap<>();
  private final Set<String> revoked = new HashSet<>();
  private int texts;
  private int accepted;

  RandomTalk(ImTestEngine im, long seed) {
    this.im = im;
    this.random = new Random(seed);
    for (String user : USERS) {
      devices.put(user, List.of(im.connect(user), im.connect(user)));
    }
    Group.Info info = new Group.Info("Talk", null, null, null, 100, JoinMode.FREE, false);
    CreateGroup group = new CreateGroup("talk", info, USERS.subList(1, USERS.size()));
    im.engine().groups().create(Caller.user("ann"), group).toCompletableFuture().join();
    im.settle();
  }

  List<ConversationId> conversations() {
    return CONVERSATIONS;
  }

  List<ConversationId> conversationsOf(String userId) {
    return im.engine().conversations().list(userId, null, 100).stream()
        .map(view -> view.id())
        .toList();
  }

  List<FakeDevice> devicesOf(String userId) {
    return devices.getOrDefault(userId, List.of());
  }

  /** Every text of messages that were revoked. */
  Set<String> revoked() {
    return revoked;
  }

  int accepted() {
    return accepted;
  }

  void everybodyReturns() {
    for (FakeDevice device : all()) {
      if (device.isConnected()) {
        device.syncs();
      } else {
        device.reconnects();
      }
    }
    im.settle();
  }

  void step() {
    FakeDevice device = pick(all());
    if (!device.isConnected()) {
      if (random.nextInt(4) == 0) {
        device.reconnects();
      }
      return;
    }
    if (random.nextInt(15) == 0) {
      device.drops();
      return;
    }
    ConversationId id = pick(CONVERSATIONS);
    if (!id.isGroup() && !id.isOf(device.userId())) {
      id = GROUP;
    }
    switch (random.nextInt(14)) {
      case 0, 1, 2, 3 -> say(device, id);
      case 4 -> revoke(device, id);
      case 5, 6 -> edit(device, id);
      case 7, 8 -> revise(device, id, new Change.React(pick(EMOJIS), random.nextInt(3) > 0));
      case 9 -> revise(device, id, new Change.Pin(random.nextBoolean()));
      case 10 -> forOneself(device, id);
      case 11 -> read(device, id);
      case 12 -> im.advance(Duration.ofSeconds(1 + random.nextInt(20)));
      default -> comeAndGo(device.userId(), random.nextInt(3) == 0);
    }
    im.settle();
  }

  private void say(FakeDevice device, ConversationId id) {
    LogEntry answered = random.nextInt(4) == 0 ? message(device, id) : null;
    List<String> mentions =
        random.nextInt(4) == 0 ? List.of(id.isGroup() ? pick(USERS) : device.userId()) : List.of();
    String text = text();
    String messageId =
        device.submits(
            new SendCommand(
                id,
                null,
                content(text),
                new MessageOptions(
                    null,
                    answered == null ? null : answered.draft().messageId(),
                    mentions,
                    null,
                    random.nextInt(6) == 0 ? 1 + random.nextInt(60) : 0),
                true));
    im.settle();
    if (known(device, id, messageId)) {
      accepted++;
      textsOf.put(messageId, new ArrayList<>(List.of(text)));
    }
  }

  private void edit(FakeDevice device, ConversationId id) {
    LogEntry target = message(device, id);
    if (target != null) {
      String text = text();
      if (revise(device, id, target, new Change.Edit(content(text)))) {
        textsOf.computeIfAbsent(target.draft().messageId(), first -> new ArrayList<>()).add(text);
      }
    }
  }

  private void revoke(FakeDevice device, ConversationId id) {
    LogEntry target = message(device, id);
    if (target != null && revise(device, id, target, new Change.Revoke())) {
      revoked.addAll(textsOf.getOrDefault(target.draft().messageId(), List.of()));
    }
  }

  private void revise(FakeDevice device, ConversationId id, Change change) {
    LogEntry target = message(device, id);
    if (target != null) {
      revise(device, id, target, change);
    }
  }

  /** As a frame, whose answer its session gets, or as a request, which all of its sessions hear. */
  private boolean revise(FakeDevice device, ConversationId id, LogEntry target, Change change) {
    ReviseCommand command = ReviseCommand.of(id, target.draft().messageId(), change);
    boolean done;
    if (random.nextBoolean()) {
      String messageId = device.submits(command);
      im.settle();
      done = im.stores().messages().find(id, messageId).isPresent();
    } else {
      done = succeeds(im.engine().messages().revise(Caller.user(device.userId()), command));
    }
    accepted += done ? 1 : 0;
    return done;
  }

  private void forOneself(FakeDevice device, ConversationId id) {
    LogEntry target = message(device, id);
    try {
      if (random.nextInt(10) == 0) {
        im.engine().conversations().clear(device.caller(), id);
      } else if (target != null) {
        im.engine().messages().delete(device.caller(), id, List.of(target.draft().messageId()));
      }
      accepted++;
    } catch (ImException refused) {
      // She may not see it any more; then nothing has changed.
      im.settle();
    }
  }

  private void read(FakeDevice device, ConversationId id) {
    List<LogEntry> log = device.log(id);
    if (!log.isEmpty()) {
      long seq = log.get(random.nextInt(log.size())).seq();
      accepted += succeeds(im.engine().conversations().read(device.caller(), id, seq)) ? 1 : 0;
    }
  }

  /** Whoever is away comes back sooner than the others go. */
  private void comeAndGo(String userId, boolean goes) {
    Groups groups = im.engine().groups();
    Caller caller = Caller.user(userId);
    if (groups.member("talk", userId).isEmpty()) {
      accepted += succeeds(groups.join(caller, "talk", "")) ? 1 : 0;
    } else if (goes) {
      CompletionStage<?> gone =
          random.nextBoolean()
              ? groups.leave(caller, "talk")
              : groups.kick(Caller.user("ann"), "talk", List.of(userId));
      accepted += succeeds(gone) ? 1 : 0;
    }
  }

  private static boolean succeeds(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().join();
      return true;
    } catch (CompletionException e) {
      if (e.getCause() instanceof ImException) {
        return false;
      }
      throw e;
    }
  }

  /** A message that the device knows, mostly one of the newest; null when it knows none. */
  private @Nullable LogEntry message(FakeDevice device, ConversationId id) {
    List<LogEntry> messages =
        device.log(id).stream()
            .filter(entry -> entry.draft().type().kind() == EntryType.Kind.MESSAGE)
            .toList();
    if (messages.isEmpty()) {
      return null;
    }
    int back = random.nextInt(random.nextInt(messages.size()) + 1);
    return messages.get(messages.size() - 1 - back);
  }

  private boolean known(FakeDevice device, ConversationId id, String messageId) {
    return device.log(id).stream().anyMatch(e -> e.draft().messageId().equals(messageId));
  }

  /** A word that nobody says twice. */
  private String text() {
    return "word" + texts++ + "x";
  }

  private static Content content(String text) {
    return Content.text(text);
  }

  private List<FakeDevice> all() {
    return devices.values().stream().flatMap(List::stream).toList();
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}

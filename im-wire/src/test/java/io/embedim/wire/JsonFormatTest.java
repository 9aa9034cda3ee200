package io.embedim.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.embedim.core.ImError;
import io.embedim.core.ImException;
import io.embedim.core.ImSettings;
import io.embedim.core.PresenceState;
import io.embedim.core.SendResult;
import io.embedim.core.session.CloseReason;
import io.embedim.core.session.Encoded;
import io.embedim.core.session.ServerFrame;
import io.embedim.spi.cluster.SessionInfo;
import io.embedim.spi.model.Content;
import io.embedim.spi.model.ContentType;
import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.EntryState;
import io.embedim.spi.model.EntryType;
import io.embedim.spi.model.JoinRequest;
import io.embedim.spi.model.LogEntry;
import io.embedim.spi.model.MessageOptions;
import io.embedim.spi.model.Platform;
import io.embedim.spi.model.Revision;
import io.embedim.spi.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class JsonFormatTest {

  private static final ConversationId ALICE_BOB = new ConversationId("alice:bob");
  private static final Content HI = new Content(ContentType.TEXT, "{\"text\":\"hi é\"}", "hi é");

  private static EntryDraft draft(ConversationId id, EntryType type, String sender) {
    return new EntryDraft(id, type, "m1", sender, HI, MessageOptions.NONE, null);
  }

  private static String json(ServerFrame frame) {
    return checked(JsonFormat.V1.encode(frame));
  }

  private static String json(Answer answer) {
    return checked(JsonFormat.V1.encode(answer));
  }

  private static String checked(Encoded encoded) {
    String text = ((Encoded.Text) encoded).text();
    assertThat(encoded.bytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    return text.replace('"', '\'');
  }

  @Test
  void a_message_has_the_fields_of_the_protocol_in_its_order() {
    LogEntry entry =
        new LogEntry(
            7, 1000, draft(ALICE_BOB, EntryType.SINGLE_CHAT, "alice"), EntryState.UNREVISED);
    assertThat(json(new ServerFrame.Logged(entry)))
        .isEqualTo(
            "{'type':1,'message_id':'m1','from':'alice','to':'bob','conversation_id':'alice:bob',"
                + "'content_type':1,'content':{'text':'hi é'},'timestamp':1000,'qos':1,'seq':7}");
  }

  @Test
  void a_request_to_join_says_who_asks_for_what() {
    JoinRequest request = new JoinRequest("r1", "team", "erin", "cake \"for\" all", 5, 9);
    assertThat(JsonText.of(json -> GroupJson.writeRequests(json, List.of(request))))
        .isEqualTo(
            "{\"requests\":[{\"group_id\":\"team\",\"request_id\":\"r1\",\"user_id\":\"erin\","
                + "\"note\":\"cake \\\"for\\\" all\",\"created_at\":5,\"expires_at\":9}]}");
    assertThat(
            json(
                new ServerFrame.JoinRequested(new JoinRequest("r1", "team", "erin", "cake", 5, 9))))
        .isEqualTo(
            "{'type':19,'content':{'group_id':'team','request_id':'r1','user_id':'erin',"
                + "'note':'cake'}}");
  }

  @Test
  void an_event_of_a_group_has_no_content_type_and_its_body_as_it_was_logged() {
    EntryDraft draft =
        new EntryDraft(
            new ConversationId("group:team"),
            EntryType.GROUP_MEMBER_LEAVE,
            "m1",
            "bob",
            new Content(ContentType.CUSTOM, "{\"group_id\":\"team\"}", ""),
            MessageOptions.NONE,
            null);
    assertThat(json(new ServerFrame.Logged(new LogEntry(7, 1000, draft, EntryState.UNREVISED))))
        .isEqualTo(
            "{'type':12,'message_id':'m1','from':'bob','to':'team','conversation_id':'group:team',"
                + "'content':{'group_id':'team'},'timestamp':1000,'qos':1,'seq':7}");
  }

  @Test
  void a_message_carries_its_options_and_what_became_of_it() {
    EntryDraft draft =
        new EntryDraft(
            ALICE_BOB,
            EntryType.SINGLE_CHAT,
            "m1",
            "bob",
            Content.REVOKED,
            new MessageOptions(5L, "m0", List.of("alice"), "{\"a\":1.50}", 60),
            null);
    EntryState state = new EntryState(true, 2000L, Map.of("\"👍", List.of("alice", "bob")), true);
    assertThat(json(new ServerFrame.Logged(new LogEntry(7, 1000, draft, state))))
        .isEqualTo(
            "{'type':1,'message_id':'m1','from':'bob','to':'alice','conversation_id':'alice:bob',"
                + "'content_type':1,'content':{'revoked':true},'timestamp':1000,'client_timestamp':5,"
                + "'qos':1,'seq':7,'reply_to':'m0','mentions':['alice'],'forwarded_from':{'a':1.50},"
                + "'expires_in':60,'revoked':true,'edited_at':2000,"
                + "'reactions':{'\\'👍':['alice','bob']},'pinned':true}");
  }

  @Test
  void the_recipient_is_the_other_one_the_group_or_nobody_in_particular() {
    assertThat(unstored(new ConversationId("alice:alice"), EntryType.SINGLE_CHAT, "alice"))
        .contains("'to':'alice'");
    assertThat(unstored(new ConversationId("group:g"), EntryType.GROUP_CHAT, "alice"))
        .contains("'to':'g'");
    assertThat(unstored(new ConversationId("bob:system"), EntryType.SYSTEM, "system"))
        .contains("'to':'bob'");
    assertThat(unstored(ALICE_BOB, EntryType.SYSTEM, "system")).doesNotContain("'to'");
  }

  private static String unstored(ConversationId id, EntryType type, String sender) {
    return json(new ServerFrame.Transient(draft(id, type, sender), 1));
  }

  @Test
  void a_message_that_is_not_stored_has_qos_0_and_no_seq() {
    assertThat(unstored(ALICE_BOB, EntryType.SINGLE_CHAT, "alice"))
        .contains("'qos':0")
        .doesNotContain("seq");
  }

  @Test
  void an_entry_about_another_message_names_it_even_when_its_own_content_is_gone() {
    assertThat(revision(EntryType.EDIT, new Revision.Edit("m1", Content.REVOKED, false)))
        .contains("'content':{'target_message_id':'m1','content':{'revoked':true}}");
    assertThat(
            revision(
                EntryType.EDIT,
                new Revision.Edit(
                    "m1", new Content(ContentType.TEXT, "{\"text\":\"new\"}", "new"), true)))
        .contains("'content':{'target_message_id':'m1','content':{'text':'new'}}");
    assertThat(revision(EntryType.REVOKE, new Revision.Revoke("m1")))
        .contains("'content':{'target_message_id':'m1','target_seq':3}");
    assertThat(revision(EntryType.REACTION, new Revision.React("m1", "👍", true, 20)))
        .contains("'content':{'target_message_id':'m1','emoji':'👍','op':'add'}");
    assertThat(revision(EntryType.PIN, new Revision.Pin("m1", false, 20)))
        .contains("'content':{'target_message_id':'m1','op':'remove'}");
  }

  private static String revision(EntryType type, Revision revision) {
    EntryDraft draft =
        new EntryDraft(
            ALICE_BOB, type, "m2", "alice", Content.REVOKED, MessageOptions.NONE, revision);
    return json(new ServerFrame.Logged(new LogEntry(8, 1000, draft, EntryState.UNREVISED, 3)));
  }

  @Test
  void a_content_longer_than_any_buffer_is_written_whole() {
    String body = "{\"text\":\"" + "é".repeat(100_000) + "\"}";
    EntryDraft draft =
        new EntryDraft(
            ALICE_BOB,
            EntryType.SINGLE_CHAT,
            "m1",
            "alice",
            new Content(ContentType.TEXT, body, "é"),
            MessageOptions.NONE,
            null);
    assertThat(json(new ServerFrame.Transient(draft, 1))).contains(body.replace('"', '\''));
  }

  @Test
  void what_is_not_logged_looks_like_the_protocol_says() {
    assertThat(json(new ServerFrame.Read(ALICE_BOB, "bob", 7)))
        .isEqualTo(
            "{'type':21,'from':'bob','conversation_id':'alice:bob','content':{'last_read_seq':7}}");
    assertThat(json(new ServerFrame.Typing(ALICE_BOB, "bob")))
        .isEqualTo("{'type':23,'from':'bob','conversation_id':'alice:bob'}");
    assertThat(
            json(
                new ServerFrame.PresenceChanged(
                    new PresenceState("bob", Set.of(Platform.WEB, Platform.IOS), null))))
        .isEqualTo(
            "{'type':27,'content':{'user_id':'bob','online':true,'platforms':['ios','web']}}");
    assertThat(json(new ServerFrame.PresenceChanged(new PresenceState("bob", Set.of(), 5L))))
        .isEqualTo(
            "{'type':27,'content':{'user_id':'bob','online':false,'platforms':[],'last_seen':5}}");
    assertThat(json(new ServerFrame.SyncRequired())).isEqualTo("{'type':94}");
    assertThat(json(new ServerFrame.Kicked(CloseReason.REPLACED)))
        .isEqualTo("{'type':92,'content':{'reason':'replaced'}}");
  }

  @Test
  void a_conversation_update_has_only_what_changed() {
    assertThat(json(ServerFrame.ConversationChanged.peerReceived(ALICE_BOB, 7)))
        .isEqualTo("{'type':28,'conversation_id':'alice:bob','content':{'peer_received_seq':7}}");
    assertThat(
            json(new ServerFrame.ConversationChanged(ALICE_BOB, true, false, "", true, 3L, null)))
        .isEqualTo(
            "{'type':28,'conversation_id':'alice:bob','content':{'pinned':true,'muted':false,"
                + "'draft':'','hidden':true,'cleared_seq':3}}");
  }

  @Test
  void what_a_user_deleted_and_whom_she_blocked_is_told_as_an_update_of_the_conversation() {
    assertThat(json(new ServerFrame.MessagesDeleted(ALICE_BOB, Set.of(12L, 3L, 7L))))
        .isEqualTo("{'type':28,'conversation_id':'alice:bob','content':{'deleted_seqs':[3,7,12]}}");
    assertThat(json(new ServerFrame.BlockChanged(ALICE_BOB, true)))
        .isEqualTo("{'type':28,'conversation_id':'alice:bob','content':{'blocked':true}}");
  }

  @Test
  void answers_look_like_the_protocol_says() {
    assertThat(json(new Answer.Accepted(new SendResult("m1", ALICE_BOB, 7, 1000, true))))
        .isEqualTo(
            "{'type':20,'message_id':'m1','conversation_id':'alice:bob',"
                + "'content':{'status':'duplicate'},'timestamp':1000,'seq':7}");
    assertThat(json(new Answer.Done("r1", "{\"a\":1}")))
        .isEqualTo("{'type':41,'message_id':'r1','content':{'result':{'a':1}}}");
    assertThat(json(new Answer.NotDone(null, WireError.of(ImError.UNKNOWN_METHOD, "what?"))))
        .isEqualTo(
            "{'type':41,'content':{'error':{'code':40003,'reason':'unknown_method','message':'what?'}}}");
    assertThat(json(new Answer.Heartbeat("h", 5)))
        .isEqualTo("{'type':99,'message_id':'h','timestamp':5}");
    assertThat(
            json(
                new Answer.Welcome(
                    new SessionInfo("s", "alice", "n", "d", Platform.WEB, 1),
                    ImSettings.defaults(),
                    9)))
        .isEqualTo(
            "{'type':91,'content':{'user_id':'alice','session_id':'s','node_id':'n','device_id':'d',"
                + "'heartbeat_seconds':30,'server_time':9,'limits':{'max_frame_bytes':65536,"
                + "'max_content_bytes':16384,'messages_per_second':10,'messages_burst':20,"
                + "'history_page':100,'sync_page':200}}}");
  }

  @Test
  void a_refusal_says_what_the_client_needs_and_nothing_of_the_inside() {
    assertThat(json(new Answer.Refused("m1", WireError.of(ImException.rateLimited(840)))))
        .isEqualTo(
            "{'type':93,'message_id':'m1','content':{'code':42901,'reason':'rate_limited',"
                + "'message':'too many messages, try again in 840 ms','retry_after_ms':840}}");
    WireError internal =
        WireError.of(new CompletionException(new IllegalStateException("secret detail")));
    assertThat(internal.error()).isEqualTo(ImError.INTERNAL);
    assertThat(json(new Answer.Refused(null, internal)))
        .contains("'reason':'internal'")
        .contains("'correlation_id':'" + internal.correlationId() + "'")
        .doesNotContain("secret");
    assertThat(WireError.of(new StoreException("jdbc:secret")))
        .satisfies(error -> assertThat(error.error()).isEqualTo(ImError.UNAVAILABLE))
        .satisfies(error -> assertThat(error.message()).doesNotContain("secret"));
  }

  @Test
  void joined_frames_are_an_array_in_order() {
    Encoded joined =
        JsonFormat.V1.join(
            List.of(
                new Encoded.Text("{\"a\":\"é\"}", 10),
                new Encoded.Text("{}", 2),
                new Encoded.Text("{\"b\":1}", 7)));
    assertThat(checked(joined)).isEqualTo("[{'a':'é'},{},{'b':1}]");
  }
}

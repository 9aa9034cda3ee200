package io.embedim.testkit.contract;

import io.embedim.spi.model.ConversationId;
import io.embedim.spi.model.EntryDraft;
import io.embedim.spi.model.Member;
import io.embedim.spi.model.Membership;
import io.embedim.spi.store.Append;
import io.embedim.spi.store.AppendResult;
import io.embedim.spi.store.ContactStore;
import java.util.List;
import java.util.Objects;

/** The contacts of the backend, and the words in which their rules are told. */
interface ContactFixture extends StoreFixture {

  default ContactStore contacts() {
    return stores().contacts().orElseThrow(() -> new AssertionError("this backend has none"));
  }

  default long version(ConversationId id) {
    return contacts().membership(id).version();
  }

  default Member side(ConversationId id, String userId) {
    Membership membership = contacts().membership(id);
    return Objects.requireNonNull(membership.member(userId), userId);
  }

  /** Logs a draft that was decided on a version. */
  default AppendResult send(long version, EntryDraft draft) {
    return messages().append(List.of(new Append(draft, version)), NOW).get(0);
  }
}

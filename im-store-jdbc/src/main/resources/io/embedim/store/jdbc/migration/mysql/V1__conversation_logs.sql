-- Conversations as logs, and who belongs to them. Identifiers are ASCII and compared exactly.

CREATE TABLE ${prefix}conversation (
  id                 VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- 1 one-to-one, 2 group
  conversation_type  SMALLINT     NOT NULL,
  -- grows by one with each change of the membership; stays 1 in a one-to-one conversation
  membership_version BIGINT       NOT NULL,
  -- the last assigned sequence, and the time of that entry in ms since the epoch
  max_seq            BIGINT       NOT NULL,
  updated_at         BIGINT       NOT NULL,
  pinned_messages    INTEGER      NOT NULL,
  CONSTRAINT ${prefix}conversation_pk PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE ${prefix}member (
  conversation_id  VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id          VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- 0 member, 1 admin, 2 owner
  member_role      SMALLINT     NOT NULL,
  nickname         VARCHAR(128),
  muted_until      BIGINT       NOT NULL,
  joined_at        BIGINT       NOT NULL,
  invited_by       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  -- a former member keeps the row for her return
  former           BOOLEAN      NOT NULL,
  visible_from_seq BIGINT       NOT NULL,
  read_seq         BIGINT       NOT NULL,
  received_seq     BIGINT       NOT NULL,
  cleared_seq      BIGINT       NOT NULL,
  -- the end of the log when the member hid the conversation; a later entry brings it back
  hidden_seq       BIGINT,
  pinned           BOOLEAN      NOT NULL,
  muted            BOOLEAN      NOT NULL,
  draft            MEDIUMTEXT,
  CONSTRAINT ${prefix}member_pk PRIMARY KEY (conversation_id, user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX ${prefix}member_user ON ${prefix}member (user_id, conversation_id);

CREATE TABLE ${prefix}message (
  conversation_id  VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq              BIGINT       NOT NULL,
  message_id       VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  entry_type       SMALLINT     NOT NULL,
  sender_id        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at       BIGINT       NOT NULL,
  content_type     SMALLINT     NOT NULL,
  body             MEDIUMTEXT NOT NULL,
  plain_text       MEDIUMTEXT NOT NULL,
  client_timestamp BIGINT,
  reply_to         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin,
  -- user ids with a space between them
  mentions         MEDIUMTEXT,
  forwarded_from   MEDIUMTEXT,
  -- as the sender gave it, in seconds, and what follows from it, in ms since the epoch
  expires_in       BIGINT       NOT NULL,
  expires_at       BIGINT,
  revoked          BOOLEAN      NOT NULL,
  edited_at        BIGINT,
  pinned           BOOLEAN      NOT NULL,
  -- how many different reactions it has; those are looked up only where there are any
  reaction_kinds   INTEGER      NOT NULL,
  CONSTRAINT ${prefix}message_pk PRIMARY KEY (conversation_id, seq),
  CONSTRAINT ${prefix}message_key UNIQUE (conversation_id, message_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What an entry does to an earlier message; one row for each entry of the kind REVISION.
CREATE TABLE ${prefix}revision (
  conversation_id   VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq               BIGINT       NOT NULL,
  target_seq        BIGINT       NOT NULL,
  target_message_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  emoji             VARCHAR(255),
  -- whether a reaction or a pin is added; otherwise it is removed
  switched_on       BOOLEAN,
  max_allowed       INTEGER,
  replacement_type  SMALLINT,
  replacement_body  MEDIUMTEXT,
  replacement_text  MEDIUMTEXT,
  CONSTRAINT ${prefix}revision_pk PRIMARY KEY (conversation_id, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX ${prefix}revision_target ON ${prefix}revision (conversation_id, target_seq);

CREATE TABLE ${prefix}reaction (
  conversation_id VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message_seq     BIGINT       NOT NULL,
  -- UTF-8: what MariaDB and MySQL both have for comparing text ignores spaces at its end
  emoji           VARBINARY(255) NOT NULL,
  user_id         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- the entries since which the message has the emoji, and has it from this user
  emoji_since     BIGINT       NOT NULL,
  user_since      BIGINT       NOT NULL,
  CONSTRAINT ${prefix}reaction_pk PRIMARY KEY (conversation_id, message_seq, emoji, user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a member deleted for herself.
CREATE TABLE ${prefix}message_deleted (
  user_id         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  conversation_id VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq             BIGINT       NOT NULL,
  CONSTRAINT ${prefix}message_deleted_pk PRIMARY KEY (user_id, conversation_id, seq)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Groups, and whoever wants to join them. A group's members are those of its conversation.

-- A dismissed group's log takes no more entries; only the owner and admins speak while all are muted.
-- Here and not with the group, because an append looks at it under the lock on this row.
ALTER TABLE ${prefix}conversation ADD COLUMN active BOOLEAN DEFAULT TRUE NOT NULL;
ALTER TABLE ${prefix}conversation ADD COLUMN all_muted BOOLEAN DEFAULT FALSE NOT NULL;

-- For a former member the log ends with the entry that tells of her leaving: its sequence, and its
-- time in ms since the epoch.
ALTER TABLE ${prefix}member ADD COLUMN left_seq BIGINT;
ALTER TABLE ${prefix}member ADD COLUMN left_at BIGINT;
-- the version of the membership that made the row what it says about belonging
ALTER TABLE ${prefix}member ADD COLUMN changed_version BIGINT DEFAULT 1 NOT NULL;

CREATE INDEX ${prefix}member_changed ON ${prefix}member (conversation_id, changed_version);

-- As members are listed: the owner, then admins, then members.
CREATE INDEX ${prefix}member_listed
  ON ${prefix}member (conversation_id, former, member_role DESC, user_id);

CREATE TABLE ${prefix}group_info (
  conversation_id VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  group_name      VARCHAR(128) NOT NULL,
  avatar          MEDIUMTEXT,
  announcement    MEDIUMTEXT,
  description     MEDIUMTEXT,
  max_members     INTEGER      NOT NULL,
  -- 0 free, 1 by approval, 2 closed
  join_mode       SMALLINT     NOT NULL,
  past_visible    BOOLEAN      NOT NULL,
  owner_id        VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- follows from the members, who are too many to be counted each time
  member_count    INTEGER      NOT NULL,
  created_at      BIGINT       NOT NULL,
  updated_at      BIGINT       NOT NULL,
  CONSTRAINT ${prefix}group_info_pk PRIMARY KEY (conversation_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Open requests to join. One that has expired is as good as deleted, and is with the next request.
CREATE TABLE ${prefix}join_request (
  request_id      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  conversation_id VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  user_id         VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note            MEDIUMTEXT NOT NULL,
  created_at      BIGINT       NOT NULL,
  expires_at      BIGINT       NOT NULL,
  CONSTRAINT ${prefix}join_request_pk PRIMARY KEY (request_id),
  CONSTRAINT ${prefix}join_request_user UNIQUE (conversation_id, user_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE INDEX ${prefix}join_request_listed
  ON ${prefix}join_request (conversation_id, created_at, request_id);

-- Why a message was not sent when its time had come; empty as long as it waits.
ALTER TABLE ${prefix}scheduled ADD COLUMN refused VARCHAR(64) COLLATE "C" DEFAULT '' NOT NULL;

-- Those that wait are found by their time, however many were refused.
DROP INDEX ${prefix}scheduled_due;
CREATE INDEX ${prefix}scheduled_due ON ${prefix}scheduled (refused, send_at, schedule_id);

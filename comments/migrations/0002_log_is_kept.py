"""The database itself holds every change of state to a reason and an actor.

- A comment begins as "received". Its state changes only from what the latest row of the log says to
  what that row says; so no state changes without a reason and an actor, whoever asks.
- The log only grows. Two things may be emptied when a person's data is erased: who the moderator
  was, and what was said to the writer.
- A row that names a moderator as its kind of actor says at first who it was.

On SQLite a later migration that alters one of the tables remakes it and must create its triggers
again.
"""

from typing import Any

from django.db import migrations

KEPT = (
    "id, comment_id, commenter_id, thread_id, action, from_state, to_state, actor_kind, reason, "
    "detail, undoes_id, at"
)
LOG = "the log of moderation is kept as it was written"
STATE = "a comment changes its state only by an act of the log"
START = "a comment begins as received"
ACTOR = "an act of a moderator names who it was"

SQLITE = f"""
CREATE TRIGGER act_is_kept BEFORE UPDATE OF {KEPT} ON comments_moderationact
BEGIN SELECT RAISE(ABORT, '{LOG}'); END;
CREATE TRIGGER act_is_only_erased BEFORE UPDATE OF actor_id, statement ON comments_moderationact
WHEN (NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id)
  OR (NEW.statement <> '' AND NEW.statement <> OLD.statement)
BEGIN SELECT RAISE(ABORT, '{LOG}'); END;
CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON comments_moderationact
BEGIN SELECT RAISE(ABORT, '{LOG}'); END;
CREATE TRIGGER act_is_never_replaced BEFORE INSERT ON comments_moderationact
WHEN EXISTS (SELECT 1 FROM comments_moderationact WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '{LOG}'); END;
CREATE TRIGGER act_names_its_moderator BEFORE INSERT ON comments_moderationact
WHEN NEW.actor_kind = 'moderator' AND NEW.actor_id IS NULL
BEGIN SELECT RAISE(ABORT, '{ACTOR}'); END;
CREATE TRIGGER comment_begins_received BEFORE INSERT ON comments_comment
WHEN NEW.state <> 'received' OR EXISTS (SELECT 1 FROM comments_comment WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, '{START}'); END;
CREATE TRIGGER comment_changes_by_act BEFORE UPDATE OF state ON comments_comment
WHEN NEW.state <> OLD.state AND NOT EXISTS (
    SELECT 1 FROM comments_moderationact
    WHERE id = (
        SELECT MAX(id) FROM comments_moderationact WHERE comment_id = NEW.id AND action = 'state'
    ) AND from_state = OLD.state AND to_state = NEW.state
)
BEGIN SELECT RAISE(ABORT, '{STATE}'); END;
"""
SQLITE_TRIGGERS = (
    "act_is_kept",
    "act_is_only_erased",
    "act_is_never_deleted",
    "act_is_never_replaced",
    "act_names_its_moderator",
    "comment_begins_received",
    "comment_changes_by_act",
)

POSTGRESQL = f"""
CREATE FUNCTION refuse_act_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND ROW(NEW.id, NEW.comment_id, NEW.commenter_id, NEW.thread_id, NEW.action,
        NEW.from_state, NEW.to_state, NEW.actor_kind, NEW.reason, NEW.detail, NEW.undoes_id, NEW.at)
        IS NOT DISTINCT FROM ROW(OLD.id, OLD.comment_id, OLD.commenter_id, OLD.thread_id,
        OLD.action, OLD.from_state, OLD.to_state, OLD.actor_kind, OLD.reason, OLD.detail,
        OLD.undoes_id, OLD.at)
        AND (NEW.actor_id IS NULL OR NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id)
        AND (NEW.statement = '' OR NEW.statement = OLD.statement)
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION '{LOG}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER act_is_kept BEFORE UPDATE OR DELETE ON comments_moderationact
FOR EACH ROW EXECUTE FUNCTION refuse_act_change();

CREATE FUNCTION refuse_act_without_moderator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{ACTOR}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER act_names_its_moderator BEFORE INSERT ON comments_moderationact
FOR EACH ROW WHEN (NEW.actor_kind = 'moderator' AND NEW.actor_id IS NULL)
EXECUTE FUNCTION refuse_act_without_moderator();

CREATE FUNCTION refuse_comment_beginning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{START}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER comment_begins_received BEFORE INSERT ON comments_comment
FOR EACH ROW WHEN (NEW.state <> 'received') EXECUTE FUNCTION refuse_comment_beginning();

CREATE FUNCTION refuse_state_without_act() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE latest comments_moderationact;
BEGIN
    SELECT * INTO latest FROM comments_moderationact
    WHERE comment_id = NEW.id AND action = 'state' ORDER BY id DESC LIMIT 1;
    IF latest.from_state = OLD.state AND latest.to_state = NEW.state THEN RETURN NEW; END IF;
    RAISE EXCEPTION '{STATE}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER comment_changes_by_act BEFORE UPDATE OF state ON comments_comment
FOR EACH ROW WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION refuse_state_without_act();
"""
POSTGRESQL_REMOVAL = """
DROP TRIGGER act_is_kept ON comments_moderationact;
DROP TRIGGER act_names_its_moderator ON comments_moderationact;
DROP TRIGGER comment_begins_received ON comments_comment;
DROP TRIGGER comment_changes_by_act ON comments_comment;
DROP FUNCTION refuse_act_change();
DROP FUNCTION refuse_act_without_moderator();
DROP FUNCTION refuse_comment_beginning();
DROP FUNCTION refuse_state_without_act();
"""


def create(apps: Any, schema_editor: Any) -> None:
    """Create the triggers in the dialect of the database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE.split("END;"):
        if statement.strip():
            schema_editor.execute(statement + "END;")


def remove(apps: Any, schema_editor: Any) -> None:
    """Drop what `create` made."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_REMOVAL)
        return
    for trigger in SQLITE_TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER {trigger}")


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]

    operations = [migrations.RunPython(create, remove)]

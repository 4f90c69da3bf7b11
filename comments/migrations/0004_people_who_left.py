"""Somebody who leaves is taken out of the log, and the gap shows.

So far the log could lose who the moderator was, and what was said to the writer. From here on:

- `detail` can be emptied as well: it quotes the words that a rule or the score spoke against.
- In `statement` and `detail` one stretch of at most 254 letters (the longest address) can be
  replaced by "somebody who left". Before and behind it nothing changes. Several are replaced one by
  one, from the end.

One row of `Commenter` stands for everybody who left. So what one person wrote is no longer tied
together by anything.

On SQLite a later migration that alters the log remakes its table and must create its triggers
again.
"""

from typing import Any

from django.db import migrations, models

KEPT = (
    "id, comment_id, commenter_id, thread_id, action, from_state, to_state, actor_kind, reason, "
    "undoes_id, at"
)
LOG = "the log of moderation is kept as it was written"
MARK = "somebody who left"
LONGEST = 254  # letters of an address


def _sqlite_is_changed(name: str) -> str:
    """Return the condition under which a text got other words than a mark for a person."""
    old, new = f"OLD.{name}", f"NEW.{name}"
    at = f"instr({new}, '{MARK}')"
    rest = f"substr({new}, {at} + {len(MARK)})"
    return f"""({new} <> '' AND {new} <> {old} AND NOT (
    {at} > 0
    AND length({old}) - length({new}) + {len(MARK)} BETWEEN 1 AND {LONGEST}
    AND substr({old}, 1, {at} - 1) = substr({new}, 1, {at} - 1)
    AND substr({old}, length({old}) - length({rest}) + 1) = {rest}
))"""


SQLITE = f"""
CREATE TRIGGER act_is_kept BEFORE UPDATE OF {KEPT} ON comments_moderationact
BEGIN SELECT RAISE(ABORT, '{LOG}'); END;
CREATE TRIGGER act_is_only_erased BEFORE UPDATE OF actor_id, statement, detail
ON comments_moderationact
WHEN (NEW.actor_id IS NOT NULL AND NEW.actor_id IS NOT OLD.actor_id)
  OR {_sqlite_is_changed("statement")}
  OR {_sqlite_is_changed("detail")}
BEGIN SELECT RAISE(ABORT, '{LOG}'); END;
"""

POSTGRESQL = f"""
CREATE FUNCTION is_only_erased(old_text text, new_text text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    place integer := position('{MARK}' in new_text);
    rest text := substr(new_text, place + {len(MARK)});
BEGIN
    IF new_text = '' OR new_text = old_text THEN RETURN true; END IF;
    RETURN place > 0
        AND length(old_text) - length(new_text) + {len(MARK)} BETWEEN 1 AND {LONGEST}
        AND substr(old_text, 1, place - 1) = substr(new_text, 1, place - 1)
        AND substr(old_text, length(old_text) - length(rest) + 1) = rest;
END $$;

CREATE OR REPLACE FUNCTION refuse_act_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND ROW(NEW.id, NEW.comment_id, NEW.commenter_id, NEW.thread_id, NEW.action,
        NEW.from_state, NEW.to_state, NEW.actor_kind, NEW.reason, NEW.undoes_id, NEW.at)
        IS NOT DISTINCT FROM ROW(OLD.id, OLD.comment_id, OLD.commenter_id, OLD.thread_id,
        OLD.action, OLD.from_state, OLD.to_state, OLD.actor_kind, OLD.reason,
        OLD.undoes_id, OLD.at)
        AND (NEW.actor_id IS NULL OR NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id)
        AND is_only_erased(OLD.statement, NEW.statement)
        AND is_only_erased(OLD.detail, NEW.detail)
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION '{LOG}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def change_triggers(apps: Any, schema_editor: Any) -> None:
    """Replace the guards of the log, in the dialect of the database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for trigger in ("act_is_kept", "act_is_only_erased"):
        schema_editor.execute(f"DROP TRIGGER {trigger}")
    for statement in SQLITE.split("END;"):
        if statement.strip():
            schema_editor.execute(statement + "END;")


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_roles")]

    operations = [
        migrations.AddField(
            model_name="commenter",
            name="stands_for_leavers",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="The one row that stands for everybody who left.",
            ),
        ),
        migrations.AddConstraint(
            model_name="commenter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stands_for_leavers", True)),
                fields=("stands_for_leavers",),
                name="commenter_who_left_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="commenter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stands_for_leavers", False),
                    models.Q(
                        ("always_hold", False),
                        ("banned_at__isnull", True),
                        ("guest_email", ""),
                        ("suspended_until__isnull", True),
                        ("user__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="commenter_who_left_is_nobody",
            ),
        ),
        migrations.RunPython(change_triggers),
    ]

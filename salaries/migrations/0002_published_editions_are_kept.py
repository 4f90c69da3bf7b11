"""The database itself refuses to change an edition once it is published, whoever asks.

An edition is published when `published_at` is set, also to a time that lies ahead. From then on its
row, its figures and its rates stay as they are. On SQLite a later migration that alters one of the
three tables remakes it and must create its triggers again. On PostgreSQL the owner of the tables can
still empty them (TRUNCATE), as he can drop them.
"""

from typing import Any

from django.db import migrations

MESSAGE = "a published edition cannot be changed"
PARTS = ("salaries_figure", "salaries_conversionrate")

# REPLACE (also as "OR REPLACE") removes the row in its way without asking the triggers of DELETE.
IN_THE_WAY = """EXISTS (
    SELECT 1 FROM salaries_edition
    WHERE (id = NEW.id OR slug = NEW.slug) AND published_at IS NOT NULL
)"""
KEPT_EDITIONS = {
    "INSERT": IN_THE_WAY,
    "UPDATE": f"OLD.published_at IS NOT NULL OR {IN_THE_WAY}",
    "DELETE": "OLD.published_at IS NOT NULL",
}
SQLITE_EDITION = """
CREATE TRIGGER published_edition_is_kept_{event} BEFORE {event} ON salaries_edition
WHEN {condition}
BEGIN SELECT RAISE(ABORT, '{message}'); END;
"""
SQLITE_PART = """
CREATE TRIGGER {table}_is_kept_{event} BEFORE {event} ON {table}
WHEN EXISTS (
    SELECT 1 FROM salaries_edition WHERE id IN ({editions}) AND published_at IS NOT NULL
)
BEGIN SELECT RAISE(ABORT, '{message}'); END;
"""
OF_THE_ROW_IN_THE_WAY = "(SELECT edition_id FROM {table} WHERE id = NEW.id)"
EDITIONS_OF = {
    "INSERT": f"NEW.edition_id, {OF_THE_ROW_IN_THE_WAY}",
    "UPDATE": f"OLD.edition_id, NEW.edition_id, {OF_THE_ROW_IN_THE_WAY}",
    "DELETE": "OLD.edition_id",
}

POSTGRESQL_EDITION = f"""
CREATE FUNCTION refuse_edition_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER published_edition_is_kept BEFORE UPDATE OR DELETE ON salaries_edition
FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_edition_change();
"""
# FOR KEY SHARE waits for whoever is just publishing the edition, and then sees that it is
# published; a plain read would see the draft, and let the figure in.
POSTGRESQL_PARTS = f"""
CREATE FUNCTION refuse_published_edition(edition bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE at timestamptz;
BEGIN
    SELECT published_at INTO at FROM salaries_edition WHERE id = edition FOR KEY SHARE;
    IF at IS NOT NULL THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;
CREATE FUNCTION refuse_part_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM refuse_published_edition(OLD.edition_id); END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF TG_OP = 'INSERT' OR NEW.edition_id <> OLD.edition_id THEN
        PERFORM refuse_published_edition(NEW.edition_id);
    END IF;
    RETURN NEW;
END $$;
"""
POSTGRESQL_PART = """
CREATE TRIGGER {table}_is_kept BEFORE INSERT OR UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_part_change();
"""


def create(apps: Any, schema_editor: Any) -> None:
    """Create the triggers in the dialect of the database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_EDITION)
        schema_editor.execute(POSTGRESQL_PARTS)
        for table in PARTS:
            schema_editor.execute(POSTGRESQL_PART.format(table=table))
        return
    for event, condition in KEPT_EDITIONS.items():
        schema_editor.execute(
            SQLITE_EDITION.format(event=event, condition=condition, message=MESSAGE)
        )
    for table in PARTS:
        for event, editions in EDITIONS_OF.items():
            names = editions.format(table=table)
            schema_editor.execute(
                SQLITE_PART.format(table=table, event=event, editions=names, message=MESSAGE)
            )


def remove(apps: Any, schema_editor: Any) -> None:
    """Drop what `create` made."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER published_edition_is_kept ON salaries_edition")
        for table in PARTS:
            schema_editor.execute(f"DROP TRIGGER {table}_is_kept ON {table}")
        for function in (
            "refuse_edition_change()",
            "refuse_part_change()",
            "refuse_published_edition(bigint)",
        ):
            schema_editor.execute(f"DROP FUNCTION {function}")
        return
    for event in KEPT_EDITIONS:
        schema_editor.execute(f"DROP TRIGGER published_edition_is_kept_{event}")
    for table in PARTS:
        for event in EDITIONS_OF:
            schema_editor.execute(f"DROP TRIGGER {table}_is_kept_{event}")


class Migration(migrations.Migration):
    dependencies = [("salaries", "0001_initial")]

    operations = [migrations.RunPython(create, remove)]

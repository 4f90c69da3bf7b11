"""The database itself refuses to change a revision, whoever asks.

The author may be emptied when an account is erased; everything else stays as it was written. On
SQLite a later migration that alters `Revision` remakes its table and must create the trigger again.
"""

from typing import Any

from django.db import migrations

COLUMNS = "article_id, number, content, created_at, note, is_notable"

SQLITE = f"""
CREATE TRIGGER revision_is_kept BEFORE UPDATE OF {COLUMNS} ON articles_revision
BEGIN SELECT RAISE(ABORT, 'a revision cannot be changed'); END;
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION refuse_revision_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a revision cannot be changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
POSTGRESQL_TRIGGER = f"""
CREATE TRIGGER revision_is_kept BEFORE UPDATE OF {COLUMNS} ON articles_revision
FOR EACH ROW EXECUTE FUNCTION refuse_revision_change();
"""


def create(apps: Any, schema_editor: Any) -> None:
    """Create the trigger in the dialect of the database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
        schema_editor.execute(POSTGRESQL_TRIGGER)
    else:
        schema_editor.execute(SQLITE)


def remove(apps: Any, schema_editor: Any) -> None:
    """Drop what `create` made."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER revision_is_kept ON articles_revision")
        schema_editor.execute("DROP FUNCTION refuse_revision_change()")
    else:
        schema_editor.execute("DROP TRIGGER revision_is_kept")


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(create, remove)]

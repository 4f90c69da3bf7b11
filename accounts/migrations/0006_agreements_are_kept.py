"""The database itself keeps every version of terms, privacy text and community rules.

A version is written once and never changed or deleted, whoever asks: people agreed to its words. On
SQLite a later migration that alters the table remakes it and must create the triggers again.
"""

import django.utils.timezone
from django.db import migrations, models

from accounts.roles import ADMINISTRATOR, grant

KEPT = "a version of a document is kept as it was published"
RIGHTS = ["accounts.documentversion.add_documentversion", "accounts.documentversion.view_documentversion"]

SQLITE = f"""
CREATE TRIGGER document_version_is_kept BEFORE UPDATE ON accounts_documentversion
BEGIN SELECT RAISE(ABORT, '{KEPT}'); END;
CREATE TRIGGER document_version_is_never_deleted BEFORE DELETE ON accounts_documentversion
BEGIN SELECT RAISE(ABORT, '{KEPT}'); END;
CREATE TRIGGER document_version_is_never_replaced BEFORE INSERT ON accounts_documentversion
WHEN EXISTS (
    SELECT 1 FROM accounts_documentversion
    WHERE id = NEW.id OR (document = NEW.document AND number = NEW.number)
)
BEGIN SELECT RAISE(ABORT, '{KEPT}'); END;
"""
SQLITE_TRIGGERS = (
    "document_version_is_kept",
    "document_version_is_never_deleted",
    "document_version_is_never_replaced",
)
POSTGRESQL = f"""
CREATE FUNCTION refuse_document_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER document_version_is_kept BEFORE UPDATE OR DELETE ON accounts_documentversion
FOR EACH ROW EXECUTE FUNCTION refuse_document_change();
"""
POSTGRESQL_REMOVAL = """
DROP TRIGGER document_version_is_kept ON accounts_documentversion;
DROP FUNCTION refuse_document_change();
"""


def create(apps, schema_editor):
    """Create the triggers in the dialect of the database."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE.split("END;"):
        if statement.strip():
            schema_editor.execute(statement + "END;")


def remove(apps, schema_editor):
    """Drop what `create` made."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_REMOVAL)
        return
    for trigger in SQLITE_TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER {trigger}")


def grant_rights(apps, schema_editor):
    """Let administrators publish versions; nobody can change or delete one."""
    grant(apps, ADMINISTRATOR, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_member_pages")]

    operations = [
        migrations.AlterModelOptions(
            name="documentversion",
            options={
                "ordering": ("document", "-number"),
                "verbose_name": "version of terms or rules",
                "verbose_name_plural": "versions of terms and rules",
            },
        ),
        migrations.AddField(
            model_name="documentversion",
            name="keepings",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="published_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="library_digest",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="documentversion",
            name="in_force_from",
            field=models.DateField(help_text="Not before today: nobody can keep to it earlier."),
        ),
        migrations.AlterField(
            model_name="documentversion",
            name="is_notable",
            field=models.BooleanField(
                help_text="Whether people are asked again. Not for corrections of spelling.",
                verbose_name="notable",
            ),
        ),
        migrations.RunPython(create, remove),
        migrations.RunPython(grant_rights, migrations.RunPython.noop),
    ]

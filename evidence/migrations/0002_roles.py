"""Who may keep the ledger."""

from typing import Any

from django.db import migrations

from accounts.roles import ADMINISTRATOR, ANALYST, AUTHOR, EDITOR, crud, grant


def grant_rights(apps: Any, schema_editor: Any) -> None:
    """Authors look things up; editors and analysts keep the ledger."""
    grant(apps, AUTHOR, crud("evidence", "claim", "view") + crud("evidence", "source", "view"))
    for role in (EDITOR, ANALYST, ADMINISTRATOR):
        grant(apps, role, crud("evidence", "claim") + crud("evidence", "source"))


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]

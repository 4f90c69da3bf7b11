"""Administrators see whether mail leaves the site."""

from typing import Any

from django.db import migrations

from accounts.roles import ADMINISTRATOR, grant

RIGHTS = ["mailing.letter.view_letter", "mailing.letter.retry_letter"]


def grant_rights(apps: Any, schema_editor: Any) -> None:
    """Let administrators look at the outbox and have letters tried again."""
    grant(apps, ADMINISTRATOR, RIGHTS)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles"), ("mailing", "0001_initial")]

    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]

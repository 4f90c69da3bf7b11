"""Public pages at the desk, and addresses that somebody gave up."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.models.user
from accounts.roles import ADMINISTRATOR, MODERATOR, crud, grant


def grant_rights(apps: Any, schema_editor: Any) -> None:
    """Let those who moderate comments take down public pages too."""
    for role in (MODERATOR, ADMINISTRATOR):
        grant(apps, role, crud("accounts", "memberpage", "change view"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_profiles_and_rights_of_people")]

    operations = [
        migrations.CreateModel(
            name="MemberPage",
            fields=[],
            options={
                "verbose_name": "public page",
                "proxy": True,
                "default_permissions": ("change", "view"),
                "indexes": [],
                "constraints": [],
            },
            bases=("accounts.user",),
            managers=[("objects", accounts.models.user.UserManager())],
        ),
        migrations.CreateModel(
            name="RetiredHandle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("until", models.DateTimeField(db_index=True)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="retired_handles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunPython(grant_rights, migrations.RunPython.noop),
    ]

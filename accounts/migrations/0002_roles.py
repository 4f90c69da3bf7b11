"""The roles of the desk, as groups. Rights follow in the migrations of the apps that own them."""

from typing import Any

from django.db import migrations

from accounts.roles import ADMINISTRATOR, ROLES, crud, grant


def create_roles(apps: Any, schema_editor: Any) -> None:
    """Create the groups; only administrators manage people."""
    for role in ROLES:
        grant(apps, role, [])
    grant(apps, ADMINISTRATOR, crud("accounts", "user") + crud("auth", "group"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]

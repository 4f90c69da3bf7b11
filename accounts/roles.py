"""The roles of the desk are Django groups. Migrations create them and give them permissions.

An app grants permissions on its own models in one of its migrations, through `grant`. Afterwards
an administrator may change a group in the admin, and no later start undoes that.
"""

from collections.abc import Iterable
from typing import Any

AUTHOR = "Author"
EDITOR = "Editor"
MODERATOR = "Moderator"
ANALYST = "Analyst"
ADMINISTRATOR = "Administrator"
ROLES = (AUTHOR, EDITOR, MODERATOR, ANALYST, ADMINISTRATOR)


def grant(apps: Any, role: str, permissions: Iterable[str]) -> None:
    """Give a role permissions inside a migration.

    `permissions` are written "app_label.model.codename", for example
    "articles.article.publish_article". Rows that Django would only create after the last
    migration are created here, with the same key, so that Django finds them.
    """
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
    content_types = apps.get_model("contenttypes", "ContentType").objects
    permission_rows = apps.get_model("auth", "Permission").objects
    for permission in permissions:
        app_label, model, codename = permission.split(".")
        content_type, _ = content_types.get_or_create(app_label=app_label, model=model)
        row, _ = permission_rows.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": f"Can {codename.replace('_', ' ')}"},
        )
        group.permissions.add(row)


def crud(app_label: str, model: str, actions: str = "add change delete view") -> list[str]:
    """Return the standard permissions of a model, in the form that `grant` takes."""
    return [f"{app_label}.{model}.{action}_{model}" for action in actions.split()]

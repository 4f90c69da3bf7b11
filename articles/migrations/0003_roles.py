"""Who may write, publish and file guides."""

from typing import Any

from django.db import migrations

from accounts.roles import ADMINISTRATOR, ANALYST, AUTHOR, EDITOR, MODERATOR, crud, grant

FILING = ("category", "tag", "contributor", "diagram")


def grant_rights(apps: Any, schema_editor: Any) -> None:
    """Authors write drafts of their own, editors publish, the others read along."""
    see_filing = [right for model in FILING for right in crud("articles", model, "view")]
    grant(
        apps,
        AUTHOR,
        [
            *crud("articles", "article", "add change delete view"),
            *crud("articles", "diagram", "add view"),
            *see_filing,
        ],
    )
    everything = [
        *crud("articles", "article"),
        "articles.article.publish_article",
        "articles.article.change_any_article",
        *(right for model in FILING for right in crud("articles", model)),
    ]
    grant(apps, EDITOR, everything)
    grant(apps, ADMINISTRATOR, everything)
    for role in (MODERATOR, ANALYST):
        grant(apps, role, [*crud("articles", "article", "view"), *see_filing])


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_revisions_are_kept"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]

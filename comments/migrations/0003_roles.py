"""Who may moderate."""

from typing import Any

from django.db import migrations

from accounts.roles import ADMINISTRATOR, EDITOR, MODERATOR, crud, grant

READ = ("comment", "moderationact", "commenter", "appeal", "flag", "notice", "note", "spammodel")


def grant_rights(apps: Any, schema_editor: Any) -> None:
    """Moderators decide, editors look on and run threads, administrators do both."""
    read = [right for model in READ for right in crud("comments", model, "view")]
    threads = crud("comments", "thread", "add change view")
    moderate = [
        *read,
        *threads,
        "comments.comment.moderate_comment",
        "comments.comment.decide_appeal",
        "comments.commenter.restrict_commenter",
        *crud("comments", "note", "add"),
        *crud("comments", "rule"),
        *crud("comments", "policy", "add change view"),
    ]
    grant(apps, MODERATOR, moderate)
    grant(apps, ADMINISTRATOR, moderate)
    grant(apps, EDITOR, [*read, *threads])


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_log_is_kept"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]

"""Who may publish pay figures, and who may say which guide they belong to."""

from typing import Any

from django.db import migrations

from accounts.roles import ADMINISTRATOR, ANALYST, AUTHOR, EDITOR, MODERATOR, crud, grant

FIGURES = ("edition", "figure", "conversionrate", "country", "pricelevel", "consumerprices")
# Countries follow their file at each load; what somebody typed over it would be lost.
PRICES = ("pricelevel", "consumerprices")


def grant_rights(apps: Any, schema_editor: Any) -> None:
    """Analysts publish editions, editors file salary guides, everybody at the desk reads along.

    Nobody adds single figures by hand: they come with an edition, through an importer.
    """
    look = [right for model in FIGURES for right in crud("salaries", model, "view")]
    editions = [
        *crud("salaries", "edition", "add change"),
        "salaries.edition.publish_edition",
        *(right for model in PRICES for right in crud("salaries", model, "add change")),
    ]
    grant(apps, ANALYST, [*look, *editions, *crud("salaries", "salaryguide", "view")])
    grant(apps, EDITOR, [*look, *crud("salaries", "salaryguide")])
    grant(apps, ADMINISTRATOR, [*look, *editions, *crud("salaries", "salaryguide")])
    for role in (AUTHOR, MODERATOR):
        grant(apps, role, [*look, *crud("salaries", "salaryguide", "view")])


class Migration(migrations.Migration):
    dependencies = [("salaries", "0002_published_editions_are_kept"), ("accounts", "0002_roles")]

    operations = [migrations.RunPython(grant_rights, migrations.RunPython.noop)]

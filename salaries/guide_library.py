"""Which guides of the library are salary guides: `content/salaries/guides.yaml`."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from articles.models import Article
from core.library import Fault, Item, LibraryError, Report, digest, read_items
from salaries.library import FOLDER, GUIDES
from salaries.models import Country, SalaryGuide


def load(root: Path, report: Report) -> None:
    """Say of each guide which role and place its figures are of; editors' changes are kept.

    Follows the load of the guides themselves. A library without the file is fine. Raises
    LibraryError with every fault.
    """
    path = root / FOLDER / GUIDES
    if not path.is_file():
        return
    items = read_items(path, root=root, required={"slug", "role"}, optional={"country"})
    articles = Article.objects.in_bulk(
        [str(item.data["slug"]) for item in items], field_name="slug"
    )
    countries = Country.objects.in_bulk()
    stored = SalaryGuide.objects.in_bulk()
    faults: list[Fault] = []
    seen: set[str] = set()
    for item in items:
        slug, code = str(item.data["slug"]), item.data.get("country")
        if slug in seen:
            faults.append(item.fault(f"{slug} stands there twice"))
        elif slug not in articles:
            faults.append(item.fault(f"there is no guide “{slug}”"))
        elif code and code not in countries:
            faults.append(item.fault(f"{slug}: there is no country “{code}”"))
        else:
            article = articles[slug]
            values = {"role": str(item.data["role"]), "country_id": code or None}
            faults += _sync(item, stored.get(article.pk), article, values, report)
        seen.add(slug)
    if faults:
        raise LibraryError(faults)


def _sync(
    item: Item,
    row: SalaryGuide | None,
    article: Article,
    values: dict[str, Any],
    report: Report,
) -> list[Fault]:
    """Create or update one row, unless an editor changed it; return what is wrong with it."""
    label = f"salary guide {article.slug}"
    wanted = digest(values)
    if row is None:
        row = SalaryGuide(article=article)
        said = report.created
    elif row.library_digest == wanted:
        report.unchanged.append(label)
        return []
    elif digest({name: getattr(row, name) for name in values}) != row.library_digest:
        report.kept.append(label)
        return []
    else:
        said = report.updated
    row.role, row.country_id, row.library_digest = values["role"], values["country_id"], wanted
    try:
        row.full_clean(exclude={"article"})
    except ValidationError as error:
        return [item.fault(f"{article.slug}: {text}") for text in error.messages]
    row.save()
    said.append(label)
    return []

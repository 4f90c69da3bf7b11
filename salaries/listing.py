"""The salary guides that the public may open: those about a place, and those about a question."""

from dataclasses import dataclass, field

from articles.models import Article, Shelf
from articles.models.article import ArticleQuerySet
from salaries.models import Country, SalaryGuide


def public_guides() -> ArticleQuerySet:
    """Return the public guides of the salaries shelf in their order, with role and place."""
    return (
        Article.objects.published()
        .on_shelf(Shelf.SALARIES)
        .select_related("category", "salary_guide__country")
        .with_list_facts()
        .defer("body_html", "outline", "takeaways_html", "faq_html", "search_text")
        .in_library_order()
    )


def place_of(article: Article) -> SalaryGuide | None:
    """Return role and place of a guide from `public_guides`; None where it is about no place."""
    guide: SalaryGuide | None = getattr(article, "salary_guide", None)
    return guide if guide is not None and guide.country_id else None


def country_of(guide: SalaryGuide) -> Country:
    """Return the country of a guide that is about one."""
    assert guide.country is not None  # place_of has looked
    return guide.country


@dataclass(frozen=True)
class SalaryGuides:
    """The guides of the shelf: countries by name, themes in library order."""

    countries: list[tuple[SalaryGuide, Article]] = field(default_factory=list)
    themes: list[Article] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.countries or self.themes)


def salary_guides() -> SalaryGuides:
    """Return all public salary guides, in one query."""
    found = SalaryGuides()
    for article in public_guides():
        guide = place_of(article)
        if guide is None:
            found.themes.append(article)
        else:
            found.countries.append((guide, article))
    found.countries.sort(key=lambda item: (country_of(item[0]).name, item[0].role))
    return found

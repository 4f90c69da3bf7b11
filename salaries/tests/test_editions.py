"""An edition is stored whole or not at all, and published for good."""

import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from salaries.edition_files import cells_text
from salaries.editions import EditionError, cells_of, publish, store
from salaries.models import ConversionRate, Edition, Figure, PublishedEditionError
from salaries.tests.factories import cell, country, details, edition

pytestmark = pytest.mark.django_db

RATE = {"currency": "EUR", "per_unit": "0.86196", "kind": "inferred", "note": "Round numbers."}


def refused(fields=None, cells=None, rates=()):
    """Try to store, and return what was said; assert that nothing was left behind."""
    country("DE")
    with pytest.raises(EditionError) as caught:
        store(fields or details(), [cell()] if cells is None else cells, rates=rates)
    assert not Edition.objects.exists()
    assert not Figure.objects.exists()
    assert not ConversionRate.objects.exists()
    return caught.value.problems


def test_cells_come_back_as_they_went_in() -> None:
    cells = [
        cell(p10=45000, p25="64932.5", p75=105000, p90=130000, ci_low=83000, ci_high=90000),
        cell(country="PL", n=94, p50="64932.5", flags=("monthly-pay",)),
        cell(dimension="language", value="C#", n=31),
        cell(dimension="language", value="C++", n=30),
        cell(role="soc-15-1252", country="US", n=None, jobs=1687890, relative_error=Decimal("0.4")),
    ]
    draft = edition(*cells, is_published=False)
    assert set(cells_of(draft)) == set(cells)
    languages = draft.figures.filter(dimension="language")
    assert set(languages.values_list("value_slug", flat=True)) == {"c-sharp", "c-plus-plus"}
    assert {figure.currency for figure in draft.figures.all()} == {"USD"}


def test_a_draft_is_not_public() -> None:
    draft = edition(is_published=False)
    assert not Figure.objects.public().exists()
    assert not Edition.objects.published().exists()
    assert draft.coverage == {}
    assert draft.figures_digest == ""


def test_rates_are_stored_as_written() -> None:
    rate = edition(rates=[RATE]).rates.get()
    assert (rate.currency, rate.per_unit, rate.kind) == ("EUR", Decimal("0.86196"), "inferred")


def test_publishing_makes_figures_public_and_says_what_can_be_chosen() -> None:
    published = edition(
        cell(n=259),
        cell(country="PL", n=94),
        cell(country="001", n=2000),
        cell(employment="contractor", n=40),
        cell(role="full-stack", n=300),
        cell(dimension="language", value="Go", n=31),
        cell(dimension="language", value="C#", n=40),
        cell(dimension="years_coding_total", value="10-14", n=30),
        cell(dimension="years_coding_total", value="5-9", n=30),
    )
    assert Figure.objects.public().count() == 9
    assert published.is_published
    assert published.coverage == {
        "roles": ["back-end", "full-stack"],
        "employments": ["employed", "contractor"],
        "countries": ["001", "DE", "PL"],
        "dimensions": {
            "years_coding_total": [["5-9", "5–9 years"], ["10-14", "10–14 years"]],
            "language": [["c-sharp", "C#"], ["go", "Go"]],
        },
        "most": {
            "back-end": {"employed": ["001", "DE", "PL"], "contractor": ["DE"]},
            "full-stack": {"employed": ["DE"]},
        },
    }


def test_withheld_cells_are_kept_but_cannot_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salaries.editions.protect", lambda cells: {0})
    published = edition(cell(dimension="language", value="Ada"), cell(country="PL"))
    hidden = published.figures.get(country="DE")
    assert hidden.is_withheld
    assert [figure.country_id for figure in Figure.objects.public()] == ["PL"]
    assert published.coverage["countries"] == ["PL"]
    assert published.coverage["dimensions"] == {}
    assert len(list(cells_of(published))) == 2


def test_the_digest_is_that_of_the_file() -> None:
    cells = [cell(country="PL"), cell(), cell(dimension="language", value="Go, or “Golang”", n=31)]
    published = edition(*cells)
    text = cells_text(cells, year=2025)
    assert published.figures_digest == hashlib.sha256(text.encode()).hexdigest()
    assert cells_text(cells_of(published), year=2025) == text


def test_an_edition_may_be_published_ahead() -> None:
    draft = edition(is_published=False)
    ahead = publish(draft, at=timezone.now() + timedelta(days=1))
    assert not ahead.is_published
    assert not Figure.objects.public().exists()


def test_publishing_twice_is_refused() -> None:
    with pytest.raises(PublishedEditionError, match="published already"):
        publish(edition())


def test_an_empty_edition_cannot_be_published() -> None:
    draft = edition(is_published=False)
    draft.figures.all().delete()
    with pytest.raises(EditionError, match="no cells"):
        publish(draft)
    assert not Edition.objects.published().exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("slug", "So 2025!", "valid"),
        ("kind", "rumour", "not a valid choice"),
        ("pay_basis", "net", "not a valid choice"),
        ("period", "week", "not a valid choice"),
        ("currency", "dollars", "at most 3 characters"),
        ("year", "last", "must be an integer"),
        ("fieldwork_from", "May 2025", "a year, a month or a day"),
        ("licence", "", "cannot be blank"),
        ("method", "", "cannot be blank"),
        ("licence_url", "odbl", "valid URL"),
        ("source", "nobody", "there is no source “nobody”"),
        ("figures_digest", "0" * 64, "no such field"),
        ("published_at", "2025-01-01", "no such field"),
        ("colour", "green", "no such field"),
        ("title", None, "cannot be null"),
        ("title", ["Two", "titles"], "write one text"),
        ("source", 2025, "there is no source “2025”"),
    ],
)
def test_details_that_do_not_fit(field, value, words) -> None:
    problems = refused(fields=details() | {field: value})
    assert list(problems) == [field]
    assert words in problems[field][0]


def test_details_may_be_left_empty() -> None:
    """In YAML a key with nothing behind it is None."""
    country("DE")
    stored = store(details(scope=None, fieldwork_from=None, licence_url=None), [cell()])
    assert (stored.scope, stored.fieldwork_from, stored.licence_url) == ("", "", "")


def test_an_edition_without_a_source() -> None:
    fields = details()
    del fields["source"]
    assert "source" in refused(fields=fields)


def test_a_slug_is_used_once() -> None:
    first = edition(slug="so-2025")
    with pytest.raises(EditionError, match="already exists"):
        store(details(slug="so-2025"), [cell()])
    assert Edition.objects.get() == first


def test_two_imports_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = edition(slug="so-2025")
    # The other import stores its edition between the check and the storing.
    monkeypatch.setattr(Edition, "full_clean", lambda *args, **kwargs: None)
    with pytest.raises(EditionError, match="slug: somebody else has just stored this edition"):
        store(details(slug="so-2025"), [cell()])
    assert Edition.objects.get() == first


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"role": "wizard"}, "there is no role “wizard”"),
        ({"employment": "volunteer"}, "there is no employment “volunteer”"),
        ({"country": "XX"}, "there is no country “XX”"),
        ({"dimension": "height", "value": "tall"}, "there is no dimension “height”"),
        ({"flags": ("odd",)}, "there is no flag “odd”"),
        ({"dimension": "language"}, "belong together"),
        ({"value": "Go"}, "belong together"),
        ({"dimension": "language", "value": " Go"}, "blanks around it"),
        ({"dimension": "language", "value": "x" * 151}, "longer than 150"),
        ({"dimension": "language", "value": "=1+1"}, "formula"),
        ({"dimension": "language", "value": "+1"}, "formula"),
        ({"dimension": "language", "value": "-1"}, "formula"),
        ({"dimension": "language", "value": "@SUM(A1)"}, "formula"),
        ({"dimension": "language", "value": "Go\n=1+1"}, "formula"),
        ({"dimension": "language", "value": "日本"}, "no letter or digit"),
        ({"n": 9}, "n is 9; cells of fewer than 10 people"),
        ({"n": None}, "neither how many answered"),
        ({"n": 2**31}, "n is not a count"),
        ({"p50": None}, "the median (p50) is missing"),
        ({"p50": 0}, "p50 is 0"),
        ({"p10": -1}, "p10 is -1"),
        ({"p50": "NaN"}, "p50 is NaN"),
        ({"p50": 10**12}, "pay is more than nothing"),
        ({"p50": "87011.123"}, "at most 2 decimal places"),
        ({"p10": 90000}, "p10 (90000) is above p50 (87011)"),
        ({"p25": 5, "p10": 6}, "p10 (6) is above p25 (5)"),
        ({"p90": 80000}, "p50 (87011) is above p90 (80000)"),
        ({"ci_low": 88000}, "begins (88000) above the median"),
        ({"ci_high": 86000}, "ends (86000) below the median"),
        ({"relative_error": Decimal(-1)}, "not a share"),
    ],
)
def test_a_cell_that_does_not_fit(values, words) -> None:
    problems = refused(cells=[cell(), cell(**{"country": "DE", "role": "devops"} | values)])
    assert list(problems) == ["figures"]
    assert words in problems["figures"][0]


def test_a_cell_twice() -> None:
    assert "stands there twice" in refused(cells=[cell(), cell(n=300)])["figures"][0]


def test_values_that_would_share_an_address() -> None:
    """“Just me …” of two years would be one group; an edition that has both mixes them up."""
    cells = [cell(dimension="org_size", value=value) for value in ("2 to 9 employees", "2-9")]
    assert "stands there twice" in refused(cells=cells)["figures"][0]


def test_no_cells() -> None:
    assert refused(cells=[]) == {"figures": ["there are no cells"]}


def test_a_fault_far_down_undoes_the_batches_before_it() -> None:
    cells = [cell(dimension="language", value=f"L{number}") for number in range(2500)]
    problems = refused(cells=[*cells, cell(n=3)])
    assert len(problems["figures"]) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "guess"}, "not a valid choice"),
        ({"per_unit": "-1"}, "violated"),
        ({"per_unit": "0.123456789"}, "no more than 8 decimal places"),
        ({"note": ""}, "cannot be blank"),
    ],
)
def test_rates_that_do_not_fit(changes, words) -> None:
    problems = refused(rates=[RATE | changes])
    assert words in problems["rates"][0]


def test_a_rate_twice_and_a_rate_without_a_note() -> None:
    assert "stands there twice" in refused(rates=[RATE, RATE])["rates"][0]
    assert "keys currency" in refused(rates=[{"currency": "EUR", "per_unit": 1}])["rates"][0]

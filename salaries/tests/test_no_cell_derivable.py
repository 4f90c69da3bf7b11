"""Whatever is looked at, in whatever combination: nobody in a small group can be found out."""

import csv
import json
import re
from decimal import Decimal
from itertools import product

import pytest
from django.utils.html import strip_tags

from salaries import editions
from salaries.disclosure import INDICATIVE, NOT_SHOWN, disclose
from salaries.editions import publish, store
from salaries.importers.country_names import CountryNames
from salaries.importers.survey import read_survey
from salaries.models import Edition, Figure
from salaries.money import money
from salaries.tests import respondents
from salaries.tests.factories import country, details
from salaries.tests.respondents import WORLD, all_keys, bounds_by_sums, can_differ
from salaries.tests.survey_files import write_survey
from salaries.vocabulary import value_of

SEEDS = (5, 6, 7)
AMOUNT = re.compile(r"\$\d{1,3}(?:,\d{3})+")
COUNT = re.compile(r"([\d,]+)(?:\s|&nbsp;|\xa0)+(?:answers|people|respondents)|n\s=\s([\d,]+)")


def cells_of(tmp_path, seed: int):
    """Return the people, and the cells that the importer makes of them."""
    everybody = respondents.people(seed)
    path = write_survey(tmp_path, respondents.as_answers(everybody))
    names = CountryNames({name: code for code, name in respondents.COUNTRIES.items()}, {})
    return everybody, read_survey(path, 2025, names).cells.kept


def published(tmp_path, seed: int = SEEDS[0]) -> tuple[Edition, list[dict]]:
    everybody, cells = cells_of(tmp_path, seed)
    for code in (*respondents.COUNTRIES, WORLD):
        country(code)
    edition = publish(store(details(slug="so-2025", series="stack-overflow"), cells))
    return edition, everybody


def shown_in(edition: Edition) -> dict:
    """Return the number of answers of each public cell."""
    rows = Figure.objects.public().filter(edition=edition)
    return {(f.role, f.employment, f.country_id, f.dimension, f.value): f.n for f in rows}


def key_of(cell) -> str:
    role, employment, place, dimension, value = cell
    part = "" if dimension == "all" else f"/{dimension}:{value_of(dimension, value).slug}"
    return f"so-2025/{place.lower()}/{role}/{employment}{part}"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_importer_and_the_test_count_the_same_people(tmp_path, seed):
    everybody, cells = cells_of(tmp_path, seed)

    counted = respondents.truth(everybody)

    assert {cell.key: cell.n for cell in cells} == {k: n for k, n in counted.items() if n >= 10}
    assert sum(1 for n in counted.values() if n < 10) > 50, "too few small groups to protect"


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("knows_what_is_withheld", [False, True])
def test_no_hidden_cell_can_be_worked_out(tmp_path, seed, knows_what_is_withheld):
    edition, everybody = published(tmp_path, seed)
    counted, visible = respondents.truth(everybody), shown_in(edition)
    withheld = {key for key, n in counted.items() if n >= INDICATIVE} - visible.keys()
    hidden = {key for key, n in counted.items() if n < INDICATIVE}

    bounds = bounds_by_sums(visible, withheld if knows_what_is_withheld else ())

    assert withheld, "nothing had to be withheld, so nothing was tried"
    for key in hidden:
        low, high = bounds[key]
        assert low < high, f"{key} must be {low}"
        if knows_what_is_withheld:
            assert low <= counted[key] <= high, "the reader reckons wrongly"


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_each_hidden_cell_could_have_another_number(tmp_path, seed):
    edition, everybody = published(tmp_path, seed)
    counted, visible = respondents.truth(everybody), shown_in(edition)
    withheld = {key for key, n in counted.items() if n >= INDICATIVE} - visible.keys()

    for key, n in counted.items():
        if n < INDICATIVE and key[3] != "language":
            assert can_differ(key, counted, visible, withheld), f"{key} must be {n}"


@pytest.mark.django_db
def test_the_reader_would_find_somebody_if_nothing_were_withheld(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "protect", lambda cells: set())
    edition, everybody = published(tmp_path)
    counted, visible = respondents.truth(everybody), shown_in(edition)

    bounds = bounds_by_sums(visible)
    found = [k for k, n in counted.items() if n < INDICATIVE and bounds[k] == [n, n]]

    assert len(found) >= 3
    assert not all(can_differ(key, counted, visible, set()) for key in found)


@pytest.mark.django_db
def test_files_hold_the_public_cells_and_nothing_else(client, tmp_path):
    edition, _ = published(tmp_path)
    visible = shown_in(edition)

    text = b"".join(client.get("/salaries/editions/so-2025.csv").streaming_content).decode()
    rows = list(csv.DictReader(text.splitlines()))
    data = json.loads(
        b"".join(client.get("/salaries/editions/so-2025.json").streaming_content).decode()
    )

    names = ("role", "employment", "country", "dimension", "value")
    assert {tuple(row[name] for name in names): int(row["n"]) for row in rows} == visible
    assert {tuple(row[name] for name in names): row["n"] for row in data["figures"]} == visible
    for row in rows:
        n = int(row["n"])
        assert bool(row["p10"]) == bool(row["p90"]) == (n >= 100)
        assert bool(row["p25"]) == bool(row["p75"]) == (n >= 30)


@pytest.mark.django_db
def test_every_cell_by_its_own_address(client, tmp_path):
    edition, _ = published(tmp_path)
    visible = shown_in(edition)

    for cell in all_keys():
        for form in ("figures/{}.csv", "figures/{}.json", "charts/{}.svg"):
            answer = client.get("/salaries/" + form.format(key_of(cell)))
            assert answer.status_code == (200 if cell in visible else 404), (cell, form)
            if cell not in visible:
                # Too small, kept back, or empty: the same words for all three.
                assert NOT_SHOWN in answer.text, (cell, form)


@pytest.mark.django_db
def test_every_state_of_the_explorer_shows_public_numbers_only(client, tmp_path):
    edition, _ = published(tmp_path)
    amounts, counts = public_numbers(edition)

    for query in explorer_states():
        answer = client.get(f"/salaries/explore/?edition=so-2025&{query}", follow=True)
        text = strip_tags(answer.text.replace("</", " </")).replace("\xa0", " ")
        assert answer.status_code == 200, query
        assert set(AMOUNT.findall(text)) <= amounts, query
        found = {int((a or b).replace(",", "")) for a, b in COUNT.findall(text)}
        assert found <= counts, query


def public_numbers(edition: Edition) -> tuple[set[str], set[int]]:
    """Return all amounts that may be seen, as pages write them, and all numbers of answers."""
    amounts, counts = set(), {10, 30, 100}
    for figure in Figure.objects.public().filter(edition=edition):
        shown = disclose(figure)
        counts.add(shown.n)
        for name in ("p10", "p25", "p50", "p75", "p90", "ci_low", "ci_high"):
            amount: Decimal | None = getattr(shown, name)
            if amount is not None:
                amounts.add(money(amount, "USD"))
    return amounts, counts


def explorer_states():
    """Return the queries: every group, split and comparison that can be asked for."""
    parts = [
        "",
        *(f"&experience={value_of('years_coding_total', x).slug}" for x in respondents.YEARS),
    ]
    parts += [f"&technology=language:{name.lower()}" for name in respondents.LANGUAGES]
    splits = ("years_coding_total", "education", "language", "role", "employment")
    asked = [*parts, *(f"&by={split}" for split in splits)]
    places = [f"country={code}" for code in (*respondents.COUNTRIES, WORLD)]
    places.append("&".join(f"country={code}" for code in respondents.COUNTRIES))
    roles = (*respondents.ROLES, "all-developers")
    for place, role, employment, rest in product(places, roles, respondents.EMPLOYMENTS, asked):
        yield f"{place}&role={role}&employment={employment}{rest}"

"""How much is shown of a figure, and which cells are kept back to protect smaller ones."""

from decimal import Decimal
from random import Random

import pytest

from salaries.cells import Cell
from salaries.disclosure import (
    RULES,
    NotForDisplayError,
    counts_by_rule,
    disclose,
    protect,
    rule_for,
)
from salaries.models import Figure
from salaries.tests.factories import cell, edition, figure

EVERYTHING = {"p10": 10, "p25": 20, "p50": 30, "p75": 40, "p90": 50, "ci_low": 25, "ci_high": 35}


def kept_back(*cells: Cell) -> set[tuple[str, ...]]:
    return {cells[place].key[2:] for place in protect(cells)}


def bands(country: str, **counts: int) -> list[Cell]:
    """Return the cells of a country by years of coding; `all` first, others as _0_4=12."""
    words = {"_0_4": "0-4", "_5_9": "5-9", "_10_14": "10-14", "_15_19": "15-19", "_20": "20+"}
    return [
        cell(country=country, n=n)
        if name == "all"
        else cell(country=country, dimension="years_coding_total", value=words[name], n=n)
        for name, n in counts.items()
    ]


@pytest.mark.parametrize(
    ("n", "quality", "shown"),
    [
        (10, "indicative", {"p50", "ci_low", "ci_high"}),
        (29, "indicative", {"p50", "ci_low", "ci_high"}),
        (30, "quartiles", {"p25", "p50", "p75", "ci_low", "ci_high"}),
        (99, "quartiles", {"p25", "p50", "p75", "ci_low", "ci_high"}),
        (100, "full", set(EVERYTHING)),
        (12437, "full", set(EVERYTHING)),
    ],
)
def test_the_number_of_answers_decides_what_is_shown(n, quality, shown):
    seen = disclose(Figure(n=n, **{name: Decimal(x) for name, x in EVERYTHING.items()}))

    assert seen.quality == quality
    assert seen.n == n
    assert {name for name in EVERYTHING if getattr(seen, name) is not None} == shown
    assert all(getattr(seen, name) == EVERYTHING[name] for name in shown)
    assert seen.is_indicative == (quality == "indicative")


def test_official_statistics_are_shown_as_printed():
    seen = disclose(Figure(n=None, jobs=1_687_890, **EVERYTHING))

    assert seen.quality == "official"
    assert seen.n is None
    assert seen.p10 == 10
    assert seen.p90 == 50
    assert not seen.notes


def test_a_percentile_that_the_source_does_not_print_stays_empty():
    assert disclose(Figure(n=None, jobs=9, p50=30, flags=["top-coded"])).p90 is None


@pytest.mark.parametrize(
    ("n", "flags", "begins"),
    [
        (12, [], ["Fewer than 30 answers"]),
        (200, ["monthly-pay"], ["Many answers from this country look like pay for a month"]),
        (None, ["top-coded"], ["The publisher does not print amounts above"]),
        (12, ["monthly-pay"], ["Fewer than 30 answers", "Many answers"]),
        (200, [], []),
    ],
)
def test_warnings_are_told_in_words(n, flags, begins):
    notes = disclose(Figure(n=n, p50=30, flags=flags)).notes

    assert len(notes) == len(begins)
    assert all(note.startswith(words) for note, words in zip(notes, begins, strict=True))


@pytest.mark.parametrize("n", [0, 1, 9])
def test_fewer_than_ten_answers_are_never_for_display(n):
    with pytest.raises(NotForDisplayError):
        disclose(Figure(n=n, p50=30))
    with pytest.raises(NotForDisplayError):
        rule_for(n)


@pytest.mark.django_db
def test_a_withheld_figure_is_not_for_display():
    row = figure(n=200)
    row.is_withheld = True

    with pytest.raises(NotForDisplayError):
        disclose(row)


@pytest.mark.django_db
def test_counts_of_an_edition_follow_the_rules():
    cells = [cell(country=code, n=n) for code, n in (("DE", 100), ("NL", 99), ("PL", 30))]
    cells += [cell(country="CZ", n=29), cell(country="FI", n=10)]

    assert counts_by_rule(edition(*cells)) == [1, 2, 2]
    assert [rule.smallest for rule in RULES] == [100, 30, 10]


def test_nothing_is_kept_back_where_everything_is_shown():
    assert not kept_back(*bands("DE", all=100, _0_4=20, _5_9=20, _10_14=20, _15_19=20, _20=20))


def test_one_hidden_value_takes_the_smallest_sibling_along():
    cells = bands("DE", all=100, _5_9=30, _10_14=25, _15_19=20, _20=20)  # 0-4 has 5

    assert kept_back(*cells) == {("DE", "years_coding_total", "15-19")}


def test_two_hidden_values_protect_each_other():
    cells = bands("DE", all=100, _10_14=40, _15_19=30, _20=20)  # 0-4 and 5-9 have 10 together

    assert not kept_back(*cells)


def test_hidden_values_that_must_all_be_nine_are_protected():
    cells = bands("DE", all=108, _10_14=40, _15_19=30, _20=20)  # 18 left for two hidden bands

    assert kept_back(*cells) == {("DE", "years_coding_total", "20+")}


def test_an_empty_rest_gives_nobody_away():
    assert not kept_back(*bands("DE", all=90, _5_9=30, _10_14=25, _15_19=20, _20=15))


def test_a_rest_that_holds_unanswered_questions_pins_nothing():
    assert not kept_back(*bands("DE", all=200, _5_9=30, _10_14=25, _15_19=20, _20=15))


def test_equal_siblings_are_not_given_away_by_the_rule_itself():
    # One of the tens goes first. Whoever knows the rule knows that it is not larger than the next
    # cell, so exactly ten, which leaves seven for 0-4; the other ten must go too.
    cells = bands("DE", all=58, _5_9=20, _10_14=10, _15_19=10, _20=11)

    assert kept_back(*cells) == {
        ("DE", "years_coding_total", "10-14"),
        ("DE", "years_coding_total", "15-19"),
    }


def test_the_only_hidden_country_takes_the_smallest_other_along():
    cells = [cell(country="001", n=75), cell(country="DE", n=40), cell(country="NL", n=30)]
    cells += [cell(country="PL", n=20, role="front-end")]  # so Poland has answers, here 5

    assert ("NL", "all", "all") in kept_back(*cells)


def test_a_country_that_no_table_names_is_protected_too():
    cells = [cell(country="001", n=73), cell(country="DE", n=40), cell(country="NL", n=30)]

    assert kept_back(*cells) == {("NL", "all", "all")}


def test_a_cell_kept_back_in_one_sum_is_protected_in_the_other():
    # By years, the Netherlands lose 20+ (12 answers) for the sake of 0-4 (3). All other countries
    # show 20+, so the world would give the 12 back, and with it the 3: another one must go.
    cells = [
        *bands("001", all=300, _0_4=63, _5_9=60, _10_14=60, _15_19=60, _20=57),
        *bands("DE", all=120, _0_4=30, _5_9=25, _10_14=20, _15_19=20, _20=25),
        *bands("PL", all=120, _0_4=30, _5_9=20, _10_14=25, _15_19=25, _20=20),
        *bands("NL", all=60, _5_9=15, _10_14=15, _15_19=15, _20=12),
    ]

    found = kept_back(*cells)

    assert ("NL", "years_coding_total", "20+") in found
    assert {item for item in found if item[0] != "NL"}


def test_roles_inside_a_wide_role_do_not_pin_each_other():
    # Other developers than these three are in the whole, so the rest is no one cell.
    cells = [cell(role="all-developers", n=60), cell(n=30), cell(role="full-stack", n=25)]
    cells += [cell(role="front-end", country="PL", n=20), cell(role="mobile", country="PL", n=20)]

    assert not kept_back(*cells)


def test_a_whole_that_counts_fewer_people_than_its_parts_pins_nothing():
    # As in 2024, when Americans of another file are in the country and not in the world.
    cells = [cell(country="001", n=95), cell(country="US", n=90), cell(country="DE", n=40)]
    cells += [cell(country="PL", n=20, role="front-end")]

    assert not kept_back(*cells)


def test_official_statistics_are_left_alone():
    cells = [cell(country="US", n=None, jobs=75, role="soc-15-1252")]
    cells += [
        cell(country="US", n=None, jobs=n, role="soc-15-1252", dimension="industry", value=name)
        for name, n in (("Software", 40), ("Banks", 30))
    ]

    assert not protect(cells)


def test_the_result_does_not_depend_on_the_order_of_the_cells():
    cells = [
        *bands("001", all=300, _0_4=63, _5_9=60, _10_14=60, _15_19=60, _20=57),
        *bands("DE", all=100, _5_9=30, _10_14=25, _15_19=20, _20=20),
        *bands("NL", all=60, _5_9=15, _10_14=15, _15_19=15, _20=12),
    ]
    expected = kept_back(*cells)
    shuffled = list(cells)
    Random(7).shuffle(shuffled)

    assert expected
    assert kept_back(*shuffled) == expected


def test_an_edition_without_cells_has_nothing_to_keep_back():
    assert protect([]) == set()


@pytest.mark.django_db
def test_publishing_keeps_the_cells_back():
    published = edition(*bands("DE", all=100, _5_9=30, _10_14=25, _15_19=20, _20=20))

    withheld = published.figures.get(is_withheld=True)
    assert (withheld.value, withheld.n) == ("15-19", 20)
    assert withheld not in Figure.objects.public()

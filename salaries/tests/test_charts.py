"""Charts inside pages: what is drawn, what is said, what is kept back."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from salaries.charts import chart_figure, chart_for, rows_for
from salaries.charts.scale import Scale
from salaries.charts.svg import NARROWEST, text_width
from salaries.embeds import as_markdown_table
from salaries.selection import parse
from salaries.tests.drawings import drawing, figures, looks, page, rows, words
from salaries.tests.factories import cell, edition

pytestmark = pytest.mark.django_db

FULL = {"p10": 50_000, "p25": 70_000, "p50": 87_011, "p75": 104_000, "p90": 118_000}
INTERVAL = {"ci_low": 81_000, "ci_high": 93_000}
POLAND = {"p10": 1, "p25": 43_000, "p50": 65_000, "p75": 83_000, "p90": 99_999} | {
    "ci_low": 55_000,
    "ci_high": 71_000,
}


@pytest.fixture
def three_countries() -> None:
    edition(
        cell(country="DE", n=259, **FULL, **INTERVAL),
        cell(country="PL", n=94, **POLAND),
        cell(country="FI", n=11, p25=70_000, p50=76_500, p75=90_000, ci_low=70_000, ci_high=92_000),
        slug="so-2025",
        short_title="Stack Overflow 2025",
    )


COUNTRIES = "so-2025/de+pl+fi"


@pytest.mark.usefixtures("three_countries")
def test_rows_stand_highest_median_first_with_n_and_value() -> None:
    svg = drawing(COUNTRIES)
    heads = [text for text in words(svg) if "n\u00a0=" in text]
    assert heads == [
        "Germanyn\u00a0=\u00a0259",
        "Finlandn\u00a0=\u00a011, indicative",
        "Polandn\u00a0=\u00a094",
    ]
    assert [text for text in words(svg) if re.fullmatch(r"\$\d+,\d+", text)] == [
        "$87,000",
        "$76,500",
        "$65,000",
    ]


@pytest.mark.usefixtures("three_countries")
def test_only_what_the_rules_show_is_drawn() -> None:
    svg = drawing(COUNTRIES)
    assert len(looks(svg, "p-range")) == 1  # p10 to p90 needs 100 answers: Germany alone
    assert len(looks(svg, "p-middle")) == 2  # quartiles need 30: not Finland
    assert len(looks(svg, "p-hollow")) == 1
    assert len(looks(svg, "p-dot")) == 2
    assert len(looks(svg, "p-interval")) == 6  # two brackets of a line and two caps
    assert len(looks(svg, "p-hint")) == 3
    html = page(COUNTRIES)
    assert "99,999" not in html
    assert "$100,000" not in html


@pytest.mark.usefixtures("three_countries")
def test_places_on_the_axis_are_shares_from_zero() -> None:
    svg = drawing(COUNTRIES)
    (line,) = looks(svg, "p-range")
    assert (line.get("x1"), line.get("x2")) == ("42.4%", "100%")  # 50,000 and 118,000 of 118,000
    assert looks(svg, "p-dot")[0].get("cx") == "73.7%"
    assert looks(svg, "p-tick")[0].text == "$0"


@pytest.mark.usefixtures("three_countries")
def test_chart_can_be_heard() -> None:
    svg = drawing(COUNTRIES)
    title, description = list(svg)[:2]
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Back-end developers, employed: pay in Germany, Poland and Finland, 2025"
    assert "Germany: $87,000 (n\u00a0=\u00a0259)" in (description.text or "")
    assert "Finland: $76,500 (n\u00a0=\u00a011, indicative)" in (description.text or "")


@pytest.mark.usefixtures("three_countries")
def test_drawing_obeys_the_content_security_policy_and_keeps_its_text_size() -> None:
    html = str(chart_for(parse(COUNTRIES), rows(COUNTRIES)))
    assert "style=" not in html
    assert "viewBox" not in html
    assert {item.tag for item in ET.fromstring(html).iter()} <= {
        *("svg", "title", "desc", "line", "rect", "circle", "text", "tspan"),
    }


@pytest.mark.usefixtures("three_countries")
def test_table_has_the_same_numbers() -> None:
    html = page(COUNTRIES)
    table = html.split("<tbody>")[1].split("</tbody>")[0]
    germany, finland, poland = table.strip().split("\n")
    assert re.findall(r"<td[^>]*>(.*?)</td>", germany) == [
        *("259", "$50,000", "$70,000", "$87,000", "$104,000", "$118,000", "$81,000 to $93,000"),
    ]
    assert re.findall(r"<td[^>]*>(.*?)</td>", poland)[:3] == ["94", "–", "$43,000"]
    assert re.findall(r"<td[^>]*>(.*?)</td>", finland)[1:6] == ["–", "–", "$76,500", "–", "–"]
    assert '<span class="figures__hint">indicative</span>' in finland
    assert "A dash stands where there are too few answers" in html


@pytest.mark.usefixtures("three_countries")
def test_figure_says_what_it_is_and_where_it_is_from() -> None:
    html = page(COUNTRIES)
    digest = figures(COUNTRIES)[0].edition.figures_digest[:8]
    assert "Stack Overflow 2025. Pay before taxes with bonuses and perks per year, in US" in html
    assert (
        f'<a href="/salaries/editions/so-2025/">Stack Overflow 2025</a> (figures <code>{digest}'
        in html
    )
    assert "ODbL 1.0." in html
    assert "<li>Finland: fewer than 30 answers: take the median as a hint only.</li>" in html
    assert 'href="/salaries/charts/so-2025/de+pl+fi/back-end/employed.svg"' in html
    assert 'href="/salaries/figures/so-2025/de+pl+fi/back-end/employed.csv"' in html
    assert "edition=so-2025&amp;country=DE&amp;country=PL&amp;country=FI" in html


@pytest.mark.usefixtures("three_countries")
def test_one_figure_is_told_in_words() -> None:
    text = words(drawing("so-2025/de"))
    for expected in (
        "one in ten over $118,000",
        "a quarter over $104,000",
        "median $87,000n\u00a0=\u00a0259",
        "a quarter under $70,000",
        "one in ten under $50,000",
    ):
        assert expected in text
    assert not [item for item in words(drawing("so-2025/pl")) if "one in ten" in item]


@pytest.mark.usefixtures("three_countries")
def test_one_indicative_figure_is_a_row() -> None:
    svg = drawing("so-2025/fi")
    assert len(looks(svg, "p-hollow")) == 1
    assert not looks(svg, "p-leader")


def test_long_labels_break_and_counts_move_below() -> None:
    labels = ("soc-15-1253", "soc-11-3021")
    edition(
        *(
            cell(country="US", role=role, n=None, jobs=1_687_890, p50=104_000 + index)
            for index, role in enumerate(labels)
        ),
        slug="bls-2025",
        kind="official",
    )
    svg = drawing("bls-2025/us/soc-15-1253+soc-11-3021")
    text = [item for item in words(svg) if not item.startswith("$")]
    assert "Computer and information" in text
    assert "systems managers1,687,890\u00a0jobs" in text
    assert all(text_width(item, 14, bold=True) <= NARROWEST for item in text)


def test_long_lists_have_ticks_at_both_ends() -> None:
    names = [f"Language {number:02}" for number in range(45)]
    edition(
        *(
            cell(dimension="language", value=name, n=40, p50=60_000 + index)
            for index, name in enumerate(names)
        ),
        slug="so-2025",
    )
    svg = drawing("so-2025/de/language")
    assert len(looks(svg, "p-label")) == 45
    assert looks(svg, "p-label")[0].text == "Language 44"  # the highest first
    assert [item.text for item in looks(svg, "p-tick")].count("$0") == 2
    assert float((svg.get("height") or "").removesuffix("rem")) * 16 > 45 * 40


def test_experience_keeps_its_order() -> None:
    edition(
        *(
            cell(dimension="years_coding_total", value=value, n=40, p50=median)
            for value, median in (("20+", 90_000), ("0-4", 95_000), ("10-14", 80_000))
        ),
        slug="so-2025",
    )
    labels = [row.label for row in rows("so-2025/de/years_coding_total")]
    assert labels == ["0–4 years", "10–14 years", "20+ years"]
    assert drawing("so-2025/de/years_coding_total")[0].text == (
        "Back-end developers, employed, Germany: pay by years of coding, 2025"
    )


@pytest.mark.usefixtures("three_countries")
def test_money_of_several_countries_is_a_table_and_no_chart() -> None:
    edition(
        cell(country="DE"),
        cell(country="PL"),
        slug="so-2024",
        rates=[
            {"currency": code, "per_unit": "2", "kind": "stated", "note": "x"}
            for code in ("EUR", "PLN")
        ],
    )
    html = page("so-2024/de+pl", unit="local")
    assert "<svg" not in html
    assert "These rows share no currency" in html
    assert "<details open>" in html
    assert "PLN\u00a0174,000" in html


@pytest.mark.usefixtures("three_countries")
def test_rows_without_a_rate_say_so() -> None:
    html = page("so-2025/de", unit="local")
    assert "Survey" not in html.split("<tbody>")[0].split("<caption")[0].split("<svg")[0]
    assert "states no rate for the money of Germany" in html


@pytest.mark.usefixtures("three_countries")
def test_missing_part_of_a_comparison_is_named() -> None:
    assert "<li>Without a figure: XX.</li>" in page("so-2025/de+pl+xx")


@pytest.mark.usefixtures("three_countries")
def test_labels_may_link_and_are_escaped() -> None:
    selection = parse("so-2025/de+pl")
    linked = rows_for(selection, figures("so-2025/de+pl"), link=lambda item: "/salaries/x/?a=1&b=2")
    assert {row.href for row in linked} == {"/salaries/x/?a=1&b=2"}
    hostile = [replace(row, label="<b>&") for row in linked]
    html = chart_for(selection, hostile, title="<script>", description="a & b", key="one")
    assert '<title id="chart-one-t">&lt;script&gt;</title>' in html
    assert ">&lt;b&gt;&amp;<" in html
    assert "<b>" not in html


def test_a_bar_in_a_label_does_not_break_the_table_in_markdown() -> None:
    edition(cell(dimension="language", value="Ada | SPARK"), slug="so-2025")
    chart = chart_figure(parse("so-2025/de/language"), figures("so-2025/de/language"))
    assert r"| Ada \| SPARK | 259 | $87,000 |" in as_markdown_table(chart)


@pytest.mark.parametrize(
    ("top", "currency", "ticks"),
    [
        (118_000, "USD", ["$0", "$20k", "$40k", "$60k", "$80k", "$100k"]),
        (320_000, "USD", ["$0", "$50k", "$100k", "$150k", "$200k", "$250k", "$300k"]),
        (4_300_000, "INR", ["₹0", "₹1m", "₹2m", "₹3m", "₹4m"]),
        (5_300, "EUR", ["€0", "€1k", "€2k", "€3k", "€4k", "€5k"]),
    ],
)
def test_ticks_are_round_and_have_room(top: int, currency: str, ticks: list[str]) -> None:
    edition(cell(p50=top), slug="so-2025", currency=currency)
    scale = Scale.of(rows("so-2025/de"))
    assert [text for _, text in scale.ticks()] == ticks
    assert scale.share(Decimal(0)) == 0

"""Pay inside texts: `[[salary:…]]` and `[[salary-chart:…]]`."""

import gzip
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from articles.models import Reference
from articles.tests.factories import create_live_guide
from core import embeds
from core.embeds import EmbedContext, Token
from core.markup import MarkupError, render
from evidence.tests.factories import create_source
from salaries.tests.factories import cell, edition

pytestmark = pytest.mark.django_db

RATES = [{"currency": "EUR", "per_unit": "0.86196", "kind": "inferred", "note": "x"}]
DE = "salary:so-2025/de/back-end/employed"


@pytest.fixture(autouse=True)
def survey() -> None:
    interval = {"ci_low": 81_233, "ci_high": 92_812}
    edition(
        cell(n=259, p10=53_367, p25=69_609, p75=104_413, p90=118_103, **interval),
        cell(country="PL", n=94, p10=20_000, p25=43_000, p50=64_932, p75=83_000, p90=99_000),
        cell(country="FI", n=11, p25=70_000, p50=76_500, p75=90_000, flags=("monthly-pay",)),
        cell(country="001", n=3_686, p50=81_000),
        cell(dimension="language", value="C#", n=46, p50=75_000),
        cell(dimension="language", value="Go", n=62, p50=97_500),
        slug="so-2025",
        title="Developer Survey 2025 <in full>",
        short_title="Survey 2025",
        source=create_source(publisher="Surveyors", url="https://survey.example.org/2025"),
        rates=RATES,
    )
    edition(
        cell(country="US", role="soc-15-1252", n=None, jobs=1_687_890, p50=135_980, p90=None),
        slug="bls-2025",
        kind="official",
        verification="quoted",
    )
    edition(cell(), slug="so-2026", year=2026, is_published=False)


def html(source: str, context: EmbedContext | None = None) -> str:
    return str(render(f"{source}\n", embeds=context or EmbedContext()).html)


def problem(source: str) -> str:
    with pytest.raises(MarkupError) as caught:
        html(source)
    (found,) = caught.value.problems
    return str(found)


def values(page: str) -> list[str]:
    return re.findall(r'<span class="claim__value">(.*?)</span>', page)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("so-2025/de", "$87,000"),
        ("so-2025/de/back-end/employed", "$87,000"),
        ("so-2025/de#p50", "$87,000"),
        ("so-2025/de#p10", "$53,500"),
        ("so-2025/de#p25", "$69,500"),
        ("so-2025/de#p75", "$104,000"),
        ("so-2025/de#p90", "$118,000"),
        ("so-2025/de#n", "259"),
        ("so-2025/001#n", "3,686"),
        ("so-2025/de#interval", "between $81,000 and $93,000"),
        ("so-2025/de#middle", "$69,500 to $104,000"),
        ("so-2025/de#p50-local", "€75,000"),
        ("so-2025/de#-local", "€75,000"),
        ("so-2025/de#interval-local", "between €70,000 and €80,000"),
        ("so-2025/de/language:c-sharp", "$75,000"),
        ("so-2025/fi", "$76,500 (indicative)"),
        ("bls-2025/us/soc-15-1252#jobs", "1,687,890"),
    ],
)
def test_parts(key: str, words: str) -> None:
    page = html(f"Pay is [[salary:{key}]].")
    assert values(page) == [words]
    assert 'class="claim claim--primary"' in page


def test_receipt_like_that_of_a_claim() -> None:
    context = EmbedContext()
    page = html("Half earn more than [[salary:so-2025/de]].", context)
    assert list(context.numbering) == [DE]
    assert 'href="#source-1" id="ref-1" aria-label="2025 1: source, Survey 2025"' in page
    receipt = page.split('class="receipts"')[1]
    assert '<a href="/salaries/editions/so-2025/">Survey 2025</a>' in receipt
    assert "Back-end developers, employed, Germany" in receipt
    assert "n\u00a0=\u00a0259 · 95% interval $81,000 to $93,000" in strip_tags(receipt)
    assert re.search(r"figures <code>[0-9a-f]{8}</code>", receipt)


def test_a_strip_of_receipts_names_an_edition_once() -> None:
    page = html("[[salary:so-2025/de]], [[salary:so-2025/pl]]\n\n[[salary:so-2025/fi]]")
    slips = re.findall(r'<div class="(receipt receipt--[^"]+)" id="receipt-\d"', page)
    assert ["receipt--same" in slip for slip in slips] == [False, True, False]
    assert page.count(">Survey 2025</a>") == 3  # a slip that opens in place still says all


def test_one_note_for_a_cell_however_it_is_written() -> None:
    context = EmbedContext()
    page = html(
        "[[salary:so-2025/de#n]], [[salary:so-2025/DE/employed]], [[salary:so-2025/pl]], "
        "[[salary:so-2025/de#middle]]",
        context,
    )
    assert list(context.numbering.values()) == [1, 2]
    assert page.count('id="receipt-1"') == 1


def test_count_beside_a_figure_has_no_second_mark() -> None:
    page = html("[[salary:so-2025/de]] ([[salary:so-2025/de#n]] answers)")
    assert '<span class="claim__value">259</span></span> answers' in page
    assert page.count('class="receipt-mark"') == 1


def test_converted_amounts_have_a_receipt_with_the_rate() -> None:
    context = EmbedContext()
    page = html("[[salary:so-2025/de]] or [[salary:so-2025/de#p50-local]]", context)
    assert list(context.numbering) == [DE, f"{DE}@local"]
    assert "Converted at 0.86196 EUR for 1 USD" in page.split('id="receipt-2"')[1]


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("so-2027/de", "there is no edition “so-2027”; known are bls-2025, so-2025, so-2026"),
        ("so-2026/de", "the edition “so-2026” is not published yet"),
        ("so-2025/xx", "so-2025 has no figure for xx/back-end/employed (fewer than 10 people"),
        ("so-2025/xx", "; nearest: so-2025/001/back-end/employed"),
        ("so-2025/de/language:rust", "nearest: so-2025/de/back-end/employed/language:go"),
        ("so-2025/pl#p10", "#p10 is not shown: with 94 answers we show only the quartiles"),
        ("so-2025/fi#middle", "#middle is not shown: with 11 answers we show only the median"),
        ("bls-2025/us/soc-15-1252#p90", "the publisher prints no p90 for this group"),
        ("bls-2025/us/soc-15-1252#n", "official statistics count jobs, not answers; use #jobs"),
        ("so-2025/de#jobs", "a survey counts answers, not jobs; use #n"),
        ("so-2025/pl#interval", "this figure has no interval of the median"),
        ("so-2025/de#mean", "there is no part “mean”; known are p10, p25, p50"),
        ("so-2025/de#n-local", "there is no part “n-local”"),
        ("so-2025/pl#p50-local", "Survey 2025 states no rate for the money of Poland."),
        ("so-2025/001#p50-local", "The world has no money of its own."),
        ("so-2025/de+pl", "names several figures; [[salary-chart:…]] shows them"),
        ("so-2025", "Write an edition and a country first, as in so-2025/de."),
        ("so-2025/de/cobol", "“cobol” is no role, employment or dimension."),
    ],
)
def test_problems_help_the_editor(key: str, message: str) -> None:
    assert message in problem(f"[[salary:{key}]]")


def test_withheld_cells_are_as_if_they_were_not_there() -> None:
    draft = edition(cell(country="DE"), cell(country="CZ"), slug="so-2020", is_published=False)
    draft.figures.filter(country="CZ").update(is_withheld=True)
    type(draft).objects.filter(pk=draft.pk).update(
        published_at="2025-01-01T00:00Z", figures_digest="a" * 64
    )
    withheld = problem("[[salary:so-2020/cz]]")
    assert withheld.replace("cz", "xx") == problem("[[salary:so-2020/xx]]")
    assert "nearest" not in withheld


def test_all_cells_of_a_page_in_one_query(django_assert_num_queries: Any) -> None:
    body = " ".join(f"[[salary:so-2025/{key}]]" for key in ("de", "pl", "fi", "001#n", "de#p10"))
    with django_assert_num_queries(1):
        html(body)
    with django_assert_num_queries(2):  # rates, for all of them together
        html("[[salary:so-2025/de#p50-local]] [[salary:so-2025/de#p25-local]]")


def test_all_charts_of_a_page_in_one_query(django_assert_num_queries: Any) -> None:
    keys = ("de+pl+fi", "de", "de/language", "001")
    body = "\n\n".join(f"[[salary-chart:so-2025/{key}]]" for key in keys)
    with django_assert_num_queries(1):
        page = html(body)
    assert page.count('<figure class="salary-chart"') == 4


def test_chart_with_table_and_links() -> None:
    page = html("[[salary-chart:so-2025/de+pl]]")
    assert '<figure class="salary-chart" id="chart-so-2025-de-pl-back-end-employed">' in page
    assert "pay in Germany and Poland, 2025</p>" in page
    assert page.count("<tr>") == 3
    for words in ("Explore these figures", "CSV", "JSON", "Image"):
        assert f">{words}</a>" in page


def test_chart_may_have_a_title_of_its_own() -> None:
    page = html("[[salary-chart:so-2025/de+pl|Two <neighbours>]]")
    assert page.count("Two &lt;neighbours&gt;</") == 3  # caption, drawing, table


def test_ids_are_unique_on_a_page() -> None:
    page = html("## Chart so 2025 de back end employed\n\n[[salary-chart:so-2025/de]]")
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "chart-so-2025-de-back-end-employed-2" in ids


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("so-2025/de+xx", "there is no figure for XX; leave it out of the key"),
        ("so-2025/xx+yy", "so-2025 has no figure for xx+yy/back-end/employed"),
        ("so-2025/de+pl/employed+contractor", "compares two things at once"),
        ("so-2026/de", "the edition “so-2026” is not published yet"),
    ],
)
def test_problems_of_charts(key: str, message: str) -> None:
    assert message in problem(f"[[salary-chart:{key}]]")


def test_chart_stands_alone() -> None:
    assert "must stand alone in its paragraph" in problem("See [[salary-chart:so-2025/de]]")


def test_plain_text_for_search() -> None:
    sentence = "Half of [[salary:so-2025/de#n]] earn [[salary:so-2025/de]]."
    chart = "[[salary-chart:so-2025/de/language]]"
    text = render(f"{sentence}\n\n{chart}\n", embeds=EmbedContext()).text
    assert "Half of 259 earn $87,000." in text
    assert "pay by language, 2025. Go $97,500; C# $75,000" in text


def test_references_name_the_editions() -> None:
    edition(cell(), slug="so-2024", year=2024)
    source = "[[salary:so-2025/de]] [[salary:so-2025/pl]]\n\n[[salary-chart:so-2024+so-2025/de]]\n"
    found = render(source, embeds=EmbedContext()).references
    assert {(item.kind, item.key) for item in found} == {
        ("salary", "so-2025"),
        ("salary", "so-2024"),
    }


def test_markdown_forms() -> None:
    cells, charts = embeds.get("salary"), embeds.get("salary-chart")
    token = Token("salary", "so-2025/de")
    assert cells.markdown(token, cells.load({token.key})[token.key]) == f"$87,000 (2025)[^{DE}]"
    token = Token("salary-chart", "so-2025/de+pl")
    table = charts.markdown(token, charts.load({token.key})[token.key])
    assert "| Country | Answers |" in table
    assert "| Germany | 259 | $53,500 | $69,500 | $87,000 | $104,000 | $118,000 |" in table
    assert "| Poland | 94 | – | $43,000 | $65,000 | $83,000 | – | – |" in table
    assert "- Source: Developer Survey 2025 <in full>, ODbL 1.0, figures " in table


def test_sources_of_a_page(django_assert_num_queries: Any) -> None:
    salary = embeds.get("salary")
    with django_assert_num_queries(1):
        entries = salary.source_entries([DE, "salary:so-2025/fi/back-end/employed", "SO25-01"])
    assert list(entries) == [DE, "salary:so-2025/fi/back-end/employed"]
    germany, finland = entries.values()
    assert germany.title == "Developer Survey 2025 <in full>"
    assert germany.publisher == "Surveyors"
    assert germany.url == "https://survey.example.org/2025"
    assert germany.facts == ("n\u00a0=\u00a0259", "95% interval $81,000 to $93,000")
    assert germany.values["p10"] == 53_367
    assert germany.href == "/salaries/editions/so-2025/"
    assert "p25" not in finland.values
    assert "indicative" in finland.facts
    assert "look like pay for a month" in finland.note


def test_guide_shows_and_records_its_figures(client: Client) -> None:
    body = (
        "## Pay\n\nHalf earn more than [[salary:so-2025/de]].\n\n[[salary-chart:so-2025/de+pl]]\n"
    )
    create_live_guide(slug="pay", title="Pay", body=body)
    page = client.get("/guides/pay/").text
    assert '<span class="claim__value">$87,000</span>' in page
    assert "Developer Survey 2025 &lt;in full&gt;" in page.split('class="sources"')[1]
    assert Reference.objects.filter(article__slug="pay", kind="salary", key="so-2025").exists()
    twin = client.get("/guides/pay.md").text
    assert f"$87,000 (2025)[^{DE}]" in twin
    assert "| Germany | 259 |" in twin


def test_four_charts_stay_small() -> None:
    keys = ("de+pl+fi", "de", "de/language", "001")
    page = html("\n\n".join(f"[[salary-chart:so-2025/{key}]]" for key in keys))
    assert len(gzip.compress(page.encode())) < 6_000

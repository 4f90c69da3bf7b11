"""The explorer: the answer to a question that has one."""

import re

import pytest
from django.test import Client

from articles.models import Shelf
from articles.tests.factories import create_draft, create_live_guide
from salaries.models import SalaryGuide
from salaries.tests.explorer_site import ADDRESS, build, page, words
from salaries.tests.factories import country

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


@pytest.fixture(autouse=True)
def _site(db) -> None:
    build()


def test_the_bare_page_shows_backend_pay_of_the_world_in_the_newest_edition(
    client: Client,
) -> None:
    text = words(page(client))
    assert re.match("Back-end developers, employed, .*world", text)
    assert "Half of the 3,000 respondents reported more than $80,000" in text
    assert "Stack Overflow Developer Survey 2025" in text


def test_one_figure_is_read_in_plain_words_with_its_interval(client: Client) -> None:
    text = words(page(client, "country=DE"))
    assert (
        "Half of the 259 respondents reported more than $87,000; the middle half lies between "
        "$65,500 and $109,000. Eight in ten lie between $43,500 and $131,000. With 95% confidence "
        "the median lies between $82,500 and $91,500." in text
    )


def test_pay_of_contractors_says_what_it_may_be(client: Client) -> None:
    note = "does not say whether contractors gave what they bill"
    assert note in words(page(client, "country=DE&employment=contractor"))
    assert note in words(page(client, "country=DE&by=employment"))
    assert note not in words(page(client, "country=DE"))


def test_quartiles_only_where_there_are_fewer_than_a_hundred_answers(client: Client) -> None:
    text = words(page(client, "country=NL"))
    assert "Half of the 93 respondents" in text
    assert "Eight in ten" not in text
    assert "$43,000" not in text  # the tenth percentile, which is hidden
    assert "$129,000" not in text


def test_an_indicative_median_comes_without_a_spread(client: Client) -> None:
    text = words(page(client, "country=DE&employment=contractor"))
    assert "Half of the 13 respondents reported more than $100,000. With 95%" in text
    assert "With only 13 answers this is a hint" in text
    assert "$75,000" not in text
    assert "$125,000" not in text


def test_source_date_digest_and_licence_stand_beside_the_figure(client: Client) -> None:
    text = words(page(client, "country=DE"))
    for expected in ("Stack Exchange · 2025", "Asked 20 May 2025 to 20 June 2025", "ODbL 1.0"):
        assert expected in text
    assert re.search(r"figures [0-9a-f]{8} ", text)
    assert "rates of 11 June 2025" in text


def test_what_the_figures_are_not_is_said(client: Client) -> None:
    raw = page(client, "country=DE")
    assert "<strong>Not a sample of all developers.</strong> They chose to answer." in raw
    assert "Answered from memory." in raw


def test_chart_table_and_downloads_show_the_same_selection(client: Client) -> None:
    raw = page(client, "country=DE&by=language")
    key = "so-2025/de/back-end/employed/language"
    assert f'href="/salaries/figures/{key}.csv"' in raw
    assert f'href="/salaries/figures/{key}.json"' in raw
    assert f'href="/salaries/charts/{key}.svg"' in raw
    drawing = raw.split('class="answer__chart"')[1].split("</figure>")[0]
    table = raw.split("<table>")[1].split("</table>")[0]
    for value in ("Python", "C#", "$88,000", "$76,000"):
        assert value in drawing
        assert value in table


def test_countries_stand_side_by_side_highest_median_first(client: Client) -> None:
    raw = page(client, "country=PL&country=DE&country=NL")
    table = raw.split("<tbody>")[1].split("</tbody>")[0]
    assert re.findall(r'scope="row"><a[^>]*>([^<]+)', table) == ["Germany", "Netherlands", "Poland"]
    text = words(raw)
    assert "The highest median is Germany ($87,000, n = 259), the lowest Poland ($65,000" in text
    assert "Poland: many answers from this country look like pay for a month" in text.replace(
        "Many", "many"
    )


def test_a_breakdown_names_the_groups_that_have_no_figure(client: Client) -> None:
    text = words(page(client, "country=DE&by=language"))
    assert "Left out here: Ada: fewer than ten people answered, or showing it would give" in text
    assert "Who named several counts in each." in text
    assert "the figures show who earns what, not why" in text


def test_indicative_groups_are_not_named_as_extremes(client: Client) -> None:
    text = words(page(client, "country=DE&by=years_coding_total"))
    # 20+ years have the highest median of all, from 20 answers.
    assert (
        "Of the groups with 30 answers or more, the highest median is 5–9 years ($70,000, n = 61), "
        "the lowest 0–4 years ($60,000, n = 40). Their intervals do not touch" in text
    )


def test_rows_of_a_breakdown_lead_to_their_own_answer(client: Client) -> None:
    raw = page(client, "country=DE&by=years_coding_total")
    address = f"{ADDRESS}?role=back-end&country=DE&experience=5-9&employment=employed"
    assert f'<a href="{address}&edition=so-2025#result">5–9 years</a>' in raw
    order = re.findall(r">(0–4|5–9|20\+) years</a>", raw.split("<tbody>")[1])
    assert order == ["0–4", "5–9", "20+"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("country=DE&by=role", "Employed, Germany: pay by role"),
        ("country=DE&by=employment", "Back-end developers, Germany: pay of employees and"),
        ("country=DE&by=edition", "Back-end developers, employed, Germany: pay in "),
        ("country=DE&experience=5-9", "Back-end developers, employed, Germany, 5–9 years of"),
        ("country=DE&technology=language:c-sharp", "employed, Germany, working with C#"),
        ("edition=bls-2025", "Software developers, employed, "),
    ],
)
def test_every_way_of_asking_has_its_title(client: Client, query: str, title: str) -> None:
    assert title in words(page(client, query))


def test_official_statistics_count_jobs_and_print_no_interval(client: Client) -> None:
    text = words(page(client, "edition=bls-2025"))
    assert "Half of the 1,687,890 jobs paid more than $136,000" in text
    assert "With 95% confidence" not in text


def test_local_money_is_shown_with_its_rate(client: Client) -> None:
    text = words(page(client, "country=DE&unit=local"))
    assert "more than €69,500" in text
    assert "EUR for 1 USD, the rate of the edition" in text


def test_price_level_names_its_year_and_limits(client: Client) -> None:
    text = words(page(client, "country=DE&unit=price-level"))
    assert "more than Int$109,000" in text
    assert "prices in Germany in 2024 stood at 80% of those in the United States" in text


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("unit=local", "The world has no money of its own."),
        ("country=DE&country=PL&unit=local", "Pay in EUR and PLN cannot stand on one axis."),
        ("country=NL&unit=price-level", "There is no price level for the Netherlands up to 2025."),
    ],
)
def test_money_that_cannot_be_shown_is_explained_and_replaced(
    client: Client, query: str, why: str
) -> None:
    text = words(page(client, query))
    assert f"{why} The amounts are shown as the source has them." in text
    assert "in US dollars" in text


def test_form_keeps_the_question_and_offers_what_the_edition_has(client: Client) -> None:
    raw = page(client, "country=DE&technology=language:python&edition=so-2025")
    assert '<option value="language:python" selected>Python</option>' in raw
    assert '<input type="hidden" name="country" value="DE">' in raw
    assert '<option value="NL">Netherlands</option>' in raw
    assert '<optgroup label="No figure for this role"><option value="IN">India' in raw
    assert "database:postgresql" not in raw  # only 2024 asked for databases


def test_countries_can_be_removed_one_by_one(client: Client) -> None:
    raw = page(client, "country=DE&country=NL")
    without = f"{ADDRESS}?role=back-end&country=NL&employment=employed&edition=so-2025#result"
    assert f'href="{without}" aria-label="Remove Germany"' in raw


def test_a_published_guide_of_the_country_is_linked(client: Client) -> None:
    guide = create_live_guide(title="Pay in Germany", slug="backend-germany", shelf=Shelf.SALARIES)
    SalaryGuide.objects.create(article=guide, role="back-end", country=country("DE"))
    address = guide.get_absolute_url()
    assert f'<a href="{address}">Pay in Germany</a>' in page(client, "country=DE")
    assert address not in page(client, "country=NL")


def test_a_draft_of_a_guide_is_not_linked(client: Client) -> None:
    guide = create_draft(title="Pay in Germany", slug="backend-germany", shelf=Shelf.SALARIES)
    SalaryGuide.objects.create(article=guide, role="back-end", country=country("DE"))
    assert "Pay in Germany" not in page(client, "country=DE")


def test_page_works_without_scripts_cookies_and_inline_styles(client: Client) -> None:
    response = client.get(ADDRESS, {"country": "DE"})
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.text
    assert " style=" not in response.text
    assert " onchange=" not in response.text


def test_result_can_be_linked_and_focused(client: Client) -> None:
    raw = page(client, "country=DE")
    assert '<h1 id="result" tabindex="-1">' in raw
    assert f'action="{ADDRESS}#result" method="get"' in raw


def test_every_field_has_a_label(client: Client) -> None:
    raw = page(client, "country=DE")
    fields = re.findall(r'<(?:select|input)[^>]* id="([^"]+)"', raw)
    assert len(fields) == 9
    assert all(f'<label for="{name}">' in raw for name in fields)


def test_other_methods_are_refused(client: Client) -> None:
    assert client.put(ADDRESS).status_code == 405
    assert client.delete(ADDRESS).status_code == 405
    assert client.head(ADDRESS).status_code == 200

"""The front page: what this is, where to begin, the library as a table of contents."""

import re
from datetime import date

import pytest
from django.test import Client

from articles.tests.factories import create_category, create_draft, create_live_guide
from evidence.tests.factories import create_claim, create_source
from salaries.tests.factories import salary_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> None:
    role = create_category(name="The role", slug="the-role", position=20)
    start = create_category(name="Start here", slug="start-here", position=10, description="Begin.")
    create_category(name="Empty shelf", position=30)
    create_live_guide(title="Third", category=role, position=1)
    create_live_guide(title="Second", category=start, position=2)
    create_live_guide(
        title="First", slug="first", category=start, position=1, standfirst="The very beginning."
    )
    create_draft(title="Hidden", category=start, position=0)
    source = create_source()
    create_claim(key="SO25-16", source=source, checked_on=date(2026, 11, 1), sample_size="43,560")
    create_claim(source=source, checked_on=date(2026, 11, 20))


@pytest.mark.usefixtures("library")
def test_a_newcomer_sees_where_to_begin(client: Client) -> None:
    page = client.get("/").text
    assert re.findall(r"<h1>([^<]+)</h1>", page) == [
        "What backend developers do, what they earn and what to learn first"
    ]
    start = page.split('class="start"')[1].split("</div>")[0]
    assert '<a class="start__link" href="/guides/first/">First</a>' in start
    assert "The very beginning. 1 minute" in start


@pytest.mark.usefixtures("library")
def test_the_library_as_a_table_of_contents(client: Client) -> None:
    page = client.get("/").text
    shelves = re.findall(r'<a href="/categories/[^"]+">([^<]+)</a></h2>', page)
    assert shelves == ["Start here", "The role"]
    titles = re.findall(r'class="entry__title"><a href="[^"]+">([^<]+)</a>', page)
    assert titles == ["First", "Second", "Third"]
    assert "<p>Begin.</p>" in page


@pytest.mark.usefixtures("library")
def test_what_the_library_rests_on(client: Client) -> None:
    page = client.get("/").text
    assert "3 guides, resting on" in page
    assert "2 statements from 1 source" in page
    assert '<time datetime="2026-11-20">20 November 2026</time>' in page


@pytest.mark.usefixtures("library")
def test_a_receipt_as_a_specimen(client: Client) -> None:
    specimen = client.get("/").text.split('class="specimen"')[1].split("</figure>")[0]
    assert "14.2% of professional developers work on back ends." in specimen
    assert "43,560" in specimen
    assert "Read at the source, checked" in specimen


def test_pay_is_a_block_and_not_a_list_of_countries(client: Client) -> None:
    for code in ("PL", "DE"):
        salary_guide(code, slug=f"pay-{code.lower()}")
    for number in range(5):
        salary_guide("", slug=f"question-{number}", title=f"Question {number}")
    page = client.get("/").text
    block = page.split('id="shelf-pay"')[1].split("</section>")[0]
    titles = re.findall(r'class="entry__title"><a href="[^"]+">([^<]+)</a>', page)
    assert titles == ["Question 0", "Question 1", "Question 2"]
    assert re.findall(r'<a href="(/salaries/pay[^"]+)">([^<]+)</a>', block) == [
        ("/salaries/pay-de/", "Germany"),
        ("/salaries/pay-pl/", "Poland"),
    ]
    assert block.count('href="/salaries/"') == 2
    assert "7 guides, resting on" in page


@pytest.mark.usefixtures("library")
def test_without_salary_guides_there_is_no_block_on_pay(client: Client) -> None:
    page = client.get("/").text
    assert "shelf-pay" not in page
    assert '<a href="/salaries/">Salaries</a>' in page  # the header


def test_an_empty_site_says_so(client: Client) -> None:
    page = client.get("/").text
    assert "The library is empty." in page
    assert "specimen" not in page


def test_a_query_changes_nothing(client: Client) -> None:
    assert '<link rel="canonical" href="http://localhost:8000/">' in client.get("/?utm=x").text

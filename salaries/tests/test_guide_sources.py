"""Claims and figures of pay share one numbered list of sources, in every form of a page."""

import re
from datetime import date

import pytest
from django.test import Client

from articles.models import Article
from evidence.models import Claim
from evidence.tests.factories import create_claim, create_source
from salaries.tests.factories import cell, main_edition, salary_guide

pytestmark = pytest.mark.django_db
BODY = """\
## Pay

First [[claim:PAY-01]], then [[salary:so-2025/de]], then [[cite:PAY-02]] and [[claim:PAY-01]].
"""


@pytest.fixture
def guide() -> Article:
    main_edition(
        cell(n=259, p25=69400, p50=87011, p75=104000, ci_low=81200, ci_high=92800),
        title="Developer Survey 2025",
        source=create_source(url="https://survey.example.org/2025/"),
    )
    create_claim(key="PAY-01", figure="one in three", checked_on=date(2026, 3, 1), sample_size="90")
    create_claim(key="PAY-02", statement="Some say so.")
    return salary_guide("DE", body=BODY, faq=[("Where?", "In [[salary:so-2025/de#p25]].")])


def listed(client: Client) -> list[str]:
    """Return the entries of the list of sources as text; a line of a group is one."""
    page = client.get("/salaries/pay-de/").text
    entries = re.findall(r'<li class="source\w*" id="source-\d+">(.*?)</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", entry).split()) for entry in entries]


def test_one_list_in_reading_order(client: Client, guide: Article) -> None:
    first, second, third = listed(client)
    assert first.startswith("1 Developer Survey 2025 Stack Overflow, 29 July 2025 · n = 90")
    assert "Read at the source , checked 1 Mar 2026" in first
    assert second.startswith("2 ")
    assert "median $87,000" in second
    assert "n = 259" in second
    assert "Some say so." in third


def test_marks_lead_to_their_entries_and_back(client: Client, guide: Article) -> None:
    page = client.get("/salaries/pay-de/").text
    for number in (1, 2, 3):
        assert f'href="#source-{number}"' in page
        assert page.count(f'id="source-{number}"') == 1
        assert page.count(f'id="ref-{number}"') == 1
    assert page.count('href="#source-2"') == 2  # the answer names the same cell


def test_figures_of_an_edition_share_its_facts(client: Client, guide: Article) -> None:
    page = client.get("/salaries/pay-de/").text
    group = page.split('<li class="source source--group">')[1].split("<ol ")[0]
    assert "Developer Survey 2025" in group
    assert "Pay before taxes with bonuses and perks per year, in US dollars." in group
    assert re.search(r"Figures <code>[0-9a-f]{8}</code>", group)
    assert 'href="/salaries/editions/so-2025/"' in group


def test_cells_stand_in_lines_under_their_edition_and_notes_are_said_once(client: Client) -> None:
    main_edition(
        cell(n=259, p25=69400, p50=87011, p75=104000, ci_low=81200, ci_high=92800),
        cell(country="FI", n=11, p50=76500),
        cell(country="PL", n=12, p50=65000),
        title="Developer Survey 2025",
    )
    body = "## Pay\n\n[[salary:so-2025/fi]], [[salary:so-2025/de]], [[salary:so-2025/pl]].\n"
    salary_guide("DE", body=body)
    page = client.get("/salaries/pay-de/").text
    assert page.count('class="source source--group"') == 1
    lines = page.split('<ol class="source__lines">')[1].split("</ol>")[0]
    assert re.findall(r'id="source-(\d)".*?developers, employed, (\w+): median', lines) == [
        ("1", "Finland"),
        ("2", "Germany"),
        ("3", "Poland"),
    ]
    assert 'href="#ref-3"' in lines
    assert "Note on 1, 3: Fewer than 30 answers" in page
    assert page.count("Fewer than 30 answers") == 1


def test_markdown_has_a_note_for_each(client: Client, guide: Article) -> None:
    text = client.get("/salaries/pay-de.md").text
    assert "First one in three (2025)[^PAY-01], then $87,000 (2025)[^salary:" in text
    notes = [line for line in text.splitlines() if re.match(r"\[\^[^\]]+\]: ", line)]
    assert len(notes) == 3
    assert "n = 259" in notes[1]
    assert "figures " in notes[1]


def test_json_has_an_entry_for_each(client: Client, guide: Article) -> None:
    sources = client.get("/salaries/pay-de.json").json()["sources"]
    assert [source["number"] for source in sources] == [1, 2, 3]
    assert sources[0]["figure"] == "one in three"
    assert sources[1]["id"].startswith("salary:so-2025/de/back-end/employed")
    assert sources[1]["title"] == "Developer Survey 2025"


def test_a_changed_claim_renders_the_guide_again_and_keeps_the_numbers(
    client: Client, guide: Article, django_capture_on_commit_callbacks
) -> None:
    before = guide.source_keys
    claim = Claim.objects.get(key="PAY-01")
    claim.figure = "one in four"
    with django_capture_on_commit_callbacks(execute=True):
        claim.save()
    guide.refresh_from_db()
    assert guide.source_keys == before
    assert "one in four" in client.get("/salaries/pay-de/").text
    assert "$87,000" in guide.body_html


def test_a_preview_has_the_list_too(admin_client: Client, guide: Article) -> None:
    page = admin_client.get("/admin/articles/article/preview/", {"guide": guide.pk}).text
    assert len(re.findall(r'class="source\w*" id="source-', page)) == 3

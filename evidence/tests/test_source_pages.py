"""The public ledger: the list of sources, and the page of each."""

import re
from datetime import date

import pytest
from django.test import Client

from evidence import views
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db


def titles(client: Client, address: str = "/sources/") -> list[str]:
    return re.findall(r'class="entry__title"><a href="[^"]+">([^<]+)</a>', client.get(address).text)


def test_list_by_publisher_and_title(client: Client) -> None:
    create_source(title="Second", publisher="Beta")
    create_source(title="First", publisher="Beta")
    create_source(title="Only", publisher="Alpha", published="2025-10")
    page = client.get("/sources/").text
    assert re.findall(r'<div class="shelf__head"><h2>([^<]+)</h2>', page) == ["Alpha", "Beta"]
    assert titles(client) == ["Only", "First", "Second"]
    assert "<span>October 2025</span>" in page
    assert "these 3 documents" in page


def test_list_counts_statements_and_uses(client: Client) -> None:
    source = create_source()
    create_claim(source=source)
    create_claim(source=source)
    create_claim()
    page = client.get("/sources/").text
    assert "<span>2 statements</span> <span>not used yet</span>" in page
    assert "<span>1 statement</span> <span>not used yet</span>" in page
    assert "which carry 3 statements" in page


def test_empty_ledger_says_so(client: Client) -> None:
    assert "The ledger is empty." in client.get("/sources/").text


def test_list_has_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "SOURCES_PER_PAGE", 2)
    for title in ("A", "B", "C"):
        create_source(title=title)
    assert titles(client) == ["A", "B"]
    assert 'href="?page=2"' in client.get("/sources/").text
    assert titles(client, "/sources/?page=2") == ["C"]
    for number in ("0", "3", "x", ""):
        assert client.get("/sources/", {"page": number}).status_code == 404, number


def test_source_page_shows_everything_we_know(client: Client) -> None:
    source = create_source(
        slug="study",
        title="A <study>",
        publisher="The Office",
        url="https://study.example.org/a?b=c&d=e",
        published="2025-10-28",
    )
    create_claim(
        key="STU-02",
        statement="Shops queue.",
        figure="66.7% of shops",
        sample_size="1,204",
        as_of="2025-09",
        source=source,
        confidence="secondary",
        caveat="Saturdays only.",
        checked_on=date(2026, 3, 1),
    )
    page = client.get("/sources/study/").text.replace("&nbsp;", " ")
    assert "<h1>A &lt;study&gt;</h1>" in page
    assert "The Office, 28 October 2025" in page
    assert 'href="https://study.example.org/a?b=c&amp;d=e"' in page
    record = page.split('id="stu-02"')[1].split("</li>")[0]
    for words in (
        "Shops queue.",
        "66.7% of shops",
        "STU-02 · 2025 · n = 1,204",
        "Read second-hand, in a text that quotes the source, checked",
        '<time datetime="2026-03-01">1 Mar 2026</time>',
        "Note: Saturdays only.",
        "No guide uses this yet.",
    ):
        assert words in record
    assert "Due for a new check." not in record


def test_statements_stand_in_order_of_their_ids(client: Client) -> None:
    source = create_source(slug="study")
    for key in ("STU-10", "STU-02", "ABC-99"):
        create_claim(key=key, source=source)
    found = re.findall(r'<li class="record" id="([^"]+)"', client.get("/sources/study/").text)
    assert found == ["abc-99", "stu-02", "stu-10"]


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        ("primary", "Read at the source, checked"),
        ("secondary", "Read second-hand, in a text that quotes the source, checked"),
        ("unverified", "From our own knowledge, not yet checked, noted"),
    ],
)
def test_confidence_in_words(client: Client, confidence: str, words: str) -> None:
    create_claim(source=create_source(slug="study"), confidence=confidence)
    assert words in client.get("/sources/study/").text


def test_expired_statement_is_marked(client: Client) -> None:
    create_claim(
        source=create_source(slug="study"),
        checked_on=date(2020, 1, 1),
        expires_on=date(2021, 1, 1),
    )
    assert "Due for a new check." in client.get("/sources/study/").text


def test_source_without_statements_says_so(client: Client) -> None:
    create_source(slug="study", published="")
    page = client.get("/sources/study/").text
    assert "No statement rests on this source at present." in page


def test_unknown_source_is_missing(client: Client) -> None:
    assert client.get("/sources/nothing/").status_code == 404

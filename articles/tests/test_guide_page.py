"""The page of a guide: everything a reader gets, where it belongs."""

import html
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from articles.models import Article
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_diagram,
    create_live_guide,
    create_tag,
)
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db

PUBLISHED = datetime(2026, 3, 14, 9, tzinfo=UTC)
BODY = """\
## Waiting in line

Most shops have a queue: [[claim:QUE-01#share]] of them. Some measure it[[cite:QUE-02]].

### The patient ones

Again [[claim:QUE-01]], see [[guide:before]].

## Leaving the line

[[diagram:line|People in a line.]]
"""


@pytest.fixture
def ledger() -> None:
    source = create_source(
        slug="queue-study", title="Queues of Europe", publisher="Queue Office", published="2025-10"
    )
    create_claim(
        key="QUE-01",
        statement="Two thirds of shops have a queue.",
        figure="66.7% of shops",
        values={"share": "66.7%"},
        sample_size="1,204",
        as_of="2025-09",
        source=source,
        confidence="secondary",
        caveat="Asked on Saturdays only.",
        checked_on=date(2026, 3, 1),
    )
    create_claim(key="QUE-02", confidence="unverified", as_of="2024")


@pytest.fixture
def guide(ledger: None) -> Article:
    category = create_category(name="Shop life", slug="shop-life")
    create_diagram(slug="line")
    before = create_live_guide(title="Before", slug="before", category=category, position=1)
    create_live_guide(title="Behind", slug="behind", category=category, position=3)
    return create_live_guide(
        at=PUBLISHED,
        title="Why queues & lines form",
        slug="queues",
        category=category,
        position=2,
        level="intermediate",
        standfirst="What stands in line, and what it waits for.",
        body=BODY,
        takeaways=["A queue is *work* that waits.", "Use `deque`."],
        faq=[("Is a line a queue?", "Yes, see [[cite:QUE-02]].")],
        authors=[
            create_contributor(name="Zoë First", slug="zoe"),
            create_contributor(name="Ada Second", slug="ada"),
        ],
        reviewer=create_contributor(name="Rex Reviewer", slug="rex"),
        tags=[create_tag(name="Waiting", slug="waiting")],
        related=[before],
        reviewed_on="2026-03-10",
        next_review_on="2026-09-14",
    )


@pytest.fixture
def page(guide: Article, client: Client) -> str:
    return client.get("/guides/queues/").text


def between(page: str, start: str, end: str) -> str:
    return page.split(start, 1)[1].split(end, 1)[0]


def test_head_says_what_it_is(page: str) -> None:
    assert "<title>Why queues &amp; lines form · Backend Guide</title>" in page
    description = 'content="What stands in line, and what it waits for."'
    assert f'<meta name="description" {description}>' in page
    assert '<link rel="canonical" href="http://localhost:8000/guides/queues/">' in page
    assert 'href="/guides/queues.md"' in page
    assert 'href="/guides/queues.json"' in page
    assert "noindex" not in page


def test_one_h1_with_standfirst(page: str) -> None:
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == ["Why queues &amp; lines form"]
    assert '<p class="lede">What stands in line, and what it waits for.</p>' in page


def test_breadcrumb_leads_up(page: str) -> None:
    crumbs = between(page, 'aria-label="Breadcrumb"', "</nav>")
    links = re.findall(r'href="([^"]+)">([^<]+)<', crumbs)
    assert links == [("/", "Home"), ("/guides/", "Guides"), ("/categories/shop-life/", "Shop life")]


def test_byline_in_order_and_reviewer(page: str) -> None:
    head = between(page, '<dl class="fields">', "</dl>")
    assert head.index('<a href="/people/zoe/" rel="author">Zoë First</a>') < head.index(
        '<a href="/people/ada/" rel="author">Ada Second</a>'
    )
    assert '<a href="/people/rex/">Rex Reviewer</a>' in head


def test_dates_level_and_reading_time(page: str, guide: Article) -> None:
    head = between(page, '<dl class="fields">', "</dl>")
    assert '<time datetime="2026-03-14">14 Mar 2026</time>' in head
    assert '<time datetime="2026-03-10">10 Mar 2026</time>' in head
    assert '<time datetime="2026-09-14">14 Sep 2026</time>' in head
    assert "<dt>Changed</dt>" not in head
    assert "<dd>Intermediate</dd>" in head
    assert f"<dd>{guide.reading_minutes} min</dd>" in head


def test_notable_change_shows_its_day(guide: Article, client: Client) -> None:
    guide.modified_at = datetime(2026, 5, 2, 9, tzinfo=UTC)
    guide.save()
    page = client.get("/guides/queues/").text
    assert '<dt>Changed</dt><dd><time datetime="2026-05-02">2 May 2026</time></dd>' in page


@pytest.mark.parametrize(("due", "is_told"), [("2026-01-01", True), ("2999-01-01", False)])
def test_overdue_review_is_told(client: Client, due: str, is_told: bool) -> None:
    create_live_guide(slug="old", next_review_on=due)
    page = client.get("/guides/old/").text
    assert ("due for a check" in page) is is_told


def test_contents_list_names_the_sections(page: str) -> None:
    contents = between(page, '<nav class="toc"', "</nav>")
    entries = re.findall(r'href="#([^"]+)">([^<]+)<', contents)
    headings = re.findall(r'<h2 id="([^"]+)">(.*?)(?: <a class="heading-link".*?)?</h2>', page)
    shown = [(anchor, words) for anchor, words in headings if anchor != "key-points"]
    assert entries[:2] == [
        ("waiting-in-line", "Waiting in line"),
        ("leaving-the-line", "Leaving the line"),
    ]
    assert {words for _, words in entries} == {words for _, words in shown} | {
        "Questions people ask"
    }
    assert all(f'id="{anchor}"' in page for anchor, _ in entries)


def test_takeaways_and_questions(page: str) -> None:
    points = between(page, '<section class="keypoints"', "</section>")
    assert "A queue is <em>work</em> that waits." in points
    assert "<code>deque</code>" in points
    question = between(page, 'id="faq-is-a-line-a-queue"', "</section>")
    assert "<h3>Is a line a queue?</h3>" in question
    assert 'href="#source-2"' in question


def test_figure_with_receipt_stands_in_the_text(page: str) -> None:
    assert '<span class="claim__value">66.7%</span>' in page
    mark = between(page, '<span class="claim__value">66.7%</span>', "</span></span>")
    assert 'href="#source-1" id="ref-1" aria-label="2025 1: source, second-hand"' in mark
    receipt = between(page, 'id="receipt-1"', "</div>").replace("\u00a0", " ")
    for words in ("Queues of Europe", "Queue Office · September 2025 · n = 1,204", "Second-hand"):
        assert words in receipt
    assert page.count('id="receipt-1"') == page.count('id="ref-1"') == 1


def test_sources_are_numbered_in_order_of_use(page: str) -> None:
    sources = between(page, '<ol class="sources">', "</ol>")
    first, second = sources.split('<li class="source" id="source-')[1:]
    assert first.startswith("1")
    assert second.startswith("2")
    words = html.unescape(re.sub(r"<[^>]+>", "", first)).replace("\u00a0", " ")
    for expected in (
        "Queues of Europe",
        "Queue Office, October 2025 · n = 1,204",
        "Two thirds of shops have a queue.",
        "Note: Asked on Saturdays only.",
        "Read second-hand, in a text that quotes the source, checked 1 Mar 2026.",
    ):
        assert expected in words
    assert 'href="#ref-1"' in first
    assert 'href="/sources/queue-study/"' in first
    assert "From our own knowledge, not yet checked" in second


def test_expired_claim_is_marked(client: Client) -> None:
    create_claim(key="OLD-01", checked_on=date(2020, 1, 1), expires_on=date(2021, 1, 1))
    create_live_guide(slug="old", body="## It\n\nWas [[claim:OLD-01]].\n")
    assert "Due for a new check." in client.get("/guides/old/").text


def test_diagram_link_tags_related_and_neighbours(page: str) -> None:
    assert '<figure class="diagram" id="diagram-line">' in page
    assert "<figcaption>People in a line.</figcaption>" in page
    assert '<a href="/guides/before/">Before</a>' in page
    assert '<a href="/tags/waiting/" rel="tag">Waiting</a>' in page
    assert '<a href="/guides/before/" rel="prev">Before</a>' in page
    assert '<a href="/guides/behind/" rel="next">Behind</a>' in page
    related = between(page, 'aria-labelledby="related-title"', "</nav>")
    assert re.findall(r">([^<]+)</a>", related) == ["Before"]


def test_revision_leads_to_changes(page: str) -> None:
    assert "Revision 1 ·" in page
    assert 'href="/guides/queues/changes/"' in page


def test_no_id_stands_twice(page: str) -> None:
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in ids


def test_similar_questions_get_ids_of_their_own(client: Client) -> None:
    question = "Is this a question that goes on and on until nobody remembers how it began"
    create_live_guide(slug="asked", faq=[(f"{question}, A?", "Yes."), (f"{question}, B?", "No.")])
    page = client.get("/guides/asked/").text
    ids = re.findall(r'class="question" id="([^"]+)"', page)
    assert len(set(ids)) == 2


def test_guide_without_extras_has_no_empty_parts(client: Client) -> None:
    create_live_guide(slug="bare")
    page = client.get("/guides/bare/").text
    assert 'id="sources"' not in page
    assert 'id="questions"' not in page
    for words in ("Related guides", "Read next", "Before this one", "Reviewed by", "Last checked"):
        assert words not in page


def test_related_guides_stand_in_library_order(client: Client) -> None:
    shelf = create_category(position=1)
    other = create_category(position=2)
    last = create_live_guide(title="Last", category=other, position=1)
    middle = create_live_guide(title="Middle", category=shelf, position=9)
    first = create_live_guide(title="First", category=shelf, position=8)
    create_live_guide(slug="centre", related=[middle, last, first], category=other, position=5)
    page = client.get("/guides/centre/").text
    related = between(page, 'aria-labelledby="related-title"', "</nav>")
    assert re.findall(r">([^<]+)</a>", related) == ["First", "Middle", "Last"]

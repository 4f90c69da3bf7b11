"""A guide as it was: the page of an earlier revision."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.content import Content
from articles.models import Article, Diagram, Publication
from articles.publishing import go_live, save_revision, withdraw
from articles.tests.factories import (
    create_contributor,
    create_diagram,
    create_live_guide,
    create_tag,
)
from evidence.tests.factories import create_claim

pytestmark = pytest.mark.django_db

AssertQueries = Callable[..., Any]
PAGE = "/guides/queues/changes/1/"


def publish(article: Article, **changes: Any) -> None:
    """Put the latest content live with some fields changed."""
    data = {**article.revisions.newest_first()[0].content, **changes}
    go_live(save_revision(article, Content.from_json(data), author=None), actor=None)
    article.refresh_from_db()


def date_publications(article: Article, *days: int) -> None:
    """Say on which days of March 2026 the publications took effect, in their order."""
    for publication, day in zip(article.publications.order_by("pk"), days, strict=True):
        at = datetime(2026, 3, day, 9, 30, tzinfo=UTC)
        Publication.objects.filter(pk=publication.pk).update(at=at)


@pytest.fixture
def guide() -> Article:
    guide = create_live_guide(
        slug="queues",
        title="Queues <then>",
        body="## As it was\n\nOld words.\n",
        takeaways=["An old point."],
        faq=[("Why then?", "Because.")],
        at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    )
    publish(guide, title="Queues now", body="## As it is\n\nNew words.\n", takeaways=["New."])
    date_publications(guide, 1, 9)
    return guide


def test_it_shows_the_guide_as_it_was(client: Client, guide: Article) -> None:
    response = client.get(PAGE)
    assert response.status_code == 200
    page = response.text
    for words in (
        "<h1>Queues &lt;then&gt;</h1>",
        '<h2 id="as-it-was">',
        "Old words.",
        "An old point.",
        "Why then?",
    ):
        assert words in page
    assert "New words." not in page
    assert "<title>Queues &lt;then&gt;, revision 1 · Backend Guide</title>" in page


def test_it_says_which_version_it_is_and_leads_to_the_current_one(
    client: Client, guide: Article
) -> None:
    page = client.get(PAGE).text
    banner = page.split('<div class="message message--warning">')[1].split("</div>")[0]
    words = " ".join(re.sub("<[^>]*>", "", banner).split())
    assert words.startswith(
        "An earlier version of this guide: revision 1. Readers saw it "
        "from 1 March 2026, 09:30 UTC to 9 March 2026, 09:30 UTC."
    )
    assert "figures and sources are shown as our ledger has them today" in words
    assert '<a href="/guides/queues/">Read the guide as it is now</a>' in banner
    assert '<a href="/guides/queues/changes/">' in banner
    assert "Preview" not in page
    trail = page.split('aria-label="Breadcrumb"')[1].split("</nav>")[0]
    assert '<a href="/guides/queues/">Queues now</a>' in trail


def test_search_engines_are_led_to_the_current_one(client: Client, guide: Article) -> None:
    page = client.get(PAGE).text
    assert '<meta name="robots" content="noindex">' in page
    assert '<link rel="canonical" href="http://localhost:8000/guides/queues/">' in page
    assert "application/ld+json" not in page
    assert 'type="text/markdown"' not in page


def test_it_takes_no_comments(client: Client, guide: Article) -> None:
    page = client.get(PAGE).text
    assert 'id="comments"' not in page
    assert "comments.css" not in page
    assert not client.get(PAGE).cookies


def test_a_version_that_was_there_twice(client: Client, guide: Article) -> None:
    go_live(guide.revisions.get(number=1), actor=None)
    publish(guide, body="## As it is\n\nNewest words.\n")
    date_publications(guide, 1, 9, 12, 15)
    page = " ".join(re.sub("<[^>]*>", "", client.get(PAGE).text).split())
    assert (
        "from 1 March 2026, 09:30 UTC to 9 March 2026, 09:30 UTC, and "
        "from 12 March 2026, 09:30 UTC to 15 March 2026, 09:30 UTC." in page
    )


def test_put_live_twice_in_a_row_is_one_time(client: Client, guide: Article) -> None:
    revision = guide.revisions.get(number=2)
    go_live(revision, actor=None)
    publish(guide, body="## As it is\n\nNewest words.\n")
    date_publications(guide, 1, 9, 12, 15)
    page = client.get("/guides/queues/changes/2/").text
    assert "9 March 2026, 09:30 UTC" in page
    assert "15 March 2026, 09:30 UTC" in page
    assert "12 March 2026" not in page


def test_a_time_ends_with_a_withdrawal(client: Client, guide: Article) -> None:
    withdraw(guide, reason="A mistake.")
    publish(guide, body="## As it is\n\nRight words.\n")
    date_publications(guide, 1, 9, 12, 15)
    page = " ".join(re.sub("<[^>]*>", "", client.get("/guides/queues/changes/2/").text).split())
    assert "from 9 March 2026, 09:30 UTC to 12 March 2026, 09:30 UTC." in page


def test_the_live_revision_is_the_guide(client: Client, guide: Article) -> None:
    response = client.get("/guides/queues/changes/2/")
    assert response.status_code == 302
    assert response["Location"] == "/guides/queues/"


def test_what_readers_never_saw_is_missing(client: Client, guide: Article) -> None:
    save_revision(guide, Content.of(guide.revisions.get(number=1)), author=None, note="A draft.")
    for number in ("3", "0", "4711", "99999999999999999999"):
        assert client.get(f"/guides/queues/changes/{number}/").status_code == 404, number
    assert client.get("/guides/nothing/changes/1/").status_code == 404
    assert client.get("/guides/queues/changes/first/").status_code == 404


def test_withdrawn_and_scheduled_guides_show_no_history(client: Client, guide: Article) -> None:
    withdraw(guide, reason="A mistake.")
    assert client.get(PAGE).status_code == 404
    later = create_live_guide(slug="later", at=timezone.now() + timedelta(days=1))
    save_revision(later, Content.of(later.revisions.get()), author=None)
    assert client.get("/guides/later/changes/1/").status_code == 404


def test_it_stands_on_its_own_shelf(client: Client, guide: Article) -> None:
    moved = client.get("/salaries/queues/changes/1/")
    assert moved.status_code == 301
    assert moved["Location"] == PAGE
    pay = create_live_guide(slug="pay", shelf="salaries", body="## Then\n\nOld pay.\n")
    publish(pay, body="## Now\n\nNew pay.\n")
    page = client.get("/salaries/pay/changes/1/")
    assert "Old pay." in page.text
    assert '<a href="/salaries/pay/">Read the guide as it is now</a>' in page.text
    assert client.get("/guides/pay/changes/1/")["Location"] == "/salaries/pay/changes/1/"


def test_the_history_leads_to_each_version(client: Client, guide: Article) -> None:
    page = client.get("/guides/queues/changes/").text
    first = page.split("Revision 1 · notable")[1]
    assert '<a href="1/">read this version' in first
    second = page.split("Revision 2 · notable")[1].split("Revision 1")[0]
    assert '<a href="/guides/queues/">what you read now</a>' in second


def test_a_version_whose_drawing_is_gone_shows_its_words(client: Client) -> None:
    diagram = create_diagram(slug="boxes")
    body = f"## As it was\n\nOld <words>.\n\n[[diagram:{diagram.slug}|Boxes.]]\n"
    guide = create_live_guide(slug="queues", body=body.replace("<words>", "words"))
    publish(guide, body="## As it is\n\nNew words.\n")
    Diagram.objects.all().delete()
    response = client.get(PAGE)
    assert response.status_code == 200
    assert "Something that this version uses is gone" in response.text
    assert "Old words.\n\n[[diagram:boxes|Boxes.]]" in response.text


def test_its_figures_are_those_of_today(client: Client) -> None:
    claim = create_claim(figure="14.2%")
    guide = create_live_guide(slug="queues", body=f"## A\n\nIt is [[claim:{claim.key}]].\n")
    publish(guide, body="## A\n\nNothing.\n")
    claim.figure = "15.3%"
    claim.save()
    page = client.get(PAGE).text
    assert "15.3%" in page
    assert claim.source.title in page


def test_a_check_that_is_due_is_said_of_the_current_text_alone(client: Client) -> None:
    guide = create_live_guide(slug="queues", next_review_on="2020-01-01")
    publish(guide, body="## New\n\nWords.\n")
    assert "due for a check" in client.get("/guides/queues/").text
    assert "due for a check" not in client.get(PAGE).text


@pytest.mark.parametrize("count", [3, 30])
def test_fixed_price(client: Client, count: int, django_assert_num_queries: AssertQueries) -> None:
    claims = "\n\n".join(f"It is [[claim:{create_claim().key}]]." for _ in range(count))
    others = [create_live_guide() for _ in range(count)]
    links = "\n\n".join(f"See [[guide:{other.slug}]]." for other in others)
    writers = [create_contributor() for _ in range(count)]
    guide = create_live_guide(
        slug="queues",
        body=f"## A\n\n{claims}\n\n{links}\n",
        authors=writers,
        reviewer=writers[0],
        tags=[create_tag() for _ in range(count)],
        related=others,
    )
    for number in range(count):
        publish(guide, standfirst=f"Edition {number}.")
    with django_assert_num_queries(11):
        assert client.get(PAGE).status_code == 200


def test_it_is_only_read(client: Client, guide: Article) -> None:
    assert client.post(PAGE).status_code == 405

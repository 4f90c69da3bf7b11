"""Comments as Atom feeds."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from articles.models import Article
from articles.publishing import withdraw
from articles.tests.factories import create_draft, create_live_guide
from comments.models import Comment
from comments.moderation import reject
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.many import create_many

pytestmark = pytest.mark.django_db

AssertQueries = Callable[..., Any]
SITE = "http://localhost:8000"
ALL = "/feed/comments/"
ONE = "/comments/on/queues/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"
THREAD = "{http://purl.org/syndication/thread/1.0}"


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="queues", title="Queues & lines")


def feed(client: Client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(client: Client, address: str = ALL) -> list[ElementTree.Element]:
    return feed(client, address).findall(f"{ATOM}entry")


def value(element: ElementTree.Element, name: str) -> str:
    found = element.find(f"{ATOM}{name}")
    assert found is not None, name
    return found.text or ""


def links(element: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["rel"]: link.attrib["href"] for link in element.findall(f"{ATOM}link")}


def test_a_feed_says_what_it_is(client: Client, guide: Article) -> None:
    site, one = feed(client, ALL), feed(client, ONE)
    assert value(site, "title") == "Comments on Backend Guide"
    assert value(one, "title") == "Comments on “Queues & lines”"
    assert links(site) == {"alternate": f"{SITE}/", "self": SITE + ALL}
    assert links(one) == {"alternate": f"{SITE}/guides/queues/#comments", "self": SITE + ONE}
    assert value(site, "id") == "tag:localhost,2026:comments"
    assert value(one, "id") == f"tag:localhost,2026:guide-{guide.pk}-comments"
    assert not one.findall(f"{ATOM}entry")


def test_an_entry_is_the_whole_comment(client: Client, guide: Article) -> None:
    text = "Ours *waits*.\n\n" + "It goes on. " * 200
    comment = create_comment(guide, name="Ann & Bob", text=text, by=create_moderator())
    for address in (ALL, ONE):
        (entry,) = entries(client, address)
        assert value(entry, "title") == "Ann & Bob on “Queues & lines”"
        assert value(entry, "content") == comment.html
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.attrib == {"type": "html"}
        assert links(entry) == {"alternate": f"{SITE}/comments/{comment.pk}/"}
        author = entry.find(f"{ATOM}author")
        assert author is not None
        assert [part.tag for part in author] == [f"{ATOM}name"]
        assert value(author, "name") == "Ann & Bob"
        assert entry.find(f"{ATOM}summary") is None


def test_an_answer_says_what_it_answers(client: Client, guide: Article) -> None:
    mo = create_moderator()
    above = create_comment(guide, name="Ann", by=mo)
    create_comment(parent=above, name="Bob", by=mo)
    entry = entries(client)[0]
    assert value(entry, "title") == "Bob answers Ann on “Queues & lines”"
    answered = entry.find(f"{THREAD}in-reply-to")
    assert answered is not None
    assert answered.attrib["ref"] == f"tag:localhost,2026:comment-{above.pk}"
    reject(above, user=mo, reason=Reason.SPAM)
    (entry,) = entries(client)
    assert value(entry, "title") == "Bob on “Queues & lines”"
    assert entry.find(f"{THREAD}in-reply-to") is None


def test_ids_survive_every_change_of_address(client: Client, guide: Article) -> None:
    comment = create_comment(guide, by=create_moderator())
    before = value(entries(client)[0], "id")
    assert before == f"tag:localhost,2026:comment-{comment.pk}"
    Article.objects.update(slug="lines", shelf="salaries", title="Another")
    assert value(entries(client)[0], "id") == before
    assert value(entries(client, "/comments/on/lines/feed/")[0], "id") == before


def test_published_and_updated_are_told_apart(client: Client, guide: Article) -> None:
    comment = create_comment(guide, by=create_moderator())
    (entry,) = entries(client)
    assert value(entry, "published") == value(entry, "updated")
    edited = comment.published_at + timedelta(minutes=3)
    Comment.objects.filter(pk=comment.pk).update(edited_at=edited)
    (entry,) = entries(client)
    assert value(entry, "published") == comment.published_at.isoformat()
    assert value(entry, "updated") == edited.isoformat()
    assert value(feed(client, ALL), "updated") == edited.isoformat()


def test_what_was_edited_before_it_was_public_was_not_updated(
    client: Client, guide: Article
) -> None:
    comment = create_comment(guide, by=create_moderator())
    before = comment.published_at - timedelta(minutes=3)
    Comment.objects.filter(pk=comment.pk).update(edited_at=before)
    (entry,) = entries(client)
    assert value(entry, "updated") == value(entry, "published")


def test_only_what_anybody_may_read(client: Client, guide: Article) -> None:
    mo = create_moderator()
    for state in set(State) - {State.APPROVED, State.RECEIVED}:
        gone = create_comment(guide, state=state, text="Secret", by=mo)
        if gone.published_at:
            continue
    other = create_comment(text="On a guide that goes", by=mo)
    withdraw(other.thread.article, reason="Wrong.")
    shown = create_comment(guide, by=mo)
    for address in (ALL, ONE):
        assert [value(entry, "id").rpartition("-")[2] for entry in entries(client, address)] == [
            str(shown.pk)
        ]
        assert "Secret" not in client.get(address).text


def test_the_latest_fifty_newest_first(
    client: Client, guide: Article, django_assert_num_queries: AssertQueries
) -> None:
    made = create_many(guide, 60, depths=(0, 1))
    for address, price in ((ALL, 1), (ONE, 2)):
        with django_assert_num_queries(price):
            found = [value(entry, "id").rpartition("-")[2] for entry in entries(client, address)]
        newest = sorted(made, key=lambda comment: -comment.pk)
        assert found == [str(comment.pk) for comment in newest[:50]]


def test_no_address_is_in_any_feed(client: Client, guide: Article) -> None:
    mo = create_moderator()
    create_comment(guide, email="guest@secret.example", by=mo)
    create_comment(guide, user=create_reader(email="reader@secret.example"), by=mo)
    for address in (ALL, ONE):
        content = client.get(address).content
        assert len(re.findall(b"<entry>", content)) == 2
        assert b"secret.example" not in content
        assert b"@" not in content


def test_hostile_text_stays_text(client: Client, guide: Article) -> None:
    comment = create_comment(guide, by=create_moderator())
    hostile = "]]> </content><script>alert(1)</script> \x01\x08\x0b\x1b\ufffe\uffff &amp; &#0;"
    Comment.objects.filter(pk=comment.pk).update(html=hostile, name="A\x07 <b>]]></b>")
    (entry,) = entries(client)
    assert value(entry, "content").startswith("]]> </content><script>alert(1)</script> ")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", value(entry, "content"))
    assert value(entry, "title") == "A <b>]]></b> on “Queues & lines”"


@pytest.mark.parametrize("address", [ALL, ONE])
def test_an_unchanged_feed_is_not_sent_again(client: Client, guide: Article, address: str) -> None:
    for _ in range(2):  # also while it is empty
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        create_comment(guide, by=create_moderator())
        changed = client.get(address, headers={"if-none-match": first["ETag"]})
        assert changed.status_code == 200


def test_pages_name_their_feeds(client: Client, guide: Article) -> None:
    for address in ("/guides/queues/", "/comments/on/queues/"):
        found = re.findall(
            r'<link rel="alternate" type="application/atom\+xml" href="([^"]+)" title="([^"]+)">',
            client.get(address).text,
        )
        assert found == [
            (ONE, "Comments on “Queues &amp; lines”"),
            (ALL, "All comments on Backend Guide"),
        ]


def test_missing_feeds_and_wrong_methods(client: Client, guide: Article) -> None:
    draft = create_draft(slug="draft")
    assert client.get(f"/comments/on/{draft.slug}/feed/").status_code == 404
    assert client.get("/comments/on/nothing/feed/").status_code == 404
    assert client.post(ALL).status_code == 405
    assert client.post(ONE).status_code == 405

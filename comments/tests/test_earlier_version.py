"""A comment says so when the text that it is about has changed since."""

from typing import Any

import pytest
from django.test import Client

from articles.content import Content
from articles.models import Article
from articles.publishing import go_live, save_revision
from articles.tests.factories import create_live_guide
from comments.models import Comment
from comments.sections import section_digest, section_digests, section_title
from comments.tests.factories import create_comment, create_moderator
from comments.tests.thread_html import item

pytestmark = pytest.mark.django_db

LABEL = "about an earlier version"
BODY = """## Queues

A queue keeps the order[^1].

### Length

Short ones are best.

## Stacks

A stack turns it round.

[^1]: Mostly.
"""


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="waiting", body=BODY)


def publish(article: Article, body: str, *, is_notable: bool = True, **changes: Any) -> None:
    """Put the latest content live with another body."""
    data = {**article.revisions.newest_first()[0].content, "body": body, **changes}
    content = Content.from_json(data)
    go_live(save_revision(article, content, author=None, is_notable=is_notable), actor=None)
    article.refresh_from_db()


def comment_on(article: Article, section: str = "") -> Comment:
    return create_comment(article, section=section, by=create_moderator())


def label(client: Client, comment: Comment, address: str = "/guides/waiting/") -> str:
    """Return where the label leads; empty where there is none."""
    part = item(client.get(address).text, comment)
    if LABEL not in part:
        return ""
    return part.split(f'">{LABEL}')[0].rpartition('href="')[2]


def test_a_change_of_the_section_is_said(client: Client, guide: Article) -> None:
    comment = comment_on(guide, "stacks")
    assert label(client, comment) == ""
    publish(guide, BODY.replace("turns it round", "reverses it"))
    assert label(client, comment) == "/guides/waiting/changes/1/#stacks"
    earlier = client.get("/guides/waiting/changes/1/").text
    assert "A stack turns it round." in earlier
    assert 'id="stacks"' in earlier


def test_a_change_of_another_section_is_not(client: Client, guide: Article) -> None:
    comment = comment_on(guide, "stacks")
    publish(guide, BODY.replace("A queue keeps", "A good queue keeps"))
    assert label(client, comment) == ""


@pytest.mark.parametrize(
    ("section", "change", "is_said"),
    [
        ("queues", ("keeps the order", "keeps order"), True),
        ("queues", ("Short ones", "Shorter ones"), True),  # it stands below
        ("length", ("keeps the order", "keeps order"), False),
        ("length", ("Short ones", "Shorter ones"), True),
        ("queues", ("Mostly.", "Always."), True),  # its footnote, defined elsewhere
        ("stacks", ("Mostly.", "Always."), False),
        ("length", ("## Stacks", "## Heaps"), False),
        ("stacks", ("## Stacks", "## Heaps"), True),  # the section is gone
        ("length", ("### Length\n", "### Length \n\n"), False),
    ],
)
def test_what_counts_as_a_change(
    client: Client, guide: Article, section: str, change: tuple[str, str], is_said: bool
) -> None:
    comment = comment_on(guide, section)
    assert change[0] in BODY
    publish(guide, BODY.replace(*change), is_notable=False)
    assert bool(label(client, comment)) is is_said


def test_a_change_that_was_taken_back_is_none(client: Client, guide: Article) -> None:
    comment = comment_on(guide, "stacks")
    publish(guide, BODY.replace("turns it round", "reverses it"))
    publish(guide, BODY)
    assert label(client, comment) == ""


def test_a_draft_is_none(client: Client, guide: Article) -> None:
    comment = comment_on(guide, "stacks")
    data = {**guide.revisions.get().content, "body": "## Stacks\n\nOther words.\n"}
    save_revision(guide, Content.from_json(data), author=None)
    assert label(client, comment) == ""


def test_a_section_that_is_gone_is_named_without_a_link(client: Client, guide: Article) -> None:
    comment = comment_on(guide, "stacks")
    publish(guide, BODY.replace("## Stacks", "## Heaps"))
    part = item(client.get("/guides/waiting/").text, comment)
    assert "on “Stacks”" in part
    assert 'href="#stacks"' not in part


def test_a_comment_on_the_whole_guide_follows_notable_changes(
    client: Client, guide: Article
) -> None:
    """As the date of change that the guide shows: spelling does not move it."""
    comment = comment_on(guide)
    publish(guide, BODY.replace("Short ones", "Brief ones"), is_notable=False)
    assert label(client, comment) == ""
    publish(guide, BODY.replace("Short ones", "Few"))
    assert label(client, comment) == "/guides/waiting/changes/1/"
    later = comment_on(guide)
    assert label(client, later) == ""
    publish(guide, BODY)
    assert label(client, later) == "/guides/waiting/changes/3/"


def test_an_answer_leaves_it_to_the_comment_above(client: Client, guide: Article) -> None:
    above = comment_on(guide)
    answer = create_comment(parent=above, by=create_moderator())
    publish(guide, BODY.replace("Short ones", "Few"))
    assert label(client, above)
    assert label(client, answer) == ""


def test_salary_guides_too(client: Client) -> None:
    guide = create_live_guide(slug="pay", shelf="salaries", body=BODY)
    comment = comment_on(guide, "stacks")
    publish(guide, BODY.replace("turns it round", "reverses it"))
    assert label(client, comment, "/salaries/pay/") == "/salaries/pay/changes/1/#stacks"


def test_the_page_behind_says_it_too(
    client: Client, guide: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.thread_page.PER_PAGE", 1)
    comment_on(guide)
    comment = comment_on(guide, "stacks")
    publish(guide, BODY.replace("turns it round", "reverses it"))
    address = "/comments/on/waiting/?page=2"
    assert label(client, comment, address) == "/guides/waiting/changes/1/#stacks"


def test_a_comment_without_a_known_version_says_nothing(client: Client, guide: Article) -> None:
    comment = comment_on(guide)
    Comment.objects.filter(pk=comment.pk).update(revision=None)
    publish(guide, BODY.replace("Short ones", "Few"))
    assert label(client, comment) == ""


def test_fingerprints_are_those_of_the_outline(guide: Article) -> None:
    revision = guide.live_revision
    known = section_digests(revision)
    assert list(known) == [entry["id"] for entry in guide.outline]
    assert len(set(known.values())) == 3
    assert all(len(value) == 64 for value in known.values())
    assert section_digest(revision, "nothing") == ""
    assert section_title(guide, "stacks") == "Stacks"
    assert section_title(guide, "nothing") == ""


def test_a_process_reads_a_revision_once(guide: Article, django_assert_num_queries: Any) -> None:
    revision = guide.revisions.defer("content").get()
    section_digests(revision)
    with django_assert_num_queries(0):
        section_digest(revision, "stacks")

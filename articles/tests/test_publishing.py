"""Going live: one function, all or nothing, with dates that mean something."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.tests.factories import create_user
from articles.content import Content, Question
from articles.models import Article, Publication, Revision
from articles.publishing import (
    EditConflictError,
    go_live,
    go_live_together,
    render_again,
    save_revision,
    withdraw,
)
from articles.readiness import missing
from articles.rendering import ContentError
from articles.tests.factories import create_category, create_draft, create_live_guide, create_tag

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 3, 14, 9, tzinfo=UTC)


def revise(article: Article, *, is_notable: bool = True, **changes: Any) -> Revision:
    """Return a saved revision that differs from the latest in some fields."""
    content = replace(Content.of(article.revisions.newest_first()[0]), **changes)
    return save_revision(article, content, author=None, is_notable=is_notable)


def row(article: Article) -> dict[str, Any]:
    """Return everything that readers may get from a guide."""
    values: dict[str, Any] = {**Article.objects.values().get(pk=article.pk)}
    values["authors"] = list(article.authorships.values_list("contributor__slug", flat=True))
    values["tags"] = list(article.tags.values_list("slug", flat=True))
    values["references"] = sorted(article.references.values_list("kind", "key"))
    values["publications"] = article.publications.count()
    return values


def test_first_publication(client: Client) -> None:
    editor = create_user()
    article = create_draft(slug="queues", body="## Lines\n\nThey are *long*.\n")
    before = timezone.now()
    publication = go_live(article.revisions.get(), actor=editor)
    article.refresh_from_db()
    assert before <= article.published_at <= timezone.now()
    assert article.modified_at == article.published_at == publication.at
    assert article.live_revision == publication.revision == article.revisions.get()
    assert publication.actor == editor
    assert "They are <em>long</em>." in client.get("/guides/queues/").text


INCOMPLETE = [
    ("title", " ", "Give the guide a title."),
    ("standfirst", "", "Write the promise of the guide in a sentence."),
    ("body", "\n", "The body is empty."),
    ("authors", [], "Name at least one author: nothing here is anonymous."),
    ("takeaways", [], "Write at least one key takeaway."),
    ("next_review_on", "", "Say when the guide is to be looked at again."),
]


@pytest.mark.parametrize(("name", "value", "message"), INCOMPLETE)
def test_missing_parts_refuse_and_change_nothing(name: str, value: Any, message: str) -> None:
    article = create_live_guide()
    before = row(article)
    revision = revise(article, **{name: value})
    with pytest.raises(ContentError) as caught:
        go_live(revision, actor=None)
    assert caught.value.problems == {name: [message]}
    assert row(article) == before


def test_all_missing_parts_are_named_at_once() -> None:
    problems = missing(Content(title="", category="any", cover="covers/2026/a.png"))
    assert set(problems) == {name for name, _, _ in INCOMPLETE} | {"cover_alt"}


@pytest.mark.parametrize("described", [{"cover_alt": "A line."}, {"cover_is_decorative": True}])
def test_cover_is_described_or_decorative(described: dict[str, Any]) -> None:
    content = Content(title="T", category="c", cover="covers/2026/a.png", **described)
    assert "cover_alt" not in missing(content)


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        (
            {"body": "## Fine\n\n<b>no</b>\n\nSee [[claim:NONE-1]].\n"},
            {"body": ["Line 3", "Line 5: no claim has the ID NONE-1."]},
        ),
        (
            {"body": "## Fine\n\n[[nothing:at-all]]\n"},
            {"body": ["Line 3: there is no embed called [[nothing:…]]"]},
        ),
        ({"takeaways": ["Fine.", "Not <i>fine</i>."]}, {"takeaways": ["Line 1"]}),
        (
            {"faq": [Question("Why?", "See [[guide:nowhere]].")]},
            {"faq": ["“Why?”: Line 1: no guide has the ID nowhere."]},
        ),
    ],
)
def test_markup_errors_refuse_and_change_nothing(
    changes: dict[str, Any], problems: dict[str, list[str]]
) -> None:
    article = create_live_guide()
    before = row(article)
    with pytest.raises(ContentError) as caught:
        go_live(revise(article, title="New title", **changes), actor=None)
    assert caught.value.problems.keys() == problems.keys()
    for name, expected in problems.items():
        found = caught.value.problems[name]
        assert len(found) == len(expected)
        assert all(text.startswith(start) for text, start in zip(found, expected, strict=True))
    assert row(article) == before


@pytest.mark.parametrize(
    ("name", "value"), [("category", "gone"), ("authors", ["gone"]), ("reviewer", "gone")]
)
def test_names_that_are_gone_refuse_and_change_nothing(name: str, value: Any) -> None:
    article = create_live_guide()
    before = row(article)
    revision = Revision.objects.create(
        article=article,
        number=2,
        content={**article.revisions.get().content, name: value},
    )
    with pytest.raises(ContentError) as caught:
        go_live(revision, actor=None)
    assert list(caught.value.problems) == [name]
    assert row(article) == before


def test_notable_change_moves_the_date_of_change_only() -> None:
    article = create_live_guide(at=THEN)
    go_live(revise(article, title="Better"), actor=None)
    article.refresh_from_db()
    assert article.published_at == THEN
    assert article.modified_at > THEN
    assert article.title == "Better"


def test_minor_change_moves_no_date(client: Client) -> None:
    article = create_live_guide(at=THEN, slug="queues")
    publication = go_live(revise(article, title="Better", is_notable=False), actor=None)
    article.refresh_from_db()
    assert article.published_at == article.modified_at == THEN
    assert publication.at > THEN
    assert "<h1>Better</h1>" in client.get("/guides/queues/").text


def test_saving_a_revision_leaves_the_public_page_alone(client: Client) -> None:
    article = create_live_guide(slug="queues", title="As it was")
    before = row(article)
    revise(article, title="Secret", body="## Secret\n\nSecret.\n", tags=[create_tag().slug])
    assert row(article) == before
    assert "Secret" not in client.get("/guides/queues/").text


def test_scheduled_guide_appears_at_its_moment(client: Client) -> None:
    ahead = timezone.now() + timedelta(days=1)
    article = create_draft(slug="queues")
    publication = go_live(article.revisions.get(), actor=None, at=ahead)
    article.refresh_from_db()
    assert article.published_at == article.modified_at == publication.at == ahead
    assert client.get("/guides/queues/").status_code == 404
    assert Article.objects.published(at=ahead).get() == article


def test_scheduled_guide_can_be_moved_to_another_moment() -> None:
    article = create_live_guide(at=timezone.now() + timedelta(days=1))
    later = timezone.now() + timedelta(days=5)
    go_live(revise(article), actor=None, at=later)
    article.refresh_from_db()
    assert article.published_at == article.modified_at == later
    assert [item.at for item in article.publications.all()] == [later]


def test_a_moment_does_not_move_a_public_guide() -> None:
    article = create_live_guide(at=THEN)
    go_live(revise(article), actor=None, at=timezone.now() + timedelta(days=5))
    article.refresh_from_db()
    assert article.published_at == THEN
    assert article.state == Article.State.LIVE


def test_republishing_a_withdrawn_guide_brings_everything_back(client: Client) -> None:
    article = create_live_guide(at=THEN, slug="queues", title="Queues")
    create_live_guide(slug="linking", body="## See\n\nSee [[guide:queues]].\n")
    withdraw(article, reason="It was wrong.")
    assert client.get("/guides/queues/").status_code == 404
    go_live(article.revisions.get(), actor=None)
    article.refresh_from_db()
    assert (article.withdrawn_at, article.withdrawal_reason) == (None, "")
    assert article.published_at == THEN
    assert client.get("/guides/queues/").status_code == 200
    assert '<a href="/guides/queues/">Queues</a>' in client.get("/guides/linking/").text


def test_new_title_reaches_the_pages_that_link_to_it(client: Client) -> None:
    article = create_live_guide(slug="queues", title="Old name")
    create_live_guide(slug="linking", body="## See\n\nSee [[guide:queues]].\n")
    go_live(revise(article, title="New name"), actor=None)
    page = client.get("/guides/linking/").text
    assert '<a href="/guides/queues/">New name</a>' in page
    assert "Old name" not in page


def test_withdrawing_needs_a_reason_and_no_future() -> None:
    article = create_live_guide()
    with pytest.raises(ValueError, match="Say why"):
        withdraw(article, reason="  ")
    with pytest.raises(ValueError, match="ahead"):
        withdraw(article, reason="Soon.", at=timezone.now() + timedelta(days=1))
    article.refresh_from_db()
    assert article.state == Article.State.LIVE


def test_guides_that_link_to_one_another_go_live_together() -> None:
    here = create_draft(slug="here", body="## See\n\nSee [[guide:there]].\n")
    there = create_draft(slug="there", body="## See\n\nSee [[guide:here]].\n")
    with pytest.raises(ContentError, match="is not public"):
        go_live(here.revisions.get(), actor=None)
    go_live_together([here.revisions.get(), there.revisions.get()], actor=None)
    assert Article.objects.published().count() == 2


def test_one_bad_guide_holds_back_the_others() -> None:
    good, bad = create_draft(), create_draft(body="## No\n\n[[guide:nowhere]]\n")
    with pytest.raises(ContentError):
        go_live_together([good.revisions.get(), bad.revisions.get()], actor=None)
    assert not Article.objects.published().exists()
    assert not Publication.objects.exists()


def test_revisions_count_up_and_conflicts_are_refused() -> None:
    article = create_draft()
    content = Content.of(article.revisions.get())
    revision = save_revision(article, content, author=None, based_on=1)
    assert revision.number == 2
    with pytest.raises(EditConflictError) as caught:
        save_revision(article, content, author=None, based_on=1)
    assert caught.value.latest == revision
    assert article.revisions.count() == 2


def test_filing_of_a_draft_follows_its_latest_revision() -> None:
    article = create_draft()
    shelf = create_category()
    revise(article, title="Renamed", category=shelf.slug, level="advanced")
    article.refresh_from_db()
    assert (article.title, article.category, article.level) == ("Renamed", shelf, "advanced")


def test_rendering_again_never_puts_a_replaced_text_back(client: Client) -> None:
    article = create_live_guide(slug="queues", body="## Old\n\nThe old text.\n")
    read_before = Article.objects.select_related("live_revision").get()
    go_live(revise(article, body="## New\n\nThe new text.\n"), actor=None)
    render_again(read_before)
    assert "The new text." in client.get("/guides/queues/").text


def test_going_live_keeps_what_somebody_else_did_meanwhile() -> None:
    article = create_draft(slug="queues")
    read_before = Revision.objects.select_related("article").get()
    go_live(article.revisions.get(), actor=None, at=THEN)
    go_live(read_before, actor=None)
    article.refresh_from_db()
    assert article.published_at == THEN

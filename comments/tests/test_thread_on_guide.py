"""What a reader of a guide sees of its comments."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.models import Comment, Thread
from comments.moderation import (
    READERS,
    SYSTEM,
    WRITER,
    decide,
    lock,
    moderator,
    pin,
    reject,
    set_opening,
    undo,
)
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator, create_reader, set_policy
from comments.tests.thread_html import item, listed, thread_part, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="queues", at=datetime(2026, 3, 14, 9, 30, tzinfo=UTC))


def thread_of(client: Client, address: str = "/guides/queues/") -> str:
    return thread_part(client.get(address).text)


def test_nobody_has_commented_yet(client: Client, guide: Article) -> None:
    page = thread_of(client)
    assert words(page).startswith("Comments Open for comments. Follow them as a feed Your comments")
    assert "Leave a reply" in page
    assert 'action="/comments/write/queues/"' in page
    assert not Thread.objects.exists()  # reading stores nothing


def test_the_way_to_what_one_wrote(client: Client, guide: Article) -> None:
    """Without a script the guide cannot show a comment that waits; a closed one still leads on."""
    way = '<a href="/comments/mine/">Your comments, and what became of them</a>'
    assert way in thread_of(client)
    set_policy(close_after_days=10)
    assert way in thread_of(client)


def test_a_comment_with_all_that_is_known_of_it(client: Client, guide: Article) -> None:
    comment = create_comment(
        guide,
        text="Ours *waits*.",
        name="Ada <b>",
        section="where-it-begins",
        by=create_moderator(),
    )
    Comment.objects.filter(pk=comment.pk).update(
        created_at=datetime(2026, 11, 3, 14, 5, tzinfo=UTC),
        edited_at=datetime(2026, 11, 3, 14, 9, tzinfo=UTC),
    )
    page = thread_of(client)
    part = item(page, comment)
    assert words(page).startswith("Comments 1 ")
    assert '<span dir="auto" lang="">Ada &lt;b&gt;</span>' in part
    assert '<div class="comment-text" dir="auto" lang=""><p>Ours <em>waits</em>.</p>' in part
    assert f'<a href="/comments/{comment.pk}/"><time datetime="2026-11-03T14:05:00+0000">' in part
    assert "3 Nov 2026, 14:05 UTC edited 3 Nov 2026, 14:09 UTC on Where it begins" in words(part)
    assert '<a href="#where-it-begins">Where it begins</a>' in part
    assert f'href="/comments/write/queues/?parent={comment.pk}" rel="nofollow"' in part
    assert f'href="/comments/{comment.pk}/report/" rel="nofollow"' in part
    assert words(part).endswith("Reply to Ada <b>, comment 1 Report comment 1 by Ada <b>")
    assert "Editor" not in part


def test_editors_bear_a_badge(client: Client, guide: Article) -> None:
    editor = create_reader(name="Edna", is_staff=True)
    comment = create_comment(guide, user=editor)
    part = item(thread_of(client), comment)
    assert words(part).startswith("Edna Editor ")


def test_answers_stand_below_what_they_answer(client: Client, guide: Article) -> None:
    mo = create_moderator()
    first = create_comment(guide, name="Ann", by=mo)
    second = create_comment(guide, name="Bob", by=mo)
    chain = [first]
    for name in ("Cleo", "Dan", "Eve", "Fay"):
        chain.append(create_comment(parent=chain[-1], name=name, by=mo))
    late = create_comment(parent=first, name="Gil", by=mo)
    page = thread_of(client)
    assert listed(page) == [*(comment.pk for comment in chain), late.pk, second.pk]
    for depth, comment in enumerate(chain[1:4], start=1):
        assert f'<li class="comment comment--{depth}" id="comment-{comment.pk}">' in page
    for above, below in pairwise(chain):
        part = item(page, below)
        assert f"in reply to {above.name}" in words(part)
        assert f'in reply to <a href="#comment-{above.pk}">' in part
    # Deeper than the deepest: beside what it answers, and it says whom.
    assert f'<li class="comment comment--3" id="comment-{chain[4].pk}">' in page


def test_an_answer_to_somebody_on_another_page_leads_there(
    client: Client, guide: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.thread_page.PER_PAGE", 1)
    mo = create_moderator()
    above = create_comment(guide, name="Ann", by=mo)
    below = create_comment(parent=above, name="Bob", by=mo)
    part = item(thread_of(client, "/comments/on/queues/?page=2"), below)
    assert f'in reply to <a href="/comments/{above.pk}/"><span dir="auto" lang="">Ann' in part


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.SPAM, "Removed by a moderator: It is advertising."),
        (Reason.OTHER, "Removed by a moderator, who told the writer why."),
    ],
)
def test_what_a_moderator_removed_says_why(
    client: Client, guide: Article, reason: Reason, said: str
) -> None:
    mo = create_moderator()
    gone = create_comment(guide, text="Secret words", name="Gone Girl", by=mo)
    answer = create_comment(parent=gone, by=mo)
    reject(gone, user=mo, reason=reason, statement="Private words to the writer.")
    page = thread_of(client)
    assert words(item(page, gone)) == said
    assert f'in reply to <a href="#comment-{gone.pk}">a comment that is gone</a>' in item(
        page, answer
    )
    for hidden in ("Secret words", "Gone Girl", "Private words"):
        assert hidden not in page
    assert words(page).startswith("Comments 1 ")


def test_a_removal_that_returns_by_undo_gives_its_first_reason(
    client: Client, guide: Article
) -> None:
    mo = create_moderator()
    gone = create_comment(guide, by=mo)
    create_comment(parent=gone, by=mo)
    reject(gone, user=mo, reason=Reason.REPEATED)
    undo(decide(gone, State.APPROVED, actor=moderator(mo), reason=Reason.FITS), user=mo)
    assert words(item(thread_of(client), gone)) == (
        "Removed by a moderator: It repeats what was said before."
    )


def test_other_tombstones(client: Client, guide: Article) -> None:
    mo = create_moderator()
    deleted, hidden, held = (create_comment(guide, text="Secret", by=mo) for _ in range(3))
    for comment in (deleted, hidden, held):
        create_comment(parent=comment, by=mo)
    decide(deleted, State.DELETED, actor=WRITER, reason=Reason.WRITER)
    decide(hidden, State.HIDDEN, actor=READERS, reason=Reason.REPORTED)
    decide(held, State.PENDING, actor=SYSTEM, reason=Reason.RULE)
    page = thread_of(client)
    assert words(item(page, deleted)) == "Deleted by its writer."
    assert words(item(page, hidden)) == (
        "Hidden after readers’ reports; a moderator will look at it."
    )
    assert words(item(page, held)) == "Not shown while a moderator looks at it again."
    assert "Secret" not in page


def test_what_is_gone_and_was_not_answered_leaves_no_trace(client: Client, guide: Article) -> None:
    for state in set(State) - {State.APPROVED, State.RECEIVED}:
        create_comment(guide, state=state, text="Secret", by=create_moderator())
    page = thread_of(client)
    assert listed(page) == []
    assert "Secret" not in page
    assert "Nobody has commented yet." in page


def test_a_locked_conversation_takes_no_replies(client: Client, guide: Article) -> None:
    mo = create_moderator()
    above = create_comment(guide, by=mo)
    locked = create_comment(parent=above, by=mo)
    below = create_comment(parent=locked, by=mo)
    beside = create_comment(parent=above, by=mo)
    lock(locked, user=mo)
    page = thread_of(client)
    assert "A moderator has closed this conversation" in item(page, locked)
    for comment, may_answer in ((above, True), (locked, False), (below, False), (beside, True)):
        part = item(page, comment)
        assert ("?parent=" in part) is may_answer
        assert "/report/" in part


def test_pinned_comments_stand_at_the_head_with_the_way_to_their_place(
    client: Client, guide: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.thread_page.PER_PAGE", 2)
    mo = create_moderator()
    comments = [create_comment(guide, text=f"Words {n}", by=mo) for n in range(3)]
    gone = create_comment(guide, text="Words that went", by=mo)
    for comment in (comments[0], comments[2], gone):
        pin(comment, user=mo)
    reject(gone, user=mo, reason=Reason.ABUSE)
    page = thread_of(client)
    head, rest = page.split('<ol class="comments">')
    assert "Pinned by the moderators" in head
    assert f'<a href="#comment-{comments[0].pk}">See it in its place' in head
    assert f'<a href="/comments/{comments[2].pk}/">See it in its place' in head
    assert "<p>Words 0</p>" in head
    assert "<p>Words 2</p>" in head
    assert "Words 1" not in head
    assert listed(rest) == [comments[0].pk, comments[1].pk]
    assert "Words that went" not in page
    assert "Pinned" not in thread_of(client, "/comments/on/queues/?page=2")


def test_a_thread_says_until_when_it_is_open(client: Client, guide: Article) -> None:
    set_policy(close_after_days=3650)
    assert "Open for comments until 11 Mar 2036, 09:30 UTC." in words(thread_of(client))


def test_a_thread_that_its_age_has_closed(client: Client, guide: Article) -> None:
    set_policy(close_after_days=10)
    empty = words(thread_of(client))
    assert "Comments closed on 24 Mar 2026, 09:30 UTC." in empty
    assert "Nobody commented on this guide while the comments were open." in empty
    assert "<form" not in thread_of(client)


def test_a_thread_that_a_moderator_has_closed(client: Client, guide: Article) -> None:
    mo = create_moderator()
    comment = create_comment(guide, by=mo)
    set_opening(
        Thread.objects.get(), Thread.Opening.CLOSED, user=mo, reason=Reason.ORDER, statement=""
    )
    page = thread_of(client)
    assert "A moderator has closed the comments on this guide" in page
    assert "<form" not in page
    assert "?parent=" not in item(page, comment)
    assert "/report/" in item(page, comment)  # what breaks the rules can still be reported


def test_salary_guides_have_comments_too(client: Client) -> None:
    guide = create_live_guide(slug="pay", shelf="salaries")
    comment = create_comment(guide, by=create_moderator())
    page = thread_of(client, "/salaries/pay/")
    assert listed(page) == [comment.pk]


def test_the_contents_list_leads_to_the_comments(client: Client, guide: Article) -> None:
    page = client.get("/guides/queues/").text
    assert '<a href="#comments">Comments</a>' in page.split('class="toc"')[1].split("</nav>")[0]


def test_a_preview_at_the_desk_has_none(client: Client, guide: Article) -> None:
    create_comment(guide, text="Said by a reader", by=create_moderator())
    editor = create_moderator()
    client.force_login(editor)
    page = client.get(f"/admin/articles/article/preview/?guide={guide.pk}")
    assert page.status_code == 200
    assert "Said by a reader" not in page.text
    assert "comments.css" not in page.text


def test_a_comment_long_after_publication_is_dated_by_its_writing(
    client: Client, guide: Article
) -> None:
    """What waited for a moderator bears the day on which it was written."""
    comment = create_comment(guide, by=create_moderator())
    written = timezone.now() - timedelta(days=2)
    Comment.objects.filter(pk=comment.pk).update(created_at=written)
    assert f"{written:%Y-%m-%dT%H:%M:%S+0000}" in item(thread_of(client), comment)

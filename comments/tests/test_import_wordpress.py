"""`manage.py import_wordpress_comments`: what comes along, how it stands, what is left out."""

from pathlib import Path

import pytest

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.models import Comment, Commenter, ModerationAct, Policy, Thread
from comments.states import ActorKind, Reason, State
from comments.tests import wxr
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.wxr import imported
from comments.trust import Level, standing_of
from mailing.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="old-post", title="How it works")


def test_comment_comes_with_its_name_date_and_words(guide: Article, tmp_path: Path, client) -> None:
    report = imported(tmp_path, wxr.comment(7))
    comment = Comment.objects.get()
    assert comment.name == "Carla Commenter"
    assert comment.text == "I did it the other way round."
    assert f"{comment.created_at:%Y-%m-%d %H:%M}" == "2019-05-04 10:30"
    assert comment.published_at == comment.created_at
    assert comment.state == State.APPROVED
    assert comment.imported_from == "wordpress:blog.example.org/7"
    assert "Approved:                 1" in report
    page = client.get(guide.get_absolute_url()).content.decode()
    assert "I did it the other way round." in page
    assert "carla@example.org" not in page


def test_the_log_says_that_the_site_brought_it(guide: Article, tmp_path: Path) -> None:
    imported(tmp_path, wxr.comment(1), wxr.comment(2, approved="0"))
    acts = ModerationAct.objects.order_by("pk")
    assert [act.reason for act in acts] == [Reason.IMPORTED, Reason.WAITED]
    assert {act.actor_kind for act in acts} == {ActorKind.SYSTEM}
    assert all(act.at.year > 2019 for act in acts)  # it was decided now, not then


def test_what_waited_waits_here(guide: Article, tmp_path: Path, client) -> None:
    report = imported(tmp_path, wxr.comment(1, approved="0"))
    assert Comment.objects.get().state == State.PENDING
    assert "Waiting for a moderator:  1" in report
    assert b"the other way round" not in client.get(guide.get_absolute_url()).content


def test_spam_bin_and_pingbacks_are_left_out_and_counted(guide: Article, tmp_path: Path) -> None:
    report = imported(
        tmp_path,
        wxr.comment(1, approved="spam"),
        wxr.comment(2, approved="trash"),
        wxr.comment(3, approved="post-trashed"),
        wxr.comment(4, type="pingback"),
        wxr.comment(5, type="trackback"),
        wxr.comment(6, type="order_note"),
        wxr.comment(7, content=" <p>&nbsp;</p> "),
        wxr.comment(8, type=""),
    )
    assert [comment.imported_from for comment in Comment.objects.all()] == [
        "wordpress:blog.example.org/8"
    ]
    assert "Left out, spam: 1" in report
    assert "Left out, in the bin: 2" in report
    assert "Left out, pingbacks, trackbacks and the like: 3" in report
    assert "Left out, without a word: 1" in report


def test_network_address_and_website_are_stored_nowhere(guide: Article, tmp_path: Path) -> None:
    imported(tmp_path, wxr.comment(1))
    comment = Comment.objects.get()
    assert comment.address_hash == ""
    assert comment.browser == ""
    everything = [
        *Comment.objects.values(),
        *Commenter.objects.values(),
        *ModerationAct.objects.values(),
    ]
    assert "192.0.2.77" not in str(everything)
    assert "secret-site" not in str(everything)
    assert str(everything).count("carla@example.org") == 1  # in the row of the person alone


def test_answers_stand_below_what_they_answer(guide: Article, tmp_path: Path) -> None:
    dates = {n: {"date_gmt": f"2019-05-04 10:{n:02}:00"} for n in range(10)}
    imported(
        tmp_path,
        wxr.comment(30, content="third", **dates[3]),
        wxr.comment(10, content="first", **dates[1]),
        wxr.comment(20, content="second", parent=10, **dates[2]),
        wxr.comment(40, content="deep 1", parent=20, **dates[4]),
        wxr.comment(50, content="deep 2", parent=40, **dates[5]),
        wxr.comment(60, content="deep 3", parent=50, **dates[6]),
    )
    thread = Thread.objects.get()
    shown = Comment.objects.in_thread(thread).values_list("text", "number", "depth")
    assert list(shown) == [
        ("first", 1, 0),
        ("second", 2, 1),
        ("deep 1", 4, 2),
        ("deep 2", 5, 3),
        ("deep 3", 6, 3),  # as deep as a thread goes: beside what it answers
        ("third", 3, 0),
    ]
    assert Comment.objects.get(text="deep 3").parent == Comment.objects.get(text="deep 2")
    assert thread.comment_count == 6


def test_answer_that_the_clock_put_before_its_question(guide: Article, tmp_path: Path) -> None:
    imported(
        tmp_path,
        wxr.comment(1, content="question", date_gmt="2019-05-04 12:00:00"),
        wxr.comment(2, content="answer", parent=1, date_gmt="2019-05-04 11:00:00"),
    )
    assert Comment.objects.get(text="answer").parent == Comment.objects.get(text="question")


def test_answers_to_what_is_left_out_stand_higher(guide: Article, tmp_path: Path) -> None:
    report = imported(
        tmp_path,
        wxr.comment(1, content="head"),
        wxr.comment(2, parent=1, approved="spam"),
        wxr.comment(3, parent=2, content="to spam"),
        wxr.comment(4, parent=999, content="to nothing"),
        wxr.comment(5, parent=6, approved="trash"),
        wxr.comment(6, parent=5, approved="trash"),
        wxr.comment(7, parent=6, content="to a circle"),
    )
    head = Comment.objects.get(text="head")
    assert Comment.objects.get(text="to spam").parent == head
    assert Comment.objects.get(text="to nothing").parent is None
    assert Comment.objects.get(text="to a circle").parent is None
    assert "answers to a comment that does not come along: they stand higher: 3" in report


def test_circle_of_answers_comes_through(guide: Article, tmp_path: Path) -> None:
    imported(tmp_path, wxr.comment(1, parent=2), wxr.comment(2, parent=1), wxr.comment(3, parent=3))
    assert Comment.objects.approved().count() == 3


def test_same_file_twice_brings_nothing_twice(guide: Article, tmp_path: Path) -> None:
    comments = wxr.comment(1), wxr.comment(2, parent=1, approved="0")
    imported(tmp_path, *comments)
    before = list(Comment.objects.values())
    report = imported(tmp_path, *comments)
    assert "Here already:             2" in report
    assert list(Comment.objects.values()) == before
    report = imported(tmp_path, *comments, wxr.comment(3, parent=2, date_gmt="2019-05-05 10:00:00"))
    assert "Approved:                 1" in report
    assert Comment.objects.get(number=3).parent == Comment.objects.get(number=2)


def test_decision_taken_here_stays(guide: Article, tmp_path: Path) -> None:
    from comments.moderation import reject

    imported(tmp_path, wxr.comment(1))
    reject(Comment.objects.get(), user=create_moderator(), reason=Reason.SPAM)
    imported(tmp_path, wxr.comment(1))
    assert Comment.objects.get().state == State.REJECTED


def test_comments_that_are_here_keep_their_place(guide: Article, tmp_path: Path) -> None:
    here = create_comment(guide, text="Written here.")
    imported(tmp_path, wxr.comment(1))
    here.refresh_from_db()
    assert here.number == 1
    assert Comment.objects.exclude(pk=here.pk).get().number == 2


def test_one_address_is_one_person(guide: Article, tmp_path: Path) -> None:
    imported(
        tmp_path,
        wxr.comment(1),
        wxr.comment(2, author_email="CARLA@example.org"),
        wxr.comment(3, author_email=""),
        wxr.comment(4, author_email=""),
        wxr.comment(5, author_email="no address"),
    )
    assert Commenter.objects.count() == 4
    assert Commenter.objects.get(guest_email="carla@example.org").comments.count() == 2


def test_owner_of_an_account_finds_their_comments(guide: Article, tmp_path: Path) -> None:
    carla = create_reader(name="Carla", email="carla@example.org")
    imported(tmp_path, wxr.comment(1))
    assert Comment.objects.get().author.user == carla


def test_import_earns_no_trust_and_sends_no_mail(guide: Article, tmp_path: Path) -> None:
    asked = create_comment(guide, email="gus@example.org", wants_replies=True)
    Letter.objects.all().delete()
    imported(tmp_path, *(wxr.comment(n) for n in range(1, 13)), wxr.comment(13, approved="0"))
    carla = Commenter.objects.get(guest_email="carla@example.org")
    assert standing_of(carla, Policy.current()).level == Level.NEW
    assert not Letter.objects.exists()
    assert asked.replies.count() == 0


@pytest.mark.parametrize("opening", [Thread.Opening.CLOSED, Thread.Opening.BY_AGE])
def test_thread_stays_as_open_as_it_was(guide: Article, tmp_path: Path, opening: str) -> None:
    Thread.objects.create(article=guide, opening=opening)
    imported(tmp_path, wxr.comment(1))
    assert Thread.objects.get().opening == opening
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("", "Anonymous"),
        ("  A \u202e  B ", "A B"),
        ("<b>Bob</b>", "<b>Bob</b>"),
        ("x" * 200, "x" * 80),
        ("carla@example.org", "Anonymous"),
    ],
)
def test_name(guide: Article, tmp_path: Path, author: str, name: str) -> None:
    imported(tmp_path, wxr.comment(1, author=author))
    assert Comment.objects.get().name == name


def test_html_becomes_markdown(guide: Article, tmp_path: Path, client) -> None:
    content = "<strong>No</strong>, see <a href='https://x.org/a'>this</a>.\n\n<script>x</script>"
    imported(tmp_path, wxr.comment(1, content=content))
    comment = Comment.objects.get()
    assert comment.text == "**No**, see [this](https://x.org/a).\n\n```\nx\n```"
    page = client.get(guide.get_absolute_url()).content.decode()
    assert '<strong>No</strong>, see <a href="https://x.org/a" rel="ugc nofollow noopener">' in page


def test_long_comment_is_kept_whole(guide: Article, tmp_path: Path) -> None:
    report = imported(tmp_path, wxr.comment(1, content="word " * 3_000))
    assert len(Comment.objects.get().text) == 14_999
    assert "longer than the form takes, and kept whole: 1" in report


def test_missing_utc_date_is_told(guide: Article, tmp_path: Path) -> None:
    report = imported(tmp_path, wxr.comment(1, date_gmt="0000-00-00 00:00:00"))
    assert Comment.objects.get().created_at.hour == 12
    assert "without a date in UTC: the local one counts: 1" in report

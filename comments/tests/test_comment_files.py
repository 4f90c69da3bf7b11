"""`export_comments` and `import_comments`: a thread goes into a file and comes back the same."""

from pathlib import Path

import pytest
import yaml
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from articles.publishing import withdraw
from articles.tests.factories import create_live_guide
from comments.importing.content_files import _bytes_of
from comments.models import Comment, Commenter, Thread
from comments.moderation import reject
from comments.states import Reason, State
from comments.tests.comment_files import entry, export, load, write
from comments.tests.factories import create_comment, create_moderator, create_reader
from core.frontmatter import StrictLoader
from mailing.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="a-guide", title="How it works")


def moved(folder: Path, old: str, new: str) -> Path:
    """Return a folder in which the thread of a guide is that of another, empty one."""
    there = folder / "moved"
    there.mkdir()
    (there / f"{new}.yaml").write_bytes((folder / f"{old}.yaml").read_bytes())
    return there


def entries(path: Path) -> list[dict]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_file_holds_what_the_page_shows(guide: Article, tmp_path: Path) -> None:
    first = create_comment(guide, text="One *line*\n\n> and another", name="Gus 'the' Guest")
    create_comment(text="An answer.", parent=first, name="1984")
    report = export(tmp_path)
    assert "2 comments in 1 files" in report
    one, two = entries(tmp_path / "a-guide.yaml")
    assert one["number"] == 1
    assert one["name"] == "Gus 'the' Guest"
    assert one["text"] == "One *line*\n\n> and another"
    assert one["date"] == first.created_at.isoformat()
    assert "parent" not in one
    assert two["parent"] == 1
    assert two["name"] == "1984"
    text = (tmp_path / "a-guide.yaml").read_text()
    assert "text: |-\n    One *line*\n\n    > and another\n" in text


@pytest.mark.parametrize(
    "state", [State.UNCONFIRMED, State.PENDING, State.HIDDEN, State.REJECTED, State.DELETED]
)
def test_only_what_is_approved_is_written(guide: Article, tmp_path: Path, state: State) -> None:
    create_comment(guide, state=state, text="Not for everybody.")
    export(tmp_path)
    assert not list(tmp_path.iterdir())


def test_withdrawn_guides_are_not_written(guide: Article, tmp_path: Path) -> None:
    create_comment(guide)
    withdraw(guide, reason="It was wrong.")
    export(tmp_path)
    assert not list(tmp_path.iterdir())


def test_no_address_and_no_trace_is_in_a_file(guide: Article, tmp_path: Path) -> None:
    key = "b" * 32
    guest = create_comment(guide, email="secret@private.example", browser=key, text="By a guest.")
    rana = create_reader(email="rana@secret.example")
    create_comment(guide, user=rana, text="By an account.", by=create_moderator())
    assert guest.address_hash
    export(tmp_path)
    data = (tmp_path / "a-guide.yaml").read_bytes()
    secrets = ["secret", "private.example", "@", key, guest.address_hash, str(guest.submission)]
    assert [secret for secret in secrets if secret.encode() in data] == []
    assert {name for one in entries(tmp_path / "a-guide.yaml") for name in one} <= {
        *("key", "number", "parent", "name", "date", "edited", "by_editors"),
        *("section", "section_title", "section_digest", "text"),
    }


def test_thread_comes_back_the_same_to_the_byte(guide: Article, tmp_path: Path) -> None:
    there = create_live_guide(slug="there", title="How it works there")
    first = create_comment(guide, text="One\r\ntwo  \n\n    three", section="where-it-begins")
    middle = create_comment(parent=first, text="Deeper")
    create_comment(guide, text="Ünï — “cödé” 👩‍💻 \u200f\n- a\n- b\n", name="Zoë")
    create_comment(parent=create_comment(parent=middle, text="deep"), text="# no heading: yes")
    create_comment(guide, user=create_reader(name="Ed", is_staff=True), text="By the house.")
    Comment.objects.filter(pk=middle.pk).update(edited_at=timezone.now())
    create_comment(guide, state=State.REJECTED)  # its number stays free
    create_comment(guide, text="The last.")
    export(tmp_path)
    report = load(moved(tmp_path, "a-guide", "there"))
    assert "7 came back, 0 are here already" in report
    export(tmp_path)
    here, back = (tmp_path / f"{name}.yaml" for name in ("a-guide", "there"))
    assert back.read_bytes() == here.read_bytes()
    assert Thread.objects.get(article=there).last_number == 8
    facts = ("number", "path", "depth", "text", "html", "name", "created_at", "is_by_editors")
    shown = [
        list(
            Comment.objects.approved().filter(thread__article=one).order_by("number").values(*facts)
        )
        for one in (guide, there)
    ]
    assert shown[0] == shown[1]


def test_answer_to_what_is_gone_stands_higher(guide: Article, tmp_path: Path) -> None:
    first = create_comment(guide, text="head")
    gone = create_comment(parent=first, text="gone")
    create_comment(parent=gone, text="leaf")
    reject(gone, user=create_moderator(), reason=Reason.ABUSE)
    export(tmp_path)
    assert [(one["text"], one.get("parent")) for one in entries(tmp_path / "a-guide.yaml")] == [
        ("head", None),
        ("leaf", 1),
    ]


def test_same_comments_same_bytes(guide: Article, tmp_path: Path) -> None:
    create_comment(guide)
    export(tmp_path)
    before = (tmp_path / "a-guide.yaml").read_bytes()
    export(tmp_path)
    assert (tmp_path / "a-guide.yaml").read_bytes() == before


def test_file_of_an_emptied_thread_is_removed(guide: Article, tmp_path: Path) -> None:
    comment = create_comment(guide)
    export(tmp_path)
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "other.yaml").write_text("mine")
    reject(comment, user=create_moderator(), reason=Reason.SPAM)
    assert "Removed, because no comment is public any more: a-guide.yaml" in export(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "other.yaml"]


def test_files_of_this_site_bring_nothing_twice(guide: Article, tmp_path: Path) -> None:
    create_comment(guide)
    create_comment(guide)
    export(tmp_path)
    assert "0 came back, 2 are here already" in load(tmp_path)
    assert Comment.objects.count() == 2


def test_files_of_another_site_bring_nothing_twice(guide: Article, tmp_path: Path) -> None:
    write(tmp_path, entry())
    assert "1 came back" in load(tmp_path)
    assert "0 came back, 1 are here already" in load(tmp_path)
    write(tmp_path, entry(), entry(key="b-key", number=2, parent=1))
    assert "1 came back, 1 are here already" in load(tmp_path)
    assert Comment.objects.get(number=2).parent == Comment.objects.get(number=1)


def test_numbers_that_are_taken_are_given_anew(guide: Article, tmp_path: Path) -> None:
    create_comment(guide, text="Written here.")
    write(tmp_path, entry(), entry(key="b-key", number=2, parent=1, text="Answer."))
    load(tmp_path)
    texts = Comment.objects.order_by("number").values_list("number", "text", "parent__text")
    assert list(texts) == [
        (1, "Written here.", None),
        (2, "A thought.", None),
        (3, "Answer.", "A thought."),
    ]


def test_what_comes_back_belongs_to_nobody(guide: Article, tmp_path: Path) -> None:
    write(tmp_path, entry(), entry(key="b-key", number=2))
    load(tmp_path)
    assert Commenter.objects.filter(user=None, guest_email="").count() == 2
    comment = Comment.objects.get(number=1)
    assert comment.state == State.APPROVED
    assert [act.reason for act in comment.acts.all()] == [Reason.IMPORTED]
    assert not Letter.objects.exists()


def test_dry_run_changes_nothing(guide: Article, tmp_path: Path) -> None:
    report = load(write(tmp_path, entry()), "--dry-run")
    assert "1 came back" in report
    assert "A dry run: nothing was changed." in report
    assert not Comment.objects.exists()


any_words = st.text(st.characters(exclude_categories=["Cs"]))


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(any_words, any_words)
def test_any_words_survive_the_file(text: str, name: str) -> None:
    data = _bytes_of([{"name": name, "text": text}])
    assert data == _bytes_of(yaml.load(data.decode(), Loader=StrictLoader))
    assert yaml.safe_load(data.decode()) == [{"name": name, "text": text}]

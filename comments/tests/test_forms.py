"""What people type: kept as it is, refused where it misleads, and never cut."""

import pytest
from django.http import QueryDict

from accounts.models import User
from articles.tests.factories import create_live_guide
from comments.forms import CommentForm, EditForm
from comments.tests.factories import create_comment, create_reader
from core.cleaning import clean_name, clean_text, is_our_name, says_something

pytestmark = pytest.mark.django_db


def form_of(user: User | None = None, **typed: str) -> CommentForm:
    data = QueryDict(mutable=True)
    data.update({"text": "Words", "name": "Ada", "email": "ada@example.org", **typed})
    return CommentForm(data, article=create_live_guide(), user=user)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\r\n\r\n  indented\t", "\n\n  indented\t"),
        ("nul\x00 bell\x07 escape\x1b[31m del\x7f", "nul bell escape[31m del"),
        ("שלום \u202eabc\u202c 👩\u200d👩", "שלום \u202eabc\u202c 👩\u200d👩"),
        ("<script>&amp;\u00a0\u2028", "<script>&amp;\u00a0\u2028"),
        ("a\ud800b", "ab"),
    ],
)
def test_text_is_kept(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    "empty", ["", " \n\t ", "\u200b\u200d\ufeff", "\u3164 \u2800", "\u00a0\u2003", "\ufe0f"]
)
def test_a_text_with_nothing_to_see_is_empty(empty: str) -> None:
    assert not says_something(empty)
    form = form_of(text=empty)
    assert form.errors["text"] == ["Write your comment here; nothing was in this field."]


@pytest.mark.parametrize("short", [".", "👍", "字", "0", "#"])
def test_one_sign_is_something(short: str) -> None:
    assert form_of(text=short).is_valid()


@pytest.mark.parametrize(
    ("length", "said"),
    [(5_000, ""), (5_001, "This is 1 character too long"), (6_234, "1,234 characters too long")],
)
def test_a_long_text_is_told_by_how_much(length: int, said: str) -> None:
    form = form_of(text="🙂" * length)
    assert said in str(form.errors.get("text", ""))
    assert form.is_valid() is (said == "")
    assert form.words == "🙂" * length


def test_line_ends_count_once() -> None:
    assert form_of(text="a\r\n" * 2_500).is_valid()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ada   Lovelace\n", "Ada Lovelace"),
        ("Ada\x00\x1b\u202eecalevoL\u2066", "AdaecalevoL"),
        ("O\u2019Brien", "O\u2019Brien"),
        ("سارة\u200cنور", "سارة\u200cنور"),
        ("A\u0301" + "\u0301" * 30, "A" + "\u0301" * 6),
    ],
)
def test_names_are_tidied(typed: str, shown: str) -> None:
    assert clean_name(typed) == shown
    form = form_of(name=typed)
    assert form.is_valid()
    assert form.cleaned_data["name"] == shown


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\u202e", "\u3164"])
def test_a_name_can_be_read(name: str) -> None:
    assert "name" in form_of(name=name).errors


@pytest.mark.parametrize("name", ["ada@example.org", "Ada <ada@example.org>", "ada@mail.example"])
def test_a_name_is_no_address(name: str) -> None:
    said = form_of(name=name).errors["name"]
    assert said == ["Your name would be public; this is an e-mail address."]


def test_a_name_has_room_for_eighty_characters() -> None:
    assert form_of(name="x" * 80).is_valid()
    assert "this has 81" in str(form_of(name="x" * 81).errors["name"])


@pytest.mark.parametrize(
    "name",
    [
        "The Backend Guide editors",
        "backend guide",
        "BackendGuide",
        "B a c k e n d  G u i d e",
        "Backend-Guide Team",
        "Ｂａｃｋｅｎｄ Ｇｕｉｄｅ",
        "Васkеnd Guide",
        "Backend Gu1de",
        "Báckend Guide",
        "Backend\u200b Guide",
        "Moderator",
        "The Editors",
        "Adm1n",
    ],
)
def test_our_name_is_ours(name: str) -> None:
    assert is_our_name(clean_name(name))
    assert "speaks for the site" in str(form_of(name=name).errors["name"])


@pytest.mark.parametrize(
    "name", ["Backend developer", "A guide", "Guido", "Редактор", "Ed", "Edit Moderato"]
)
def test_other_names_are_free(name: str) -> None:
    assert form_of(name=name).is_valid()


def test_editors_may_use_our_name() -> None:
    editor = create_reader(name="", is_staff=True)
    assert form_of(editor, name="The Backend Guide editors").is_valid()


@pytest.mark.parametrize("email", ["", "ada", "ada@", "ada@example", "a b@example.org", "x" * 300])
def test_an_address_is_complete(email: str) -> None:
    assert "email" in form_of(email=email).errors


def test_accounts_are_asked_for_the_comment_and_once_for_a_name() -> None:
    assert set(form_of(create_reader(name="Ada")).fields) == {
        *("text", "section", "wants_replies", "website")
    }
    assert "name" in form_of(create_reader(name="")).fields


def test_a_section_that_is_gone_is_the_whole_guide() -> None:
    form = form_of(section="was-removed")
    assert form.is_valid()
    assert form.cleaned_data["section"] == ""


def test_the_whole_guide_is_offered_first() -> None:
    page = str(form_of()["section"])
    assert page.index("The whole guide") < page.index("Where it begins")


def test_answers_choose_no_section() -> None:
    parent = create_comment()
    form = CommentForm(None, article=parent.thread.article, user=None, parent=parent)
    assert "section" not in form.fields
    assert form["text"].id_for_label == f"reply-{parent.pk}-text"


def test_no_field_cuts_words_or_hides_from_readers_what_it_is() -> None:
    form = form_of()
    assert "maxlength" not in str(form["text"])
    assert "maxlength" not in str(form["name"])
    assert 'autocomplete="name"' in str(form["name"])
    assert 'autocomplete="email"' in str(form["email"])
    assert 'type="email"' in str(form["email"])
    assert "will not be published" in form["email"].help_text
    assert "required" not in str(form["text"]).replace("aria-required", "")


def test_the_trap_is_out_of_the_way_and_noticed() -> None:
    trap = str(form_of()["website"])
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap
    assert not form_of().is_trap_filled
    assert form_of(website="https://spam.example").is_trap_filled


def test_a_changed_comment_is_checked_the_same() -> None:
    data = QueryDict(mutable=True)
    data["text"] = "x" * 5_002
    assert "2 characters too long" in str(EditForm(data).errors["text"])

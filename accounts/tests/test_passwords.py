"""Passwords: what is refused and why, what is taken, and that none is ever shown again."""

import time
import unicodedata

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.signing_in import passwords

ADA = User(email="ada.lovelace@analytical.example", display_name="Countess Ada")
ARGON2 = ["accounts.signing_in.passwords.Argon2"]


def refusal(password: str, user: User = ADA) -> str:
    """Return what is said against a password; empty where it is taken."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "too short"),
        ("x7#Kq2!mZp", "too short"),  # good, but eleven and fewer are not enough
        ("pe#5gz29ptzmse", passwords.USED),  # only in the list of Django, from a breach
        ("Password1234", passwords.USED),
        ("P4$$w0rd1234", passwords.USED),
        ("qwertyuiop[]\\", "easy to guess"),
        ("Summer2024!!!", "easy to guess"),
        ("letmein-please", "easy to guess"),
        ("password-password", "easy to guess"),
        ("ilovemymommy", passwords.USED),
        ("spongebobsquarepants", passwords.USED),
        ("correcthorsebatterystaple", passwords.USED),
        ("Correct Horse, Battery Staple 1!", passwords.USED),
        ("to-be-or-not-to-be-2026", passwords.USED),
        ("aaaaaaaaaaaaaaaa", passwords.REASONS["repeat"]),
        ("abcdefghijklmnop", passwords.REASONS["sequence"]),
        ("adalovelace1990", passwords.OWN),
        ("ada.lovelace@analytical.example", passwords.OWN),
        ("analytical2026", passwords.OWN),
        ("Countess Ada 1", passwords.OWN),
        ("Backend Guide", passwords.OWN),
        ("backendguide26", passwords.OWN),
        ("ａｄａｌｏｖｅｌａｃｅ1", passwords.OWN),  # the same in full-width letters
        ("zx" * 600, f"longer than {passwords.LONGEST}"),
    ],
)
def test_what_a_guesser_would_find_is_refused_with_its_reason(password: str, reason: str) -> None:
    assert reason in refusal(password)


@pytest.mark.parametrize(
    "password",
    [
        "correct lamp under seven stairs",
        "river basket seldom orange",
        "riverbasketseldomorange",
        "dog moon cup tree",
        "may the horse be with you",  # near a phrase, but not it
        "xq7 mbrt wv kz",  # small letters and spaces only
        "Пятнадцать зелёных слонов",
        "碁盤の目は三百六十一ある",
        "🦉 three owls in the attic",
        "   spaces at both ends count   ",
        "'; DROP TABLE users; -- <b>",
        "v" + "kQ9!zr" * 160,
    ],
)
def test_anything_else_is_taken(password: str) -> None:
    assert refusal(password) == ""


def test_there_is_one_reason_at_a_time() -> None:
    for password in ("password", "Password1234", "adalovelace1990"):
        with pytest.raises(ValidationError) as refused:
            validate_password(password, ADA)
        assert len(refused.value.messages) == 1


def test_the_words_of_one_person_do_not_count_for_the_next() -> None:
    assert passwords.OWN in refusal("ada.lovelace!!")
    assert passwords.OWN not in refusal("ada.lovelace!!", User(email="grace@navy.example"))
    from zxcvbn.matching import RANKED_DICTIONARIES

    assert "ada" not in RANKED_DICTIONARIES.get("user_inputs", {})


@pytest.mark.parametrize(
    "piece", ["a", "ab1!", "4@3$1!|0", "p4$$w0rd", "qwerty", "1990", "é", "🦉"]
)
def test_no_password_keeps_the_server_busy(piece: str) -> None:
    for length in (12, 72, 1024, 100_000):
        started = time.perf_counter()
        refusal((piece * length)[:length])
        assert time.perf_counter() - started < 1


def test_two_ways_to_type_a_letter_are_one_password(settings) -> None:
    settings.PASSWORD_HASHERS = ARGON2
    composed = unicodedata.normalize("NFC", "les élèves rêvent")
    apart = unicodedata.normalize("NFD", composed)
    assert composed != apart
    encoded = make_password(composed)
    assert encoded.startswith("argon2$argon2id$")
    assert check_password(apart, encoded)
    assert check_password(composed, encoded)
    assert not check_password("les eleves revent", encoded)
    assert not check_password(composed.upper(), encoded)
    assert not check_password(f" {composed}", encoded)


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["Password1234", "newcomer.person1"])
def test_the_form_says_why_and_gives_back_all_but_the_password(password: str) -> None:
    data = {"email": "newcomer.person@example.org", "password1": password}
    page = Client().post(reverse("account_signup"), data)
    assert page.status_code == 200
    text = page.content.decode()
    assert "easy to guess" in text
    assert 'value="newcomer.person@example.org"' in text
    assert password not in text.replace("newcomer.person@", "")
    assert not User.objects.filter(email="newcomer.person@example.org").exists()

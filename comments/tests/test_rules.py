"""What a rule matches, and what is said about a value that cannot be read. No database."""

import pytest
from django.core.exceptions import ValidationError

from comments.models import Rule
from comments.rendering import render_comment
from comments.rule_values import Kind, problems
from comments.tests.ruling import held, subject

# Words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("press", "The press wrote about it."),
        ("press", "press"),
        ("press", "Stop the PRESS!"),
        ("press", "see press.example for more"),
        ("press", "(press)"),
        ("casino", "_casino_ and **casino**"),
        ("casino", "Visit [us](https://casino.example/x)"),
        ("make money fast", "make  money\nfast"),
        ("make money fast", "So MAKE MONEY\n\nFAST."),
        ("straße", "Auf der STRASSE"),
        ("c++", "I write C++17."),
        ("don't", "I don’t know"),
        ("naïve", "nai\u0308ve"),
        ("कमल", "यह कमल है"),
        ("赌 场", "赌 场"),
        ("$$$", "earn $$$ now"),
    ],
)
def test_words_are_found_whole_in_any_form(value: str, text: str) -> None:
    assert held(Kind.WORDS, value, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("press", "I run WordPress."),
        ("press", "express yourself, pressing on"),
        ("press", "press7 is a name"),
        ("class", "a classic"),
        ("make money", "make some money"),
        ("make money", "money make"),
        ("naive", "naïve"),
        ("कम", "कमी"),
        ("ß", "s"),
        ("casino", ""),
        ("casino", "🎰"),
    ],
)
def test_what_is_not_the_whole_word_is_not_found(value: str, text: str) -> None:
    assert not held(Kind.WORDS, value, text)


@pytest.mark.parametrize(
    "text",
    [
        "ca\u200bsi\u200bno",  # zero-width spaces
        "ca\u00adsino",  # soft hyphen
        "c\u2060a\ufeffsino",
        "саsіnо",  # Cyrillic с, а, і and о
        "cαsινο",  # Greek α, ι, ν and ο
        "ｃａｓｉｎｏ",
        "𝐜𝐚𝐬𝐢𝐧𝐨",
        "ⓒⓐⓢⓘⓝⓞ",
        "c**as**ino",
        "&#99;asino",
    ],
)
def test_disguised_words_are_found_and_it_is_said(text: str) -> None:
    assert held(Kind.WORDS, "casino", text) == "“casino” (spelt in another way there)"


def test_words_of_other_alphabets_stay_themselves() -> None:
    assert held(Kind.WORDS, "сор", "сор из избы") == "“сор”"
    assert not held(Kind.WORDS, "cop", "сор из избы")


def test_the_first_word_in_the_comment_is_named() -> None:
    assert held(Kind.WORDS, "bonus\ncasino", "The casino pays a bonus.") == "“casino”"


def test_the_name_counts_but_no_phrase_reaches_into_it() -> None:
    assert held(Kind.WORDS, "cheap loans", "Hello.", name="Cheap Loans") == "“cheap loans”"
    assert not held(Kind.WORDS, "hello cheap", "Hello", name="Cheap Loans")


def test_ten_thousand_words_are_welcome() -> None:
    words = "\n".join(f"word{number}" for number in range(10_000))
    assert problems(Kind.WORDS, words) == []
    assert held(Kind.WORDS, words, "It was word9999, I think.") == "“word9999”"
    assert not held(Kind.WORDS, words, "It was word10000, I think.")


def test_empty_lines_are_left_out() -> None:
    assert held(Kind.WORDS, "\n\n  bonus  \n\r\n\n", "A bonus") == "“bonus”"


def test_lines_that_mean_nothing_are_named_with_their_number() -> None:
    found = problems(Kind.WORDS, "fine\n.\n\nbonus*\n\u200b\n" + "x" * 201)
    assert found == [
        "Line 2: “.” stands in too many comments; write a word or a phrase.",
        "Line 4: “bonus*”: a star means nothing here. For parts of words use a pattern.",
        "Line 5: there is nothing in it that anybody could see.",
        "Line 6: a word or phrase has at most 200 characters.",
    ]
    assert problems(Kind.WORDS, " \n ") == ["Write at least one line."]


# Links


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("[a](https://a.example) and https://b.example", "2 links"),
        ("<https://a.example>, write to <a@b.example>", "2 links"),
        ("`https://a.example` and https://b.example", ""),
        ("https://a.example", ""),
        ("no link", ""),
        ("[a](javascript:alert) https://b.example", ""),
    ],
)
def test_links_are_counted_as_the_page_shows_them(text: str, count: str) -> None:
    assert len(subject(text).links) == render_comment(text).count("<a ")
    assert held(Kind.LINKS, "2", text) == count


@pytest.mark.parametrize("value", ["0", "51", "-1", "two", "1.5", "٣", "", "1 2", "9" * 400])
def test_a_number_has_to_be_one(value: str) -> None:
    assert problems(Kind.LINKS, value) == ["Write one whole number from 1 to 50, in digits."]
    assert problems(Kind.RATE, value) == ([] if value == "51" else problems(Kind.RATE, "x"))


def test_numbers_may_have_room_around_them() -> None:
    assert problems(Kind.LINKS, " 3 \n") == []
    assert problems(Kind.RATE, "100") == []


# Addresses


@pytest.mark.parametrize(
    ("value", "email"),
    [
        ("someone@example.org", "Someone@Example.ORG"),
        ("example.org", "x@example.org"),
        ("@example.org", "x@example.org"),
        ("EXAMPLE.org", "x@mail.example.org"),
        ("bücher.example", "x@xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "x@bücher.example"),
        ("a.example\nb.example", "x@b.example"),
    ],
)
def test_addresses_are_held(value: str, email: str) -> None:
    detail = held(Kind.ADDRESS, value, "Hello.", email=email)
    assert detail == "the writer's mail address"  # which one it is stays in the form of the rule


@pytest.mark.parametrize(
    ("value", "email"),
    [
        ("someone@example.org", "someone.else@example.org"),
        ("someone@example.org", "someone@mail.example.org"),
        ("example.org", "x@notexample.org"),
        ("example.org", "x@example.org.evil.example"),
        ("mail.example.org", "x@example.org"),
        ("example.org", ""),
    ],
)
def test_other_addresses_are_let_be(value: str, email: str) -> None:
    assert not held(Kind.ADDRESS, value, "Hello.", email=email)


def test_lines_that_are_no_address_are_named() -> None:
    assert problems(Kind.ADDRESS, "*.example.org\nexample\na b@example.org\nok.example\na@b@c") == [
        "Line 1: “*.example.org”: a domain stands for what is below it too; leave the star out.",
        "Line 2: “example” is neither a mail address nor a domain such as example.org.",
        "Line 3: “a b@example.org” is neither a mail address nor a domain such as example.org.",
        "Line 5: “a@b@c” is neither a mail address nor a domain such as example.org.",
    ]


# The model


def test_the_model_says_every_problem_beside_its_value() -> None:
    rule = Rule(name="Broken", kind=Kind.PATTERN, value="(\nfine\n[")
    with pytest.raises(ValidationError) as caught:
        rule.clean()
    assert [message[:6] for message in caught.value.message_dict["value"]] == ["Line 1", "Line 3"]


def test_an_unknown_kind_is_left_to_the_choices() -> None:
    Rule(name="Odd", kind="moon", value="(").clean()

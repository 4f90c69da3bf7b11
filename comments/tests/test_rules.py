"""What a rule matches, and what is said about a value that cannot be read. No database."""

import pytest
from django.core.exceptions import ValidationError

from comments.models import Comment, Commenter, Rule
from comments.rendering import render_comment
from comments.rule_values import Kind, problems
from comments.screening.rules import matches
from comments.screening.subjects import History, Subject


def subject(text: str, *, name: str = "Gus Guest", email: str = "gus@example.org") -> Subject:
    author = Commenter(guest_email=email)
    comment = Comment(text=text, html=render_comment(text), name=name, author=author)
    return Subject(comment, History([]))


def held(kind: str, value: str, text: str, **who: str) -> str:
    """Return the detail of the match; empty where the rule lets the comment be."""
    match = matches(Rule(kind=kind, value=value), subject(text, **who))
    return match.detail if match else ""


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


# Patterns


def test_a_pattern_is_looked_for_in_any_case_and_quoted() -> None:
    detail = held(Kind.PATTERN, r"earn\s+\$[0-9]+", "You EARN\n$500 here.")
    assert detail == r"“EARN $500”, which fits earn\s+\$[0-9]+"


@pytest.mark.parametrize(
    ("pattern", "text", "name"),
    [
        (r"\[url=", "[url=x]", "A"),
        (r"casino", "c**as**ino", "A"),
        (r"^viagra$", "Hello.", "Viagra"),
        (r"\.ru(/|$)", "[here](https://a.ru/x)", "A"),
        (r"\pL+\d{4}$", "Hello.", "Änne2024"),
        (r"(?-i)SALE", "SALE", "A"),
    ],
)
def test_patterns_see_what_was_typed_what_is_shown_the_name_and_links(
    pattern: str, text: str, name: str
) -> None:
    assert held(Kind.PATTERN, pattern, text, name=name)


def test_a_pattern_may_ask_for_case() -> None:
    assert not held(Kind.PATTERN, "(?-i)SALE", "sale")


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|aa)*b", r"(.*a){20}", r"(x+x+)+y"])
@pytest.mark.parametrize("text", ["a" * 5_000, "x" * 5_000, "a" * 4_999 + "!", "ab" * 2_500])
def test_patterns_that_hang_elsewhere_are_answered(pattern: str, text: str) -> None:
    if problems(Kind.PATTERN, pattern) == []:
        held(Kind.PATTERN, pattern, text)  # with backtracking none of us would see this end


def test_at_least_some_of_them_are_allowed() -> None:
    assert problems(Kind.PATTERN, r"(a+)+$") == []
    assert held(Kind.PATTERN, r"(x+x+)+y", "xxxxy")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?=a)b", "looking ahead or behind is not possible here: (?="),
        (r"(?<!a)b", "looking ahead or behind is not possible here: (?<!"),
        (r"(a)\1", r"this is not possible here, and neither are back-references: \1"),
        (r"(a", "a bracket is not closed: (a"),
        (r"a)", "a bracket is closed that was not opened: a)"),
        (r"[a", "a set of characters is not closed: [a"),
        (r"*a", "there is nothing before this sign to repeat: *"),
        (r"a**", "this repeats a repetition: **"),
        (r"a{2000}", "a repetition is at most 1000 times, nested ones together: {2000}"),
        (r"a*", "it fits where there is nothing, so it would hold every comment."),
        (r"a|", "it fits where there is nothing, so it would hold every comment."),
        (r".", "it would hold ordinary comments"),
        (r"\pL", "it would hold ordinary comments"),
        (r"^.{3,}", "it would hold ordinary comments"),
        (r"[[:word:]]+\s", "it would hold ordinary comments"),
        (r"\pL{1,100}x", "the pattern is too large"),
        (r"(a{1000}b){900}", "a repetition is at most 1000 times"),
        (r"(.{0,30}a){20}q", "the pattern is too large"),
        ("x" * 501, "a pattern has at most 500 characters."),
    ],
)
def test_patterns_are_refused_in_words(pattern: str, words: str) -> None:
    (problem,) = problems(Kind.PATTERN, pattern)
    assert problem.startswith(f"Line 1: {words}")


def test_each_pattern_that_is_refused_is_named_with_its_line() -> None:
    found = problems(Kind.PATTERN, "good one\n(\n\n[")
    assert [problem[:6] for problem in found] == ["Line 2", "Line 4"]


def test_a_rule_has_at_most_twenty_patterns() -> None:
    assert problems(Kind.PATTERN, "\n".join(f"pattern {number}" for number in range(20))) == []
    found = problems(Kind.PATTERN, "\n".join(f"pattern {number}" for number in range(21)))
    assert found == ["21 patterns are too many for one rule; the most is 20."]


def test_patterns_may_not_be_too_large_together() -> None:
    large = [rf"{letter}\pL[0-9]" for letter in "abcdef"]
    assert problems(Kind.PATTERN, "\n".join(large[:4])) == []
    found = problems(Kind.PATTERN, "\n".join(large))
    assert found == ["The patterns together are too large; make two rules of them."]


def test_long_finds_are_quoted_in_part() -> None:
    detail = held(Kind.PATTERN, "y{100}", "y" * 300)
    assert detail == f"“{'y' * 60}…”, which fits y{{100}}"


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

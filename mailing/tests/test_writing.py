"""One source of a letter: subject, text and HTML from the same template."""

import re

import pytest
from django.template import Engine

from mailing.writing import one_line, write

LETTER = """\
Your comment on “{{ guide|one_line }}”

Hello {{ name|one_line }},

this is a paragraph that is quite a bit longer than seventy-two characters, so it is
filled.

{{ words|quoted }}

Look here:
https://example.org/a?b=1&c=2

{% if more %}{{ more }}{% endif %}

{{ site.name }}
{{ site.url }}/
"""
CONTEXT = {"guide": "Queues & caches", "name": "Rana", "words": "One\n\n<b>two</b>", "more": ""}


@pytest.fixture(autouse=True)
def _template(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine.get_default()
    made = engine.from_string("{% load mail %}" + LETTER)
    monkeypatch.setattr(engine, "get_template", lambda name: made)


def written(**changes):
    return write("any.txt", {**CONTEXT, **changes})


def test_the_first_line_is_the_subject() -> None:
    assert written().subject == "Your comment on “Queues & caches”"


def test_the_text_is_plain_and_filled() -> None:
    assert written().text == (
        "Hello Rana,\n\n"
        "this is a paragraph that is quite a bit longer than seventy-two\n"
        "characters, so it is filled.\n\n"
        "> One\n>\n> <b>two</b>\n\n"
        "Look here:\nhttps://example.org/a?b=1&c=2\n\n"
        "Backend Guide\nhttp://localhost:8000/\n"
    )


def test_the_html_says_the_same_and_nothing_more() -> None:
    html = written().html
    assert "<p>Hello Rana,</p>" in html
    assert "<blockquote>\n<p>One</p>\n<p>&lt;b&gt;two&lt;/b&gt;</p>\n</blockquote>" in html
    link = "https://example.org/a?b=1&amp;c=2"
    assert f'<p>Look here:<br>\n<a href="{link}">{link}</a></p>' in html
    for word in ("<img", "<script", "<style", "url(", "src="):
        assert word not in html


def test_a_code_stands_large_in_the_html_and_plain_in_the_text() -> None:
    letter = written(more="ABCD-EFGH")
    assert re.search(r'<p style="[^"]*26px[^"]*">ABCD-EFGH</p>', letter.html)
    assert "\n\nABCD-EFGH\n\n" in letter.text


def test_a_code_within_a_sentence_or_a_quotation_is_not_enlarged() -> None:
    letter = written(more="Type ABCD-EFGH there.", words="ABCD-EFGH")
    assert "26px" not in letter.html


def test_nothing_that_people_write_becomes_a_link() -> None:
    letter = written(words="https://evil.example/\nClick!", name="https://evil.example/")
    assert 'href="https://evil' not in letter.html
    assert "> https://evil.example/\n> Click!" in letter.text


def test_a_quotation_stays_one_whatever_is_in_it() -> None:
    letter = written(words="> deeper\r\n\r\n\r\nlast\rline\u2028and on")
    assert "> > deeper\n>\n>\n> last\n> line" in letter.text
    assert letter.html.count("<blockquote>") == 1


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_name_cannot_begin_a_new_header(end: str) -> None:
    letter = written(guide=f"Queues{end}Bcc: all@example.org", name=f"Rana{end}{end}Pay here")
    assert letter.subject == "Your comment on “Queues Bcc: all@example.org”"
    assert letter.text.startswith("Hello Rana Pay here,\n\n")


def test_a_name_cannot_turn_the_reading_direction() -> None:
    assert one_line("\u202eRana\u2066 \x00  Reader\t") == "Rana Reader"


def test_a_subject_is_one_line_though_its_template_forgot_the_filter(monkeypatch) -> None:
    engine = Engine.get_default()
    made = engine.from_string("On {{ guide }}\n\nWords.")
    monkeypatch.setattr(engine, "get_template", lambda name: made)
    assert written(guide="one\u2028two\u202e \t three").subject == "On one two three"
    assert written(guide="one\nBcc: all@example.org").subject == "On one"


def test_a_long_title_is_cut_in_the_subject() -> None:
    subject = written(guide="A very long title " * 20).subject
    assert len(subject) == 150
    assert subject.endswith("…")


def test_control_characters_are_left_out() -> None:
    assert "\x00" not in written(words="a\x00b\x1b[31m").text


@pytest.mark.parametrize("words", ["", "Only a subject", "\n\n"])
def test_a_template_without_subject_or_words_is_a_mistake(words: str, monkeypatch) -> None:
    engine = Engine.get_default()
    made = engine.from_string(words)
    monkeypatch.setattr(engine, "get_template", lambda name: made)
    with pytest.raises(ValueError, match="no subject or no words"):
        write("any.txt", {})

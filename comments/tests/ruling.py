"""Asking one rule about one comment, without a database."""

from comments.models import Comment, Commenter, Rule
from comments.rendering import render_comment
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

"""Where other people's words mention somebody who leaves.

An address is taken out wherever it stands. A name is not: a name is free to choose, so whoever
called themselves "Open Source" could otherwise cut words out of what others wrote. Moderators'
notes, which nobody reads but moderators, lose the name as well.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from accounts.data.mentions import Mentions
from accounts.registries.holdings import Person
from comments.models import Appeal, Comment, Flag, ModerationAct, Note, Notice, Rule
from comments.moderation import locked
from comments.personal import log
from comments.personal.leaving_desk import take_out_of
from comments.rendering import render_comment
from comments.states import Action, ActorKind, Reason

NOWHERE = "somebody-who-left@example.invalid"  # RFC 2606: nobody ever has this address

Place = tuple[str, QuerySet[Any], tuple[str, ...]]


def addresses_of(person: Person) -> Mentions:
    """Return what finds a person by address alone."""
    return Mentions(replace(person, names=frozenset()))


def places(person: Person) -> list[Place]:
    """Return kinds of rows that may mention a person, each with its fields of free text."""
    return [
        ("comment", Comment.objects.all(), ("text",)),
        ("decision", ModerationAct.objects.all(), ("statement", "detail")),
        ("appeal", Appeal.objects.all(), ("text", "statement")),
        ("notice", Notice.objects.all(), ("address", "explanation", "statement")),
        ("report", Flag.objects.all(), ("words",)),
        ("note", Note.objects.all(), ("text",)),
        ("rule", Rule.objects.all(), ("name", "value", "note")),
        ("earlier rule", Rule.history.all(), ("name", "value", "note")),
    ]


def found(person: Person) -> Iterator[tuple[str, Any, str]]:
    """Yield each row that mentions a person by address: its kind, the row, and the words."""
    mentions = addresses_of(person)
    for kind, rows, fields in places(person):
        for row in rows.filter(mentions.query(*fields)).order_by("pk"):
            words = "\n\n".join(filter(None, (getattr(row, name) for name in fields)))
            if mentions.found_in(words):
                yield kind, row, words


def take_out(person: Person) -> int:
    """Take a person out of other people's words; return of how many rows.

    Ask after the person's own rows are done, which need more than that.
    """
    mentions = addresses_of(person)
    touched = _comments(mentions) + log.take_out(ModerationAct.objects.all(), mentions)
    touched += take_out_of(Note.objects.all(), ("text",), Mentions(person))
    for kind, rows, fields in places(person):
        if kind in {"appeal", "notice", "report"}:
            touched += take_out_of(rows, fields, mentions)
    return touched + _rules(mentions)


def _comments(mentions: Mentions) -> int:
    """Take an address out of comments, with a row of the log that says so."""
    touched = 0
    rows = Comment.objects.filter(mentions.query("text")).order_by("thread_id", "pk")
    for row in rows.only("thread_id", "text"):
        if not mentions.found_in(row.text):
            continue
        comment = locked(row)
        comment.text = mentions.taken_out_of(comment.text)
        comment.html = render_comment(comment.text)
        comment.words_digest, comment.score_words = "", []
        comment.save(update_fields=["text", "html", "words_digest", "score_words"])
        ModerationAct.objects.create(
            comment=comment,
            action=Action.EDIT,
            actor_kind=ActorKind.SYSTEM,
            reason=Reason.PERSONAL_DATA,
            detail="The address of somebody who left was taken out.",
        )
        touched += 1
    return touched


def _rules(mentions: Mentions) -> int:
    """Take an address out of rules and their earlier values, so that they can still be read."""
    touched = 0
    for rows in (Rule.objects.all(), Rule.history.all()):
        for rule in rows.filter(mentions.query("name", "value", "note")).order_by("pk"):
            if not mentions.found_in(rule.name, rule.value, rule.note):
                continue
            rows.filter(pk=rule.pk).update(
                name=_name(rule, mentions),
                value=_value(rule.value, mentions),
                note=mentions.taken_out_of(rule.note),
            )
            touched += 1
    return touched


def _value(value: str, mentions: Mentions) -> str:
    for start, end in reversed(mentions.places(value)):
        value = f"{value[:start]}{NOWHERE}{value[end:]}"
    return value


def _name(rule: Any, mentions: Mentions) -> str:
    """Return the name of a rule without the person; names of rules are unique."""
    if not mentions.found_in(rule.name):
        return str(rule.name)
    return f"Rule {rule.id}, {mentions.taken_out_of(rule.name)}"[:80]

"""What the letters about comments share: to whom, by what name, with which words and links."""

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator
from linkify_it import LinkifyIt  # type: ignore[import-untyped]
from linkify_it.tlds import TLDS  # type: ignore[import-untyped]

from comments import tokens
from comments.models import Comment, Commenter, ModerationAct
from comments.states import Reason

QUOTED = 300  # characters of a comment in a letter that only reminds of it


def address_of(person: Commenter) -> str:
    """Return where to write to a person: an address that is known to be theirs, or nothing.

    An address that somebody typed is not known to be theirs until they confirmed a comment.
    """
    if person.user is not None:
        return person.user.email if person.user.is_active else ""
    is_proven = person.comments.filter(confirmed_at__isnull=False).exists()
    return person.guest_email if is_proven else ""


def name_of(person: Commenter, comment: Comment | None = None) -> str:
    """Return how to address a person: by the name of the account, or as the comment is signed."""
    if person.user is not None and person.user.display_name:
        return person.user.display_name
    signed = comment or person.comments.newest_first().first()
    return signed.name if signed is not None else ""


def excerpt(text: str) -> str:
    """Return the beginning of a comment."""
    return Truncator(text).chars(QUOTED)


@cache
def _linkify() -> LinkifyIt:
    return LinkifyIt(options={"fuzzy_ip": True}).tlds(TLDS)


def without_addresses(text: str) -> str:
    """Return text with "[link]" in place of addresses of the web and of mail.

    A letter to an address that nobody has confirmed must carry no advertising into it.
    """
    for match in reversed(_linkify().match(text) or []):
        text = f"{text[: match.index]}[link]{text[match.last_index :]}"
    return text


def link(name: str, *args: Any, **query: str) -> str:
    """Return the full address of a page of comments."""
    path = reverse(f"comments:{name}", args=args)
    return f"{settings.SITE_URL}{path}{f'?{urlencode(query)}' if query else ''}"


def confirm_link(comment: Comment) -> str:
    """Return where the owner of the address says whether a comment is theirs."""
    return link("confirm", tokens.make(tokens.CONFIRM, comment.pk))


def decision_link(act: ModerationAct) -> str:
    """Return the statement of reasons of an act, for the person it concerns."""
    return link("decision", act.pk, key=tokens.make(tokens.DECISION, act.pk))


def unsubscribe_link(comment: Comment) -> str:
    """Return where replies to a comment are no longer told by mail, in one click."""
    return link("unsubscribe", tokens.make(tokens.UNSUBSCRIBE, comment.pk))


def about(comment: Comment) -> dict[str, Any]:
    """Return what each letter about a comment says: whom it greets, the guide, the way there."""
    return {
        "name": name_of(comment.author, comment),
        "guide": comment.thread.article.title,
        "comment": comment,
        "comment_url": link("permalink", comment.pk),
    }


def of_act(act: ModerationAct) -> dict[str, Any]:
    """Return what each letter about a decision says: the reason, the statement, the way there."""
    return {
        "act": act,
        "reason": Reason(act.reason).label,
        "statement": act.statement,
        "was_undone": act.undoes_id is not None,
        "decision_url": decision_link(act),
    }

"""Taking a person out of the log of moderation, as far as the database lets go of its words."""

from accounts.data.mentions import NOBODY, Mentions
from comments.models import ModerationAct
from comments.models.decisions import ModerationActQuerySet

LONGEST_DETAIL = 300


def empty_statements(acts: ModerationActQuerySet) -> int:
    """Empty what was said to whoever the acts concern; the reason stays. Return of how many."""
    return acts.exclude(statement="").update(statement="")


def empty_details(acts: ModerationActQuerySet) -> int:
    """Empty what the acts note for moderators, which quotes the comment. Return of how many."""
    return acts.exclude(detail="").update(detail="")


def take_out(acts: ModerationActQuerySet, mentions: Mentions) -> int:
    """Put "somebody who left" where a statement or a detail mentions a person; return in how many.

    The database takes one stretch at a time, from the end; where it would not, all words go.
    """
    touched = 0
    for act in acts.filter(mentions.query("statement", "detail")).order_by("pk"):
        changed = [_take_out(act, name, mentions) for name in ("statement", "detail")]
        touched += any(changed)
    return touched


def _take_out(act: ModerationAct, name: str, mentions: Mentions) -> bool:
    text = getattr(act, name)
    places = mentions.places(text)
    row = ModerationAct.objects.filter(pk=act.pk)
    is_too_long = name == "detail" and len(text) + len(places) * len(NOBODY) > LONGEST_DETAIL
    # Where somebody else left before, the guard would take their gap for this one.
    if places and (is_too_long or NOBODY in text):
        row.update(**{name: ""})
        return True
    for start, end in reversed(places):
        text = f"{text[:start]}{NOBODY}{text[end:]}"
        row.update(**{name: text})
    return bool(places)

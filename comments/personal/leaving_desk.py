"""What somebody did as a moderator, once they leave: their acts stay, and nobody did them.

Decisions keep their reasons, their words and their right of appeal: they belong to whom they
concern. Only who it was goes, and a name that stands in the words.
"""

from collections import Counter

from django.db.models import Model, Q, QuerySet

from accounts.data.mentions import Mentions
from accounts.models import User
from comments.models import Appeal, ModerationAct, Note, Notice, Policy, Rule
from comments.personal import log


def leave_desk(user: User, mentions: Mentions) -> Counter[str]:
    """Let go of somebody as a moderator; return how many rows of which kind were changed."""
    counts = Counter[str]()
    acts = ModerationAct.objects.filter(actor=user)
    log.take_out(acts, mentions)
    counts["acts at the desk"] = acts.update(actor=None)
    for name, rows, fields in (
        ("answers to appeals", Appeal.objects.filter(decided_by=user), ("statement",)),
        ("answers to notices", Notice.objects.filter(decided_by=user), ("statement",)),
        ("notes written", Note.objects.filter(written_by=user), ("text",)),
    ):
        take_out_of(rows, fields, mentions)
        who = "written_by" if name == "notes written" else "decided_by"
        counts[name] = rows.update(**{who: None})
    counts["rules"] = Rule.objects.filter(created_by=user).update(created_by=None)
    counts["earlier rules"] = Rule.history.filter(created_by=user).update(created_by=None)
    counts["earlier rules"] += Rule.history.filter(history_user=user).update(history_user=None)
    counts["earlier policies"] = Policy.history.filter(history_user=user).update(history_user=None)
    return counts


def take_out_of(rows: QuerySet, fields: tuple[str, ...], mentions: Mentions) -> int:
    """Put "somebody who left" where these fields mention a person; return in how many rows."""
    touched = 0
    for row in rows.filter(mentions.query(*fields)).order_by("pk"):
        touched += _take_out(row, fields, mentions)
    return touched


def _take_out(row: Model, fields: tuple[str, ...], mentions: Mentions) -> bool:
    texts = {name: getattr(row, name) for name in fields}
    if not mentions.found_in(*texts.values()):
        return False
    changed = {name: mentions.taken_out_of(text) for name, text in texts.items()}
    type(row)._default_manager.filter(Q(pk=row.pk)).update(**changed)
    return True

"""What the comments hold about a person: for the archive of their data, and for their erasure."""

from collections import Counter
from collections.abc import Iterable, Mapping

from accounts.data.mentions import Mentions
from accounts.registries.holdings import CommentsChoice, Holding, Person, Section
from comments.models import Attempt
from comments.personal import archive, archive_desk, elsewhere
from comments.personal.leaving import Leaver, leave
from comments.personal.leaving_desk import leave_desk
from comments.personal.traces import commenters_of, keys_of_tries, names_of

KEY = "comments"
MODELS = (
    "comments.Appeal",
    "comments.Attempt",
    "comments.Comment",
    "comments.Commenter",
    "comments.Flag",
    "comments.HistoricalPolicy",
    "comments.HistoricalRule",
    "comments.ModerationAct",
    "comments.Note",
    "comments.Notice",
    "comments.Rule",
    "comments.RuleHit",
    "comments.SpamModel",
)


def export(person: Person) -> Iterable[Section]:
    """Return everything that the comments hold about a person, as a reader and as a moderator."""
    yield from archive.sections(person)
    yield from archive_desk.sections(person)


def erase(person: Person, comments: CommentsChoice) -> Mapping[str, int]:
    """Take a person out of the comments; the words stay or go as they chose.

    Runs inside the transaction of the whole erasure. A second call finds nothing more to do.
    """
    mentions = Mentions(person)
    leaver = Leaver(
        commenters=list(commenters_of(person).order_by("pk").values_list("pk", flat=True)),
        addresses=person.addresses,
        mentions=mentions,
        removes_words=comments == CommentsChoice.REMOVE,
    )
    counts = Counter(leave(leaver))
    counts.update(leave_desk(person.user, mentions))
    counts["words of others"] = elsewhere.take_out(person)
    tries = Attempt.objects.filter(key__in=keys_of_tries(person.user, person.addresses))
    counts["tries"] = tries.delete()[0]
    return {kind: count for kind, count in counts.items() if count}


HOLDING = Holding(KEY, MODELS, export, erase, order=20, names=names_of)

"""What stands around one comment: the thread, its writer's history, what was decided and noted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from accounts.models import User
from comments.admin.cards import Card, changes_of
from comments.models import Comment, Commenter, ModerationAct, Note, Thread
from comments.models.comment import SEGMENT
from comments.moderation import why_no_undo
from comments.states import Action, State

BEFORE, AFTER = 3, 10  # neighbours in reading order; answers come behind what they answer
HISTORY = 20


@dataclass(frozen=True)
class Neighbour:
    """A comment of the same thread."""

    comment: Comment
    is_this: bool
    is_above: bool  # what this one answers, directly or not
    follows_gap: bool  # comments that are not shown stand between


def neighbours(comment: Comment) -> list[Neighbour]:
    """Return the comments that stand around one, in reading order, with all that it answers."""
    thread = Comment.objects.filter(thread=comment.thread).exclude(state=State.RECEIVED)
    above = [comment.path[:end] for end in range(SEGMENT, len(comment.path), SEGMENT)]
    before = thread.filter(path__lt=comment.path).order_by("-path")[: BEFORE + 1]
    after = thread.filter(path__gt=comment.path).order_by("path")[:AFTER]
    near = {found.pk: found for found in [*before[:BEFORE], *after, *thread.filter(path__in=above)]}
    near[comment.pk] = comment
    has_more = len(before) > BEFORE
    shown = sorted(near.values(), key=lambda found: found.path)
    first_near = min((found.path for found in before[:BEFORE]), default="")
    return [
        Neighbour(
            comment=found,
            is_this=found.pk == comment.pk,
            is_above=found.path in above,
            follows_gap=has_more and found.path == first_near,
        )
        for found in shown
    ]


@dataclass(frozen=True)
class Earlier:
    """A comment of the same writer, and what was decided about it last."""

    comment: Comment
    latest: ModerationAct | None


def history_of(person: Commenter) -> list[Earlier]:
    """Return the last comments of a person, the newest first."""
    written = (
        Comment.objects.by(person)
        .newest_first()
        .select_related("thread__article")
        .defer("thread__article__body_html", "thread__article__search_text")
    )
    comments = list(written[:HISTORY])
    acts = changes_of(comments)
    found = []
    for comment in comments:
        decisions = [act for act in acts[comment.pk] if act.action == Action.STATE]
        found.append(Earlier(comment, decisions[-1] if decisions else None))
    return found


def acts_about(subject: Comment | Commenter | Thread) -> list[ModerationAct]:
    """Return the log of a comment, a person or a thread, the latest first."""
    return list(subject.acts.newest_first().select_related("actor"))


def notes_on(comment: Comment) -> list[Note]:
    """Return what colleagues noted, the oldest first."""
    return list(comment.notes.select_related("written_by").order_by("pk"))


def offer_undo(cards: Sequence[Card], user: User) -> None:
    """Mark the cards whose latest decision this moderator may take back, in one query at most."""
    acts = [(card, card.latest) for card in cards]
    mine = [act for _, act in acts if act is not None and act.actor_id == user.pk]
    prefetch_related_objects(mine, "notices")
    for card, act in acts:
        card.can_undo = act is not None and not why_no_undo(act, user, latest=act.pk)

"""What must hold of a thread after many people posted at once, counted in the database."""

from collections import Counter
from typing import Any

from comment_client import Outcome


def wrong(outcomes: list[Outcome], guide: Any, answerable: list[int]) -> list[str]:
    """Return everything that should not be so, by counting in the database."""
    from comments.models import Comment

    found = [f"comment {one.job.number}: {one.problem}" for one in outcomes if one.problem]
    found += [
        f"comment {one.job.number} led to {one.locations}"
        for one in outcomes
        if len(one.locations) != 1
    ]
    stored = list(Comment.objects.filter(thread__article=guide).exclude(pk__in=answerable))
    times = Counter(comment.text for comment in stored)
    accepted = {one.job.text for one in outcomes if one.is_accepted}
    found += [f"stored {times[text]} times: {text[:20]!r}" for text in accepted if times[text] != 1]
    found += [f"never accepted: {text[:20]!r}" for text in times if text not in accepted]
    return found + _wrong_thread(guide) + _wrong_acts(stored) + _wrong_letters(outcomes)


def _wrong_thread(guide: Any) -> list[str]:
    """Numbers without a gap, one path each, every answer below what it answers."""
    from comments.models import Thread

    thread = Thread.objects.get(article=guide)
    comments = list(thread.comments.select_related("parent"))
    numbers = sorted(comment.number for comment in comments)
    found = []
    if numbers != list(range(1, len(comments) + 1)) or thread.last_number != len(comments):
        found.append(f"numbers have gaps: {len(comments)} comments, last {thread.last_number}")
    if len({comment.path for comment in comments}) != len(comments):
        found.append("two comments stand at one place")
    for comment in comments:
        above = comment.parent.path if comment.parent else ""
        if comment.path != f"{above}{comment.number:06}":
            found.append(f"comment {comment.number} stands at {comment.path}")
    return found


def _wrong_acts(comments: list[Any]) -> list[str]:
    """Every comment waits for its confirmation, by exactly one act of the site."""
    from comments.models import ModerationAct

    acts: dict[int | None, list[tuple[str, str]]] = {comment.pk: [] for comment in comments}
    rows = ModerationAct.objects.filter(comment__in=comments)
    for pk, before, after in rows.values_list("comment", "from_state", "to_state"):
        acts[pk].append((before, after))
    due = [("received", "unconfirmed")]
    return [
        f"comment {comment.number} is {comment.state} by {acts[comment.pk]}"
        for comment in comments
        if acts[comment.pk] != due or comment.state != "unconfirmed"
    ]


def _wrong_letters(outcomes: list[Outcome]) -> list[str]:
    """Everybody is asked to confirm exactly once."""
    from mailing.models import Letter

    letters = Counter(Letter.objects.values_list("recipient", flat=True))
    people = {one.job.email for one in outcomes if one.is_accepted}
    return [f"{letters[person]} letters to {person}" for person in people if letters[person] != 1]

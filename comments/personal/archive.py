"""What somebody wrote as a reader, and what became of it, for the archive of their data."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from accounts.registries.holdings import Person, Section
from comments.models import Attempt, Comment, Commenter, Flag, ModerationAct, Note, Notice, RuleHit
from comments.personal import elsewhere
from comments.personal.traces import (
    acts_about,
    appeals_of,
    commenters_of,
    comments_of,
    keys_of_tries,
    notices_from,
)

Row = dict[str, Any]


def sections(person: Person) -> Iterator[Section]:
    """Yield the parts of the archive about a reader; empty parts as well, so that they can see."""
    keys = list(commenters_of(person).values_list("pk", flat=True))
    yield _people(keys)
    yield _comments(keys)
    yield _decisions(keys)
    yield _appeals(keys)
    yield _notes(keys)
    yield _rule_hits(keys)
    yield _reports_about(keys)
    yield _reports(keys)
    yield _notices(person)
    yield _notices_about(keys)
    yield _tries(person)
    yield _elsewhere(person)


def address_of(comment: Comment) -> str:
    """Return the permanent address of a comment."""
    return settings.SITE_URL + comment.get_absolute_url()


def _people(keys: list[int]) -> Section:
    return Section(
        "commenting",
        "You as somebody who comments",
        "How we know you under comments: by your account, and by each confirmed address under "
        "which you wrote as a guest. What moderators decided about you stands with the decisions.",
        [
            {
                "number": row.pk,
                "as": "account" if row.user_id else "guest",
                "address_of_guest": row.guest_email,
                "since": row.created_at,
                "always_held": row.always_hold,
                "suspended_until": row.suspended_until,
                "banned_since": row.banned_at,
            }
            for row in Commenter.objects.filter(pk__in=keys).order_by("pk")
        ],
    )


def _comments(keys: list[int]) -> Section:
    rows = (
        comments_of(keys)
        .select_related("thread__article", "parent", "revision")
        .defer("thread__article__body_html", "thread__article__search_text")
    )
    return Section(
        "comments",
        "Your comments",
        "Every comment of yours, also those that nobody else can read, with what we noted when it "
        "came. The network is a keyed hash; it tells nobody where you were and ends after 30 days.",
        [_comment(comment) for comment in rows.order_by("created_at", "pk")],
    )


def _comment(comment: Comment) -> Row:
    parent = comment.parent
    return {
        "number": comment.pk,
        "address": address_of(comment),
        "guide": comment.thread.article.title,
        "guide_version": comment.revision.number if comment.revision else None,
        "section": comment.section_title,
        "answers": address_of(parent) if parent is not None else "",
        "signed": comment.name,
        "as_editor": comment.is_by_editors,
        "words": comment.text,
        "state": comment.get_state_display(),
        "written_at": comment.created_at,
        "confirmed_at": comment.confirmed_at,
        "public_since": comment.published_at,
        "decided_at": comment.decided_at,
        "edited_at": comment.edited_at,
        "pinned": comment.is_pinned,
        "locked": comment.is_locked,
        "letters_about_replies": comment.wants_replies,
        "what_spoke_for_a_look": comment.signals,
        "spam_score": comment.score,
        "words_that_counted": comment.score_words,
        "browser": comment.browser,
        "network": comment.address_hash,
        "network_kept_until": comment.address_until,
        "fingerprint_of_words": comment.words_digest,
        "imported_as": comment.imported_from,
    }


def decision(act: ModerationAct) -> Row:
    """Return a row of the log without who decided."""
    return {
        "number": act.pk,
        "at": act.at,
        "comment": address_of(act.comment) if act.comment is not None else "",
        "decision": act.get_action_display(),
        "from": act.get_from_state_display(),
        "to": act.get_to_state_display(),
        "by": act.get_actor_kind_display(),
        "reason": act.get_reason_display(),
        "statement": act.statement,
        "noted": act.detail,
    }


def _decisions(keys: list[int]) -> Section:
    acts = acts_about(keys).select_related("comment").order_by("pk")
    return Section(
        "comment-decisions",
        "Decisions about you and your comments",
        "The whole log: what was decided, why, and what moderators noted. Which moderator it was "
        "is left out, because that is about another person.",
        [decision(act) for act in acts],
    )


def _appeals(keys: list[int]) -> Section:
    return Section(
        "comment-appeals",
        "Your appeals",
        "Where you asked another moderator to look again.",
        [
            {
                "number": row.pk,
                "decision": row.act_id,
                "words": row.text,
                "sent_at": row.created_at,
                "outcome": row.get_outcome_display(),
                "answer": row.statement,
                "answered_at": row.decided_at,
            }
            for row in appeals_of(keys)
        ],
    )


def _notes(keys: list[int]) -> Section:
    rows = Note.objects.filter(comment__author__in=keys).select_related("comment").order_by("pk")
    return Section(
        "comment-notes",
        "Moderators’ notes beside your comments",
        "What moderators told each other about your comments.",
        [
            {
                "number": row.pk,
                "comment": address_of(row.comment),
                "words": row.text,
                "written_at": row.written_at,
            }
            for row in rows
        ],
    )


def _rule_hits(keys: list[int]) -> Section:
    rows = RuleHit.objects.filter(comment__author__in=keys).select_related("comment", "rule")
    return Section(
        "comment-rules",
        "Rules that asked for a look",
        "Rules of the site that had a moderator read a comment of yours.",
        [
            {
                "number": row.pk,
                "comment": address_of(row.comment),
                "rule": row.rule.name,
                "at": row.at,
            }
            for row in rows.order_by("pk")
        ],
    )


def _report(row: Flag) -> Row:
    return {
        "number": row.pk,
        "comment": address_of(row.comment),
        "reason": row.get_reason_display(),
        "at": row.created_at,
        "answered": row.resolved_by_id is not None,
    }


def _reports_about(keys: list[int]) -> Section:
    rows = Flag.objects.filter(comment__author__in=keys).select_related("comment").order_by("pk")
    return Section(
        "comment-reports-about",
        "Readers’ reports of your comments",
        "For which reason and when. Who reported and in which words is left out: it could show "
        "you another person.",
        [_report(row) for row in rows],
    )


def _reports(keys: list[int]) -> Section:
    rows = Flag.objects.filter(reporter__in=keys).select_related("comment").order_by("pk")
    return Section(
        "comment-reports",
        "Your reports",
        "Comments of others that you reported.",
        [{**_report(row), "words": row.words, "weight": row.weight} for row in rows],
    )


def _notices(person: Person) -> Section:
    return Section(
        "comment-notices",
        "Your notices of illegal content",
        "Notices that were sent under a confirmed address of yours.",
        [
            {
                "number": row.code,
                "about": row.address,
                "words": row.explanation,
                "name": row.name,
                "e-mail": row.email,
                "sent_at": row.created_at,
                "outcome": row.get_outcome_display(),
                "answer": row.statement,
                "answered_at": row.decided_at,
            }
            for row in notices_from(person.addresses)
        ],
    )


def _notices_about(keys: list[int]) -> Section:
    rows = Notice.objects.filter(comment__author__in=keys).select_related("comment").order_by("pk")
    return Section(
        "comment-notices-about",
        "Notices about your comments",
        "That somebody said a comment of yours is against the law, and how it was decided. Who it "
        "was and in which words is left out.",
        [
            {
                "number": row.pk,
                "comment": address_of(row.comment) if row.comment else "",
                "at": row.created_at,
                "outcome": row.get_outcome_display(),
                "answer": row.statement,
                "answered_at": row.decided_at,
            }
            for row in rows
        ],
    )


def _tries(person: Person) -> Section:
    keys = keys_of_tries(person.user, person.addresses)
    return Section(
        "comment-tries",
        "What counts towards limits",
        "How often you sent something of a kind. Forgotten after a day.",
        [
            {"number": row.pk, "kind": row.action, "at": row.at, "counted_under": row.key}
            for row in Attempt.objects.filter(key__in=keys).order_by("pk")
        ],
    )


def _elsewhere(person: Person) -> Section:
    return Section(
        "comment-mentions",
        "Where an address of yours is mentioned",
        "Rows of any kind in which a confirmed address of yours stands; comments of others are "
        "shown as they wrote them.",
        [
            {"kind": kind, "number": row.pk, "words": words}
            for kind, row, words in elsewhere.found(person)
        ],
    )

"""All signals of a comment."""

import logging

from comments.models import Comment, Policy, Rule, RuleHit
from comments.rule_values import ValueProblems
from comments.screening import learning
from comments.screening.duplicates import sent_before, words_digest
from comments.screening.facts import Facts, Signal
from comments.screening.rules import matches
from comments.screening.score import Score, terms_of
from comments.screening.subjects import Subject, subjects_of
from comments.states import Reason

logger = logging.getLogger(__name__)

TOO_FAST = 2.0  # seconds in which nobody has read a preview


def screen(comment: Comment, facts: Facts, policy: Policy) -> list[Signal]:
    """Return what speaks for holding a stored comment, the strongest first; it never rejects.

    Sets the score, its words and the fingerprint of the words on the comment, for the caller to
    save. Stores which rules spoke.
    """
    subject = subjects_of([comment])[0]
    comment.words_digest = words_digest(subject.reading)
    signals = [*_automatic(facts), *_rules(subject)]
    if where := sent_before(comment):
        signals.append(Signal(Reason.DUPLICATE_TEXT, where))
    score = learning.score(terms_of(subject.reading))
    comment.score = None if score is None else score.probability
    comment.score_words = [] if score is None else [list(part) for part in score.shown()]
    if score is not None and score.probability >= float(policy.hold_from_score):
        signals.append(Signal(Reason.SCORE, _in_words(score)))
    return signals


def _automatic(facts: Facts) -> list[Signal]:
    signals = []
    if facts.is_trap_filled:
        signals.append(Signal(Reason.AUTOMATIC, "A field that people do not see was filled in."))
    if facts.seconds is not None and facts.seconds < TOO_FAST:
        signals.append(Signal(Reason.AUTOMATIC, f"Sent after {facts.seconds:.1f} seconds."))
    return signals


def _rules(subject: Subject) -> list[Signal]:
    signals, hits = [], []
    for rule in Rule.objects.filter(is_active=True).order_by("name", "pk"):
        try:
            match = matches(rule, subject)
        except ValueProblems:  # it passed the form, so an update changed what can be read
            logger.exception("Rule %s cannot be read and holds nothing.", rule.pk)
            continue
        if match is not None:
            signals.append(Signal(Reason.RULE, f"Rule “{rule.name}”: {match.detail}"))
            hits.append(RuleHit(rule=rule, comment=subject.comment))
    if hits:
        RuleHit.objects.bulk_create(hits, ignore_conflicts=True)
    return signals


def _in_words(score: Score) -> str:
    reasons = [f"{term} {weight / 100:+.1f}" for term, weight in score.parts if weight > 0]
    return f"Spam score {score.probability:.2f}: {', '.join(reasons[:5])}"

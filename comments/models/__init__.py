from comments.models.comment import Comment
from comments.models.decisions import Appeal, ModerationAct
from comments.models.limits import Attempt
from comments.models.notes import Note
from comments.models.people import Commenter
from comments.models.reports import Flag, Notice
from comments.models.rules import Rule, RuleHit
from comments.models.scoring import SpamModel
from comments.models.threads import Policy, Thread

__all__ = [
    "Appeal",
    "Attempt",
    "Comment",
    "Commenter",
    "Flag",
    "ModerationAct",
    "Note",
    "Notice",
    "Policy",
    "Rule",
    "RuleHit",
    "SpamModel",
    "Thread",
]

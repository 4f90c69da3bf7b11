"""What speaks for holding a comment: rules, the score, repetition, and how the form was filled in.

Nothing here rejects. `screen` is called with every comment before it is placed, and by the dry run
of a rule before it is saved.
"""

from comments.screening.facts import Facts, Signal
from comments.screening.screen import screen

__all__ = ["Facts", "Signal", "screen"]

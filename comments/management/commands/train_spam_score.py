"""Has the spam score learn from all decisions now."""

from typing import Any

from django.core.management.base import BaseCommand

from comments.screening import learning


class Command(BaseCommand):
    help = "Learns the spam score from what moderators approved and rejected as spam."

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn, and say from how much."""
        made = learning.train()
        if made is None:
            good, spam = learning.decision_counts()
            self.stdout.write(
                f"Not enough decisions yet: {good} good comments and {spam} of spam; "
                f"it takes {learning.LEAST} of each."
            )
            return
        self.stdout.write(f"{made}. {len(made.words)} words count. Digest {made.digest}.")

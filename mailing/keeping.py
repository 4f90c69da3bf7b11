"""How long letters are kept, and what the worker remembers of its work."""

from core.retention import Keeping
from mailing import outbox, worker

KEEPINGS = (
    Keeping(
        key="mailing.letters",
        what="Letters to you: the address, the subject and the words",
        why="To send them, and to find out why one did not arrive. A letter with a code in it is "
        "emptied as soon as it was sent. That a letter was sent is kept, but not to whom.",
        period=outbox.KEPT,
        since="a letter was sent or given up",
        purge=outbox.forget_sent,
    ),
    Keeping(
        key="mailing.tasks",
        what="What our worker did, such as “sent letter 4711”, without names and addresses",
        why="To find out why something was not done.",
        period=worker.RESULTS_KEPT,
        since="it was done",
        purge=worker.forget_results,
    ),
)

"""The steps that a comment may take, written out once more, and a look at what changed."""

from dataclasses import dataclass

from articles.tests.factories import create_live_guide
from comments.models import Comment, Commenter, ModerationAct, Thread
from comments.moderation import READERS, SYSTEM, WRITER, Actor, moderator
from comments.placing import place_in_thread
from comments.states import ActorKind, Reason, State
from comments.tests.factories import create_comment, create_moderator

# Written out once more, so that nobody widens the table without noticing.
ALLOWED = {
    ("received", "unconfirmed", "system"),
    ("received", "pending", "system"),
    ("received", "approved", "system"),
    ("unconfirmed", "pending", "system"),
    ("unconfirmed", "approved", "system"),
    ("unconfirmed", "deleted", "author"),
    ("unconfirmed", "deleted", "system"),
    ("pending", "approved", "moderator"),
    ("pending", "rejected", "moderator"),
    ("pending", "deleted", "author"),
    ("approved", "pending", "moderator"),
    ("approved", "pending", "system"),
    ("approved", "hidden", "readers"),
    ("approved", "rejected", "moderator"),
    ("approved", "deleted", "author"),
    ("hidden", "approved", "moderator"),
    ("hidden", "rejected", "moderator"),
    ("hidden", "deleted", "author"),
    ("rejected", "approved", "moderator"),
    ("rejected", "deleted", "author"),
}
BACK = {("pending", "hidden"), ("approved", "hidden"), ("rejected", "pending")}
BACK |= {("rejected", "hidden")}
REASONS = {
    State.UNCONFIRMED: Reason.CONFIRM_ADDRESS,
    State.PENDING: Reason.ALL_HELD,
    State.APPROVED: Reason.FITS,
    State.HIDDEN: Reason.REPORTED,
    State.REJECTED: Reason.SPAM,
    State.DELETED: Reason.WRITER,
}


def received() -> Comment:
    """Return a comment that nothing was decided about yet."""
    thread, _ = Thread.objects.get_or_create(article=create_live_guide())
    number, path, depth = place_in_thread(thread, None)
    return Comment.objects.create(
        thread=thread,
        number=number,
        path=path,
        depth=depth,
        author=Commenter.objects.create(),
        name="Gus",
        text="Words",
    )


def in_state(state: State) -> Comment:
    """Return a comment in a state."""
    return received() if state == State.RECEIVED else create_comment(state=state)


def actor_of(kind: ActorKind) -> Actor:
    plain = {ActorKind.AUTHOR: WRITER, ActorKind.READERS: READERS, ActorKind.SYSTEM: SYSTEM}
    return plain.get(kind) or moderator(create_moderator())


@dataclass
class Before:
    """A comment as it was, to compare."""

    comment: Comment

    def __post_init__(self) -> None:
        self.row = self.look()
        self.acts = self.count()

    def look(self) -> dict:
        return dict(Comment.objects.filter(pk=self.comment.pk).values().get())

    def count(self) -> int:
        return ModerationAct.objects.filter(comment=self.comment).count()

    def is_unchanged(self) -> bool:
        return self.look() == self.row and self.count() == self.acts

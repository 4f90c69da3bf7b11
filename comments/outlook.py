"""What happens to a comment next, in words for its writer. Promises no time that we do not know."""

from dataclasses import dataclass

from comments import notifications, wanted
from comments.identity import Visitor, known_commenter
from comments.models import Comment, Commenter, ModerationAct, Policy, Thread
from comments.models.threads import Mode
from comments.statements import meant_by
from comments.states import Reason, State
from comments.trust import Level, standing_of

AT_ONCE = "It appears at once, unless a rule of the site asks a moderator to read it first."
LETTER = (
    "We send a letter to the address you gave. Open the link in it and press the button there; "
    "until then nobody else sees the comment. "
)


def before_sending(visitor: Visitor, thread: Thread, policy: Policy, email: str = "") -> str:
    """Return what will happen to a comment once it is sent.

    Says nothing about the person behind an address that this browser has not confirmed, and
    nothing about the rules, so that nobody can try words out against them.
    """
    person = known_commenter(visitor, email)
    mode = thread.mode_under(policy)
    if visitor.user is None and person is None:
        return (
            LETTER
            + {
                Mode.ALL: "A moderator then reads it before it appears, as every comment here.",
                Mode.FIRST: "A moderator then reads it before it appears, unless earlier comments "
                "from this address were approved.",
                Mode.NONE: "Then it appears.",
            }[mode]
        )
    is_staff = visitor.user is not None and visitor.user.is_staff
    return _for_known(person, mode, policy, is_staff=is_staff)


def _for_known(
    person: Commenter | None, mode: Mode, policy: Policy, *, is_staff: bool = False
) -> str:
    if is_staff:
        return "It appears at once, marked as written by the editors."
    if person is not None and person.always_hold:
        return "A moderator reads it before it appears, as each comment of yours."
    if mode == Mode.ALL:
        return "A moderator reads it before it appears, as every comment here."
    if mode == Mode.NONE:
        return AT_ONCE
    if person is not None and standing_of(person, policy).level >= Level.KNOWN:
        return f"Earlier comments of yours were approved. {AT_ONCE}"
    return "A moderator reads it before it appears, as the first comments of each person."


def after_edit(comment: Comment) -> str:
    """Return what will happen to a comment once its words are changed."""
    if comment.state == State.UNCONFIRMED:
        return "It still waits for you to confirm your address."
    if comment.state != State.APPROVED:
        return "It still waits for a moderator, who will read the new words."
    policy = Policy.current()
    mode = comment.thread.mode_under(policy)
    return _for_known(comment.author, mode, policy, is_staff=comment.is_by_editors)


@dataclass(frozen=True)
class Outlook:
    """Where a comment stands: in a word, why, and what is next."""

    state: str
    reason: str
    next: str
    statement: str = ""
    act: ModerationAct | None = None


TITLES = {
    State.UNCONFIRMED: "Waits for your confirmation",
    State.PENDING: "Waits for a moderator",
    State.APPROVED: "Public",
    State.HIDDEN: "Hidden after readers’ reports",
    State.REJECTED: "Rejected",
    State.DELETED: "Deleted",
}
NEXT = {
    State.UNCONFIRMED: "A letter goes to the address you gave. Open the link in it and press the "
    "button there; until then nobody else sees the comment, which waits for 30 days. If the letter "
    "is not there after some minutes, look in your spam folder, or have it sent again.",
    State.PENDING: "A moderator reads it, and approves it or rejects it with a reason. "
    "We tell you by mail either way.",
    State.APPROVED: "Everybody can read it.",
    State.HIDDEN: "Nobody else sees it until a moderator has looked at the reports. "
    "We tell you by mail what was decided.",
    State.REJECTED: "The statement of reasons says how to have another moderator look again.",
    State.DELETED: "Its words are gone from the site. Answers to it keep their place in the "
    "thread.",
}


NO_LETTER = (
    "Nobody else sees it until the address you gave is confirmed, and no letter is on its way "
    "about it, since few go to one address in an hour. Press the button behind a letter about "
    "another comment of yours, in this browser, and this one is confirmed too; or have a letter "
    "sent for it later. It waits for 30 days."
)
ONLY_REJECTION = (
    "A moderator reads it, and approves it or rejects it with a reason. "
    "We tell you by mail if it is rejected; you chose no letters about approvals."
)


def _next(comment: Comment, state: State) -> str:
    """Return what is next, as far as it depends on more than the state."""
    if state == State.APPROVED and not Comment.objects.approved().filter(pk=comment.pk).exists():
        return "The guide is not public at the moment, so nobody can read the comment either."
    if state == State.UNCONFIRMED and notifications.confirm_letter_fate(comment) is None:
        return NO_LETTER
    if state == State.PENDING and not wanted.wants(comment.author, wanted.APPROVALS):
        return ONLY_REJECTION
    return NEXT.get(state, "")


def of_comment(comment: Comment) -> Outlook:
    """Return where a stored comment stands, for its writer."""
    state = State(comment.state)
    act = comment.acts.decisions().newest_first().first()
    meant = meant_by(act) if act is not None else None
    reason = Reason(meant.reason) if meant is not None else None
    # Not for what is public, and not what the writer did on purpose.
    is_told = state != State.APPROVED and reason != Reason.WRITER
    return Outlook(
        state=TITLES.get(state, state.label),
        reason=reason.label if is_told and reason else "",
        next=_next(comment, state),
        statement=meant.statement if meant is not None and is_told else "",
        act=act,
    )

"""What people are told by mail, and when. Nothing is sent from here: letters go to the outbox."""

from comments.models import Appeal, Comment, ModerationAct, Notice


def confirm_address(comment: Comment) -> None:
    """Ask the owner of the address whether the comment is theirs."""


def of_decision(act: ModerationAct) -> None:
    """Tell the writer of a decision about a comment, and whoever is answered of the answer."""


def withdraw(act: ModerationAct) -> None:
    """Take back what has not been sent yet about an act that was undone."""


def of_restriction(act: ModerationAct) -> None:
    """Tell a person that they are held, suspended, banned, or free again."""


def of_appeal(appeal: Appeal) -> None:
    """Tell the writer how another moderator decided."""


def of_notice(notice: Notice) -> None:
    """Acknowledge a notice of illegal content, or tell how it was decided."""

"""What a writer is told when a form is not taken as it is, and with which status."""

import math
from dataclasses import dataclass, replace
from http import HTTPStatus

from comments.admission import Refused
from comments.models import Comment


@dataclass(frozen=True)
class Told:
    """A message above the form. `code` lets templates add the link that helps."""

    code: str
    status: HTTPStatus
    title: str
    text: str
    retry_after: int | None = None  # seconds
    comment: Comment | None = None  # that the same form has made before


SIGNED_OUT = Told(
    "signed-out",
    HTTPStatus.FORBIDDEN,
    "You have been signed out",
    "Your words are still here. Sign in again in a new tab and come back to this one, "
    "or go on as a guest with a name and an address.",
)
SIGNED_IN = Told(
    "signed-in",
    HTTPStatus.CONFLICT,
    "You have signed in since you began",
    "Your words are still here. They would now appear under the name of your account; "
    "look at them once more before you send them.",
)
NOW_SIGNED_IN = replace(SIGNED_IN, status=HTTPStatus.OK)  # a preview refuses nothing
OLD_TOKEN = Told(
    "csrf",
    HTTPStatus.FORBIDDEN,
    "The form was too old to be taken",
    "It had been open for long, or you signed in or out in another tab. Your words are still "
    "here; send them once more.",
)
OLD_FORM = Told(
    "old",
    HTTPStatus.CONFLICT,
    "This form was opened more than a day ago",
    "Your words are still here. Look at them once more, and send them.",
)
UNKNOWN_FORM = Told(
    "forged",
    HTTPStatus.BAD_REQUEST,
    "We do not recognise this form",
    "Part of it was missing or changed on the way. Your words are still here; send them once more.",
)
# By code of `admission.Refused`. The text is that of the refusal.
TITLES = {
    "gone": "The guide is not public any more",
    "closed": "Closed for comments",
    "parent-gone": "What you answer is no longer public",
    "locked": "This conversation is closed",
    "banned": "You cannot comment here",
    "suspended": "You cannot comment here for some time",
    "left": "This account has been deleted",
    "limit": "Please wait a little",
    "answered": "Somebody has answered in the meantime",
    "decided": "A moderator has decided in the meantime",
    "deleted": "The comment was deleted",
    "too-late": "The 15 minutes have passed",
}
STATUS = {
    "banned": HTTPStatus.FORBIDDEN,
    "suspended": HTTPStatus.FORBIDDEN,
    "limit": HTTPStatus.TOO_MANY_REQUESTS,
}


def told(refusal: Refused) -> Told:
    """Return the message for a refusal."""
    wait = refusal.wait
    return Told(
        refusal.code,
        STATUS.get(refusal.code, HTTPStatus.CONFLICT),
        TITLES[refusal.code],
        refusal.message,
        retry_after=math.ceil(wait.total_seconds()) if wait is not None else None,
    )


def sent_before(comment: Comment) -> Told:
    """Return the message for a form that has made a comment already, of other words."""
    return Told(
        "sent-before",
        HTTPStatus.CONFLICT,
        "This form was sent before, with other words",
        "What you sent first is stored. These words are not yet: send them to add them as a "
        "further comment.",
        comment=comment,
    )

"""Reading letters in tests."""

import re

from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives

from mailing.models import Letter
from mailing.tests.postbox import deliver_all

SITE = "http://localhost:8000"


def forget_mail() -> None:
    """Send what waits and forget it, so that a test sees what comes after."""
    deliver_all()
    mail.outbox.clear()


def letters() -> list[EmailMessage]:
    """Send what waits and return all that was not forgotten."""
    return deliver_all()


def letter() -> EmailMessage:
    """Send what waits and return the only letter."""
    (only,) = deliver_all()
    return only


def html(message: EmailMessage) -> str:
    """Return the HTML part of a letter."""
    assert isinstance(message, EmailMultiAlternatives)
    ((content, _),) = message.alternatives
    return str(content)


def said(message: EmailMessage) -> str:
    """Return the words of a letter on one line each paragraph, however it was filled."""
    paragraphs = str(message.body).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in paragraphs)


def path_in(message: EmailMessage, name: str) -> str:
    """Return the path of the link whose path begins with a name, such as "confirm"."""
    found = re.search(
        rf"^{re.escape(SITE)}(/comments/{name}/\S*)$", str(message.body), re.MULTILINE
    )
    assert found, f"No link to {name} in the letter."
    return found[1]


def waiting() -> list[str]:
    """Return the keys of the letters that wait, in order."""
    return list(Letter.objects.waiting().order_by("pk").values_list("key", flat=True))

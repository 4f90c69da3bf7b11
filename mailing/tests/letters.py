"""Letters for the tests of mailing, whose templates are written in the test."""

from typing import Any

from django.template import Engine, Template

from mailing import outbox
from mailing.models import Letter

WORDS = "Something happened\n\nHello,\n\nit happened on Monday.\n"
ADDRESS = "private.person@example.org"


def queue_letter(key: str = "act-1", to: str = ADDRESS, **fields: Any) -> Letter:
    """Queue a letter made of the test template and return it."""
    outbox.queue(to=to, template="mailing/test.txt", context={}, key=key, **fields)
    return Letter.objects.get(key=key)


def template(words: str) -> Template:
    """Return a template of these words."""
    return Engine.get_default().from_string(words)

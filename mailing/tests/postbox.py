"""Mail in tests: nothing is sent by itself; a test says when the postman comes."""

from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from mailing import outbox
from mailing.models import Letter


def deliver_all() -> list[EmailMessage]:
    """Send every letter that waits, whatever its time, and return all mail of this test."""
    while waiting := Letter.objects.waiting().count():
        Letter.objects.waiting().update(next_try_at=timezone.now())
        outbox.sweep()
        assert Letter.objects.waiting().count() < waiting, "A letter cannot be sent."
    return mail.outbox

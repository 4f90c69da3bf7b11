import smtplib
from collections.abc import Callable

import pytest
from django.core.mail.backends.locmem import EmailBackend


@pytest.fixture
def mail_fails(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception | None], None]:
    """Make the mail server answer with a fault, until it is called with None."""
    real = EmailBackend.send_messages

    def fail_with(error: Exception | None) -> None:
        def refuse(self, messages):
            raise error

        monkeypatch.setattr(EmailBackend, "send_messages", refuse if error else real)

    return fail_with


@pytest.fixture
def server_down(mail_fails) -> Callable[[Exception | None], None]:
    """A mail server that is away. Call the fixture with None to bring it back."""
    mail_fails(smtplib.SMTPServerDisconnected("no answer to private.person@example.org"))
    return mail_fails

"""Mail from the command line."""

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from mailing.models import Letter
from mailing.tests.letters import ADDRESS, queue_letter

pytestmark = pytest.mark.django_db


def test_due_mail_is_sent_from_cron(capsys) -> None:
    queue_letter()
    call_command("deliver_mail")
    assert capsys.readouterr().out == "1 sent, 0 waiting.\n"
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("server_down")
def test_a_server_that_is_away_is_reported(capsys) -> None:
    queue_letter()
    call_command("deliver_mail")
    said = capsys.readouterr()
    assert said.out == "0 sent, 1 waiting.\n"
    assert "tried again later" in said.err


def test_a_test_letter_takes_the_usual_way(capsys) -> None:
    call_command("test_mail", ADDRESS)
    letter = Letter.objects.get()
    assert letter.key in capsys.readouterr().out
    call_command("deliver_mail")
    assert mail.outbox[0].to == [ADDRESS]


def test_a_test_letter_needs_an_address() -> None:
    with pytest.raises(CommandError, match="one e-mail address"):
        call_command("test_mail", "nobody")
    assert not Letter.objects.exists()

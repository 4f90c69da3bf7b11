"""Letters about accounts when mail is in trouble: none lost, none twice, no code after its time."""

import os
import re
import signal
import smtplib
import socket
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings as site
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import create_user
from mailing import outbox
from mailing.models import Letter

pytestmark = pytest.mark.django_db
ADDRESS = "ada@example.org"
WORKER_SECONDS = 60  # the machine may be busy


@pytest.fixture
def mail_is_down(monkeypatch: pytest.MonkeyPatch):
    """A mail server that is away; calling the fixture brings it back."""
    real = EmailBackend.send_messages

    def refuse(self, messages):
        raise smtplib.SMTPServerDisconnected("away")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    return lambda: monkeypatch.setattr(EmailBackend, "send_messages", real)


def ask_for_a_code() -> Client:
    client = Client()
    answer = client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    assert answer.status_code == 302  # the page does not wait for mail, and does not fail with it
    return client


def pass_time(**time: float) -> None:
    """Move all letters into the past, as if so much time had gone by."""
    gone = timedelta(**time)
    for letter in Letter.objects.all():
        for name in ("queued_at", "next_try_at", "expires_at", "claimed_until"):
            if (at := getattr(letter, name)) is not None:
                setattr(letter, name, at - gone)
        letter.save()


def test_a_code_arrives_when_the_server_is_back_in_time(mail_is_down) -> None:
    create_user(email=ADDRESS)
    client = ask_for_a_code()
    for _ in range(3):
        assert outbox.sweep().sent == 0
        pass_time(minutes=1)
    mail_is_down()
    assert outbox.sweep().sent == 1
    assert outbox.sweep().sent == 0
    (message,) = mail.outbox
    code = re.search(r"^[A-Z]{4}-[A-Z]{4}$", message.body, re.MULTILINE)
    assert code
    client.post(reverse("account_confirm_login_code"), {"code": code.group()})
    assert client.get(reverse("accounts:overview")).status_code == 200


def test_a_code_that_has_run_out_never_arrives_and_a_new_one_does(mail_is_down) -> None:
    create_user(email=ADDRESS)
    ask_for_a_code()
    outbox.sweep()
    pass_time(minutes=11)
    mail_is_down()
    assert outbox.sweep().sent == 0
    assert mail.outbox == []
    late = Letter.objects.values().get()
    assert (late["recipient"], late["text"], late["html"]) == ("", "", "")
    ask_for_a_code()
    assert outbox.sweep().sent == 1


def test_a_notice_waits_for_days_and_is_told_once(mail_is_down) -> None:
    client = Client()
    user = create_user(email=ADDRESS, password="an old pass phrase here")
    client.force_login(user)
    outbox.queue(
        to=ADDRESS, template="accounts/mail/password_changed.txt", key="k", context={"urls": {}}
    )
    for _ in range(3):
        outbox.sweep()
        pass_time(hours=12)
    mail_is_down()
    assert outbox.sweep().sent == 1
    assert outbox.sweep().sent == 0


class KillingSink:
    """A mail server during whose first conversation the worker is killed with -9."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.worker: subprocess.Popen[bytes] | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the letter, unless there is a worker to kill first."""
        if self.worker is not None:
            os.kill(self.worker.pid, signal.SIGKILL)
            self.worker = None
            return "451 the line broke"
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return "250 OK"


def site_of_its_own(tmp_path: Path, port: int) -> dict[str, str]:
    """Copy the database of the test into a file, and return the environment of a site on it."""
    file = tmp_path / "site.sqlite3"
    with sqlite3.connect(file) as copy:
        connection.connection.backup(copy)
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {
        **keep,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{file}",
        "SECRET_KEY": "k" * 50,
        "SITE_URL": "http://localhost:8000",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}?tls=none",
    }


def manage(environment: dict[str, str], command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", command],
        env=environment,
        cwd=site.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the database of the test")
def test_a_worker_killed_in_the_middle_of_a_letter_loses_nothing(tmp_path: Path) -> None:
    create_user(email=ADDRESS)
    ask_for_a_code()
    sink = KillingSink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        environment = site_of_its_own(tmp_path, port)
        sink.worker = worker = manage(environment, "task_worker")
        assert worker.wait(WORKER_SECONDS) == -signal.SIGKILL
        assert sink.taken == []
        with sqlite3.connect(tmp_path / "site.sqlite3") as database:
            (held,) = database.execute("select claimed_until from mailing_letter").fetchone()
            assert held is not None  # in its hands when it died
            before = (timezone.now() - timedelta(seconds=1)).replace(tzinfo=None).isoformat(" ")
            database.execute("update mailing_letter set claimed_until = ?", [before])
        for _ in range(2):
            assert manage(environment, "deliver_mail").wait(WORKER_SECONDS) == 0
    finally:
        controller.stop()
    assert len(sink.taken) == 1
    assert b"Your code to sign in" in sink.taken[0]
    assert f"To: {ADDRESS}".encode() in sink.taken[0]

"""EMAIL_URL: any SMTP server in one variable, and a start that stops where it is not understood."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from backend_guide import env

PASSWORD = "p@ss:w/rd#?%"
QUOTED = "p%40ss%3Aw%2Frd%23%3F%25"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("EMAIL_URL", "EMAIL_HOST", "EMAIL_USER"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("value", [None, "", " ", "console:"])
def test_without_a_server_mail_goes_to_the_terminal(monkeypatch, value: str | None) -> None:
    if value is not None:
        monkeypatch.setenv("EMAIL_URL", value)
    assert env.mailer()["BACKEND"] == "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 587, "", True, False)),
        ("smtp://mail.example:2525/", ("mail.example", 2525, "", True, False)),
        (f"smtp://me:{QUOTED}@mail.example", ("mail.example", 587, "me", True, False)),
        (
            f"smtp://me%40guide.example:{QUOTED}@mail.example:587?tls=starttls",
            ("mail.example", 587, "me@guide.example", True, False),
        ),
        (f"smtps://me:{QUOTED}@mail.example", ("mail.example", 465, "me", False, True)),
        ("smtps://mail.example:8465", ("mail.example", 8465, "", False, True)),
        ("smtp://localhost:25?tls=none", ("localhost", 25, "", False, False)),
        (f"smtp://me:{QUOTED}@127.0.0.1?tls=none", ("127.0.0.1", 587, "me", False, False)),
        ("smtp://[::1]:1025?tls=none", ("::1", 1025, "", False, False)),
        ("smtp://mail.example:25?tls=none", ("mail.example", 25, "", False, False)),
    ],
)
def test_any_server_fits_in(monkeypatch, url: str, expected: tuple[object, ...]) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    found = env.mailer()
    assert found["BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    options = found["OPTIONS"]
    names = ("host", "port", "username", "use_tls", "use_ssl")
    assert tuple(options[name] for name in names) == expected
    assert options["password"] == (PASSWORD if options["username"] else "")
    assert options["timeout"] == env.MAIL_TIMEOUT


def test_django_takes_what_comes_out(monkeypatch, settings) -> None:
    monkeypatch.setenv("EMAIL_URL", f"smtps://me:{QUOTED}@mail.example")
    settings.MAILERS = {"default": env.mailer()}
    connection: Any = mail.mailers["default"]
    assert (connection.host, connection.port, connection.use_ssl) == ("mail.example", 465, True)
    assert connection.password == PASSWORD


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "https://mail.example",
        "smtp://",
        "smtp:mail.example",
        "console",
        "smtp://mail.example:smtp",
        "smtp://mail.example:99999",
        "smtp://mail.example/inbox",
        "smtp://mail.example#tls",
        "smtp://me@mail.example",
        "smtp://:secret-word@mail.example",
        "smtp://me:secret-word@mail.example?tls=perhaps",
        "smtp://me:secret-word@mail.example?tls=none",
        "smtp://me:secret-word@mail.example?tls",
        "smtp://me:secret-word@mail.example?timeout=5",
        "smtps://me:secret-word@mail.example?tls=starttls",
        "smtp://me:secret-word/rest@mail.example",
        "smtp://me:secret-word#rest@mail.example",
    ],
)
def test_what_is_not_understood_is_refused_by_name_and_never_repeated(monkeypatch, url) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL is not understood") as refused:
        env.mailer()
    assert "secret-word" not in str(refused.value)
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_the_old_name_is_not_passed_over_in_silence(monkeypatch) -> None:
    monkeypatch.setenv("EMAIL_HOST", "mail.example")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_HOST is not read"):
        env.mailer()


def test_the_start_stops_without_a_word_of_the_password(tmp_path: Path) -> None:
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    url = "smtp://me:secret/word@mail.example"
    ran = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**keep, "VAR_DIR": str(tmp_path), "SECRET_KEY": "k" * 50, "EMAIL_URL": url},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode != 0
    assert "EMAIL_URL is not understood" in ran.stderr.splitlines()[-1]
    assert "secret" not in ran.stderr + ran.stdout

"""The settings as a whole, read anew in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

# Reads the settings once for each environment of a list, and tells what came of it.
READ = """
import importlib, json, os, sys
from django.core.exceptions import ImproperlyConfigured
found, clean = [], dict(os.environ)
for changes in json.loads(sys.stdin.read()):
    os.environ.clear()
    os.environ.update(clean, **changes)
    sys.modules.pop("backend_guide.settings", None)
    try:
        module = importlib.import_module("backend_guide.settings")
        values = {name: repr(getattr(module, name)) for name in dir(module) if name.isupper()}
        found.append({"settings": values})
    except ImproperlyConfigured as error:
        found.append({"error": str(error)})
print(json.dumps(found))
"""
KEY = "k" * 50
BARE_HTTPS = {"SECRET_KEY": KEY, "SITE_URL": "https://guide.example"}
OPERATOR = {"SITE_OPERATOR": "Guide Society, 1 Mill Lane", "SITE_CONTACT": "hello@guide.example"}
HTTPS = {**BARE_HTTPS, **OPERATOR, "EMAIL_URL": "smtp://mail.guide.example"}
LOCAL = {"SECRET_KEY": KEY}
CASES: dict[str, dict[str, str]] = {
    "no key": {},
    "short key": {"SECRET_KEY": "short"},
    "debug word": {**LOCAL, "DEBUG": "perhaps"},
    "database": {**LOCAL, "DATABASE_URL": "oracle://me@host/site"},
    "port": {**LOCAL, "PORT": "http"},
    "proxies": {**LOCAL, "TRUSTED_PROXY_COUNT": "one"},
    "mail port": {**LOCAL, "EMAIL_URL": "smtp://mail.example:smtp"},
    "mail as it was named before": {**LOCAL, "EMAIL_HOST": "mail.example"},
    "plain http": {**LOCAL, "SITE_URL": "http://guide.example"},
    "no scheme": {**LOCAL, "SITE_URL": "guide.example"},
    "with a path": {**LOCAL, "SITE_URL": "https://guide.example/here"},
    "no host": {**LOCAL, "SITE_URL": "https://"},
    "empty address": {**LOCAL, "SITE_URL": ""},
    "nobody runs it": BARE_HTTPS,
    "no way to reach them": {**BARE_HTTPS, "SITE_OPERATOR": "Guide Society"},
    "reached, but who": {**BARE_HTTPS, "SITE_CONTACT": "hello@guide.example"},
    "nobody carries its letters": {**BARE_HTTPS, **OPERATOR},
    "debugging in public": {**HTTPS, "DEBUG": "1"},
    "letters into the log": {**HTTPS, "EMAIL_URL": "console:"},
    "local": LOCAL,
    "local port": {**LOCAL, "PORT": "8123"},
    "https": HTTPS,
    "more hosts": {**HTTPS, "ALLOWED_HOSTS": "www.guide.example"},
    "proxy": {**HTTPS, "TRUSTED_PROXY_COUNT": "1"},
    "debugging": {"DEBUG": "1", "SITE_URL": "http://guide.test"},
}
NAMED = {
    "no key": "SECRET_KEY",
    "short key": "SECRET_KEY",
    "debug word": "DEBUG",
    "database": "DATABASE_URL",
    "port": "PORT",
    "proxies": "TRUSTED_PROXY_COUNT",
    "mail port": "EMAIL_URL",
    "mail as it was named before": "EMAIL_HOST",
    "plain http": "SITE_URL",
    "no scheme": "SITE_URL",
    "with a path": "SITE_URL",
    "no host": "SITE_URL",
    "empty address": "SITE_URL",
    "nobody runs it": "SITE_OPERATOR",
    "nobody carries its letters": "EMAIL_URL",
    "debugging in public": "DEBUG",
    "no way to reach them": "SITE_CONTACT",
    "reached, but who": "SITE_OPERATOR",
}


def environment(var_dir: Path, **changes: str) -> dict[str, str]:
    keep = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {**keep, "VAR_DIR": str(var_dir), **changes}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    result = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps(list(CASES.values())),
        env=environment(tmp_path_factory.mktemp("var")),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(CASES, json.loads(result.stdout), strict=True))


@pytest.mark.parametrize(("case", "variable"), NAMED.items())
def test_wrong_values_stop_the_start(outcomes, case: str, variable: str) -> None:
    assert variable in outcomes[case].get("error", "")


def test_the_start_itself_stops_with_the_name(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env=environment(tmp_path, SECRET_KEY=KEY, DEBUG="perhaps"),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert "DEBUG='perhaps'" in result.stderr.splitlines()[-1]


def test_on_this_machine(outcomes) -> None:
    values = outcomes["local"]["settings"]
    assert values["DEBUG"] == "False"
    assert values["SITE_URL"] == "'http://127.0.0.1:8000'"
    assert values["SECURE_SSL_REDIRECT"] == values["SESSION_COOKIE_SECURE"] == "False"
    assert values["SECURE_HSTS_SECONDS"] == "0"
    assert "'localhost'" in values["ALLOWED_HOSTS"]
    assert outcomes["local port"]["settings"]["SITE_URL"] == "'http://127.0.0.1:8123'"


def test_in_production(outcomes) -> None:
    values = outcomes["https"]["settings"]
    assert values["ALLOWED_HOSTS"] == "['guide.example']"
    assert "smtp" in values["MAILERS"]
    assert "console" in outcomes["letters into the log"]["settings"]["MAILERS"]
    more = outcomes["more hosts"]["settings"]["ALLOWED_HOSTS"]
    assert more == "['guide.example', 'www.guide.example']"
    assert values["CSRF_TRUSTED_ORIGINS"] == "['https://guide.example']"
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        assert values[name] == "True"
    assert int(values["SECURE_HSTS_SECONDS"]) >= 31_536_000
    assert "Manifest" in values["STORAGES"]


def test_forwarded_scheme_is_believed_only_behind_a_proxy(outcomes) -> None:
    assert "SECURE_PROXY_SSL_HEADER" not in outcomes["https"]["settings"]
    assert "X_FORWARDED_PROTO" in outcomes["proxy"]["settings"]["SECURE_PROXY_SSL_HEADER"]


def test_debugging_needs_no_key_and_no_https(outcomes) -> None:
    values = outcomes["debugging"]["settings"]
    assert values["DEBUG"] == "True"
    assert "Manifest" not in values["STORAGES"]


def test_tests_touch_nothing_of_the_site() -> None:
    assert settings.BASE_DIR not in Path(settings.VAR_DIR).parents
    assert not settings.DEBUG

"""Reading settings from the environment, strictly: a wrong value stops the start with its name."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}

# One writer at a time, readers never wait, and a transaction takes its write lock at once: without
# IMMEDIATE two requests that read and then write fail with "database is locked".
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;"
        "PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
    ),
}
LOCAL_HOSTS = {"127.0.0.1", "localhost", "::1"}
MAIL_TIMEOUT = 15  # seconds; the worker waits for the server, nobody else does
POSTGRESQL_POOL = {"min_size": 1, "max_size": 4, "timeout": 10}


def text(name: str, default: str = "") -> str:
    """Return the variable without surrounding blanks, or the default where it is not set."""
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no variable. Raises ImproperlyConfigured for any other word."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ImproperlyConfigured(
        f"{name}={value!r}: write one of 1, true, yes, on, 0, false, no, off."
    )


def integer(name: str, default: int) -> int:
    """Return a whole number. Raises ImproperlyConfigured for anything else."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number.") from error


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated variable as a list, without blanks and empty items."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def site_url(*, debug: bool) -> tuple[str, SplitResult]:
    """Return the public address, and its parts. Raises ImproperlyConfigured where it is unsafe."""
    url = text("SITE_URL", f"http://127.0.0.1:{integer('PORT', 8000)}").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
        raise ImproperlyConfigured(f"SITE_URL={url!r}: write https://host or http://host:port.")
    is_local = parts.hostname in LOCAL_HOSTS
    if parts.scheme == "http" and not (is_local or debug):
        raise ImproperlyConfigured(
            "SITE_URL must start with https:// unless the site is on localhost."
        )
    if parts.scheme == "https" and debug and not is_local:
        raise ImproperlyConfigured("DEBUG shows code to strangers: not with SITE_URL=https://.")
    return url, parts


def operator(*, needed: bool) -> tuple[str, str]:
    """Return who runs the site and how to reach them. Raises ImproperlyConfigured if left open."""
    name, contact = text("SITE_OPERATOR"), text("SITE_CONTACT")
    if needed and not (name and contact):
        raise ImproperlyConfigured(
            "SITE_OPERATOR and SITE_CONTACT must say who runs the site and how to reach them."
        )
    return name, contact


def secret_key(*, var_dir: Path, debug: bool) -> str:
    """Return SECRET_KEY, or the key that `make run` keeps in var/secret-key.

    Raises ImproperlyConfigured when there is neither: a key made up at each start would sign
    everybody out, and a key in the code would let anybody sign in.
    """
    key = text("SECRET_KEY")
    kept = var_dir / "secret-key"
    if not key and kept.is_file():
        key = kept.read_text(encoding="ascii").strip()
    if not key and debug:
        return "insecure-key-for-debugging-only-" + "x" * 32
    if len(key) < 50:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or shorter than 50 characters. `make run` creates one in "
            "var/secret-key; elsewhere set it in the environment."
        )
    return key


def database(*, var_dir: Path) -> dict[str, Any]:
    """Return Django's database settings from DATABASE_URL (SQLite in var/ when it is not set)."""
    url = text("DATABASE_URL", f"sqlite:///{var_dir / 'site.sqlite3'}")
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, dj_database_url.ParseError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL is not understood; write sqlite:///path or postgres://user:pass@host/name."
        ) from error
    options = config.setdefault("OPTIONS", {})
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {**SQLITE_OPTIONS, **options}
        config["CONN_MAX_AGE"] = None
    elif config["ENGINE"].endswith("postgresql"):
        options.setdefault("pool", POSTGRESQL_POOL)
        config["CONN_MAX_AGE"] = 0  # the pool keeps the connections
        config["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured("DATABASE_URL must name SQLite or PostgreSQL.")
    return config


def mailer(*, needed: bool = False) -> dict[str, Any]:
    """Return Django's settings of outgoing mail from EMAIL_URL (the terminal when it is not set).

    Raises ImproperlyConfigured without repeating the address, which may hold a password; also for
    a public site that names nothing: its codes would go to a log, and nobody could sign in.
    """
    if old := [name for name in ("EMAIL_HOST", "EMAIL_USER") if text(name)]:
        raise ImproperlyConfigured(f"{old[0]} is not read: write EMAIL_URL=smtp://user:pass@host.")
    if needed and not text("EMAIL_URL"):
        raise ImproperlyConfigured(
            "EMAIL_URL must name a mail server, or be console: to write letters into the log."
        )
    value = text("EMAIL_URL") or "console:"
    if value == "console:":
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    try:
        url = urlsplit(value)
        asked = dict(parse_qsl(url.query, strict_parsing=True)) if url.query else {}
        port = url.port
    except ValueError:  # its words may hold a part of the password, so they end here
        raise _not_a_mailer("port or query is not understood") from None
    if url.scheme not in {"smtp", "smtps"} or not url.hostname or url.path not in {"", "/"}:
        raise _not_a_mailer("it needs one of the forms")
    if url.fragment or set(asked) - {"tls"} or bool(url.username) != bool(url.password):
        raise _not_a_mailer("percent-encode special characters of user and password, name both")
    tls = asked.get("tls", "implicit" if url.scheme == "smtps" else "starttls")
    if tls not in ({"implicit"} if url.scheme == "smtps" else {"starttls", "none"}):
        raise _not_a_mailer(
            "tls is starttls or none with smtp://, and is not written with smtps://"
        )
    if tls == "none" and url.hostname not in LOCAL_HOSTS and url.password:
        raise _not_a_mailer("tls=none would send the password in the clear")
    return _smtp(url, tls, port)


def _smtp(url: SplitResult, tls: str, port: int | None) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": url.hostname,
            "port": port or (465 if tls == "implicit" else 587),
            "username": unquote(url.username or ""),
            "password": unquote(url.password or ""),
            "use_tls": tls == "starttls",
            "use_ssl": tls == "implicit",
            "timeout": MAIL_TIMEOUT,
        },
    }


def _not_a_mailer(why: str) -> ImproperlyConfigured:
    forms = "smtp://user:password@host:587, smtps://user:password@host:465 or console:"
    return ImproperlyConfigured(f"EMAIL_URL is not understood ({why}); write {forms}")

"""Measures whether the time of an answer tells that an address has an account.

    bin/with-python bench/sign_in_timing.py [--pairs 300] [--only FORM]

Four forms, sent with known and unknown addresses in random order, with the password hasher, the
database and the middleware of production, in a scratch folder. Limits are off: with them nobody
could ask so often. README.md beside it tells how to read the numbers.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

PASSWORD = "nine green owls in the attic"  # noqa: S105  of people who do not exist
OTHER = "seven grey cats on the stairs"
RESAMPLES = 2000
# A page, and what is sent to it.
FORMS: dict[str, tuple[str, Callable[[str], dict[str, str]]]] = {
    "sign in, wrong password": ("account_login", lambda a: {"login": a, "password": OTHER}),
    "sign up": ("account_signup", lambda a: {"email": a, "password1": PASSWORD}),
    "ask for a code": ("account_request_login_code", lambda a: {"email": a}),
    "reset the password": ("account_reset_password", lambda a: {"email": a}),
}


@dataclass
class Times:
    """Milliseconds of one form, for known and for unknown addresses, by one kind of clock."""

    known: list[float] = field(default_factory=list)
    unknown: list[float] = field(default_factory=list)

    def interval(self, chance: random.Random) -> tuple[float, float]:
        """Return the 95% interval of the difference of the medians, by resampling."""
        found = sorted(
            statistics.median(chance.choices(self.known, k=len(self.known)))
            - statistics.median(chance.choices(self.unknown, k=len(self.unknown)))
            for _ in range(RESAMPLES)
        )
        return found[int(RESAMPLES * 0.025)], found[int(RESAMPLES * 0.975)]

    def told_apart(self) -> float:
        """Return how often a known address takes longer than an unknown one; 50% is a coin."""
        longer = sum(k > u for k in self.known for u in self.unknown)
        return longer / len(self.known) / len(self.unknown)


def settle(scratch: Path) -> None:
    """Set up a site as in production, with nothing in it, and no limits."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="backend_guide.settings",
        VAR_DIR=str(scratch),
        DATABASE_URL=f"sqlite:///{scratch / 'site.sqlite3'}",
        SECRET_KEY="k" * 50,
        SITE_URL="http://localhost:8000",
        EMAIL_URL="",
    )
    for name in ("DEBUG", "REDIS_URL"):
        os.environ.pop(name, None)
    (scratch / "static").mkdir()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from accounts.signing_in import limits

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.ACCOUNT_RATE_LIMITS = settings.MFA_RATE_LIMITS = False
    limits.LIMITS, limits.OTHERWISE = {}, "1000000/m/ip"
    call_command("migrate", verbosity=0)


def fill(people: int) -> list[str]:
    """Store people with the same password, hashed once, and return their addresses."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    from accounts.models import User

    hashed = make_password(PASSWORD)
    assert hashed.startswith("argon2$")
    emails = [f"reader-{number:06}@known.example" for number in range(people)]
    users = User.objects.bulk_create([User(email=email, password=hashed) for email in emails])
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users]
    )
    return emails


def measure(
    name: str, known: list[str], unknown: list[str], chance: random.Random
) -> tuple[Times, Times]:
    """Send a form with each address once, in random order; return times by wall and processor."""
    from django.test import Client
    from django.urls import reverse

    page, data = FORMS[name]
    path, wall, processor = reverse(page), Times(), Times()
    asked = [(email, "known") for email in known] + [(email, "unknown") for email in unknown]
    chance.shuffle(asked)
    for _ in range(5):
        Client().post(path, data("warm-up@elsewhere.example"))
    codes = set()
    for email, kind in asked:
        client = Client()
        started = time.perf_counter(), time.process_time()
        answer = client.post(path, data(email))
        getattr(wall, kind).append((time.perf_counter() - started[0]) * 1000)
        getattr(processor, kind).append((time.process_time() - started[1]) * 1000)
        codes.add(answer.status_code)
    assert len(codes) == 1, f"{name}: the answers differ: {codes}"
    return wall, processor


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--only", choices=FORMS, help="One form instead of all.")
    arguments = parser.parse_args()
    pairs, forms = arguments.pairs, [arguments.only] if arguments.only else list(FORMS)
    chance = random.Random(5)
    with tempfile.TemporaryDirectory(prefix="bench-sign-in-") as scratch:
        settle(Path(scratch))
        known = fill(pairs)
        print("| Form | clock | known | unknown | difference, 95% | known slower |")
        print("|---|---|---:|---:|---:|---:|")
        for number, name in enumerate(forms):
            unknown = [f"reader-{n:06}@other{number}.example" for n in range(pairs)]
            for clock, times in zip(
                ("wall", "processor"), measure(name, known, unknown, chance), strict=True
            ):
                print(row(name, clock, times, chance), flush=True)


def row(name: str, clock: str, times: Times, chance: random.Random) -> str:
    """Return a row of the table."""
    low, high = times.interval(chance)
    known, unknown = statistics.median(times.known), statistics.median(times.unknown)
    return (
        f"| {name} | {clock} | {known:.1f} ms | {unknown:.1f} ms |"
        f" {low:+.1f} to {high:+.1f} ms | {times.told_apart():.0%} |"
    )


if __name__ == "__main__":
    main()

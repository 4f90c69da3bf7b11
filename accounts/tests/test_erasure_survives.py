"""A worker that is killed in the middle of an erasure: the account stays whole until the next."""

import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import DeletionRequest, ProfileLink
from accounts.tests.factories import create_user
from accounts.tests.test_mail_survives import WORKER_SECONDS, manage, site_of_its_own

# Everything is erased but the account itself when the power goes.
KILLED = """
import os, signal, django
django.setup()
from accounts.data import erasure
from accounts.registries import holdings
def die(person, choice):
    os.kill(os.getpid(), signal.SIGKILL)
holdings.register(holdings.Holding("last", (), lambda person: (), die, order=1000))
erasure.erase_due()
"""
LEFT = {
    "accounts_user": 1,
    "accounts_deletionrequest": 1,
    "accounts_profilelink": 1,
    "account_emailaddress": 1,
    "accounts_erasure": 0,
    "mailing_letter": 0,
}


def counts(tmp_path: Path) -> dict[str, int]:
    with sqlite3.connect(tmp_path / "site.sqlite3") as database:
        return {
            table: database.execute(f"select count(*) from {table}").fetchone()[0] for table in LEFT
        }


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the database of the test")
def test_killed_worker_leaves_all_of_it_and_the_next_round_finishes(tmp_path: Path) -> None:
    user, then = create_user(), timezone.now() - timedelta(days=2)
    ProfileLink.objects.create(user=user, position=0, label="Code", url="https://example.org/")
    DeletionRequest.objects.create(user=user, requested_at=then, due_at=then + timedelta(days=1))
    environment = site_of_its_own(tmp_path, port=9)
    environment["DJANGO_SETTINGS_MODULE"] = "backend_guide.settings"

    killed = subprocess.run(
        [sys.executable, "-c", KILLED],
        env=environment,
        cwd=settings.BASE_DIR,
        timeout=WORKER_SECONDS,
        check=False,
    )

    assert killed.returncode == -signal.SIGKILL
    assert counts(tmp_path) == LEFT
    assert manage(environment, "erase_due_accounts").wait(WORKER_SECONDS) == 0
    assert counts(tmp_path) == {
        **dict.fromkeys(LEFT, 0),
        "accounts_erasure": 1,
        "mailing_letter": 1,
    }

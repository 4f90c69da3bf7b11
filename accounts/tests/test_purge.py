"""What an account leaves behind is forgotten when the table says so, and not before."""

import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.utils import timezone

from accounts import keeping
from accounts.models import Consent, User
from accounts.tests.entering import ADDRESS, sign_up
from accounts.tests.factories import create_user
from accounts.tests.papers import put_all
from core import retention
from core.retention import DAY
from mailing import outbox
from mailing.models import Letter
from mailing.worker import Worker

pytestmark = pytest.mark.django_db


def later(span):
    return timezone.now() + span


def never_confirmed(**fields):
    """Return somebody who signed up eight days ago and never confirmed the address."""
    user = User.objects.create_user("typo@example.org", **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - 8 * DAY)
    return user


def test_sign_up_that_nobody_confirmed_is_erased_after_a_week(client):
    put_all()
    sign_up(client)
    assert keeping.forget_unverified(later(6 * DAY)) == 0
    assert User.objects.filter(email=ADDRESS).exists()

    assert keeping.forget_unverified(later(8 * DAY)) == 1

    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not Consent.objects.exists()
    outbox.give_up_run_out(later(8 * DAY))  # as each round of the worker does
    assert not Letter.objects.filter(recipient=ADDRESS).exists()


def test_address_that_was_given_up_so_can_be_used_again(client):
    never_confirmed()
    keeping.forget_unverified(timezone.now())

    sign_up(client, "typo@example.org")

    assert User.objects.filter(email="typo@example.org").count() == 1


@pytest.mark.parametrize(
    "fields",
    [{"is_staff": True}, {"is_staff": True, "is_superuser": True}, {"last_login": timezone.now()}],
)
def test_who_was_let_in_some_other_way_stays(fields):
    never_confirmed(**fields)

    assert keeping.forget_unverified(timezone.now()) == 0


def test_account_made_at_the_desk_without_any_address_row_stays():
    user = User.objects.create_user("made@example.org")
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - 400 * DAY)

    assert keeping.forget_unverified(timezone.now()) == 0


def test_one_confirmed_address_is_enough():
    user = never_confirmed()
    EmailAddress.objects.create(user=user, email="second@example.org", verified=True)

    assert keeping.forget_unverified(timezone.now()) == 0


def test_session_that_has_run_out_goes_and_its_device_with_it(client):
    user = create_user()
    client.force_login(user)
    key = client.session.session_key
    UserSession.objects.create(user=user, session_key=key, ip="192.0.2.0", user_agent="x")
    gone = UserSession.objects.create(user=user, session_key="gone", ip="192.0.2.0", user_agent="x")

    assert keeping.forget_sessions(later(13 * DAY)) == 0
    assert keeping.forget_devices(timezone.now()) == 1
    assert not UserSession.objects.filter(pk=gone.pk).exists()
    assert UserSession.objects.filter(session_key=key).exists()

    assert keeping.forget_sessions(later(15 * DAY)) == 1
    assert keeping.forget_devices(later(15 * DAY)) == 1
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()


def test_log_of_the_desk_goes_after_a_year():
    kind = ContentType.objects.get_for_model(User)
    for days in (364, 366):
        entry = LogEntry.objects.create(
            user=create_user(), content_type=kind, object_repr="x", action_flag=CHANGE
        )
        LogEntry.objects.filter(pk=entry.pk).update(action_time=timezone.now() - days * DAY)

    assert keeping.forget_log(timezone.now()) == 1
    assert LogEntry.objects.count() == 1


def test_limits_that_have_run_out_leave_the_cache_of_files(settings, tmp_path):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path / "cache",
        }
    }
    caches["default"].set("tries:1", [1.0], timeout=0.01)
    caches["default"].set("tries:2", [1.0], timeout=1000)
    time.sleep(0.05)

    assert keeping.forget_limits(timezone.now()) == 1
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert caches["default"].get("tries:2") == [1.0]


def test_other_caches_forget_by_themselves():
    assert keeping.forget_limits(timezone.now()) == 0


def test_the_worker_carries_it_out():
    user = never_confirmed()

    Worker().work()

    assert not User.objects.filter(pk=user.pk).exists()


def test_second_round_finds_nothing():
    never_confirmed()
    assert retention.purge()["accounts.unverified"] == 1

    assert set(retention.purge().values()) == {0}


def test_dry_run_of_the_real_table_changes_nothing():
    user = never_confirmed()

    counts = retention.purge(dry_run=True)

    assert counts["accounts.unverified"] == 1
    assert "accounts.limits" not in counts
    assert User.objects.filter(pk=user.pk).exists()


def test_all_of_it_together_is_quick_and_never_fails_on_an_empty_site():
    counts = retention.purge(timezone.now() + timedelta(days=4000))

    assert None not in counts.values()


def test_account_made_at_the_desk_stays_while_its_person_has_not_confirmed():
    user = never_confirmed()
    LogEntry.objects.log_actions(
        create_user(is_superuser=True).pk, [user], ADDITION, "", single_object=True
    )

    assert keeping.forget_unverified(timezone.now()) == 0

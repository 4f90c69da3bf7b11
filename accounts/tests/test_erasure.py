"""The erasure itself: all or nothing, once, whatever happens to the worker."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.data import erasure
from accounts.data.mentions import Mentions
from accounts.models import CommentsChoice, DeletionRequest, Erasure, User
from accounts.models.deletion import GRACE
from accounts.registries import holdings
from accounts.registries.holdings import Holding
from accounts.tests.factories import PASSWORD, create_user
from accounts.tests.leaving import SIGN_IN, sign_in, wait_a_day
from core import retention
from mailing import outbox
from mailing.models import Letter
from mailing.tests.letters import queue_letter

pytestmark = pytest.mark.django_db

KEEP_WORDS = CommentsChoice.ANONYMISE


class WorkerDiedError(Exception):
    """Stands for whatever ends a worker in the middle."""


@pytest.fixture
def dying(monkeypatch):
    """A holding that fails after all others have erased, until it is told not to."""
    monkeypatch.setattr(holdings, "_holdings", dict(holdings._holdings))
    state = {"dies": True}

    def erase(person, choice):
        if state["dies"] and person.user.email.startswith("nora"):
            raise WorkerDiedError("of nora@example.org")
        return {}

    holdings.register(Holding("test-dying", (), lambda person: [], erase, order=999))
    return state


def test_fault_leaves_all_as_it_was_and_the_next_round_does_it_again(client, dying, caplog):
    user = sign_in(client, email="nora@example.org")
    erasure.request(user, KEEP_WORDS)

    assert wait_a_day(user) == 0

    assert EmailAddress.objects.filter(user=user).exists()
    assert DeletionRequest.objects.filter(user=user).exists()
    assert not Erasure.objects.exists()
    assert not Letter.objects.filter(key__startswith="erasure-").exists()
    assert "WorkerDiedError" in caplog.text
    assert "nora" not in caplog.text
    dying["dies"] = False
    assert wait_a_day(user) == 1
    assert Erasure.objects.count() == 1


def test_one_that_fails_keeps_no_other_from_going(client, dying):
    nora = create_user(email="nora@example.org")
    olga = create_user(email="olga@example.org")
    for user in (nora, olga):
        erasure.request(user, KEEP_WORDS)

    wait_a_day(nora)
    assert wait_a_day(olga) == 1

    assert list(User.objects.all()) == [nora]


def test_carried_out_twice_is_done_once():
    user = create_user()
    pk = erasure.request(user, KEEP_WORDS).pk
    wait_a_day(user)

    assert erasure.carry_out(pk) is None
    assert Erasure.objects.count() == 1


def test_hourly_round_of_the_worker_erases():
    user = create_user()
    erasure.request(user, KEEP_WORDS)
    earlier = timezone.now() - 2 * GRACE
    DeletionRequest.objects.update(requested_at=earlier, due_at=earlier + GRACE)

    assert retention.purge()["accounts-to-be-deleted"] == 1
    assert not User.objects.exists()


def test_dry_run_of_the_purge_erases_nobody():
    user = create_user()
    erasure.request(user, KEEP_WORDS)
    earlier = timezone.now() - 2 * GRACE
    DeletionRequest.objects.update(requested_at=earlier, due_at=earlier + GRACE)

    assert retention.purge(dry_run=True)["accounts-to-be-deleted"] == 1
    assert User.objects.filter(pk=user.pk).exists()


def test_without_telling_no_letter_goes():
    erasure.erase(create_user(), KEEP_WORDS, tell=False)

    assert not Letter.objects.exists()


def test_every_session_of_the_person_ends_and_no_other(client):
    user = sign_in(client)
    bare, other = Client(), Client()
    bare.force_login(user)  # not in the list of devices
    sign_in(other)
    half = Client()
    half.post("/account/login/code/", {"email": user.email})
    assert Session.objects.count() >= 3

    erasure.erase(user, KEEP_WORDS)

    assert [session.get_decoded().get("_auth_user_id") for session in Session.objects.all()] == [
        other.session["_auth_user_id"]
    ]
    assert other.get("/account/").status_code == 200


def test_session_that_stands_before_the_second_factor_ends_too(client):
    user = create_user(password=PASSWORD)
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=user, type="webauthn", data={"name": "k", "credential": {}})
    half = Client()
    half.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
    assert Session.objects.count() == 1

    erasure.erase(user, KEEP_WORDS)

    assert not Session.objects.exists()


def entry(user, *, about=None, **fields):
    return LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(about.pk) if about else "999",
        object_repr=fields.get("object_repr", str(about) if about else "x"),
        action_flag=CHANGE,
        change_message=fields.get("change_message", ""),
    )


def test_log_of_the_desk_keeps_what_was_done_and_not_to_whom():
    nora = create_user(email="nora@example.org", display_name="Nora Nothnagel")
    boss = create_user(role="Administrator")
    about = entry(boss, about=nora, change_message="Lost her phone")
    named = entry(
        boss, object_repr="Nora Nothnagel, comment 3", change_message="by NORA@example.org"
    )
    other = entry(boss, object_repr="Nora Nothnagels Buch")
    own = entry(nora)

    erasure.erase(nora, KEEP_WORDS)

    about.refresh_from_db()
    assert (about.object_id, about.object_repr) == (None, "An account that was deleted")
    assert about.change_message == ""
    named.refresh_from_db()
    assert named.object_repr == "somebody who left, comment 3"
    assert named.change_message == "by somebody who left"
    other.refresh_from_db()
    assert other.object_repr == "Nora Nothnagels Buch"
    assert not LogEntry.objects.filter(pk=own.pk).exists()


def letter(key, **fields):
    queue_letter(key)
    Letter.objects.filter(key=key).update(**fields)
    return Letter.objects.get(key=key)


def test_letters_to_the_person_go_and_letters_to_others_lose_the_name():
    nora = create_user(email="nora@example.org", display_name="Nora Nothnagel")
    letter("to-her", recipient="Nora@Example.org")
    waits = letter("waits", recipient="olga@example.org", text="Nora Nothnagel answered.")
    sent = letter(
        "sent",
        recipient="olga@example.org",
        text="Nora Nothnagel answered.",
        sent_at=timezone.now(),
        next_try_at=None,
    )
    plain = letter("plain", recipient="olga@example.org", text="Hello.")

    erasure.erase(nora, KEEP_WORDS, tell=False)

    assert outbox.fate_of("to-her") is None
    waits.refresh_from_db()
    assert (waits.recipient, waits.text) == ("olga@example.org", "somebody who left answered.")
    sent.refresh_from_db()
    assert (sent.recipient, sent.text) == ("", "")
    plain.refresh_from_db()
    assert plain.text == "Hello."


def test_letters_of_the_owner_of_an_unconfirmed_address_stay():
    nora = create_user(email="nora@example.org")
    EmailAddress.objects.create(user=nora, email="victim@example.org", verified=False)
    letter("theirs", recipient="victim@example.org")

    erasure.erase(nora, KEEP_WORDS)

    assert Letter.objects.filter(key="theirs", recipient="victim@example.org").exists()


def test_note_on_a_task_that_failed_with_the_address_goes():
    nora = create_user(email="nora@example.org")
    queue_letter("a")
    DBTaskResult.objects.update(
        traceback="Refused: Nora@Example.org", finished_at=timezone.now(), status="FAILED"
    )
    queue_letter("b")

    erasure.erase(nora, KEEP_WORDS, tell=False)

    assert DBTaskResult.objects.count() == 1


def test_cache_forgets_the_account(client, django_capture_on_commit_callbacks):
    user = create_user()
    [key] = erasure.cache_keys(user.pk)
    cache.set(key, 3)

    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(user, KEEP_WORDS)

    assert cache.get(key) is None


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Al said", False),
        ("Anna Maria said", True),
        ("Annabella", False),
        ("anna maria", False),
        ("write to ANNA@example.org.", True),
        ("write to xanna@example.org", False),
        ("write to anna@example.organic", False),
        ("O&#x27;Brien Smith", True),
    ],
)
def test_names_are_found_as_whole_words_only(text, is_found):
    user = create_user(email="anna@example.org", display_name="Anna Maria")
    person = holdings.person_of(user)
    names = person.names | {"Al", "O'Brien Smith"}

    mentions = Mentions(holdings.Person(user, person.addresses, names))

    assert mentions.found_in(text) is is_found


def test_name_that_somebody_chose_takes_nothing_from_others():
    boss = create_user(role="Administrator")
    message = '[{"changed": {"fields": ["Password"]}}]'
    about = entry(boss, about=create_user(), change_message=message)
    code = letter("account:sign_in_code:1", recipient="olga@example.org", text="changed: ABCD")
    sent = letter("account:sent", text="changed", sent_at=timezone.now(), next_try_at=None)

    erasure.erase(create_user(display_name="changed"), KEEP_WORDS, tell=False)

    for row in (about, code, sent):
        row.refresh_from_db()
    assert about.change_message == message
    assert (code.text, sent.text) == ("changed: ABCD", "changed")

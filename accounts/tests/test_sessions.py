"""/account/sessions/: the devices of a person, and signing out elsewhere."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import last_seen
from accounts.security import devices, sessions
from accounts.tests.entering import is_signed_in, words
from accounts.tests.factories import create_user
from accounts.tests.guarding import DEVICES, FIREFOX, PHONE, browser, person, sign_in

pytestmark = pytest.mark.django_db


def signed_in(user, agent=FIREFOX, address="203.0.113.77"):
    client = browser(agent, address)
    sign_in(client, user)
    return client


def row_of(client):
    return UserSession.objects.get(session_key=client.session.session_key)


def end_page(client):
    return f"{DEVICES}{row_of(client).pk}/end/"


def test_strangers_are_asked_to_sign_in(client):
    assert client.get(DEVICES).url == f"/account/login/?next={DEVICES}"
    assert client.post(f"{DEVICES}1/end/").status_code == 302


def test_devices_are_told_in_words(client):
    user = person()
    here = signed_in(user)
    signed_in(user, PHONE, "2001:db8:aaaa:bbbb::1")

    text = words(here.get(DEVICES))

    assert "Firefox on Linux This device" in text
    assert "Chrome on Android" in text
    assert "203.0.113.0/24" in text
    assert "2001:db8:aaaa::/48" in text
    assert "203.0.113.77" not in text


def test_whole_address_is_not_stored():
    signed_in(person())

    assert UserSession.objects.get().ip == "203.0.113.0"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("::ffff:203.0.113.77", "203.0.113.0"),
        ("2001:db8:aaaa:bbbb:cccc::1", "2001:db8:aaaa::"),
        ("::1", "::"),
        ("0.0.0.0", "0.0.0.0"),
    ],
)
def test_network_of_an_address(address, network):
    assert devices.network(address) == network


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (FIREFOX, "Firefox on Linux"),
        (PHONE, "Chrome on Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Safari/605", "Safari on macOS"),
        ("curl/8.0", "curl"),
        ("Something (Linux)", "A browser on Linux"),
        ("", "A browser we do not know"),
        ("<script>alert(1)</script>", "A browser we do not know"),
    ],
)
def test_browsers_in_words(agent, told):
    assert devices.describe(agent) == told


def test_one_device_is_signed_out():
    user = person()
    here, phone = signed_in(user), signed_in(user, PHONE)

    response = here.post(end_page(phone), follow=True)

    assert "Chrome on Android: signed out." in words(response)
    assert is_signed_in(here)
    assert not is_signed_in(phone)
    assert UserSession.objects.count() == 1


def test_devices_of_others_are_not_there():
    here, stranger = signed_in(person()), signed_in(person())

    assert here.post(end_page(stranger)).status_code == 404
    assert here.post(f"{DEVICES}999999/end/").status_code == 404
    assert is_signed_in(stranger)


def test_no_code_ends_a_session_of_somebody_else():
    user, stranger = person(), signed_in(person())

    assert not sessions.end_one(user, row_of(stranger).pk)
    assert is_signed_in(stranger)


def test_ending_needs_a_form():
    user = person()
    here, phone = signed_in(user), signed_in(user, PHONE)

    assert here.get(end_page(phone)).status_code == 405
    assert here.put(DEVICES).status_code == 405
    assert is_signed_in(phone)


def test_this_device_is_signed_out_where_that_is_done():
    here = signed_in(person())

    assert here.post(end_page(here)).url == "/account/logout/"
    assert is_signed_in(here)


def test_all_other_devices_are_signed_out():
    user, other = person(), person()
    here, phone, unlisted = signed_in(user), signed_in(user, PHONE), signed_in(user)
    stranger = signed_in(other)
    row_of(unlisted).delete()  # such as a session from before devices were listed
    since = row_of(here).created_at

    response = here.post(DEVICES, follow=True)

    assert "You are signed out everywhere else." in words(response)
    assert is_signed_in(here)
    assert row_of(here).created_at == since
    assert not is_signed_in(phone)
    assert not is_signed_in(unlisted)
    assert is_signed_in(stranger)
    assert UserSession.objects.filter(user=user).count() == 1


def test_signing_out_takes_the_device_off_the_list():
    user = person()
    here, phone = signed_in(user), signed_in(user, PHONE)

    phone.post("/account/logout/")

    assert "Chrome on Android" not in words(here.get(DEVICES))
    assert not UserSession.objects.exclude(pk=row_of(here).pk).exists()


def test_sessions_that_ran_out_are_not_listed():
    user = person()
    here, phone = signed_in(user), signed_in(user, PHONE)
    Session.objects.filter(pk=phone.session.session_key).update(expire_date=timezone.now())

    assert "Chrome on Android" not in words(here.get(DEVICES))


def test_device_is_noted_once_an_hour_at_most(django_assert_num_queries):
    here = signed_in(person())
    long_ago = timezone.now() - timedelta(hours=5)
    UserSession.objects.update(last_seen_at=long_ago)

    here.get("/account/security/")
    assert row_of(here).last_seen_at == long_ago

    session = here.session
    session[last_seen.KEY] -= last_seen.EVERY
    session.save()
    here.get("/account/security/")
    noted = row_of(here).last_seen_at
    assert noted > long_ago

    here.get("/account/security/")
    assert row_of(here).last_seen_at == noted


def test_pages_for_everybody_note_nothing(django_assert_num_queries):
    here = signed_in(person())
    session = here.session
    session[last_seen.KEY] = 0
    session.save()

    response = here.get("/about/")

    assert "Cookie" not in response.get("Vary", "")
    assert here.session[last_seen.KEY] == 0


def test_device_that_was_not_listed_is_listed_once_it_is_seen(client):
    client.force_login(create_user())
    UserSession.objects.all().delete()
    session = client.session
    session[last_seen.KEY] = 0
    session.save()

    client.get("/account/")

    assert UserSession.objects.count() == 1


def test_long_and_strange_browsers_break_nothing():
    here = signed_in(person(), "x" * 5000)

    assert "A browser we do not know" in words(here.get(DEVICES))


def test_pages_of_the_account_are_stored_nowhere(client):
    assert "no-store" in client.get("/account/login/")["Cache-Control"]
    client.force_login(create_user())
    for page in ("/account/", "/account/email/", DEVICES, "/account/password/change/"):
        assert "no-store" in client.get(page).headers.get("Cache-Control", ""), page

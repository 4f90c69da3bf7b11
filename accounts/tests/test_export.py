"""Download my data: one archive with everything, to read and as data."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from accounts.data import export
from accounts.models import NotificationChoice, ProfileLink, User
from accounts.registries import holdings
from accounts.tests.entering import minutes_pass
from accounts.tests.factories import create_user
from accounts.tests.leaving import DATA, DOWNLOAD, download, prove, rows_of, sign_in, text_of

pytestmark = pytest.mark.django_db

HOSTILE = "</p><script>alert(1)</script> & \"quoted\" 'too'"


def page_text(archive, name):
    return text_of(archive.read(name).decode())


def test_stranger_is_sent_to_sign_in(client):
    for method, address in (("get", DATA), ("post", DOWNLOAD), ("get", DOWNLOAD)):
        response = getattr(client, method)(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/account/login/?next=")


def test_page_counts_what_we_hold(client):
    user = sign_in(client)
    ProfileLink.objects.create(user=user, label="One", url="https://example.org/1")
    ProfileLink.objects.create(user=user, label="Two", url="https://example.org/2")

    page = text_of(client.get(DATA).content.decode())

    assert "Links of your profile 2" in page
    assert "E-mail addresses 1" in page
    assert "What we hold nothing of" in page


def test_download_asks_for_proof_first_and_leads_back_to_the_button(client):
    sign_in(client)
    minutes_pass(client)

    response = client.post(DOWNLOAD)

    assert response.status_code == 302
    assert response["Location"] == "/account/reauthenticate/?next=%2Faccount%2Fdata%2F%3Fproven%3D1"


def test_whoever_only_has_a_passkey_is_asked_for_it(client):
    user = create_user()
    user.set_unusable_password()
    user.save()
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Key", "credential": {}})
    client.force_login(user)

    assert client.post(DOWNLOAD)["Location"].startswith(
        "/account/2fa/webauthn/reauthenticate/?next="
    )


def test_archive_is_named_after_site_and_day(client):
    sign_in(client, display_name="Nora Nothnagel")
    prove(client)

    response = client.post(DOWNLOAD)

    assert response["Content-Disposition"].startswith(
        'attachment; filename="backend-guide-my-data-2'
    )
    assert "ora" not in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]


def test_archive_holds_pages_data_and_a_word_on_what_is_not_in_it(client):
    user = sign_in(client, display_name="Nora Nothnagel")
    prove(client)

    archive = download(client)

    assert archive.testzip() is None
    assert re.fullmatch(r"backend-guide-my-data-\d{4}-\d\d-\d\d", archive.folder)
    names = set(archive.namelist())
    assert {"index.html", "account.html", "data.json", "README.txt", "style.css"} <= names
    assert rows_of(archive, "account")[0]["e-mail"] == user.email
    assert rows_of(archive, "account")[0]["display_name"] == "Nora Nothnagel"
    assert "Nora Nothnagel" in page_text(archive, "account.html")
    assert "kept as a hash only" in archive.read("README.txt").decode()
    assert "{%" not in archive.read("README.txt").decode()
    sections = json.loads(archive.read("data.json"))["sections"]
    assert {f"{key}.html" for key in sections} <= names
    assert rows_of(archive, "sessions")[0]["browser"] == ""


def test_archive_needs_no_network_and_runs_no_script(client):
    sign_in(client)
    prove(client)

    archive = download(client)

    for name in archive.namelist():
        if name.endswith(".html"):
            page = archive.read(name).decode()
            assert "<script" not in page
            assert 'src="' not in page
            assert "style=" not in page


def test_what_people_wrote_is_escaped(client):
    user = sign_in(client)
    User.objects.filter(pk=user.pk).update(display_name=HOSTILE, bio=f"{HOSTILE}\nsecond line")
    prove(client)

    archive = download(client)

    page = archive.read("account.html").decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert rows_of(archive, "account")[0]["display_name"] == HOSTILE
    assert '<div class="text">' in page


def test_secrets_stay_here_and_their_being_is_told(client):
    user = sign_in(client)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "SECRET-OF-THE-APP"})
    other = SocialAccount.objects.create(
        user=user, provider="github", uid="4711", extra_data={"login": "nora-at-github"}
    )
    SocialToken.objects.create(account=other, token="TOKEN-OF-GITHUB")
    prove(client)

    archive = download(client)
    user.refresh_from_db()
    session = client.cookies["sessionid"].value

    everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for secret in ("SECRET-OF-THE-APP", "TOKEN-OF-GITHUB", user.password, session):
        assert secret not in everything
    assert user.security_stamp not in everything
    assert "nora-at-github" in everything
    assert "4711" in everything
    assert rows_of(archive, "second-factors")[0]["kind"]
    assert rows_of(archive, "other-sites")[0]["keys_kept"] == 1


def test_archive_holds_nothing_of_others(client):
    other = create_user(email="olga@example.org", display_name="Olga Other")
    ProfileLink.objects.create(user=other, label="Olga's", url="https://olga.example.org/")
    NotificationChoice.objects.create(user=other, kind="olga-kind", is_on=True)
    sign_in(client)
    prove(client)

    archive = download(client)

    everything = b"".join(archive.read(name) for name in archive.namelist()).decode().lower()
    assert "olga" not in everything


def test_log_of_the_desk_does_not_tell_of_other_accounts(client):
    other = create_user(email="olga@example.org")
    user = sign_in(client, is_superuser=True)
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(other.pk),
        object_repr=str(other),
        action_flag=CHANGE,
    )
    prove(client)

    rows = rows_of(download(client), "desk-log")

    assert [(row["act"], row["thing"]) for row in rows] == [("Change", "of somebody else")]


def test_address_that_was_never_confirmed_claims_nothing(client):
    user = sign_in(client)
    EmailAddress.objects.create(user=user, email="Victim@example.org", verified=False)

    person = holdings.person_of(user)

    assert person.addresses == {user.email}
    assert [row["address"] for row in _section(user, "addresses").rows] == [
        user.email,
        "Victim@example.org",
    ]


def _section(user, key):
    return next(section for section in export.sections(user) if section.key == key)


def test_sixth_download_of_an_account_within_an_hour_is_refused_kindly(client):
    sign_in(client)
    prove(client)
    for _ in range(5):
        download(client)

    response = client.post(DOWNLOAD, REMOTE_ADDR="203.0.113.9")  # an account, not a network

    assert response.status_code == 429
    assert "5 times within an hour" in text_of(response.content.decode())
    assert "nothing is lost" in text_of(response.content.decode())


def test_address_of_the_download_leads_to_the_page(client):
    sign_in(client)

    assert client.get(DOWNLOAD)["Location"] == DATA


@pytest.mark.parametrize("address", [DATA, DOWNLOAD])
def test_other_methods_are_refused(client, address):
    sign_in(client)

    assert client.put(address).status_code == 405


@pytest.mark.parametrize("name", ["changed", "Olga Other"])
def test_name_that_somebody_chose_opens_no_row_of_the_log(client, name):
    other = create_user(email="olga@example.org", display_name="Olga Other")
    LogEntry.objects.create(
        user=create_user(is_superuser=True),
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(other.pk),
        object_repr=str(other),
        action_flag=CHANGE,
        change_message='[{"changed": {"fields": ["Password"]}}]',
    )
    user = sign_in(client)
    User.objects.filter(pk=user.pk).update(display_name=name)
    prove(client)

    assert rows_of(download(client), "desk-log") == []

"""The letters about an account: every kind in our words, to the right address, saying no more."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.signing_in import letters
from accounts.tests.factories import PASSWORD, create_user
from mailing.models import Fate, Letter
from mailing.tests.postbox import deliver_all

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CODE = re.compile(r"^[B-Z]{4}-[B-Z]{4}$", re.MULTILINE)
# A frame, a confirmation that allauth never sends, and a link instead of a code: not used here.
UNUSED = {
    "account/email/base",
    "account/email/email_confirm",
    "account/email/password_reset_key",
}
FACTS = {
    letters.ADDRESS_ADDED: {"added_email": "added@example.org"},
    "account/email/email_changed": {"from_email": "old@example.org", "to_email": "new@example.org"},
    "account/email/email_deleted": {"deleted_email": "gone@example.org"},
    "socialaccount/email/account_connected": {"provider": "GitHub\r\nBcc: all@example.org"},
    "socialaccount/email/account_disconnected": {"provider": "GitHub"},
}
SUBJECTS = {
    "account/email/password_changed": "Your password at Backend Guide was changed",
    "account/email/password_reset": "A new password was set at Backend Guide",
    "account/email/password_set": "Your account at Backend Guide has a password now",
    letters.ADDRESS_ADDED: "An address was added to your account at Backend Guide",
    letters.RECOVERY_CODE_USED: "A recovery code was used at Backend Guide",
    "account/email/email_changed": "The address of your account at Backend Guide was changed",
    "account/email/email_deleted": "An address was removed from your account at Backend Guide",
    "mfa/email/totp_activated": "An authenticator app was added at Backend Guide",
    "mfa/email/totp_deactivated": "The authenticator app was removed at Backend Guide",
    "mfa/email/recovery_codes_generated": "New recovery codes at Backend Guide",
    "mfa/email/webauthn_added": "A passkey was added at Backend Guide",
    "mfa/email/webauthn_removed": "A passkey was removed at Backend Guide",
    "socialaccount/email/account_connected": (
        "You can sign in to Backend Guide with GitHub Bcc: all@example.org now"
    ),
    "socialaccount/email/account_disconnected": (
        "GitHub was disconnected from your account at Backend Guide"
    ),
}


def notify(prefix: str, user: User, **facts: str) -> None:
    """Have allauth tell a person of a change."""
    request = RequestFactory().post("/", HTTP_USER_AGENT=FIREFOX)
    with context.request_context(request):
        get_adapter().send_notification_mail(prefix, user, facts)


def html_of(message: EmailMessage) -> str:
    (html,) = message.alternatives  # type: ignore[attr-defined]
    return str(html.content)


def the_letter() -> EmailMessage:
    (message,) = deliver_all()
    return message


def test_every_letter_of_allauth_has_words_of_ours() -> None:
    root = Path(allauth.__file__).parent / "templates"
    theirs = {
        str(path.relative_to(root)).removesuffix("_message.txt")
        for path in root.glob("*/email/*_message.txt")
    }
    assert theirs == set(letters.KINDS) - letters.OURS | UNUSED
    assert set(SUBJECTS) == {prefix for prefix, kind in letters.KINDS.items() if not kind.is_answer}


@pytest.mark.parametrize("prefix", SUBJECTS)
def test_a_change_is_told_with_time_device_and_what_to_do(prefix: str) -> None:
    create_user(email="stranger@example.org", display_name="Somebody Else")
    user = create_user(email="ada@example.org", display_name="Ada")
    notify(prefix, user, **FACTS.get(prefix, {}))
    message = the_letter()
    assert message.to == ["ada@example.org"]
    assert message.subject == SUBJECTS[prefix]
    for text in (message.body, html_of(message)):
        assert re.search(r"on \d+ \w+ \d{4} at \d\d:\d\d UTC", " ".join(text.split()))
        assert "Firefox on Linux" in text
        assert "If it was not you" in text
        assert "http://localhost:8000/account/password/reset/" in text
        for fact in FACTS.get(prefix, {}).values():
            assert " ".join(fact.split()) in " ".join(text.split())
        for foreign in ("stranger", "Somebody Else", "127.0.0.1", "X11", "testserver", "{{", "{%"):
            assert foreign not in text
    assert "<a href=" in html_of(message)


def test_an_unknown_kind_is_an_error_and_not_a_letter_of_somebody_else() -> None:
    with pytest.raises(KeyError):
        notify("account/email/brand_new", create_user())
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("page", "subject"),
    [
        ("account_request_login_code", "Your code to sign in to Backend Guide"),
        ("account_reset_password", "Your code to set a new password at Backend Guide"),
    ],
)
def test_a_code_stands_alone_on_its_line_and_only_in_the_letter(page: str, subject: str) -> None:
    create_user(email="ada@example.org")
    shown = Client().post(reverse(page), {"email": "Ada@Example.org"}, follow=True)
    message = the_letter()
    assert message.subject == subject
    (code,) = CODE.findall(message.body)
    assert "works there for 10 minutes" in " ".join(message.body.split())
    assert code in html_of(message)
    assert code not in message.subject
    assert code not in shown.content.decode()


def test_signing_up_sends_a_code_that_confirms_the_address() -> None:
    client = Client()
    data = {"email": "new@example.org", "password1": PASSWORD}
    client.post(reverse("account_signup"), data)
    message = the_letter()
    assert message.subject == "Confirm your address at Backend Guide"
    (code,) = CODE.findall(message.body)
    client.post(reverse("account_email_verification_sent"), {"code": code, "action": "verify"})
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("page", ["account_request_login_code", "account_reset_password"])
def test_an_unknown_address_is_told_in_private(page: str) -> None:
    Client().post(reverse(page), {"email": "nobody@example.org"})
    message = the_letter()
    assert message.to == ["nobody@example.org"]
    assert message.subject == "There is no account with this address at Backend Guide"
    assert not CODE.search(message.body)
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_signing_up_twice_is_told_in_private() -> None:
    create_user(email="ada@example.org")
    data = {"email": "ada@example.org", "password1": "another long pass phrase"}
    Client().post(reverse("account_signup"), data)
    message = the_letter()
    assert message.subject == "You have an account at Backend Guide already"
    assert "another long pass phrase" not in message.body
    assert User.objects.count() == 1


def test_links_come_from_the_settings_and_not_from_the_request(settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    create_user(email="ada@example.org")
    for page in ("account_request_login_code", "account_reset_password"):
        Client().post(reverse(page), {"email": "nobody@example.org"}, HTTP_HOST="evil.example")
    for message in deliver_all():
        assert "evil.example" not in message.body + html_of(message)
        assert "http://localhost:8000/account/signup/" in message.body


def test_nothing_is_kept_of_an_answer_once_it_was_sent() -> None:
    create_user(email="ada@example.org")
    Client().post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    waiting = Letter.objects.get()
    assert waiting.is_secret
    assert "ada" not in waiting.key
    (message,) = deliver_all()
    kept = Letter.objects.values().get()
    (code,) = CODE.findall(message.body)
    assert code not in str(kept)
    assert "ada@example.org" not in str(kept)
    assert kept["sent_at"] is not None


def test_asking_again_is_a_new_letter_and_takes_back_the_one_that_waits() -> None:
    create_user(email="ada@example.org")
    client, stranger = Client(), Client()
    for _ in range(2):  # a double click
        client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    first = Letter.objects.get()
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    first.refresh_from_db()
    assert (first.fate, first.recipient) == (Fate.TAKEN_BACK, "")  # its code is void
    stranger.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    assert Letter.objects.waiting().count() == 2  # a stranger takes nothing back
    code, _ = (CODE.search(message.body) for message in deliver_all())
    assert code
    client.post(reverse("account_confirm_login_code"), {"code": code.group()})
    assert client.get("/account/").status_code == 200


def test_a_double_click_tells_a_change_once_and_another_change_again(monkeypatch) -> None:
    now = timezone.now()
    monkeypatch.setattr(
        "accounts.signing_in.letters.timezone.now", lambda: now
    )  # not over a minute's edge
    user = create_user(email="ada@example.org")
    for _ in range(2):
        notify("account/email/password_changed", user)
        notify("account/email/email_deleted", user, deleted_email="one@example.org")
    notify("account/email/email_deleted", user, deleted_email="two@example.org")
    notify("account/email/password_changed", create_user(email="grace@example.org"))
    assert Letter.objects.count() == 4
    assert "example" not in str(keys := list(Letter.objects.values_list("key", flat=True)))
    assert "@" not in str(keys)

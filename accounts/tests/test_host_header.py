"""A forged Host header: refused, and no letter or redirect ever follows it."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD, create_user
from mailing.models import Letter
from mailing.tests.postbox import deliver_all

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
EVIL = "evil.example"
MAILING = ("account_request_login_code", "account_reset_password")


@pytest.mark.parametrize(
    "host",
    [
        EVIL,
        "localhost.evil.example",
        "localhost@evil.example",
        "localhost:80@evil.example",
        "evil.example#localhost",
        "localhost, evil.example",
        "localhost\\.evil.example",
        "[::1",
        "",
        " ",
    ],
)
@pytest.mark.parametrize("page", MAILING)
def test_an_unknown_host_is_refused_before_anything_happens(page: str, host: str) -> None:
    create_user(email="ada@example.org")
    answer = Client(HTTP_HOST=host).post(reverse(page), {"email": "ada@example.org"})
    assert answer.status_code == 400
    assert not Letter.objects.exists()


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_HOST", "HTTP_X_HOST", "HTTP_FORWARDED"])
@pytest.mark.parametrize("page", MAILING)
def test_headers_of_proxies_name_no_host(page: str, header: str) -> None:
    value = f"host={EVIL}" if header == "HTTP_FORWARDED" else EVIL
    for email in ("ada@example.org", "nobody@example.org"):
        answer = Client(**{header: value}).post(reverse(page), {"email": email})
        assert answer.status_code == 302
        assert EVIL not in answer["Location"]
    for message in deliver_all():
        assert EVIL not in message.message().as_string()
        assert EVIL not in message.body


def test_a_second_name_of_the_site_does_not_get_into_letters_either(settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "www.guide.example"]
    client = Client(HTTP_HOST="www.guide.example")
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    (message,) = deliver_all()
    assert "www.guide.example" not in message.body
    assert "http://localhost:8000/account/signup/" in message.body


def test_signing_in_leads_to_this_site_whatever_the_header_says() -> None:
    user = create_user(password=PASSWORD)
    data = {"login": user.email, "password": PASSWORD, "next": f"//{EVIL}/"}
    answer = Client(HTTP_X_FORWARDED_HOST=EVIL).post(reverse("account_login"), data)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/")

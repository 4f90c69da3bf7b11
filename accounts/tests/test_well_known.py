"""/.well-known/: the way to change a password, and a true 404 for all that is not there."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD, create_user

CHANGE = "/.well-known/change-password"


def test_password_managers_are_led_to_the_form() -> None:
    answer = Client().get(CHANGE)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("account_change_password")


@pytest.mark.django_db
def test_the_form_is_at_the_end_of_the_way() -> None:
    client = Client()
    client.force_login(create_user(password=PASSWORD))
    page = client.get(CHANGE, follow=True)
    assert page.status_code == 200
    assert 'autocomplete="new-password"' in page.content.decode()


@pytest.mark.django_db
def test_who_is_not_signed_in_gets_there_by_signing_in() -> None:
    page = Client().get(CHANGE, follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert page.redirect_chain[-1][0].endswith("next=/account/password/change/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "resource-that-should-not-exist-whose-status-code-should-not-be-200",
        "openid-configuration",
        "change-password/",
        "",
    ],
)
def test_what_is_not_there_is_a_true_404(name: str) -> None:
    assert Client().get(f"/.well-known/{name}").status_code == 404

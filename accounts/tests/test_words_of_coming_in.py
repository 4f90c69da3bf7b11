"""What is said where something goes wrong on the way in, and what it is asked in."""

import pytest

from accounts.tests.entering import (
    ADDRESS,
    CONFIRM_ADDRESS,
    CONFIRM_CODE,
    LONG,
    RESET,
    RESET_CONFIRM,
    SIGN_IN,
    sign_up,
    words,
)
from accounts.tests.factories import create_user
from accounts.tests.guarding import person, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
OVER = "That was the third wrong code, so it does not work any more."
STAY = "You stay signed in for two weeks on this device; sign out where others use it."


def wrong(client, page: str):
    """Type three wrong codes; return the last answer."""
    for _ in range(3):
        response = client.post(page, {"code": "BBBB-BBBB"}, follow=True)
    return response


@pytest.mark.parametrize("is_known", [True, False])
def test_third_wrong_code_at_sign_up_says_how_to_go_on(client, is_known) -> None:
    if is_known:
        create_user(email=ADDRESS)
    sign_up(client)

    response = wrong(client, CONFIRM_ADDRESS)

    assert response.redirect_chain[-1][0] == SIGN_IN
    assert f"{OVER} Begin again to have a new one sent." in words(response) + response.text
    assert "If you were signing up, sign in here with what you chose" in response.text


@pytest.mark.parametrize(
    ("ask", "confirm"), [("/account/login/code/", CONFIRM_CODE), (RESET, RESET_CONFIRM)]
)
def test_third_wrong_code_says_so_elsewhere_too(client, ask, confirm) -> None:
    create_user(email=ADDRESS)
    client.post(ask, {"email": ADDRESS})

    assert OVER in wrong(client, confirm).text


def test_wrong_current_password_is_called_wrong(client) -> None:
    sign_in(client, person())

    response = client.post(
        "/account/password/change/", {"oldpassword": "not it at all", "password1": LONG}
    )
    assert "That is not your current password." in words(response)


@pytest.mark.parametrize(
    "page",
    ["/account/signup/", "/account/signup/passkey/", "/account/login/", "/account/login/code/"],
)
def test_pages_that_do_not_ask_say_how_long_one_stays_signed_in(client, page) -> None:
    assert STAY in words(client.get(page))


def test_coming_deletion_is_told_as_a_warning(client) -> None:
    sign_in(client, person())

    response = client.post(
        "/account/data/delete/", {"comments": "anonymise", "is_sure": "on"}, follow=True
    )

    assert '<p class="message message--warning">Your account will be deleted after' in response.text

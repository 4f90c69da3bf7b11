"""Steps of coming in, as a person takes them: type, look into the letters, read the page."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.utils.html import strip_tags

from accounts.models import User
from mailing.tests.postbox import deliver_all

ADDRESS = "nora@example.org"
LONG = "correct lamp under seven stairs"
CODE = re.compile(r"^([A-Z]{4}-[A-Z]{4})$", re.MULTILINE)

SIGN_UP = "/account/signup/"
SIGN_IN = "/account/login/"
ASK_CODE = "/account/login/code/"
CONFIRM_CODE = "/account/login/code/confirm/"
CONFIRM_ADDRESS = "/account/confirm-email/"
RESET = "/account/password/reset/"
RESET_CONFIRM = "/account/password/reset/confirm/"
RESET_COMPLETE = "/account/password/reset/complete/"


def words(response: HttpResponse) -> str:
    """Return the text of the page's main part, as a person reads it."""
    page = response.content.decode()
    main = page.partition('tabindex="-1">')[2].partition("</main>")[0] or page
    return " ".join(unescape(strip_tags(main)).split())


def letters_to(address: str) -> list[Any]:
    """Deliver what waits and return all letters to an address, oldest first."""
    return [letter for letter in deliver_all() if letter.to == [address]]


def code_for(address: str) -> str:
    """Return the code in the latest letter to an address."""
    found = CODE.search(letters_to(address)[-1].body)
    assert found, "The letter holds no code."
    return found[1]


def is_signed_in(client: Any) -> bool:
    """Return whether this browser is let into the account."""
    return client.get("/account/").status_code == 200


def sign_up(client: Any, address: str = ADDRESS, password: str = LONG, **more: str) -> Any:
    """Send the sign-up form and return the answer, at the end of all redirects."""
    data = {"email": address, "password1": password, **more}
    return client.post(SIGN_UP, data, follow=True)


def come_by_code(client: Any, user: User, **query: str) -> None:
    """Sign in by an e-mailed code, as people without a password do."""
    client.post(ASK_CODE, {"email": user.email, **query})
    client.post(CONFIRM_CODE, {"code": code_for(user.email), **query})


def minutes_pass(client: Any, minutes: int = 6) -> None:
    """Let the last proof of who it is in this session be some minutes older."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 60 * minutes
    session.save()

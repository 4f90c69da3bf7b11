"""Where one goes after a form: only to this site, whatever an address or a field says."""

import pytest

from accounts.tests.entering import (
    ADDRESS,
    ASK_CODE,
    CONFIRM_ADDRESS,
    CONFIRM_CODE,
    LONG,
    RESET,
    RESET_COMPLETE,
    RESET_CONFIRM,
    SIGN_IN,
    SIGN_UP,
    code_for,
)
from accounts.tests.factories import create_user

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
EVIL = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "https:evil.example",
    "///evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "\thttps://evil.example/",
    "/%09/evil.example",
]


def leads_home(response):
    """Return whether the answer leads to an address of this site, read as a browser reads it."""
    target = response.headers.get("Location", "/")
    return target.startswith("/") and not target.replace("\\", "/").startswith("//")


@pytest.mark.parametrize("evil", EVIL)
def test_after_signing_in(client, evil):
    create_user(email=ADDRESS, password=LONG)

    data = {"login": ADDRESS, "password": LONG, "next": evil}
    response = client.post(f"{SIGN_IN}?next={evil}", data)

    assert response.status_code == 302
    assert leads_home(response), response.headers["Location"]


@pytest.mark.parametrize("evil", EVIL)
def test_signed_in_already(client, evil):
    client.force_login(create_user())

    for page in (SIGN_IN, SIGN_UP):
        response = client.get(page, {"next": evil})
        assert response.status_code == 302
        assert leads_home(response), response.headers["Location"]


@pytest.mark.parametrize("evil", EVIL)
def test_after_signing_out(client, evil):
    client.force_login(create_user())

    response = client.post("/account/logout/", {"next": evil})
    assert leads_home(response), response.headers["Location"]
    response = client.get("/account/logout/", {"next": evil})
    assert leads_home(response), response.headers["Location"]


@pytest.mark.parametrize("evil", EVIL)
def test_after_signing_up(client, evil):
    client.post(SIGN_UP, {"email": ADDRESS, "password1": LONG, "next": evil})

    response = client.post(CONFIRM_ADDRESS, {"code": code_for(ADDRESS), "next": evil})

    assert response.status_code == 302
    assert leads_home(response), response.headers["Location"]


@pytest.mark.parametrize("evil", EVIL)
def test_after_an_emailed_code(client, evil):
    create_user(email=ADDRESS)
    assert leads_home(client.post(ASK_CODE, {"email": ADDRESS, "next": evil}))

    response = client.post(CONFIRM_CODE, {"code": code_for(ADDRESS), "next": evil})

    assert response.status_code == 302
    assert leads_home(response), response.headers["Location"]


@pytest.mark.parametrize("evil", EVIL)
def test_after_a_new_password(client, evil):
    create_user(email=ADDRESS, password=LONG)

    assert leads_home(client.post(RESET, {"email": ADDRESS, "next": evil}))
    response = client.post(RESET_CONFIRM, {"code": code_for(ADDRESS), "next": evil})
    assert leads_home(response), response.headers["Location"]
    response = client.post(RESET_COMPLETE, {"password1": "another long one here", "next": evil})
    assert response.status_code == 302
    assert leads_home(response), response.headers["Location"]


@pytest.mark.parametrize("evil", EVIL)
def test_after_confirming_that_it_is_you(client, evil):
    user = create_user(email=ADDRESS, password=LONG)
    client.force_login(user)

    response = client.post("/account/reauthenticate/", {"password": LONG, "next": evil})

    assert response.status_code == 302
    assert leads_home(response), response.headers["Location"]


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("page", [SIGN_IN, SIGN_UP, ASK_CODE, RESET, "/account/signup/passkey/"])
def test_no_page_offers_a_link_to_a_strange_site(client, page, evil):
    response = client.get(page, {"next": evil})

    assert 'href="https://evil' not in response.text
    assert 'href="//evil' not in response.text
    assert "<script>" not in client.get(page, {"next": '/"><script>'}).text


def test_an_own_address_is_followed(client):
    create_user(email=ADDRESS, password=LONG)

    data = {"login": ADDRESS, "password": LONG, "next": "/about/?a=b#c"}

    assert client.post(SIGN_IN, data).headers["Location"] == "/about/?a=b#c"

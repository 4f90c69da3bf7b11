"""A form with an old token is refused, and its words come back."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def send(**fields: str) -> str:
    response = Client(enforce_csrf_checks=True).post("/account/login/", fields)
    assert response.status_code == 403
    return response.text


def test_words_come_back_escaped() -> None:
    page = send(login="somebody@example.org", remark="Two <b>words</b>\nand a line")
    assert "The form was too old to be taken" in page
    assert "somebody@example.org</textarea>" in page
    assert "Two &lt;b&gt;words&lt;/b&gt;\nand a line</textarea>" in page
    assert 'href="/account/login/"' in page


def test_secrets_do_not_come_back() -> None:
    page = send(password="correct horse", new_password1="battery staple", csrfmiddlewaretoken="tok")
    assert "correct horse" not in page
    assert "battery staple" not in page
    assert ">tok<" not in page


def test_an_empty_form_shows_no_empty_boxes() -> None:
    page = send(login="  ")
    assert "<textarea" not in page
    assert "nothing you wrote is lost." in page

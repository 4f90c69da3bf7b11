"""The explorer before any edition is published."""

import pytest
from django.test import Client

from evidence.tests.factories import create_source
from salaries.tests.explorer_site import ADDRESS, cell, draft
from salaries.tests.factories import country

pytestmark = pytest.mark.django_db


def test_without_editions_the_page_says_so(client: Client) -> None:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert "There are no figures here yet." in response.text


def test_a_draft_is_not_shown(client: Client) -> None:
    country("DE")
    draft(2025, create_source(), [cell("DE", 87_654, 259)])
    response = client.get(ADDRESS, {"edition": "so-2025", "country": "DE"})
    assert "There are no figures here yet." in response.text


def test_sending_pay_to_an_empty_site_is_harmless(client: Client) -> None:
    response = client.post(ADDRESS, {"pay": "80000"})
    assert response.status_code == 200
    assert "There are no figures here yet." in response.text

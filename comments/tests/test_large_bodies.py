"""A body far too large is answered with its beginning, and costs no more than that."""

import pytest
from django.test import Client

from articles.tests.factories import create_live_guide
from comments.views.kept import MOST_GIVEN_BACK

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("size", [MOST_GIVEN_BACK, 4 * MOST_GIVEN_BACK, 8 * MOST_GIVEN_BACK])
def test_the_beginning_comes_back_and_no_more(client: Client, size: int) -> None:
    path = f"/comments/write/{create_live_guide().slug}/"
    answer = client.post(path, b"text=Begun. " + b"x" * size, content_type=FORM)
    assert answer.status_code == 413
    assert "Begun. xxx" in answer.text
    assert "Back button leads to the rest" in answer.text
    assert len(answer.content) < MOST_GIVEN_BACK + 20_000

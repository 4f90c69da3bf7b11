"""What the account says about saved and read guides outside of their own pages."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.factories import create_user
from articles.tests.factories import create_live_guide
from learning import marks, next_steps
from learning.models import SavedGuide
from learning.tests.guides import read, save, text_of

pytestmark = pytest.mark.django_db

STEP = "Save a guide for later, or mark it as read."


@pytest.fixture
def reader(client: Client) -> User:
    user = create_user()
    client.force_login(user)
    return user


def test_pages_stand_in_the_menu(client: Client, reader: User) -> None:
    page = client.get("/account/progress/forget/").text
    assert '<a href="/account/saved/">Saved guides</a>' in page
    assert '<a href="/account/progress/" aria-current="true">Progress</a>' in page


def test_overview_of_somebody_new(client: Client, reader: User) -> None:
    text = text_of(client.get("/account/"))
    assert "You have saved no guides yet." in text
    assert "You have marked no guides as read yet." in text


def test_overview_of_a_reader(client: Client, reader: User) -> None:
    guide = create_live_guide()
    save(reader, guide)
    read(reader, guide)
    text = text_of(client.get("/account/"))
    assert "1 guide saved." in text
    assert "1 of 1 guide read." in text


def test_first_step_is_suggested_until_it_is_done(reader: User, django_assert_num_queries) -> None:
    guide = create_live_guide()
    save(create_user(), guide)
    with django_assert_num_queries(1):
        step = next_steps.begin(reader)
    assert step
    assert STEP in step.text
    assert step.url == "/guides/"
    save(reader, guide)
    assert next_steps.begin(reader) is None
    marks.take_off(SavedGuide.objects.of(reader))
    assert next_steps.begin(reader)
    read(reader, guide)
    assert next_steps.begin(reader) is None


def test_suggestion_stands_on_the_overview(client: Client, reader: User) -> None:
    from accounts.registries.next_steps import next_steps as all_steps

    assert any(STEP in step.text for step in all_steps(reader))

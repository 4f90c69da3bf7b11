"""How far a person has come, and forgetting it."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.factories import create_user
from articles.publishing import withdraw
from articles.tests.factories import create_category, create_draft, create_live_guide
from learning import summaries
from learning.models import ReadGuide, SavedGuide
from learning.tests.guides import buttons, change, read, save, text_of, titles

pytestmark = pytest.mark.django_db

PAGE = "/account/progress/"
FORGET = "/account/progress/forget/"


@pytest.fixture
def reader(client: Client) -> User:
    user = create_user()
    client.force_login(user)
    return user


def test_nothing_read_yet(client: Client, reader: User) -> None:
    create_live_guide(title="Queues", category=create_category(name="The role"))
    text = text_of(client.get(PAGE))
    assert "0 of 1 guide read." in text
    assert "○ 0 of 1 read Next: Queues" in text
    assert "Forget my progress" not in text
    assert summaries.progress(reader) == "You have marked no guides as read yet."


def test_empty_library(client: Client, reader: User) -> None:
    assert "0 of 0 guides read." in text_of(client.get(PAGE))


def test_each_category_counts_and_names_the_next(client: Client, reader: User) -> None:
    role = create_category(name="The role", position=1)
    pay = create_category(name="Pay", position=2)
    create_category(name="Nothing here", position=3)
    guides = [
        create_live_guide(title=f"Role {number}", category=role, position=number)
        for number in (1, 2, 3)
    ]
    last = create_live_guide(title="Pay 1", category=pay)
    create_draft(title="Pay 2", category=pay)
    read(reader, guides[0], guides[2], last)
    text = text_of(client.get(PAGE))
    assert "3 of 4 guides read." in text
    assert "The role ●○● 2 of 3 read Next: Role 2" in text
    assert "Pay ● 1 of 1 read Guides you read" in text
    assert "Nothing here" not in text
    assert summaries.progress(reader) == "3 of 4 guides read."


def test_read_guides_stand_with_day_and_revision(client: Client, reader: User) -> None:
    shelf = create_category(name="The role")
    guide = change(create_live_guide(title="Queues", slug="queues", category=shelf))
    read(reader, guide)
    ReadGuide.objects.update(read_at="2026-03-04T12:00:00+00:00")
    response = client.get(PAGE)
    assert "The role · 1 min · read 4 Mar 2026, revision 2" in text_of(response)
    assert buttons(response) == ["Take the mark back: Queues"]


def test_changed_guides_first_then_the_latest_read(client: Client, reader: User) -> None:
    guides = [create_live_guide(title=name) for name in ("First", "Second", "Third")]
    read(reader, *guides)
    change(guides[0])
    response = client.get(PAGE)
    assert titles(response) == ["First", "Third", "Second"]
    assert "Mark revision 2 as read: First" in buttons(response)


def test_mark_is_moved_from_the_list(client: Client, reader: User) -> None:
    guide = create_live_guide(title="Queues", slug="queues")
    read(reader, guide)
    change(guide)
    form = {"act": "read", "revision": "2", "back": "progress"}
    response = client.post("/account/guides/queues/", form, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "Changed since" not in text_of(response)


def test_withdrawn_guide_is_named_and_not_counted(client: Client, reader: User) -> None:
    gone = create_live_guide(title="Gone", slug="gone")
    read(reader, gone, create_live_guide())
    withdraw(gone, reason="It is wrong.")
    response = client.get(PAGE)
    assert "1 of 1 guide read." in text_of(response)
    assert "Gone" in titles(response)
    assert "Withdrawn on" in text_of(response)
    assert 'href="/guides/gone/"' not in response.text
    assert summaries.progress(reader) == "1 of 1 guide read."


def test_others_do_not_count(client: Client, reader: User) -> None:
    read(create_user(), create_live_guide(title="Not mine"))
    assert "0 of 1 guide read." in text_of(client.get(PAGE))


def test_stranger_is_asked_to_sign_in(client: Client) -> None:
    for page in (PAGE, FORGET):
        assert client.get(page)["Location"] == f"/account/login/?next={page}"
        assert client.post(page)["Location"] == f"/account/login/?next={page}"


def test_forgetting_is_asked_first(client: Client, reader: User) -> None:
    read(reader, create_live_guide(), create_live_guide())
    assert f'<a href="{FORGET}">Forget my progress</a>' in client.get(PAGE).text
    response = client.get(FORGET)
    assert "2 guides will no longer be marked as read. Your saved guides stay." in text_of(response)
    assert ReadGuide.objects.of(reader).count() == 2


def test_progress_is_forgotten_and_put_back(client: Client, reader: User) -> None:
    guides = [create_live_guide(), create_live_guide()]
    read(reader, *guides)
    save(reader, guides[0])
    other = create_user()
    read(other, guides[0])
    response = client.post(FORGET, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "Forgotten: 2 marks. You can put them back for a day, below." in text_of(response)
    assert "0 of 2 guides read." in text_of(response)
    assert SavedGuide.objects.of(reader).count() == 1
    assert ReadGuide.objects.of(other).count() == 1
    assert "2 of 2 guides read." in text_of(client.post(PAGE, {"put_back": "all"}, follow=True))


def test_nothing_to_forget(client: Client, reader: User) -> None:
    assert "there is nothing to forget" in text_of(client.get(FORGET))
    assert buttons(client.get(FORGET)) == []


def test_forgetting_by_a_form_of_another_site_is_refused(reader: User) -> None:
    read(reader, create_live_guide())
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    assert strict.post(FORGET).status_code == 403
    assert ReadGuide.objects.of(reader).count() == 1


@pytest.mark.parametrize("count", [3, 30])
def test_price_does_not_grow(client: Client, reader: User, library_queries, count: int) -> None:
    guides = [create_live_guide() for _ in range(count)]
    read(reader, *guides)
    for guide in guides[::3]:
        change(guide)
    with library_queries(6):
        assert len(titles(client.get(PAGE))) == count


def test_summary_costs_one_query(reader: User, django_assert_num_queries) -> None:
    read(reader, create_live_guide(), create_live_guide())
    with django_assert_num_queries(1):
        summaries.progress(reader)

"""What this app gives to the person, and what it leaves of them."""

import pytest
from django.utils import timezone

from accounts.registries import holdings
from accounts.registries.holdings import CommentsChoice, person_of
from accounts.tests.factories import create_user
from articles.publishing import withdraw
from articles.tests.factories import create_live_guide
from learning.holdings import HOLDING
from learning.models import ReadGuide, SavedGuide
from learning.tests.guides import change, read, save

pytestmark = pytest.mark.django_db


def sections(user):
    return {section.key: section.rows for section in HOLDING.export(person_of(user))}


def test_is_registered_with_both_models() -> None:
    assert HOLDING in holdings.all_holdings()
    assert set(HOLDING.models) == {"learning.SavedGuide", "learning.ReadGuide"}


def test_export_has_every_row_of_the_person(settings) -> None:
    user, other = create_user(), create_user()
    first, second = create_live_guide(title="Queues", slug="queues"), create_live_guide()
    save(user, first, second)
    read(user, change(first))
    save(other, first)
    read(other, second)
    found = sections(user)
    assert [row["guide"] for row in found["saved-guides"]] == ["Queues", second.title]
    row = ReadGuide.objects.get(user=user)
    assert found["read-guides"] == [
        {
            "guide": "Queues",
            "address": f"{settings.SITE_URL}/guides/queues/",
            "revision": 2,
            "read_at": row.read_at,
            "taken_off_at": None,
        }
    ]


def test_export_hides_neither_withdrawn_nor_taken_off() -> None:
    user = create_user()
    guide = create_live_guide(title="Queues")
    save(user, guide)
    withdraw(guide, reason="It is wrong.")
    at = timezone.now()
    SavedGuide.objects.update(removed_at=at)
    (row,) = sections(user)["saved-guides"]
    assert row["guide"] == "Queues"
    assert row["taken_off_at"] == at


def test_export_of_nothing_has_its_sections() -> None:
    assert sections(create_user()) == {"saved-guides": [], "read-guides": []}


def test_export_costs_two_queries_however_much_there_is(django_assert_num_queries) -> None:
    user = create_user()
    guides = [create_live_guide() for _ in range(12)]
    save(user, *guides)
    read(user, *guides)
    person = person_of(user)
    with django_assert_num_queries(2):
        assert [len(section.rows) for section in HOLDING.export(person)] == [12, 12]


@pytest.mark.parametrize("choice", CommentsChoice)
def test_erasure_leaves_nothing_of_the_person_and_all_of_others(choice: CommentsChoice) -> None:
    user, other = create_user(), create_user()
    guide = create_live_guide()
    for somebody in (user, other):
        save(somebody, guide)
        read(somebody, guide)
    SavedGuide.objects.filter(user=user).update(removed_at=timezone.now())
    assert HOLDING.erase(person_of(user), choice) == {"saved guides": 1, "read guides": 1}
    for model in (SavedGuide, ReadGuide):
        assert [row.user for row in model.objects.all()] == [other]
    assert HOLDING.erase(person_of(user), choice) == {"saved guides": 0, "read guides": 0}

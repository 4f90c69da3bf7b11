"""Times on one's own pages and at the desk stand in one's own zone; public pages do not."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.models.user import time_zones
from accounts.profile import zones
from accounts.tests.factories import create_user
from core import moments
from mailing.writing import write

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 31, 22, 30, tzinfo=UTC)  # already August in Berlin and in Kathmandu
WINTER = datetime(2026, 1, 31, 22, 30, tzinfo=UTC)


def person(zone: str, **fields) -> User:
    user = create_user(**fields)
    User.objects.filter(pk=user.pk).update(time_zone=zone, date_joined=AT)
    user.refresh_from_db()
    return user


def blocked(zone: str, at: datetime = AT) -> str:
    """Return the profile of somebody whose page was taken down at a moment."""
    user = person(zone)
    User.objects.filter(pk=user.pk).update(profile_blocked_at=at, profile_blocked_reason="So.")
    client = Client()
    client.force_login(user)
    return client.get("/account/profile/").content.decode()


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "31 July 2026, 22:30 UTC"),
        ("Europe/Berlin", "1 August 2026, 00:30 CEST"),
        ("Asia/Kathmandu", "1 August 2026, 04:15 +0545"),
        ("America/New_York", "31 July 2026, 18:30 EDT"),
        ("Mars/Olympus", "31 July 2026, 22:30 UTC"),
    ],
)
def test_a_time_on_ones_own_page_names_its_zone(zone, said) -> None:
    assert said in blocked(zone)


def test_winter_time_is_known_too() -> None:
    assert "31 January 2026, 23:30 CET" in blocked("Europe/Berlin", WINTER)


def test_the_day_on_the_overview_follows_the_zone(client) -> None:
    client.force_login(person("Europe/Berlin"))
    assert "on 1 August 2026" in client.get("/account/").content.decode()


def test_the_desk_shows_times_in_the_zone_and_says_so(client) -> None:
    boss = person("Europe/Berlin", is_superuser=True)
    client.force_login(boss)
    page = client.get(reverse("admin:accounts_user_change", args=[boss.pk])).content.decode()
    assert "Times in Europe/Berlin" in page
    assert "1 Aug 2026, 12:30 a.m." in page
    User.objects.filter(pk=boss.pk).update(time_zone="UTC")
    page = client.get(reverse("admin:accounts_user_change", args=[boss.pk])).content.decode()
    assert "Times in UTC" in page
    assert "31 Jul 2026, 10:30 p.m." in page


@pytest.mark.parametrize("path", ["/", "/about/", "/guides/", "/members/ada/"])
def test_public_pages_are_the_same_bytes_in_every_zone(path, client) -> None:
    ada = person("UTC", display_name="Ada")
    User.objects.filter(pk=ada.pk).update(handle="ada", is_profile_public=True)
    as_stranger = client.get(path).content
    client.force_login(person("Pacific/Kiritimati"))
    assert client.get(path).content == as_stranger


def test_the_zone_of_one_person_does_not_stay_for_the_next(client) -> None:
    client.force_login(person("Pacific/Kiritimati"))
    client.get("/account/")
    assert timezone.get_current_timezone_name() == "UTC"
    client.get("/account/none-such/")
    assert timezone.get_current_timezone_name() == "UTC"


def test_letters_say_utc_wherever_they_are_written() -> None:
    context = {"name": "", "at": AT}
    with timezone.override("Asia/Kathmandu"):
        letter = write("accounts/mail/password_changed.txt", context)
    assert "31 July 2026" in letter.text
    assert "22:30 UTC" in letter.text


def test_moments_carry_their_zone() -> None:
    assert moments.in_words(AT) == "31 Jul 2026, 22:30 UTC"
    with timezone.override("Europe/Berlin"):
        assert moments.in_words(AT, moments.LONG) == "1 August 2026, 00:30 CEST"


def test_every_zone_on_offer_works_and_none_is_offered_twice() -> None:
    offered: list[str] = []
    for value, shown in zones.choices():
        offered += [value] if isinstance(shown, str) else [zone for zone, _ in shown]
    assert len(offered) == len(set(offered)) > 300
    assert offered[0] == "UTC"
    assert set(offered) <= set(time_zones())
    for name in offered:
        assert zones.zone_of(User(time_zone=name)).key == name


def test_older_names_of_a_zone_are_not_offered_unless_somebody_has_one() -> None:
    offered = str(zones.choices())
    assert "Asia/Kolkata" in offered
    assert "Asia/Calcutta" not in offered
    assert "America/Buenos_Aires" not in offered
    assert ("Asia/Calcutta", "Asia/Calcutta") in zones.choices("Asia/Calcutta")
    assert str(zones.choices("Europe/Berlin")).count("Europe/Berlin") == 1


def test_a_rare_zone_that_somebody_has_stays_on_offer() -> None:
    assert ("US/Eastern", "US/Eastern") in zones.choices("US/Eastern")
    assert ("US/Eastern", "US/Eastern") not in zones.choices("UTC")

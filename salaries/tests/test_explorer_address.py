"""The addresses of the explorer: canonical, shareable, and forgiving."""

import re

import pytest
from django.http import QueryDict
from django.test import Client

from salaries.tests.explorer_site import ADDRESS, build, page, words

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]


@pytest.fixture(autouse=True)
def _site(db) -> None:
    build()


def canonical(raw: str) -> str:
    return re.findall(r'<link rel="canonical" href="http://localhost:8000([^"]+)"', raw)[0]


def test_the_bare_address_is_its_own(client: Client) -> None:
    raw = page(client)
    assert canonical(raw) == ADDRESS
    assert "noindex" not in raw


def test_every_other_state_names_everything_that_decides_it(client: Client) -> None:
    raw = page(client, "country=de")
    expected = f"{ADDRESS}?role=back-end&country=DE&employment=employed&edition=so-2025"
    assert canonical(raw) == expected
    assert 'name="robots" content="noindex, follow"' in raw


STATES = [
    "country=DE",
    "country=DE&country=NL",
    "country=DE&experience=5-9",
    "country=DE&edition=so-2024&experience=work_experience:5-9",
    "country=DE&edition=so-2024&experience=5-9",
    "country=DE&technology=language:c-sharp",
    "country=DE&by=language&unit=local",
    "country=US&by=edition&terms=real",
    "country=DE&experience=5-9&technology=language:python",
    "edition=bls-2025&role=soc-15-1251",
]


@pytest.mark.parametrize("query", STATES)
def test_a_canonical_address_shows_the_same_and_stays_as_it_is(client: Client, query: str) -> None:
    raw = page(client, query)
    again = page(client, canonical(raw).partition("?")[2])
    assert words(again) == words(raw)
    assert canonical(again) == canonical(raw)


def test_what_a_form_sends_leads_to_the_canonical_address(client: Client) -> None:
    sent = "role=back-end&country=DE&add=NL&experience=&technology=&employment=employed"
    response = client.get(f"{ADDRESS}?{sent}&edition=so-2025&by=")
    assert response.status_code == 302
    assert response.headers["Location"] == (
        f"{ADDRESS}?role=back-end&country=DE&country=NL&employment=employed&edition=so-2025"
    )


def test_a_country_takes_the_place_of_the_world_alone(client: Client) -> None:
    response = client.get(f"{ADDRESS}?country=001&add=NL")
    assert QueryDict(response.headers["Location"].partition("?")[2]).getlist("country") == ["NL"]
    response = client.get(f"{ADDRESS}?country=DE&add=001")
    assert QueryDict(response.headers["Location"].partition("?")[2]).getlist("country") == [
        "DE",
        "001",
    ]


@pytest.mark.parametrize(
    ("query", "by"),
    [
        ("country=DE&role=back-end&role=all-developers", "role"),
        ("country=DE&employment=contractor&employment=employed", "employment"),
        ("country=DE&edition=so-2024&edition=so-2025", "edition"),
    ],
)
def test_addresses_of_charts_that_name_several_become_comparisons(
    client: Client, query: str, by: str
) -> None:
    response = client.get(f"{ADDRESS}?{query}")
    asked = QueryDict(response.headers["Location"].partition("?")[2])
    assert asked["by"] == by
    assert asked["edition"] == "so-2025"


PROBLEMS = [
    ("role=wizard", "We know no role called “wizard”. Shown: Back-end developer."),
    ("country=ZZ", "We know no country with the code “ZZ”."),
    ("employment=volunteer", "We know no kind of employment called “volunteer”. Shown: Employed."),
    ("edition=so-1999", "There is no edition called “so-1999”. Shown: Stack Overflow 2025."),
    ("experience=x!y", "“x!y” is no experience that we can look up; write it as in 5-9."),
    ("experience=zz", "“zz” is no experience that we can look up; write it as in 5-9."),
    ("technology=python", "“python” is no technology that we can look up"),
    ("technology=education:master", "“education:master” is no technology"),
    ("by=shoe-size", "We cannot break figures down by “shoe-size”."),
    ("by=database", "Stack Overflow 2025 has no table by “database”"),
    ("unit=gold", "“gold” is no choice for “unit”; there are edition, local, price-level."),
    ("terms=surreal", "“surreal” is no choice for “terms”; there are nominal, real."),
    ("utm_source=x", "The address also holds “utm_source”, which this page does not use."),
]


@pytest.mark.parametrize(("query", "message"), PROBLEMS)
def test_what_cannot_be_understood_is_said_and_the_rest_kept(
    client: Client, query: str, message: str
) -> None:
    raw = page(client, f"country=DE&{query}")
    assert message in raw
    assert "Half of the 259 respondents" in words(raw)


def test_all_problems_are_told_at_once(client: Client) -> None:
    raw = page(client, "country=DE&role=wizard&unit=gold&by=shoe-size")
    assert raw.count("<li>We ") == 2
    assert "“gold” is no choice" in raw


@pytest.mark.parametrize(
    "query",
    [
        "country=%00",
        "role=%F0%9F%A6%84&country=DE",
        "technology=language:" + "a" * 5000,
        "technology=:::&experience=:&country=",
        "by=all",
        "edition=%27%20OR%201=1&country=DE",
        "&".join(f"country=X{number}" for number in range(200)),
        "experience=" + "5-9" * 400,
        "role=" + "%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_garbage_never_breaks_the_page(client: Client, query: str) -> None:
    response = client.get(f"{ADDRESS}?{query}", follow=True)
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert len(response.text) < 60_000


def test_at_most_six_countries_stand_side_by_side(client: Client) -> None:
    codes = ("DE", "NL", "PL", "US", "IN", "001", "DE")
    assert "At most" not in page(client, "&".join(f"country={code}" for code in codes))
    from salaries.tests.factories import country

    country("FR")
    raw = page(client, "&".join(f"country={code}" for code in (*codes, "FR")))
    assert "At most 6 countries can stand side by side; the first 6 are shown." in raw
    assert "Remove Country FR" not in raw

"""Lists of guides: filters, order, pages."""

import html
import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from articles import views
from articles.models import Contributor
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_live_guide,
    create_tag,
)

pytestmark = pytest.mark.django_db


def titles(client: Client, address: str) -> list[str]:
    """Return the titles of the entries of a list page, in their order."""
    response = client.get(address)
    assert response.status_code == 200
    found = re.findall(r'class="entry__title"><a href="[^"]+">([^<]+)</a>', response.text)
    return [html.unescape(title) for title in found]


def links(client: Client, address: str) -> list[str]:
    return [
        html.unescape(found) for found in re.findall(r'href="([^"]*)"', client.get(address).text)
    ]


def test_all_guides_stand_in_library_order(client: Client) -> None:
    later = create_category(name="Later", position=20)
    sooner = create_category(name="Sooner", position=10)
    create_live_guide(title="D", category=later, position=2)
    create_live_guide(title="C", category=later, position=1)
    create_live_guide(title="B", category=sooner, position=9)
    create_live_guide(title="A", category=sooner, position=8)
    assert titles(client, "/guides/") == ["A", "B", "C", "D"]


def test_shelves_at_the_same_place_are_not_mixed(client: Client) -> None:
    beta, alpha = create_category(name="Beta"), create_category(name="Alpha")
    for title, category in [("B first", beta), ("A first", alpha), ("B second", beta)]:
        create_live_guide(title=title, category=category)
    assert titles(client, "/guides/") == ["A first", "B first", "B second"]


def test_entry_shows_what_a_reader_chooses_by(client: Client) -> None:
    create_live_guide(
        at=datetime(2026, 3, 14, tzinfo=UTC),
        title="Chosen",
        slug="chosen",
        category=create_category(name="Shop life"),
        level="advanced",
        standfirst="Why you would read it.",
    )
    page = client.get("/guides/").text
    entry = page.split('<li class="entry">')[1].split("</li>")[0]
    for words in (
        'href="/guides/chosen/"',
        "Why you would read it.",
        "Shop life",
        "Advanced",
        "1 min",
        '<time datetime="2026-03-14">14 Mar 2026</time>',
    ):
        assert words in entry


@pytest.fixture
def shelves(db) -> None:
    kitchen = create_category(name="Kitchen", slug="kitchen", position=1)
    cellar = create_category(name="Cellar", slug="cellar", position=2)
    create_live_guide(title="Easy pot", category=kitchen, position=1, level="newcomer")
    create_live_guide(title="Hard pot", category=kitchen, position=2, level="advanced")
    create_live_guide(title="Easy jar", category=cellar, level="newcomer")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Easy pot", "Hard pot", "Easy jar"]),
        ("?category=kitchen", ["Easy pot", "Hard pot"]),
        ("?level=newcomer", ["Easy pot", "Easy jar"]),
        ("?category=kitchen&level=newcomer", ["Easy pot"]),
        ("?category=cellar&level=advanced", []),
        ("?category=&level=", ["Easy pot", "Hard pot", "Easy jar"]),
    ],
)
@pytest.mark.usefixtures("shelves")
def test_filters(client: Client, query: str, expected: list[str]) -> None:
    assert titles(client, f"/guides/{query}") == expected


@pytest.mark.usefixtures("shelves")
def test_filters_say_what_is_chosen_and_combine(client: Client) -> None:
    page = client.get("/guides/?category=kitchen&level=newcomer").text
    assert re.findall(r'aria-current="true">([^<]+)</a>', page.split("</header>")[1]) == [
        "Kitchen",
        "Newcomer",
    ]
    assert "/guides/?category=kitchen&level=newcomer" not in page  # escaped: see the next line
    hrefs = links(client, "/guides/?category=kitchen&level=newcomer&page=1")
    assert "?category=cellar&level=newcomer" in hrefs
    assert "?category=kitchen" in hrefs
    assert "?level=newcomer" in hrefs


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize(
    "address",
    [
        "/guides/?category=attic",
        "/guides/?level=expert",
        "/guides/?category=kitchen&level=NEWCOMER",
        "/categories/attic/",
        "/tags/attic/",
        "/people/nobody/",
    ],
)
def test_what_is_unknown_is_missing(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.fixture
def full(db, monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish one guide more than a page holds; a page is made small to save time."""
    monkeypatch.setattr(views, "GUIDES_PER_PAGE", PER_PAGE)
    category = create_category(name="Kitchen", slug="kitchen")
    tag = create_tag(slug="pots")
    author = create_contributor(slug="ada")
    for position in range(PER_PAGE + 1):
        create_live_guide(
            category=category,
            position=position,
            level="newcomer",
            tags=[tag],
            authors=[author],
            at=datetime(2026, 1, 1 + position, tzinfo=UTC),
        )


PER_PAGE = 3
LISTS = ["/guides/", "/categories/kitchen/", "/tags/pots/", "/people/ada/"]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("address", LISTS)
def test_pages_are_full_and_lead_on(client: Client, address: str) -> None:
    first, second = titles(client, address), titles(client, f"{address}?page=2")
    assert (len(first), len(second)) == (PER_PAGE, 1)
    assert set(first).isdisjoint(second)
    assert "?page=2" in links(client, address)
    assert "?page=1" in links(client, f"{address}?page=2")
    canonical = f"http://localhost:8000{address}"
    assert canonical in links(client, address)
    assert f"{canonical}?page=2" in links(client, f"{address}?page=2")


@pytest.mark.usefixtures("full")
def test_page_links_keep_the_filter(client: Client) -> None:
    filters = "?category=kitchen&level=newcomer"
    assert f"{filters}&page=2" in links(client, f"/guides/{filters}")
    assert f"{filters}&page=1" in links(client, f"/guides/{filters}&page=2")


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("address", LISTS)
def test_bad_page_numbers_are_missing(client: Client, address: str) -> None:
    for number in ("0", "3", "-1", "one", "", "1.0", "01", "٢", "9" * 30, "last"):
        assert client.get(address, {"page": number}).status_code == 404, number


def test_category_page(client: Client) -> None:
    category = create_category(name="Kitchen", slug="kitchen", description="Pots and pans.")
    create_live_guide(title="Elsewhere")
    create_live_guide(title="Here", category=category)
    page = client.get("/categories/kitchen/").text
    assert "<h1>Kitchen</h1>" in page
    assert '<p class="lede">Pots and pans.</p>' in page
    assert titles(client, "/categories/kitchen/") == ["Here"]


def test_empty_category_says_so(client: Client) -> None:
    create_category(slug="kitchen")
    assert "There is no guide here yet." in client.get("/categories/kitchen/").text


def test_tag_page(client: Client) -> None:
    tag = create_tag(name="Pots", slug="pots")
    create_live_guide(title="Elsewhere")
    create_live_guide(title="Here", tags=[tag])
    assert "<h1>Subject: Pots</h1>" in client.get("/tags/pots/").text
    assert titles(client, "/tags/pots/") == ["Here"]


def test_person_page_shows_who_and_what_newest_first(client: Client) -> None:
    person = create_contributor(name="Ada <Writer>", slug="ada", role="Backend engineer")
    person.bio = "Builds <things>.\n\nSince 2012."
    person.links = [{"label": "Website", "url": "https://ada.example.org/"}]
    person.save()
    create_live_guide(title="Older", authors=[person], at=datetime(2026, 1, 1, tzinfo=UTC))
    create_live_guide(title="Newer", authors=[person], at=datetime(2026, 2, 1, tzinfo=UTC))
    create_live_guide(title="Somebody else's")
    page = client.get("/people/ada/").text
    assert "<h1>Ada &lt;Writer&gt;</h1>" in page
    assert "Backend engineer" in page
    assert "<p>Builds &lt;things&gt;.</p>" in page
    assert '<a href="https://ada.example.org/" rel="me">Website</a>' in page
    assert titles(client, "/people/ada/") == ["Newer", "Older"]


def test_organisation_without_guides_has_a_page(client: Client) -> None:
    create_contributor(name="The Desk", slug="desk", kind=Contributor.Kind.ORGANISATION)
    page = client.get("/people/desk/").text
    assert "<h1>The Desk</h1>" in page
    assert "Nothing by this contributor is public yet." in page

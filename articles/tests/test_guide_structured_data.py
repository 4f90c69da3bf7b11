"""Structured data of a guide: parses, and says nothing that the page does not show."""

import html
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from articles.models import Contributor
from articles.publishing import withdraw
from articles.tests.factories import create_category, create_contributor, create_live_guide

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


@pytest.fixture
def page(client: Client) -> str:
    create_live_guide(
        at=datetime(2026, 3, 14, 9, tzinfo=UTC),
        title="Tags </script><b> & more",
        slug="tags",
        standfirst="What “tags” & <marks> are.",
        category=create_category(name="Marks", slug="marks"),
        authors=[
            create_contributor(name="Ada Writer", slug="ada"),
            create_contributor(name="The Desk", slug="desk", kind=Contributor.Kind.ORGANISATION),
        ],
    )
    return client.get("/guides/tags/").text


def structured(page: str) -> list[dict[str, Any]]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(blocks) == 1
    data = json.loads(blocks[0])
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def test_article_says_who_wrote_what_when(page: str) -> None:
    article, _ = structured(page)
    assert article["@type"] == "Article"
    assert article["headline"] == "Tags </script><b> & more"
    assert article["description"] == "What “tags” & <marks> are."
    assert article["mainEntityOfPage"] == f"{SITE}/guides/tags/"
    assert article["datePublished"] == "2026-03-14T09:00:00+00:00"
    assert article["dateModified"] == "2026-03-14T09:00:00+00:00"
    assert article["author"] == [
        {"@type": "Person", "name": "Ada Writer", "url": f"{SITE}/people/ada/"},
        {"@type": "Organization", "name": "The Desk", "url": f"{SITE}/people/desk/"},
    ]
    assert article["publisher"]["name"] == "Backend Guide"


def test_breadcrumb_is_the_one_of_the_page(page: str) -> None:
    _, trail = structured(page)
    items = [(item["position"], item["name"], item["item"]) for item in trail["itemListElement"]]
    assert items == [
        (1, "Home", f"{SITE}/"),
        (2, "Guides", f"{SITE}/guides/"),
        (3, "Marks", f"{SITE}/categories/marks/"),
        (4, "Tags </script><b> & more", f"{SITE}/guides/tags/"),
    ]
    shown = page.split('aria-label="Breadcrumb"')[1].split("</nav>", maxsplit=1)[0]
    assert re.findall(r">([^<\n]+)</a>", shown) == [name for _, name, _ in items[:-1]]


def test_every_value_stands_on_the_page(page: str) -> None:
    visible = html.unescape(re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL))
    for value in _texts(structured(page)):
        assert _as_shown(value) in visible, value


def _as_shown(value: str) -> str:
    """Return the form in which the page itself has a value."""
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)T.*", value):
        return f'<time datetime="{match[1]}"'
    if match := re.fullmatch(r"PT(\d+)M", value):
        return f"{match[1]} min"
    return value.removeprefix(SITE)


def _texts(value: Any) -> list[str]:
    """Return all values; names of types are vocabulary, not statements."""
    if isinstance(value, dict):
        return [text for key, item in value.items() if key != "@type" for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def test_hidden_guide_leaves_no_structured_data(client: Client, page: str) -> None:
    from articles.models import Article

    withdraw(Article.objects.get(slug="tags"), reason="It was wrong.")
    for address in ("/guides/tags/", "/guides/", "/"):
        assert "Tags" not in client.get(address).text

"""Two shelves: guides under /guides/, salary guides under /salaries/. Each keeps its addresses."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from articles.guide_files import guide_digest
from articles.models import Article, Shelf
from articles.publishing import withdraw
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_draft,
    create_live_guide,
    create_tag,
)

pytestmark = pytest.mark.django_db
FORMS = ["{}/", "{}.md", "{}.json", "{}/changes/"]
RESERVED = ["explore", "editions", "figures", "charts", "sources"]
forms = pytest.mark.parametrize("form", FORMS)


def test_a_shelf_decides_the_addresses() -> None:
    guide, salary = Article(slug="queues"), Article(slug="pay", shelf=Shelf.SALARIES)
    assert [guide.get_absolute_url(), guide.markdown_url, guide.json_url, guide.changes_url] == [
        f"/guides/{form.format('queues')}" for form in FORMS
    ]
    assert [salary.get_absolute_url(), salary.markdown_url, salary.json_url] == [
        f"/salaries/{form.format('pay')}" for form in FORMS[:3]
    ]
    assert salary.changes_url == "/salaries/pay/changes/"
    assert (guide.shelf_page, salary.shelf_page) == (
        ("Guides", "/guides/"),
        ("Salaries", "/salaries/"),
    )


@forms
@pytest.mark.parametrize(("shelf", "other"), [("salaries", "guides"), ("guides", "salaries")])
def test_the_other_shelf_leads_to_the_right_one_for_good(
    client: Client, form: str, shelf: str, other: str
) -> None:
    create_live_guide(slug="pay", shelf=shelf)
    response = client.get(f"/{other}/{form.format('pay')}")
    assert (response.status_code, response["Location"]) == (301, f"/{shelf}/{form.format('pay')}")
    assert client.get(f"/{shelf}/{form.format('pay')}").status_code == 200


@forms
@pytest.mark.parametrize("shelf", ["salaries", "guides"])
def test_only_reading_is_led_on(client: Client, form: str, shelf: str) -> None:
    create_live_guide(slug="pay", shelf=shelf)
    for other in ("guides", "salaries"):
        assert client.post(f"/{other}/{form.format('pay')}").status_code == 405


@forms
@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
def test_what_is_hidden_leads_nowhere(client: Client, form: str, state: str) -> None:
    if state == "draft":
        create_draft(slug="pay", shelf=Shelf.SALARIES)
    else:
        ahead = timezone.now() + timedelta(days=1 if state == "scheduled" else -1)
        article = create_live_guide(slug="pay", shelf=Shelf.SALARIES, at=ahead)
        if state == "withdrawn":
            withdraw(article, reason="It was wrong.")
    for shelf in ("guides", "salaries"):
        assert client.get(f"/{shelf}/{form.format('pay')}").status_code == 404


def test_lists_of_the_library(client: Client) -> None:
    pay, tag, ada = create_category(slug="pay", name="Pay"), create_tag(slug="t"), None
    ada = create_contributor(slug="ada")
    create_live_guide(title="A guide", tags=[tag], authors=[ada])
    create_live_guide(
        title="A salary guide", shelf=Shelf.SALARIES, category=pay, tags=[tag], authors=[ada]
    )
    listed = client.get("/guides/").text
    assert "A guide" in listed
    assert "A salary guide" not in listed
    assert "category=pay" not in listed  # the filter offers only what it can show
    assert "A salary guide" not in client.get("/guides/?category=pay").text
    assert "A salary guide" not in client.get("/guides/?level=beginner").text
    for address in ("/tags/t/", "/people/ada/"):
        assert {"A guide", "A salary guide"} <= set(_titles(client.get(address).text)), address
    assert _titles(client.get("/categories/pay/").text) == ["A salary guide"]
    assert 'href="/salaries/a-salary-guide/"' in client.get("/categories/pay/").text


def _titles(page: str) -> list[str]:
    return re.findall(r'class="entry__title"><a href="[^"]+">([^<]+)</a>', page)


def test_previous_and_next_stay_on_the_shelf(client: Client) -> None:
    shelf = create_category()
    for position, (slug, on) in enumerate(
        [("g1", "guides"), ("s1", "salaries"), ("g2", "guides"), ("s2", "salaries")]
    ):
        create_live_guide(slug=slug, category=shelf, position=position, shelf=on)
    way = r'href="([^"]+)" rel="(?:prev|next)"'
    assert re.findall(way, client.get("/guides/g1/").text) == ["/guides/g2/"]
    assert re.findall(way, client.get("/salaries/s2/").text) == ["/salaries/s1/"]


def test_links_between_the_shelves(client: Client) -> None:
    salary = create_live_guide(title="On pay", slug="pay", shelf=Shelf.SALARIES)
    create_live_guide(slug="queues", body="## See\n\n[[guide:pay]]\n", related=[salary])
    page = client.get("/guides/queues/").text
    assert page.count('<a href="/salaries/pay/">On pay</a>') == 2
    assert "[On pay](http://localhost:8000/salaries/pay/)" in client.get("/guides/queues.md").text


def test_trail_and_twins_of_a_salary_guide(client: Client) -> None:
    create_live_guide(slug="pay", shelf=Shelf.SALARIES)
    page = client.get("/salaries/pay/").text
    shown = page.split('aria-label="Breadcrumb"')[1].split("</nav>", maxsplit=1)[0]
    assert re.findall(r'href="([^"]+)"', shown) == ["/", "/salaries/"]
    for address in ("/salaries/pay.md", "/salaries/pay.json", "/salaries/pay/changes/"):
        assert f'href="{address}"' in page
    assert client.get("/salaries/pay.json").json()["url"] == "http://localhost:8000/salaries/pay/"


@pytest.mark.parametrize("slug", RESERVED)
def test_no_guide_may_hide_a_page(slug: str) -> None:
    article = create_draft(slug=slug)
    article.shelf = Shelf.SALARIES
    with pytest.raises(ValidationError, match="belongs to a page of the site"):
        article.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        article.save()


def test_the_database_knows_the_shelves() -> None:
    article = create_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(shelf="attic")


def test_fingerprints_of_the_usual_shelf_are_as_before_there_were_two() -> None:
    """A site that was filled earlier still follows its files."""
    from articles.content import Content
    from core.library import digest

    content = Content(title="Queues", category="shop")
    before = digest({"content": content.as_json(), "position": 3})
    assert guide_digest(content, 3, Shelf.GUIDES) == before
    assert guide_digest(content, 3, Shelf.SALARIES) != before

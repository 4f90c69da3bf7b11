"""The desk chooses the shelf of a guide, until the guide was public."""

import pytest

from articles.models import Article, Shelf
from articles.tests.desk import (
    ADD,
    LIST,
    change_url,
    changed_guide,
    errors_at,
    html_of,
    new_guide,
    sign_in,
    text_of,
)
from articles.tests.factories import create_draft, create_live_guide

pytestmark = pytest.mark.django_db


def test_a_new_guide_goes_on_the_chosen_shelf(client):
    sign_in(client, "Editor")

    client.post(ADD, new_guide(slug="pay", shelf="salaries", _publish="1"))

    assert Article.objects.get().get_absolute_url() == "/salaries/pay/"
    assert client.get("/salaries/pay/").status_code == 200


def test_a_draft_moves(client):
    sign_in(client, "Editor")
    article = create_draft(slug="pay")

    client.post(change_url(article), changed_guide(article, shelf="salaries", _save="1"))

    article.refresh_from_db()
    assert article.shelf == Shelf.SALARIES


def test_a_guide_that_was_public_stays(client):
    sign_in(client, "Editor")
    article = create_live_guide(slug="pay", shelf=Shelf.SALARIES)
    page = client.get(change_url(article))
    assert 'name="shelf"' not in html_of(page)
    assert "Salary guides" in text_of(page)

    client.post(change_url(article), changed_guide(article, shelf="guides", _save="1"))

    article.refresh_from_db()
    assert article.shelf == Shelf.SALARIES


@pytest.mark.parametrize("slug", ["explore", "editions", "figures", "charts", "sources"])
def test_the_address_of_a_page_is_refused(client, slug):
    sign_in(client, "Editor")

    response = client.post(ADD, new_guide(slug=slug, shelf="salaries", _save="1"))

    assert f"“{slug}” is a page of the site below /salaries/" in errors_at(response, "slug")
    assert not Article.objects.exists()


def test_the_same_address_is_free_on_the_other_shelf(client):
    sign_in(client, "Editor")

    client.post(ADD, new_guide(slug="sources", shelf="guides", _save="1"))

    assert Article.objects.get().get_absolute_url() == "/guides/sources/"


def test_an_unknown_shelf_is_refused(client):
    sign_in(client, "Editor")

    response = client.post(ADD, new_guide(shelf="attic", _save="1"))

    assert "attic is not one of the available choices" in errors_at(response, "shelf")


def test_list_shows_and_filters_by_shelf(client):
    sign_in(client, "Editor")
    create_draft(title="A guide")
    create_draft(title="On pay", shelf=Shelf.SALARIES)

    response = client.get(LIST, {"shelf__exact": "salaries"})

    assert [row.title for row in response.context["cl"].result_list] == ["On pay"]
    assert '<td class="field-shelf">Salary guides</td>' in html_of(response)


def test_preview_stands_on_the_shelf(client):
    sign_in(client, "Editor")
    article = create_draft(shelf=Shelf.SALARIES)

    page = html_of(client.get("/admin/articles/article/preview/", {"guide": article.pk}))

    assert '<a href="/salaries/">Salaries</a>' in page

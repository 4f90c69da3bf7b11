"""Categories, tags, people and diagrams at the desk."""

import pytest

from articles.models import Category, Contributor, Diagram, Tag
from articles.tests.desk import errors_at, html_of, sign_in, text_in, text_of
from articles.tests.factories import (
    SVG,
    create_category,
    create_contributor,
    create_diagram,
    create_live_guide,
    create_tag,
)

pytestmark = pytest.mark.django_db

DIAGRAMS = "/admin/articles/diagram/"


def test_diagram_is_stored_and_shown_with_its_token(client):
    sign_in(client, "Editor")

    client.post(f"{DIAGRAMS}add/", {"slug": "two-boxes", "svg": SVG})

    page = client.get(f"{DIAGRAMS}{Diagram.objects.get().pk}/change/")
    assert "[[diagram:two-boxes|Caption.]]" in text_of(page)
    assert '<figure class="diagram"><svg' in html_of(page)
    assert "nowhere yet" in text_of(page)


def test_help_of_the_drawing_does_not_swallow_the_field(client):
    sign_in(client, "Editor")

    html = html_of(client.get(f"{DIAGRAMS}add/"))

    assert "Starts with &lt;title&gt; and &lt;desc&gt;" in html
    assert "<desc>" not in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)" width="1" height="1"/>',
        '<a href="javascript:alert(1)"><rect width="1" height="1"/></a>',
        '<image href="https://example.org/x.png"/>',
        "<foreignObject><p>Hi</p></foreignObject>",
    ],
)
def test_diagram_that_is_more_than_a_drawing_is_refused(client, hostile):
    sign_in(client, "Editor")
    svg = SVG.replace("</svg>", f"{hostile}</svg>")

    response = client.post(f"{DIAGRAMS}add/", {"slug": "trap", "svg": svg})

    assert errors_at(response, "svg")
    assert text_in(response, "svg") == svg
    assert hostile not in html_of(response)
    assert not Diagram.objects.exists()


def test_hostile_row_from_elsewhere_is_not_drawn(client):
    sign_in(client, "Editor")
    diagram = create_diagram(svg="<svg><script>alert(1)</script></svg>")

    assert "<script>alert(1)" not in html_of(client.get(f"{DIAGRAMS}{diagram.pk}/change/"))


def test_diagram_names_its_users_and_stays(client):
    sign_in(client, "Editor")
    diagram = create_diagram(slug="two-boxes")
    create_live_guide(title="The user", body="## One\n\n[[diagram:two-boxes|Boxes.]]\n")

    assert "The user" in text_of(client.get(f"{DIAGRAMS}{diagram.pk}/change/"))
    response = client.post(f"{DIAGRAMS}{diagram.pk}/delete/", {"post": "yes"}, follow=True)

    assert "Nothing was deleted." in text_of(response)
    assert "is used by “The user”." in text_of(response)
    assert Diagram.objects.exists()


def test_many_diagrams_are_deleted_all_or_none(client):
    sign_in(client, "Editor")
    used, free = create_diagram(slug="two-boxes"), create_diagram(slug="free")
    create_live_guide(body="## One\n\n[[diagram:two-boxes|Boxes.]]\n")
    chosen = {"action": "delete_selected", "_selected_action": [free.pk, used.pk], "post": "yes"}

    response = client.post(DIAGRAMS, chosen, follow=True)

    assert "Nothing was deleted." in text_of(response)
    assert Diagram.objects.count() == 2


def test_free_diagram_is_deleted(client):
    sign_in(client, "Editor")
    diagram = create_diagram()

    client.post(f"{DIAGRAMS}{diagram.pk}/delete/", {"post": "yes"})

    assert not Diagram.objects.exists()


def test_author_adds_a_diagram_but_changes_none(client):
    sign_in(client, "Author")
    diagram = create_diagram()

    client.post(f"{DIAGRAMS}add/", {"slug": "mine", "svg": SVG})

    assert Diagram.objects.filter(slug="mine").exists()
    changed = client.post(f"{DIAGRAMS}{diagram.pk}/change/", {"slug": "x", "svg": SVG})
    assert changed.status_code == 403


def test_slugs_stay_because_texts_and_addresses_use_them(client):
    sign_in(client, "Editor")
    rows = {
        "category": create_category(slug="kept"),
        "tag": create_tag(slug="kept"),
        "contributor": create_contributor(slug="kept"),
        "diagram": create_diagram(slug="kept"),
    }
    for model, row in rows.items():
        page = client.get(f"/admin/articles/{model}/{row.pk}/change/")
        assert page.status_code == 200
        assert 'name="slug"' not in html_of(page), model


def test_category_is_made_and_renamed(client):
    sign_in(client, "Editor")
    data = {"name": "Start here", "slug": "start-here", "description": "First.", "position": "1"}

    client.post("/admin/articles/category/add/", data)
    category = Category.objects.get()
    client.post(f"/admin/articles/category/{category.pk}/change/", {**data, "name": "Begin"})

    category.refresh_from_db()
    assert (category.name, category.slug) == ("Begin", "start-here")


def test_lists_count_guides_in_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    sign_in(client, "Editor")
    tag = create_tag(name="Servers")
    for _ in range(3):
        create_live_guide(tags=[tag], authors=[create_contributor()])

    for model in ("category", "tag", "contributor", "diagram"):
        with django_assert_max_num_queries(10):
            assert client.get(f"/admin/articles/{model}/").status_code == 200
    assert '<td class="field-guide_count">3</td>' in html_of(client.get("/admin/articles/tag/"))


def test_shelf_with_guides_cannot_be_deleted(client):
    sign_in(client, "Editor")
    category = create_category(name="Full shelf")
    create_live_guide(category=category)

    client.post(f"/admin/articles/category/{category.pk}/delete/", {"post": "yes"})

    assert Category.objects.filter(pk=category.pk).exists()


def test_diagram_without_a_name_gives_the_drawing_back(client):
    sign_in(client, "Editor")

    response = client.post(f"{DIAGRAMS}add/", {"slug": "", "svg": SVG})

    assert errors_at(response, "slug")
    assert text_in(response, "svg") == SVG


def test_name_of_a_diagram_may_begin_with_a_hyphen(client):
    sign_in(client, "Editor")

    client.post(f"{DIAGRAMS}add/", {"slug": "-line", "svg": SVG})

    assert Diagram.objects.get().slug == "-line"


@pytest.mark.parametrize("role", ["Author", "Moderator", "Analyst"])
def test_filing_is_kept_by_editors(client, role):
    sign_in(client, role)
    tag = create_tag(name="Kept")

    assert client.get("/admin/articles/tag/add/").status_code == 403
    renamed = client.post(f"/admin/articles/tag/{tag.pk}/change/", {"name": "X", "slug": "x"})
    assert renamed.status_code == 403
    assert Tag.objects.get().name == "Kept"


def test_links_of_a_person_must_be_links(client):
    sign_in(client, "Editor")
    data = {"kind": "person", "name": "Ada", "slug": "ada", "role": "", "bio": ""}
    links = '[{"label": "Site", "url": "javascript:alert(1)"}]'

    response = client.post("/admin/articles/contributor/add/", {**data, "links": links})

    assert "links start with https://" in errors_at(response, "links")


@pytest.mark.parametrize("links", ["", "null"])
def test_emptied_links_of_a_person_are_no_links(client, links):
    sign_in(client, "Editor")
    data = {"kind": "person", "name": "Ada", "slug": "ada", "role": "", "bio": ""}

    client.post("/admin/articles/contributor/add/", {**data, "links": links})

    assert Contributor.objects.get().links == []

"""Terms, privacy, community rules in public: the text in force and every version there was."""

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from accounts.models import Document
from accounts.terms.document_diff import Block, compare
from accounts.tests.papers import WORDS, put, put_all

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]

PAGES = ["/terms/", "/privacy/", "/community-rules/"]


def text_of(response):
    return " ".join(unescape(strip_tags(response.content.decode())).split())


@pytest.mark.parametrize("page", PAGES)
def test_text_in_force_is_shown_with_its_day_and_number(client, page):
    put_all()

    response = client.get(page)

    assert response.status_code == 200
    assert "Reading is free." in text_of(response)
    assert re.search(r"Version 1, in force from \d+ \w+ \d{4}", text_of(response))
    assert "noindex" not in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("page", PAGES)
def test_site_without_texts_says_so(client, page):
    response = client.get(page)

    assert response.status_code == 200
    assert "No text is published on this site yet." in text_of(response)
    assert "noindex" in response.content.decode()


def test_every_page_leads_to_them(client):
    html = client.get("/about/").content.decode()

    assert all(f'href="{page}"' in html for page in PAGES)


@pytest.mark.parametrize("page", [*PAGES, "/terms/versions/", "/terms/versions/1/"])
def test_only_reading(client, page):
    put_all()

    assert client.post(page).status_code == 405
    assert client.head(page).status_code == 200


def test_newer_version_replaces_the_older_on_its_day(client):
    put(text=WORDS, days=-30)
    put(text="Reading costs nothing.\n", days=0)

    shown = text_of(client.get("/terms/"))

    assert "Reading costs nothing." in shown
    assert "Reading is free." not in shown
    assert "Version 2" in shown


def test_version_to_come_is_announced_and_not_yet_shown(client):
    put(days=-30)
    new = put(text="Reading costs nothing.\n", days=10, change="Reading costs nothing now.")

    response = client.get("/terms/")

    assert "Reading is free." in text_of(response)
    assert "Version 2 will be in force from" in text_of(response)
    assert "Reading costs nothing now." in text_of(response)
    assert new.get_absolute_url() in response.content.decode()


def test_list_of_versions_says_what_each_changed(client):
    put(days=-30, change="The first version.")
    put(text="Other.\n", notable=False, days=-3, change="A comma was missing.")

    shown = text_of(client.get("/terms/versions/"))

    assert shown.index("A comma was missing.") < shown.index("The first version.")
    assert shown.count("notable") >= 1
    assert "minor" in shown


def test_old_version_stays_and_says_that_it_is_old(client):
    put(days=-30)
    put(text="Other.\n", days=0)

    shown = text_of(client.get("/terms/versions/1/"))

    assert "Reading is free." in shown
    assert "This is not the version in force. Read version 2, which is." in shown
    assert "replaced by version 2" in shown


def test_version_page_marks_the_words_that_changed(client):
    put(days=-30)
    put(text=WORDS.replace("is free", "is free and stays free") + "\n## New\n\nA part.\n")

    html = client.get("/terms/versions/2/").content.decode()

    assert re.search(r"Reading is (free )?<ins>(and stays free|free and stays )", html)
    assert "Changed, under “Reading”" in html
    assert "<ins>A part.</ins>" in html
    assert "Be kind" not in html.split('id="text"')[0]  # what is the same is not told


def test_first_version_has_nothing_before_it(client):
    put()

    assert "What changed since" not in text_of(client.get("/terms/versions/1/"))


@pytest.mark.parametrize(
    "page",
    ["/terms/versions/7/", "/nothing/versions/", "/nothing/versions/1/", "/privacy/versions/"],
)
def test_what_there_is_not_is_not_found(client, page):
    put(Document.TERMS)

    assert client.get(page).status_code == 404


def test_operator_is_named_where_one_is_set(client, settings):
    settings.SITE_OPERATOR = "Guide Society, 1 Mill Lane"
    settings.SITE_CONTACT = "hello@guide.example"
    settings.SITE_PROCESSORS = "Hosting House (Finland)"

    response = client.get("/privacy/")

    assert "Guide Society, 1 Mill Lane" in text_of(response)
    assert 'href="mailto:hello@guide.example"' in response.content.decode()
    assert "on the operator’s behalf: Hosting House (Finland)." in text_of(response)


def test_operator_who_names_no_companies_is_said_to_name_none(client, settings):
    settings.SITE_OPERATOR = settings.SITE_CONTACT = "Guide Society"

    assert "has not named any company" in text_of(client.get("/privacy/"))
    assert "mailto:" not in client.get("/privacy/").content.decode()


def test_site_without_an_operator_says_that_it_binds_nobody(client, settings):
    settings.SITE_OPERATOR = ""

    assert "Nobody is named." in text_of(client.get("/terms/"))


def test_words_of_the_operator_are_escaped(client, settings):
    settings.SITE_OPERATOR = "<script>alert(1)</script>"

    assert "<script>alert(1)" not in client.get("/terms/").content.decode()


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ([], ["a b c"], ["new"]),
        (["a b c"], [], ["gone"]),
        (["a b c d"], ["a b c e"], ["changed"]),
        (["a b c d"], ["w x y z"], ["gone", "new"]),
        (["same", "two"], ["same", "two"], []),
        (["see the page (/terms/)"], ["see the page (/privacy/)"], ["changed"]),
    ],
)
def test_difference(old, new, kinds):
    found = compare([Block(text) for text in old], [Block(text) for text in new])

    assert [change.kind for change in found] == kinds


def test_change_of_an_address_alone_is_a_change(client):
    put(text="See [the page](/about/) for more.\n", days=-9)
    put(text="See [the page](/salaries/) for more.\n")

    html = client.get("/terms/versions/2/").content.decode()

    assert "<del>(/about/) </del>" in html
    assert "<ins>(/salaries/) </ins>" in html


@pytest.mark.parametrize(
    ("page", "most"), [("/terms/", 2), ("/terms/versions/", 2), ("/terms/versions/1/", 4)]
)
def test_pages_cost_few_queries(client, django_assert_max_num_queries, page, most):
    for _ in range(6):
        put()

    with django_assert_max_num_queries(most):
        assert client.get(page).status_code == 200

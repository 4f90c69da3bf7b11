"""Pay figures at the desk: who sees them, who publishes, and that nobody types one in."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from accounts.roles import ADMINISTRATOR, ANALYST, AUTHOR, EDITOR, MODERATOR, ROLES
from articles.tests.desk import sign_in, text_of
from salaries.admin import figures as desk_of_figures
from salaries.models import Edition, Figure
from salaries.tests.factories import cell, country, edition

LIST = "/admin/salaries/edition/"
FIGURES = "/admin/salaries/figure/"
PUBLISHERS = {ANALYST, ADMINISTRATOR}
BANDS = (("5-9", 31), ("10-14", 25), ("15-19", 17), ("20+", 22))

pytestmark = pytest.mark.django_db


def draft(**fields) -> Edition:
    cells = [cell(dimension="years_coding_total", value=band, n=n) for band, n in BANDS]
    return edition(cell(n=100), *cells, is_published=False, title="Survey of spring", **fields)


def publish_url(row: Edition) -> str:
    return f"{LIST}{row.pk}/publish/"


def change_url(row: Edition) -> str:
    return f"{LIST}{row.pk}/change/"


def test_the_list_tells_drafts_from_published_editions(client):
    sign_in(client, ANALYST)
    draft()
    live = edition(title="Survey of autumn", slug="so-2025")
    response = client.get(LIST)
    text = text_of(response)

    assert re.search(r"Survey of spring\s*Draft\s*2025\s*survey\s*5\s*–", text)
    digest = live.figures_digest[:8]
    assert re.search(rf"Survey of autumn\s*Published\s*2025\s*survey\s*1\s*{digest}", text)
    assert "/salaries/editions/so-2025/" in response.text
    assert "Add edition" not in text


@pytest.mark.parametrize("role", ROLES)
def test_everybody_at_the_desk_reads_and_nobody_adds(client, role):
    sign_in(client, role)
    row = draft()

    assert client.get(LIST).status_code == 200
    assert client.get(change_url(row)).status_code == 200
    assert client.get(FIGURES).status_code == 200
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.get(f"{FIGURES}add/").status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_who_may_publish(client, role):
    sign_in(client, role)
    row = draft()
    may = role in PUBLISHERS

    assert ("Publish…" in text_of(client.get(change_url(row)))) == may
    assert client.get(publish_url(row)).status_code == (200 if may else 403)
    assert client.post(publish_url(row)).status_code == (302 if may else 403)
    row.refresh_from_db()
    assert row.is_published == may


@pytest.mark.parametrize("role", [AUTHOR, EDITOR, MODERATOR])
def test_words_of_a_draft_are_for_analysts(client, role):
    sign_in(client, role)
    row = draft()
    client.post(change_url(row), {"title": "Mine"})

    row.refresh_from_db()
    assert row.title == "Survey of spring"


def test_nobody_without_the_desk_gets_in(client):
    row = draft()

    for address in (LIST, publish_url(row), FIGURES):
        assert client.get(address).status_code == 302
        assert client.post(address).status_code == 302
    row.refresh_from_db()
    assert row.published_at is None


def test_publishing_asks_first_and_shows_what_the_public_will_see(client):
    sign_in(client, ANALYST)
    row = draft()
    text = text_of(client.get(publish_url(row)))

    assert "Publishing is for good." in text
    assert "one of its 5 figures" in text
    assert "1 figure of 100 answers and more: all five percentiles" in text
    assert "3 figures of 10 to 29 answers: the median, marked as indicative" in text
    assert "Of these, 1 will be kept back" in text
    assert "back-end / employed / DE / years_coding_total / 15-19 (n = 17)" in text
    row.refresh_from_db()
    assert row.published_at is None


def test_publishing_is_confirmed_and_noted(client):
    user = sign_in(client, ANALYST)
    row = draft()
    response = client.post(publish_url(row), follow=True)

    assert "“Survey of spring” is published for good." in text_of(response)
    assert row.figures.get(is_withheld=True).value == "15-19"
    assert LogEntry.objects.get(user=user).change_message == "Published."


def test_what_is_published_can_only_be_read(client):
    sign_in(client, ADMINISTRATOR)
    live = edition(title="Survey of autumn")
    page = client.get(change_url(live))

    assert "Publish…" not in text_of(page)
    assert 'name="title"' not in page.text
    assert client.post(change_url(live), {"title": "Another"}).status_code == 403
    assert "is published already" in text_of(client.post(publish_url(live), follow=True))
    assert client.post(f"{LIST}{live.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Edition.objects.get().title == "Survey of autumn"


def test_an_analyst_mends_the_words_of_a_draft(client):
    sign_in(client, ANALYST)
    row = draft()
    page = client.get(change_url(row))
    form = {
        name: page.context["adminform"].form.initial.get(name) or ""
        for name in page.context["adminform"].form.fields
    }
    response = client.post(change_url(row), {**form, "limits": "Not a sample."})

    assert response.status_code == 302, response.context["errors"]
    row.refresh_from_db()
    assert row.limits == "Not a sample."
    assert row.slug == page.context["original"].slug


@pytest.mark.parametrize(("field", "value"), [("currency", "EUR"), ("kind", "official")])
def test_what_the_figures_were_imported_with_stays(client, field, value):
    """Figures bear their currency, and how much of them is shown depends on the kind."""
    sign_in(client, ADMINISTRATOR)
    row = draft()
    page = client.get(change_url(row))
    form = {
        name: page.context["adminform"].form.initial.get(name) or ""
        for name in page.context["adminform"].form.fields
    }
    before = getattr(row, field)

    assert client.post(change_url(row), {**form, field: value}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == before != value


def test_an_edition_without_figures_is_not_published(client):
    sign_in(client, ANALYST)
    row = draft()
    row.figures.all().delete()
    response = client.post(publish_url(row), follow=True)

    assert "there are no cells" in text_of(response)
    row.refresh_from_db()
    assert row.published_at is None


def test_an_unknown_edition_is_not_found(client):
    sign_in(client, ANALYST)

    assert client.get(f"{LIST}999/publish/").status_code == 404


def test_who_may_not_publish_learns_nothing_of_what_there_is(client):
    sign_in(client, AUTHOR)

    assert client.get(f"{LIST}999/publish/").status_code == 403


def test_official_statistics_are_announced_as_printed(client):
    sign_in(client, ANALYST)
    row = edition(cell(n=None, jobs=5, country="US"), kind="official", is_published=False)

    assert "shown as their publisher printed them" in text_of(client.get(publish_url(row)))


def test_figures_are_found_and_filtered(client):
    sign_in(client, ANALYST)
    edition(cell(), cell(country="NL", role="devops"), slug="so-2025", short_title="Survey A")
    edition(cell(country="PL", dimension="language", value="Go"), slug="so-2024")

    def found(query: str) -> int:
        return len(client.get(f"{FIGURES}?{query}").context["cl"].result_list)

    assert found("") == 3
    assert found("q=nether") == 1
    assert found("q=de") == 1
    assert found("q=go") == 1
    assert found("edition__slug=so-2025") == 2
    assert found("role=devops") == 1
    assert found("dimension=language") == 1
    assert found("employment=contractor") == 0
    assert found("is_withheld__exact=1") == 0


def test_a_figure_is_read_and_never_changed(client):
    sign_in(client, ADMINISTRATOR)
    row = edition(is_published=False).figures.get()
    address = f"{FIGURES}{row.pk}/change/"

    assert client.get(address).status_code == 200
    assert client.post(address, {"n": 5}).status_code == 403
    assert client.post(f"{FIGURES}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Figure.objects.get().n == row.n


def test_a_long_list_counts_no_further_than_anybody_pages(
    client, monkeypatch, django_assert_max_num_queries
):
    sign_in(client, ANALYST)
    edition(*(cell(country=code) for code in ("DE", "NL", "PL", "CZ")))
    monkeypatch.setattr(desk_of_figures, "MOST_COUNTED", 3)

    with django_assert_max_num_queries(12):
        listed = client.get(FIGURES).context["cl"]

    assert listed.result_count == 3


@pytest.mark.parametrize("model", ["country", "pricelevel", "consumerprices"])
def test_countries_and_prices_stand_at_the_desk(client, model):
    sign_in(client, ANALYST)
    country("NL")
    response = client.get(f"/admin/salaries/{model}/?q=nether")

    assert response.status_code == 200
    assert ("Netherlands" in text_of(response)) == (model == "country")

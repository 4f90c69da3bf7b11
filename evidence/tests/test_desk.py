"""The claims ledger at the desk."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.tests.factories import create_user
from evidence.models import Claim, Source
from evidence.tests.factories import create_claim, create_source
from evidence.usage import Use

pytestmark = pytest.mark.django_db

CLAIMS = "/admin/evidence/claim/"
SOURCES = "/admin/evidence/source/"


def sign_in(client, role):
    client.force_login(create_user(role=role))


def text_of(response):
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def new_claim(**changes):
    return {
        "key": "SO25-16",
        "area": "developer survey",
        "statement": "14.2% work on back ends.",
        "figure": "back-end 14.2%",
        "values": '{"back-end": "14.2%"}',
        "sample_size": "43,560",
        "source": create_source().pk,
        "as_of": "2025-07",
        "read_in": "",
        "confidence": "primary",
        "checked_on": "2026-11-20",
        "expires_on": "",
        "caveat": "",
        **changes,
    }


@pytest.fixture
def cited(monkeypatch):
    """Let a page cite every claim, as an app above this one would answer."""

    def find(keys):
        return [Use(key, "A page that cites it", "/guides/a-page/") for key in keys]

    monkeypatch.setattr("evidence.usage._finders", [find])


@pytest.mark.parametrize("role", ["Editor", "Analyst", "Administrator"])
def test_claim_is_written_and_shows_how_to_cite_it(client, role):
    sign_in(client, role)

    client.post(f"{CLAIMS}add/", new_claim())

    page = text_of(client.get(f"{CLAIMS}{Claim.objects.get().pk}/change/"))
    assert "[[claim:SO25-16]]" in page
    assert "[[cite:SO25-16]]" in page
    assert "[[claim:SO25-16#back-end]]" in page
    assert "no public page yet" in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ('{"back-end": "15%"}', "The value of “back-end” (15%) does not stand in the figure."),
        ('{"back-end": 14.2}', "does not stand in the figure."),
        ("[1]", "Write names and values"),
        ("{", "Enter a valid JSON."),
    ],
)
def test_values_must_stand_in_the_figure(client, values, message):
    sign_in(client, "Editor")

    response = client.post(f"{CLAIMS}add/", new_claim(values=values))

    assert message in text_of(response)
    assert "14.2% work on back ends." in response.content.decode()
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"as_of": "July 2025"}, "Write a year, a month or a day"),
        ({"as_of": "2025-13"}, "Write a year, a month or a day"),
        ({"expires_on": "2026-11-20"}, "cannot expire before it was checked"),
        ({"confidence": "certain"}, "is not one of the available choices"),
        ({"figure": ""}, "This field is required."),
    ],
)
def test_bad_claim_comes_back_with_its_text(client, changes, message):
    sign_in(client, "Editor")

    response = client.post(f"{CLAIMS}add/", new_claim(values="{}", **changes))

    assert message in text_of(response)
    assert "14.2% work on back ends." in response.content.decode()
    assert not Claim.objects.exists()


def test_same_id_is_refused(client):
    sign_in(client, "Editor")
    create_claim(key="SO25-16")

    assert "already exists" in text_of(client.post(f"{CLAIMS}add/", new_claim()))


def test_id_stays_because_texts_use_it(client):
    sign_in(client, "Editor")
    claim = create_claim(key="SO25-16")
    address = f"{CLAIMS}{claim.pk}/change/"

    assert 'name="key"' not in client.get(address).content.decode()
    client.post(address, new_claim(key="MOVED", statement="Changed."))

    claim.refresh_from_db()
    assert (claim.key, claim.statement) == ("SO25-16", "Changed.")


def test_claim_tells_where_it_is_used(client, cited):
    sign_in(client, "Editor")
    claim = create_claim()

    page = client.get(f"{CLAIMS}{claim.pk}/change/").content.decode()

    assert '<a href="/guides/a-page/">A page that cites it</a>' in page


def test_expired_claims_are_found(client):
    sign_in(client, "Editor")
    today = timezone.localdate()
    checked = date(2020, 1, 1)
    create_claim(key="OLD", checked_on=checked, expires_on=today)
    create_claim(key="GOOD", checked_on=checked, expires_on=today + timedelta(days=1))
    create_claim(key="OPEN", checked_on=checked)

    def keys(value):
        rows = client.get(CLAIMS, {"expiry": value}).context["cl"].result_list
        return [row.key for row in rows]

    assert keys("expired") == ["OLD"]
    assert keys("none") == ["OPEN"]
    assert keys("x") == ["GOOD", "OLD", "OPEN"]


def test_claims_are_searched_by_source_too(client):
    sign_in(client, "Editor")
    create_claim(key="A-1", source=create_source(publisher="Stack Overflow"))
    create_claim(key="B-1", source=create_source(publisher="Eurostat"))

    rows = client.get(CLAIMS, {"q": "eurostat"}).context["cl"].result_list

    assert [row.key for row in rows] == ["B-1"]


@pytest.mark.parametrize("address", [CLAIMS, SOURCES])
def test_query_count_does_not_grow_with_the_rows(client, address, django_assert_max_num_queries):
    sign_in(client, "Editor")
    for _ in range(20):
        create_claim()

    with django_assert_max_num_queries(10):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("role", ["Author", "Moderator"])
def test_ledger_is_kept_by_editors_and_analysts(client, role):
    sign_in(client, role)
    claim = create_claim()

    assert client.get(f"{CLAIMS}add/").status_code == 403
    assert client.post(f"{CLAIMS}{claim.pk}/change/", new_claim()).status_code == 403
    assert client.post(f"{CLAIMS}{claim.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Claim.objects.exists()


def test_author_looks_things_up(client):
    sign_in(client, "Author")
    claim = create_claim(statement="Servers wait.")

    page = client.get(f"{CLAIMS}{claim.pk}/change/")

    assert "Servers wait." in text_of(page)
    assert 'name="_save"' not in page.content.decode()


def test_source_with_claims_cannot_be_deleted(client):
    sign_in(client, "Editor")
    source = create_source()
    create_claim(source=source)
    chosen = {"action": "delete_selected", "_selected_action": source.pk, "post": "yes"}

    client.post(f"{SOURCES}{source.pk}/delete/", {"post": "yes"})
    client.post(SOURCES, chosen)

    assert Source.objects.exists()


def test_source_keeps_its_address_on_the_site(client):
    sign_in(client, "Editor")
    source = create_source(slug="kept")

    page = client.get(f"{SOURCES}{source.pk}/change/").content.decode()

    assert 'name="slug"' not in page
    assert 'name="slug"' in client.get(f"{SOURCES}add/").content.decode()


def test_every_change_of_a_claim_is_remembered(client):
    sign_in(client, "Editor")
    client.post(f"{CLAIMS}add/", new_claim())
    claim = Claim.objects.get()

    client.post(f"{CLAIMS}{claim.pk}/change/", new_claim(statement="Said better."))

    said = list(claim.history.order_by("history_date").values_list("statement", flat=True))
    assert said == ["14.2% work on back ends.", "Said better."]
    assert claim.history.latest().history_user is not None


def test_emptied_values_are_no_values(client):
    sign_in(client, "Editor")

    client.post(f"{CLAIMS}add/", new_claim(values=""))

    assert Claim.objects.get().values == {}


@pytest.mark.parametrize("values", ["5", "[1]", '"word"'])
def test_values_that_are_no_names_are_refused(client, values):
    sign_in(client, "Editor")

    response = client.post(f"{CLAIMS}add/", new_claim(values=values))

    assert "Write names and values" in text_of(response)
    assert not Claim.objects.exists()

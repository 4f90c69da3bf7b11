"""Claims that the form offers for insertion."""

import pytest

from accounts.tests.factories import create_user
from articles.admin.desk_views import CLAIMS_OFFERED
from articles.tests.desk import ADD, html_of, sign_in
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db

CLAIMS = "/admin/articles/article/claims/"


def found(client, words):
    return client.get(CLAIMS, {"q": words}).json()["claims"]


def test_form_names_the_search_and_a_way_without_script(client):
    sign_in(client, "Author")

    html = html_of(client.get(ADD))

    assert f'data-claims-url="{CLAIMS}"' in html
    assert 'href="/admin/evidence/claim/"' in html


def test_claim_comes_with_all_that_can_be_inserted(client):
    sign_in(client, "Author")
    source = create_source(title="Survey 2025", publisher="Example")
    create_claim(
        key="SO25-16",
        statement="Some work on back ends, some on front ends.",
        figure="back-end 14.2%, front-end 5%",
        values={"back-end": "14.2%"},
        as_of="2025-07",
        source=source,
    )

    assert found(client, "SO25-16") == [
        {
            "key": "SO25-16",
            "statement": "Some work on back ends, some on front ends.",
            "figure": "back-end 14.2%, front-end 5%",
            "source": "Survey 2025 (Example)",
            "year": "2025",
            "confidence": "Read at the source",
            "tokens": [
                {"token": "[[claim:SO25-16]]", "shows": "back-end 14.2%, front-end 5%"},
                {"token": "[[claim:SO25-16#back-end]]", "shows": "14.2%"},
                {"token": "[[cite:SO25-16]]", "shows": "the source only"},
            ],
        }
    ]


def test_all_words_must_stand_somewhere(client):
    sign_in(client, "Author")
    create_claim(key="A-1", statement="Servers answer requests.", figure="9%")
    create_claim(key="B-1", statement="Servers cost money.", figure="8%")

    assert [claim["key"] for claim in found(client, "servers MONEY")] == ["B-1"]
    assert [claim["key"] for claim in found(client, "servers")] == ["A-1", "B-1"]
    assert found(client, "bicycles") == []


def test_a_handful_at_a_time(client, django_assert_max_num_queries):
    sign_in(client, "Author")
    for number in range(CLAIMS_OFFERED + 3):
        create_claim(key=f"MANY-{number:02}")

    with django_assert_max_num_queries(6):
        assert len(found(client, "")) == CLAIMS_OFFERED


def test_only_the_desk_is_answered(client):
    assert client.get(CLAIMS).status_code == 302
    client.force_login(create_user(is_staff=True))
    assert client.get(CLAIMS).status_code == 403

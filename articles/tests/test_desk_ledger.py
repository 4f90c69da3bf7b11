"""What the ledger of the desk owes to guides: a cited claim stays, and pages follow its changes."""

import pytest

from articles.publishing import withdraw
from articles.tests.desk import sign_in, text_of
from articles.tests.factories import create_live_guide
from evidence.models import Claim
from evidence.tests.factories import create_claim

pytestmark = pytest.mark.django_db

CLAIMS = "/admin/evidence/claim/"


def create_cited_claim(**fields):
    claim = create_claim(**fields)
    body = f"## One\n\nIt is [[claim:{claim.key}]].\n"
    return claim, create_live_guide(title="The user", body=body)


def test_claim_names_the_guides_that_cite_it(client):
    sign_in(client, "Analyst")
    claim, article = create_cited_claim()

    page = client.get(f"{CLAIMS}{claim.pk}/change/").content.decode()

    assert f'<a href="{article.get_absolute_url()}">The user</a>' in page


def test_cited_claim_is_not_deleted(client):
    sign_in(client, "Editor")
    claim, _ = create_cited_claim(key="SO25-16")

    response = client.post(f"{CLAIMS}{claim.pk}/delete/", {"post": "yes"}, follow=True)

    assert "Nothing was deleted. SO25-16" in text_of(response)
    assert "is used by “The user”." in text_of(response)
    assert Claim.objects.exists()


def test_cited_claim_is_not_deleted_with_many_others(client):
    sign_in(client, "Editor")
    free = create_claim()
    claim, _ = create_cited_claim()
    chosen = {"action": "delete_selected", "_selected_action": [free.pk, claim.pk], "post": "yes"}

    response = client.post(CLAIMS, chosen, follow=True)

    assert "Nothing was deleted." in text_of(response)
    assert "Successfully deleted" not in text_of(response)
    assert Claim.objects.count() == 2


def test_claim_of_a_withdrawn_guide_stays_because_the_guide_may_come_back(client):
    sign_in(client, "Editor")
    claim, article = create_cited_claim()
    withdraw(article, reason="For a day.")

    response = client.post(f"{CLAIMS}{claim.pk}/delete/", {"post": "yes"}, follow=True)

    assert "Nothing was deleted." in text_of(response)
    assert Claim.objects.exists()


def test_free_claims_are_deleted(client):
    sign_in(client, "Editor")
    claim = create_claim()
    chosen = {"action": "delete_selected", "_selected_action": [claim.pk], "post": "yes"}

    response = client.post(CLAIMS, chosen, follow=True)

    assert "Successfully deleted 1 claim." in text_of(response)
    assert not Claim.objects.exists()


def test_page_follows_a_change_of_its_claim(client, django_capture_on_commit_callbacks):
    sign_in(client, "Editor")
    claim, article = create_cited_claim(figure="14.2%")
    data = {
        "area": claim.area,
        "statement": claim.statement,
        "figure": "14.3%",
        "values": "{}",
        "source": claim.source_id,
        "as_of": claim.as_of,
        "confidence": claim.confidence,
        "checked_on": "2026-11-20",
    }

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{CLAIMS}{claim.pk}/change/", data)

    assert "It is 14.3%" in text_of(client.get(article.get_absolute_url()))

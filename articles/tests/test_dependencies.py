"""A change in the ledger or in a drawing reaches exactly the pages that use it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client

from articles import dependencies, publishing
from articles.models import Article, Diagram
from articles.publishing import go_live, withdraw
from articles.rendering import ContentError
from articles.tests.factories import SVG, create_diagram, create_draft, create_live_guide
from evidence.models import Claim
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the slugs of guides that are rendered again."""
    slugs: list[str] = []
    render_again = publishing.render_again

    def noting(article: Article) -> bool:
        slugs.append(article.slug)
        return render_again(article)

    monkeypatch.setattr(publishing, "render_again", noting)
    return slugs


@pytest.fixture
def guides() -> None:
    """Publish a guide that uses a claim and a drawing, one that cites, and one with neither."""
    claim = create_claim(key="USE-01", figure="10% of all", values={"share": "10%"})
    create_claim(key="IDLE-01", figure="99%", source=claim.source)
    create_diagram(slug="line")
    create_live_guide(
        slug="uses", body="## It\n\nIt is [[claim:USE-01#share]].\n\n[[diagram:line|A line.]]\n"
    )
    create_live_guide(slug="asks", faq=[("Why?", "As told[[cite:USE-01]].")])
    create_live_guide(slug="neither")


@contextmanager
def committed(capture: Any) -> Iterator[None]:
    with capture(execute=True):
        yield


@pytest.mark.usefixtures("guides")
def test_claim_edit_reaches_exactly_its_pages(
    client: Client, rendered: list[str], django_capture_on_commit_callbacks
) -> None:
    claim = Claim.objects.get(key="USE-01")
    claim.figure, claim.values = "12% of all", {"share": "12%"}
    with committed(django_capture_on_commit_callbacks):
        claim.save()
    assert sorted(rendered) == ["asks", "uses"]
    page = client.get("/guides/uses/").text
    assert '<span class="claim__value">12%</span>' in page
    assert "10%" not in page


@pytest.mark.usefixtures("guides")
def test_page_without_the_claim_is_untouched(django_capture_on_commit_callbacks) -> None:
    before = Article.objects.values().get(slug="neither")
    with committed(django_capture_on_commit_callbacks):
        Claim.objects.get(key="USE-01").save()
    assert Article.objects.values().get(slug="neither") == before


@pytest.mark.usefixtures("guides")
def test_claim_nobody_uses_renders_nothing(
    rendered: list[str], django_capture_on_commit_callbacks
) -> None:
    with committed(django_capture_on_commit_callbacks):
        Claim.objects.get(key="IDLE-01").save()
        create_claim(key="NEW-01")
    assert rendered == []


@pytest.mark.usefixtures("guides")
def test_source_edit_reaches_the_receipts(
    client: Client, rendered: list[str], django_capture_on_commit_callbacks
) -> None:
    source = Claim.objects.get(key="USE-01").source
    source.title = "A better title"
    with committed(django_capture_on_commit_callbacks):
        source.save()
    assert sorted(rendered) == ["asks", "uses"]
    receipt = client.get("/guides/uses/").text.split('id="receipt-1"')[1].split("</div>")[0]
    assert "A better title" in receipt


@pytest.mark.usefixtures("guides")
def test_drawing_edit_reaches_its_page(
    client: Client, rendered: list[str], django_capture_on_commit_callbacks
) -> None:
    from articles.models import Diagram

    diagram = Diagram.objects.get(slug="line")
    diagram.svg = SVG.replace("Two boxes", "Two new boxes")
    with committed(django_capture_on_commit_callbacks):
        diagram.save()
    assert rendered == ["uses"]
    assert "Two new boxes" in client.get("/guides/uses/").text


@pytest.mark.usefixtures("guides")
def test_many_changes_render_each_page_once(
    rendered: list[str], django_capture_on_commit_callbacks
) -> None:
    with committed(django_capture_on_commit_callbacks):
        for claim in Claim.objects.all():
            claim.save()
        claim.source.save()
    assert sorted(rendered) == ["asks", "uses"]


@pytest.mark.usefixtures("guides")
def test_dates_stay_when_the_ledger_moves(django_capture_on_commit_callbacks) -> None:
    dates = Article.objects.values("published_at", "modified_at", "live_revision")
    before = dates.get(slug="uses")
    with committed(django_capture_on_commit_callbacks):
        Claim.objects.get(key="USE-01").save()
    assert dates.get(slug="uses") == before


@pytest.mark.usefixtures("guides")
def test_page_that_cannot_be_rendered_again_stays(
    client: Client, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks
) -> None:
    """The value that a page names is gone: readers keep the page, the log tells."""
    Claim.objects.filter(key="USE-01").update(figure="12% of all", values={})
    with (
        caplog.at_level(logging.ERROR, "articles.publishing"),
        committed(django_capture_on_commit_callbacks),
    ):
        Claim.objects.get(key="USE-01").save()
    assert "10%" in client.get("/guides/uses/").text
    assert "has no value called “share”" in caplog.text


@pytest.mark.usefixtures("guides")
def test_what_a_page_uses_cannot_be_deleted() -> None:
    from articles.models import Diagram

    with pytest.raises(ProtectedError, match="is used by"), transaction.atomic():
        Claim.objects.get(key="USE-01").delete()
    with pytest.raises(ProtectedError, match="is used by"), transaction.atomic():
        Claim.objects.filter(key="USE-01").delete()
    with pytest.raises(ProtectedError, match="is used by"), transaction.atomic():
        Diagram.objects.get(slug="line").delete()
    assert Claim.objects.filter(key="USE-01").exists()
    Claim.objects.get(key="IDLE-01").delete()


def test_what_only_a_draft_uses_can_be_deleted() -> None:
    claim = create_claim(key="USE-01")
    create_draft(body="## It\n\n[[claim:USE-01]]\n")
    claim.delete()
    assert not Claim.objects.exists()


def test_links_to_a_withdrawn_guide_become_words(client: Client, rendered: list[str]) -> None:
    target = create_live_guide(slug="target", title="The target")
    create_live_guide(slug="links", body="## See\n\nSee [[guide:target]].\n")
    create_live_guide(slug="asks", faq=[("Where?", "In [[guide:target|that one]].")])
    create_live_guide(slug="neither")
    withdraw(target, reason="It was wrong.")
    assert sorted(rendered) == ["asks", "links"]
    assert "<p>See The target.</p>" in client.get("/guides/links/").text
    assert "<p>In that one.</p>" in client.get("/guides/asks/").text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nothing_is_rendered_before_the_change_is_committed(rendered: list[str]) -> None:
    create_claim(key="USE-01")
    create_live_guide(slug="uses", body="## It\n\nIt is [[claim:USE-01]].\n")
    with transaction.atomic():
        Claim.objects.get(key="USE-01").save()
        assert rendered == []
    assert rendered == ["uses"]


def test_another_thread_does_not_take_what_is_not_committed() -> None:
    """Its commit would render the old figure, and ours would find nothing left to do."""
    create_source()
    claim = create_claim(key="USE-01")
    claim.save()
    thread = threading.Thread(target=dependencies._render_changed)
    thread.start()
    thread.join()
    assert dependencies._changed.things == {("claim", "USE-01")}
    dependencies._changed.things.clear()


def test_drawing_that_cannot_be_shown_is_a_problem_of_the_text() -> None:
    create_diagram(slug="line")
    Diagram.objects.update(svg="<svg><script/></svg>")
    article = create_draft(slug="uses", body="## It\n\n[[diagram:line|A line.]]\n")
    with pytest.raises(ContentError, match="the diagram line cannot be shown"):
        go_live(article.revisions.get(), actor=None)

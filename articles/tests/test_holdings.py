"""What the library and the ledger give to a colleague who leaves, and what stays of their work."""

import pytest

from accounts.models import User
from accounts.registries import holdings
from accounts.registries.holdings import CommentsChoice, person_of
from accounts.tests.factories import create_user
from articles.holdings import HISTORIES, erase, export
from articles.models import Article, Contributor, Publication, Revision
from articles.publishing import withdraw
from articles.tests.factories import create_category, create_contributor, create_live_guide

pytestmark = pytest.mark.django_db

KEEP = CommentsChoice.ANONYMISE


@pytest.fixture
def author() -> User:
    return create_user(email="nora@example.org", display_name="Nora Nothnagel", role="Editor")


def sections(user):
    return {section.key: section.rows for section in export(person_of(user))}


def test_both_apps_are_registered() -> None:
    assert {"articles", "evidence"} <= {item.key for item in holdings.all_holdings()}


def test_export_has_guides_revisions_and_acts(author) -> None:
    guide = create_live_guide(title="Queues", created_by=author, note="Written.")
    withdraw(guide, reason="Out of date.", actor=author)
    create_live_guide(title="Of another", created_by=create_user())

    found = sections(author)

    assert [row["guide"] for row in found["guides-begun"]] == ["Queues"]
    [revision] = found["revisions"]
    assert (revision["guide"], revision["number"], revision["what_changed"]) == (
        "Queues",
        1,
        "Written.",
    )
    assert revision["words"]["title"] == "Queues"
    assert [row["act"] for row in found["publications"]] == ["Published", "Withdrawn"]


def test_export_has_every_change_that_a_history_keeps(author) -> None:
    category = create_category(name="Basics")
    category._history_user = author  # type: ignore[attr-defined]
    category.save()
    category.name = "Foundations"
    category.save()

    rows = sections(author)["library-changes"]

    assert [(row["kind"], row["thing"], row["act"]) for row in rows] == [
        ("category", "Basics", "changed"),
        ("category", "Foundations", "changed"),
    ]


def test_export_shows_bylines_of_the_same_name_and_says_that_they_are_no_tie(author) -> None:
    create_contributor(name="Nora Nothnagel", role="Engineer")
    create_contributor(name="Nora Somebody")

    assert [row["role"] for row in sections(author)["bylines"]] == ["Engineer"]


def test_words_stay_and_the_tie_goes(author, client) -> None:
    guide = create_live_guide(title="Queues", created_by=author)
    before = Revision.objects.values("content", "note", "created_at").get()
    category = create_category()
    category._history_user = author  # type: ignore[attr-defined]
    category.save()

    counts = erase(person_of(author), KEEP)

    assert counts["articles.Revision"] == 1
    assert Revision.objects.values("content", "note", "created_at").get() == before
    assert Revision.objects.get().author is None
    assert Article.objects.get().created_by is None
    assert Publication.objects.get().actor is None
    assert not any(model.objects.filter(history_user=author).exists() for model in HISTORIES)
    assert "Queues" in client.get(guide.get_absolute_url()).content.decode()
    assert not any(sections(author).values())


def test_work_of_others_keeps_its_tie(author) -> None:
    other = create_user()
    create_live_guide(created_by=other)

    erase(person_of(author), KEEP)

    assert Revision.objects.get().author == other


def test_byline_stays_without_the_way_to_the_mailbox(author) -> None:
    byline = create_contributor(name="Nora Nothnagel")
    home = {"label": "Home", "url": "https://nora.example.org/"}
    byline.links = [{"label": "Mail", "url": "mailto:Nora@example.org?subject=Hi"}, home]
    byline.save()

    erase(person_of(author), KEEP)

    assert Contributor.objects.get().name == "Nora Nothnagel"
    assert Contributor.objects.get().links == [home]
    assert [row.links for row in Contributor.history.order_by("history_id")] == [[], [home]]


def test_erasing_twice_changes_nothing_more(author) -> None:
    create_live_guide(created_by=author)

    assert sum(erase(person_of(author), KEEP).values()) == 3
    assert sum(erase(person_of(author), KEEP).values()) == 0

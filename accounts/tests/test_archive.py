"""The archive itself: names of its pages, how values read, and that it comes in pieces."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from accounts.data import export
from accounts.registries import holdings
from accounts.registries.holdings import Holding, Section
from accounts.tests.factories import create_user
from accounts.tests.leaving import Archive, download, prove, sign_in, text_of

pytestmark = pytest.mark.django_db


def page_text(archive, name):
    return text_of(archive.read(name).decode())


@pytest.fixture
def registry(monkeypatch):
    """Holdings that a test may add to."""
    monkeypatch.setattr(holdings, "_holdings", dict(holdings._holdings))


def add_section(key, rows, title="Something"):
    holdings.register(
        Holding(
            f"test-{key}-{title}",
            (),
            lambda person: [Section(key, title, "About it.", rows)],
            lambda person, choice: {},
        )
    )


@pytest.mark.usefixtures("registry")
def test_names_of_pages_are_safe_and_each_once(client):
    user = sign_in(client)
    for key, title in (
        ("../../etc/passwd", "A"),
        ("CON: 1?", "B"),
        ("index", "C"),
        ("CON: 1?", "D"),
    ):
        add_section(key, [{"a": 1}], title)

    files = [page.file for page in export._pages(export.sections(user))]

    assert len(files) == len(set(files))
    assert "index.html" not in files
    assert "etcpasswd.html" in files
    assert {"con-1.html", "con-1-2.html", "index-2.html"} <= set(files)


@pytest.mark.usefixtures("registry")
def test_values_of_every_kind_read_well(client):
    sign_in(client)
    row = {
        "written_at": "2026-11-05T08:30:00Z",
        "is_on": True,
        "nothing_here": "",
        "kinds": ["one", {"deep_key": "two"}],
        "zero": 0,
    }
    add_section("kinds", [row])
    prove(client)

    page = page_text(download(client), "kinds.html")

    assert "Written at 5 November 2026, 08:30 UTC" in page
    assert "Is on yes" in page
    assert "Left empty: nothing here." in page
    assert "one Deep key two" in page
    assert "Zero 0" in page


def test_moments_are_in_utc_whatever_zone_the_person_chose():
    at = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)
    with timezone.override("Asia/Tokyo"):
        content = b"".join(export.archive(export.sections(create_user()), at))

    archive = Archive(content)
    assert "Made on 5 November 2026 at 23:30 UTC" in archive.read("README.txt").decode()
    assert "5 November 2026, 23:30 UTC" in page_text(archive, "index.html")


@pytest.mark.usefixtures("registry")
def test_big_archive_comes_in_pieces(client):
    user = sign_in(client)
    add_section("big", [{"n": number, "text": f"{number} " * 400} for number in range(2000)])

    pieces = list(export.archive(export.sections(user)))

    assert len(pieces) > 20
    assert max(map(len, pieces)) < 1_000_000

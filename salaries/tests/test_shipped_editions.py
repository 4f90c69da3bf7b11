"""The editions in `content/salaries/` are whole, described beside it, and load as they are."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from salaries.detail_files import read_details
from salaries.edition_files import cells_digest
from salaries.editions import cells_of
from salaries.models import Edition, Figure

pytestmark = pytest.mark.django_db

SHIPPED = Path(settings.CONTENT_DIR) / "salaries"
SLUGS = sorted(path.stem for path in SHIPPED.glob("*.yaml") if path.stem != "guides")


def test_every_edition_that_is_promised_is_shipped() -> None:
    official = {f"bls-{year}" for year in range(2020, 2026)}
    surveys = {"so-2023", "so-2024", "so-2025", "koodiklinikka-2025"}
    assert set(SLUGS) >= official | surveys


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_file_has_the_digest_that_is_written_beside_it(slug: str) -> None:
    content = (SHIPPED / f"{slug}.csv").read_bytes()
    written = read_details(SHIPPED / f"{slug}.yaml")
    assert hashlib.sha256(content).hexdigest() == written.figures_digest
    for key in ("licence", "attribution", "method", "limits", "verification_note", "input_digest"):
        assert written.fields[key], (slug, key)


def test_the_shipped_editions_in_the_database_equal_their_files(tmp_path: Path) -> None:
    call_command("load_library", verbosity=0)
    for slug in SLUGS:
        stored = Edition.objects.published().get(slug=slug)
        content = (SHIPPED / f"{slug}.csv").read_bytes()
        assert cells_digest(cells_of(stored), year=stored.year) == stored.figures_digest
        target = tmp_path / "again.csv"
        call_command("export_edition", slug, f"--output={target}")
        assert target.read_bytes() == content
    developers = Figure.objects.get(edition__slug="bls-2025", role="soc-15-1252")
    shown = [str(amount) for amount in (developers.p10, developers.p50, developers.p90)]
    assert shown == ["82460.00", "135980.00", "214670.00"]

"""The editions in `content/salaries/` are whole and described beside it.

That they load as they are is seen where the whole library is loaded: tests/content/test_loading.py.
"""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from salaries.detail_files import read_details

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

"""The claims ledger in `content/evidence/`."""

from datetime import date
from pathlib import Path
from typing import Any

from core.library import Report, read_items, sync
from evidence.models import Claim, Source

SOURCE_KEYS = {"slug", "title", "publisher", "url"}
CLAIM_KEYS = {"key", "area", "statement", "figure", "as_of", "source", "confidence", "checked_on"}
CLAIM_DEFAULTS: dict[str, Any] = {
    "values": {},
    "sample_size": "",
    "read_in": "",
    "caveat": "",
    "expires_on": None,
}


def load(root: Path, report: Report) -> None:
    """Load sources and claims. Raises LibraryError with every fault of a file."""
    folder = root / "evidence"
    sources = sync(
        Source,
        read_items(
            folder / "sources.yaml", root=root, required=SOURCE_KEYS, optional={"published"}
        ),
        key="slug",
        report=report,
        adapt=lambda data: {"published": "", **data},
    )

    def adapt(data: dict[str, Any]) -> dict[str, Any]:
        if data["source"] not in sources:
            raise ValueError(f"there is no source “{data['source']}”")
        values = {**CLAIM_DEFAULTS, **data, "source": sources[data["source"]]}
        for name in ("checked_on", "expires_on"):
            if values[name]:
                values[name] = date.fromisoformat(str(values[name]))
        return values

    sync(
        Claim,
        read_items(
            folder / "claims.yaml", root=root, required=CLAIM_KEYS, optional=set(CLAIM_DEFAULTS)
        ),
        key="key",
        report=report,
        adapt=adapt,
    )

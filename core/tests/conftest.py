import pytest

from core import embeds
from core.tests.fakes import FakeClaim, FakeDiagram, FakeGuide


@pytest.fixture(autouse=True)
def claims(monkeypatch: pytest.MonkeyPatch) -> FakeClaim:
    """Put known embeds into the registry, whatever the apps have registered."""
    monkeypatch.setattr(embeds, "_registry", {})
    claim = FakeClaim()
    for embed in (claim, FakeClaim(kind="cite"), FakeGuide(), FakeDiagram()):
        embeds.register(embed)
    return claim

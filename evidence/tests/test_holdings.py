"""What the ledger gives to a colleague who leaves, and what stays of their work."""

import pytest

from accounts.registries.holdings import CommentsChoice, person_of
from accounts.tests.factories import create_user
from evidence.holdings import erase, export
from evidence.models import Claim
from evidence.tests.factories import create_claim

pytestmark = pytest.mark.django_db


def test_export_has_every_change_and_erasing_cuts_the_tie() -> None:
    analyst = create_user(role="Analyst")
    claim = create_claim(key="TST-77", statement="Half of them do.")
    claim._history_user = analyst  # type: ignore[attr-defined]
    claim.save()
    person = person_of(analyst)

    [section] = export(person)
    assert [(row["kind"], row["act"]) for row in section.rows] == [("claim", "changed")]
    assert "TST-77" in section.rows[0]["thing"]

    assert erase(person, CommentsChoice.REMOVE) == {"evidence.history": 1}
    assert Claim.history.filter(history_user=analyst).count() == 0
    assert Claim.history.count() == 2
    assert Claim.objects.get().statement == "Half of them do."

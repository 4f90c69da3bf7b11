"""What a source and a claim may be, and what the database refuses."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from evidence.models import Claim, Source
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("claim_confidence_known", {"confidence": "certain"}),
        ("claim_has_figure", {"figure": ""}),
        ("claim_expires_after_check", {"expires_on": date(2026, 11, 20)}),
        ("claim_expires_after_check", {"expires_on": date(2020, 1, 1)}),
    ],
)
def test_claim_constraints(name: str, changes: dict[str, object]) -> None:
    create_claim(checked_on=date(2026, 11, 20))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Claim.objects.update(**changes)


@pytest.mark.parametrize(
    "make",
    [
        lambda: [create_claim(key="SAME-1") for _ in "12"],
        lambda: [create_source(slug="same") for _ in "12"],
        lambda: [create_source(title="Same", url="https://same.example.org/") for _ in "12"],
    ],
    ids=["claim ID", "source slug", "address and title"],
)
def test_what_is_unique(make: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_source_with_claims_is_kept() -> None:
    source = create_claim().source
    with pytest.raises(ProtectedError):
        source.delete()
    assert Source.objects.exists()


@pytest.mark.parametrize("value", ["2026", "2026-10", "2026-10-06"])
def test_dates_are_as_exact_as_their_source(value: str) -> None:
    create_claim(as_of=value).full_clean()
    create_source(published=value).full_clean()


@pytest.mark.parametrize("value", ["26", "2026-13", "2026-02-30", "October 2026", "2026-1", ""])
def test_other_dates_are_refused(value: str) -> None:
    claim = create_claim()
    claim.as_of = value
    with pytest.raises(ValidationError) as caught:
        claim.full_clean()
    assert list(caught.value.message_dict) == ["as_of"]


@pytest.mark.parametrize(
    "values", [{"share": "15%"}, {"share": 14.2}, {"share": ["14.2%"]}, ["14.2%"], "14.2%"]
)
def test_values_stand_in_the_figure_letter_for_letter(values: object) -> None:
    claim = create_claim(figure="14.2% of all")
    claim.values = values
    with pytest.raises(ValidationError) as caught:
        claim.full_clean()
    assert list(caught.value.message_dict) == ["values"]


def test_good_values_pass() -> None:
    create_claim(
        figure="14.2% of all; 30 more", values={"share": "14.2%", "more": "30"}
    ).full_clean()


def test_expiry_begins_on_its_day() -> None:
    today = timezone.localdate()
    long_ago = today - timedelta(days=99)
    due = create_claim(checked_on=long_ago, expires_on=today)
    fresh = create_claim(checked_on=long_ago, expires_on=today + timedelta(days=1))
    forever = create_claim(checked_on=long_ago)
    assert [claim.is_expired for claim in (due, fresh, forever)] == [True, False, False]
    assert list(Claim.objects.expired()) == [due]
    assert list(Claim.objects.expired(at=today + timedelta(days=1)).in_order()) == [due, fresh]


def test_every_edit_leaves_a_trace() -> None:
    claim = create_claim(figure="14.2%")
    claim.figure = "15%"
    claim.save()
    assert list(claim.history.values_list("figure", flat=True)) == ["15%", "14.2%"]

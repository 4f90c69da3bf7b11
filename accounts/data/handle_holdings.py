"""What is kept of addresses of public pages that somebody gave up, for export and erasure."""

from collections.abc import Iterable, Mapping

from accounts.models import RetiredHandle
from accounts.profile import handles
from accounts.registries.holdings import CommentsChoice, Holding, Person, Section

ABOUT = (
    "Addresses of your public page that you gave up. We keep no more than a code made of each, so "
    "that nobody else can take it for a while; we cannot read the address from it."
)


def _export(person: Person) -> Iterable[Section]:
    """Return one row for each address that is held back."""
    held = RetiredHandle.objects.filter(owner=person.user).order_by("until")
    rows = [{"code": row.digest, "held_until": row.until.isoformat()} for row in held]
    return [Section("retired-handles", "Addresses that you gave up", ABOUT, rows)]


def _erase(person: Person, choice: CommentsChoice) -> Mapping[str, int]:
    """Hold the address of the page back, so that nobody poses as who left; cut every tie."""
    if person.user.handle:
        handles.retire(person.user.handle, None)
    cut = RetiredHandle.objects.filter(owner=person.user).update(owner=None)
    return {"retired handles without their owner": cut}


HOLDING = Holding(
    key="handles", models=("accounts.RetiredHandle",), export=_export, erase=_erase, order=40
)

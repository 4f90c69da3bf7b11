"""What the ledger holds about a person who works on it: who recorded or checked which statement.

The statements stay, with their sources and dates; the tie to the account is cut.
"""

from collections.abc import Iterable, Mapping

from accounts.data import history_ties
from accounts.registries import holdings
from accounts.registries.holdings import CommentsChoice, Holding, Person, Section
from evidence.models import Claim, Source

HISTORIES = (Source.history.model, Claim.history.model)


def register() -> None:
    """Register what this app holds."""
    models = tuple(model._meta.label for model in HISTORIES)
    holdings.register(Holding("evidence", models, export, erase, order=60))


def export(person: Person) -> Iterable[Section]:
    """Return what the person changed in the ledger."""
    yield Section(
        "ledger-changes",
        "What you changed in the ledger",
        "Sources and statements that you added or changed at the desk.",
        history_ties.rows(person.user, HISTORIES),
    )


def erase(person: Person, choice: CommentsChoice) -> Mapping[str, int]:
    """Cut the ties between the person and the ledger; return how many."""
    return {"evidence.history": history_ties.cut(person.user, HISTORIES)}

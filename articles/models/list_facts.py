"""What apps above this one say about a guide in a list, loaded in the query of the list.

An app registers a value in `AppConfig.ready()`; templates read it from the guide by its name.
"""

from collections.abc import Callable

from django.db.models.expressions import Combinable

MakeExpression = Callable[[], Combinable]

_facts: dict[str, MakeExpression] = {}


def register(name: str, make: MakeExpression) -> None:
    """Add a value for each guide of a list; `make` returns the expression, with OuterRef("pk")."""
    _facts[name] = make


def expressions() -> dict[str, Combinable]:
    """Return the expressions by their names, for `annotate`."""
    return {name: make() for name, make in _facts.items()}

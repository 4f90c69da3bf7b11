"""What stands beside the figures of an edition: a YAML file of its source, method and licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from core.frontmatter import StrictLoader
from core.library import Fault, LibraryError, read_text


@dataclass(frozen=True)
class Details:
    """The details of an edition; `fields` are those of the model, `lines` where a key stands."""

    name: str
    slug: str
    fields: dict[str, Any]
    rates: list[dict[str, Any]]
    figures_digest: str
    lines: dict[str, int]

    def fault(self, key: str, message: str) -> Fault:
        """Return a fault at the line of a key; at the first line for a key that is missing."""
        return Fault(self.name, self.lines.get(key, 1), f"{key}: {message}")

    def faults(self, problems: Mapping[str, list[str]], figures: str) -> list[Fault]:
        """Return the problems of an EditionError as faults; `figures` names the cells’ file."""
        return [
            Fault(figures, 1, text) if key == "figures" else self.fault(key, text)
            for key, texts in problems.items()
            for text in texts
        ]

    def rate_rows(self) -> set[tuple[str, Decimal, str, str]]:
        """Return the rates as the database keeps them."""
        return {
            (rate["currency"], rate["per_unit"], rate["kind"], rate["note"]) for rate in self.rates
        }


def read_details(path: Path, *, name: str = "") -> Details:
    """Return the details in a file; the name of the file is the slug of the edition.

    Raises LibraryError, with the line, for a file that cannot be read and for rates that are none.
    Whether the fields exist and fit is for `salaries.editions` to say.
    """
    name = name or path.name
    fields, lines = _read_mapping(read_text(path, name), name)
    rates = fields.pop("rates", [])
    digest = str(fields.pop("figures_digest", ""))
    try:
        rates = [_rate(**rate) for rate in rates]
    except (TypeError, InvalidOperation) as error:
        words = "rates: each has currency, per_unit (a number), kind and note"
        raise LibraryError([Fault(name, lines.get("rates", 1), words)]) from error
    return Details(name, path.stem, {**fields, "slug": path.stem}, rates, digest, lines)


def _rate(*, currency: object, per_unit: object, kind: object, note: object) -> dict[str, Any]:
    # By way of text: a binary fraction has digits that nobody wrote.
    number = Decimal(str(per_unit))
    return {"currency": str(currency), "per_unit": number, "kind": str(kind), "note": str(note)}


def _read_mapping(text: str, name: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Return a YAML mapping and the line of each of its keys."""
    try:
        loader = StrictLoader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise LibraryError([Fault(name, 1, "the file must hold keys and values")])
        lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
        data = loader.construct_object(node, deep=True)
        assert isinstance(data, dict)
        return {str(key): value for key, value in data.items()}, lines
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LibraryError([Fault(name, line, str(error.problem))]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise LibraryError([Fault(name, line, "a character is not allowed in YAML")]) from error

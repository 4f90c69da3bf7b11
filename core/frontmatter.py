"""The head of a content file: YAML between two lines of three hyphens, then the text."""

from typing import Any

import yaml

FENCE = "---"
MAX_LENGTH = 100_000
# The first line of the YAML is the second of the file.
YAML_BEGINS = 2


class FrontMatterError(ValueError):
    """The head of the file cannot be read; `line` counts from the first line of the file."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"Line {line}: {message}")


class StrictLoader(yaml.SafeLoader):
    """The safe loader, which also refuses keys that are written twice and aliases.

    Aliases let a few lines grow into millions of values, and a content file needs none.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(
                problem="aliases (*name) are not used here",
                problem_mark=self.peek_event().start_mark,  # type: ignore[no-untyped-call]
            )
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key “{key.value}” is written twice", problem_mark=key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(
                problem=f"“{str(node.value)[:40]}” is not a valid value: {error}",
                problem_mark=node.start_mark,
            ) from error


def split(text: str) -> tuple[dict[str, Any], str, int]:
    """Return the head as a mapping, the text below it, and the line on which that text begins.

    Raises FrontMatterError, with the line, where there is no head or it cannot be read.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != FENCE:
        raise FrontMatterError(1, "the file must begin with a line of three hyphens")
    ends = (number for number, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE)
    end = next(ends, None)
    if end is None:
        raise FrontMatterError(1, "no second line of three hyphens ends the head of the file")
    mapping = _read("\n".join([*lines[1:end], ""]))
    return mapping, "\n".join(lines[end + 1 :]), end + 2


def _read(head: str) -> dict[str, Any]:
    if len(head) > MAX_LENGTH:
        raise FrontMatterError(YAML_BEGINS, f"the head is longer than {MAX_LENGTH:,} characters")
    try:
        mapping = yaml.load(head, Loader=StrictLoader)  # noqa: S506  a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = YAML_BEGINS + (mark.line if mark else 0)
        message = error.problem or error.context or "this is not valid YAML"
        raise FrontMatterError(line, message) from error
    except yaml.reader.ReaderError as error:
        line = YAML_BEGINS + head.count("\n", 0, error.position)
        raise FrontMatterError(line, "a character here is not allowed in YAML") from error
    except RecursionError as error:
        raise FrontMatterError(YAML_BEGINS, "the head is nested too deeply") from error
    if not isinstance(mapping, dict):
        raise FrontMatterError(YAML_BEGINS, "the head must be a list of “key: value”")
    wrong = next((key for key in mapping if not isinstance(key, str)), None)
    if wrong is not None:
        raise FrontMatterError(YAML_BEGINS, f"the key {wrong!r} must be a word")
    return mapping

"""What is wrong with a text: every problem with its line, collected and told at once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to repair. `line` is None where the whole text is meant."""

    line: int | None
    message: str

    def __str__(self) -> str:
        if self.line is None:
            return self.message
        return f"Line {self.line}: {self.message}"


class MarkupError(Exception):
    """The text cannot be published. `problems` holds all of them, in order of lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class Problems:
    """Collects problems. Lines come in as the parser counts them, from 0 in the body."""

    def __init__(self, first_line: int = 1) -> None:
        self.first_line = first_line
        self._found: dict[Problem, None] = {}

    def add(self, line: int | None, message: str) -> None:
        """Note a problem on a line (counted from 0), once."""
        number = None if line is None else line + self.first_line
        self._found.setdefault(Problem(number, message))

    def line_number(self, line: int) -> int:
        """Return the number that an editor sees beside a line of the body."""
        return line + self.first_line

    def sorted(self) -> list[Problem]:
        """Return the problems in order of lines; those of the whole text come first."""
        return sorted(self._found, key=lambda problem: problem.line or 0)

    def raise_if_any(self) -> None:
        """Raise MarkupError with everything found so far."""
        if self._found:
            raise MarkupError(self.sorted())

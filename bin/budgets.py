"""Says which files and functions have grown past the house's budgets, and fails if any has.

A budget is a reason to look, not a wall: split by domain noun. Migrations are generated, so they
do not count.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {".git", ".venv", "var", "node_modules", "migrations", "__pycache__"}
MODULE, FUNCTION, TEMPLATE = 300, 40, 120


def main() -> int:
    """Print one line for each breach; return the exit code."""
    found = [*_modules(), *_templates()]
    for line in found:
        print(line)
    if found:
        print(
            f"{len(found)} over budget: module {MODULE}, function {FUNCTION}, template {TEMPLATE}."
        )
    return 1 if found else 0


def _files(pattern: str) -> Iterator[Path]:
    for path in sorted(ROOT.rglob(pattern)):
        parts = path.relative_to(ROOT).parts
        if not SKIPPED.intersection(parts):
            yield path


def _modules() -> Iterator[str]:
    for path in _files("*.py"):
        text = path.read_text(encoding="utf-8")
        shown = path.relative_to(ROOT)
        lines = text.count("\n")
        if lines > MODULE:
            yield f"{shown}: {lines} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION:
                    yield f"{shown}:{node.lineno}: {node.name} has {length} lines"


def _templates() -> Iterator[str]:
    for path in _files("*.html"):
        lines = path.read_text(encoding="utf-8").count("\n")
        if "templates" in path.parts and lines > TEMPLATE:
            yield f"{path.relative_to(ROOT)}: {lines} lines"


if __name__ == "__main__":
    sys.exit(main())

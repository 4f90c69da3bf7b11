"""What the worker does once an hour. Apps above add their own work; mail knows none of them."""

from collections.abc import Callable

Work = Callable[[], object]

_works: list[Work] = []


def register(work: Work) -> None:
    """Have the worker call this once an hour; once, however often it is registered."""
    if work not in _works:
        _works.append(work)


def run() -> None:
    """Do all of it, one after the other."""
    for work in _works:
        work()

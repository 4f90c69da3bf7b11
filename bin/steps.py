"""One line for each long step, with its time."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(label: str) -> Iterator[None]:
    """Print the label while the step runs, and how long it took when it is done."""
    print(f"  {label} … ", end="", flush=True)
    start = time.perf_counter()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.perf_counter() - start:.1f} s", flush=True)


def stop(message: str) -> SystemExit:
    """Return the exception that ends the program with a message a person can act on."""
    return SystemExit(f"\n{message.strip()}\n" if sys.stderr.isatty() else message.strip())

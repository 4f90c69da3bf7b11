"""Fixtures of this app's tests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

OURS = ("learning_", "articles_")


@contextmanager
def _library_queries(number: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as seen:
        yield
    ours = [query["sql"] for query in seen if any(name in query["sql"] for name in OURS)]
    assert len(ours) == number, "\n".join(ours)


@pytest.fixture
def library_queries() -> Callable[[int], AbstractContextManager[None]]:
    """Count the queries for guides; what the session and other apps' notices cost is not ours."""
    return _library_queries

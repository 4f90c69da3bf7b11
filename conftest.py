"""What the whole suite knows beside the tests of each app."""

import gc

import pytest

DATABASE = {"db", "transactional_db"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add an option for a second run on another database, where the rest would only repeat."""
    parser.addoption("--database-only", action="store_true", help="tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot reach the database, and what is about forms and pages alone."""
    if not config.getoption("--database-only"):
        return
    left_out = [item for item in items if not _may_touch_it(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _may_touch_it(item)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for garbage less often: what is loaded by now stays, and a tenth of the time went there.

    Cycles that a test leaves behind are still found, after more of them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def _may_touch_it(item: pytest.Item) -> bool:
    if item.get_closest_marker("about_pages"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(DATABASE & fixtures)

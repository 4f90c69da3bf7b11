import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nobody_tried_before():
    """Begin each test with no tries counted: limits live in the cache."""
    cache.clear()

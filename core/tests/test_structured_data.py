"""JSON inside a script element."""

import json

import pytest
from django.utils.safestring import SafeString

from core.structured_data import as_json_ld


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!-- ", "a & b", "ü “quoted” \u2028", "]]>"]
)
def test_texts_come_back_whole_and_cannot_end_the_element(text: str) -> None:
    written = as_json_ld({"name": text})
    assert isinstance(written, SafeString)
    assert not set(written) & set("<>&")
    assert json.loads(written) == {"name": text}


def test_words_stay_readable() -> None:
    assert as_json_ld({"name": "Zoë"}) == '{"name": "Zoë"}'

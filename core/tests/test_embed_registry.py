"""The registry of embeds and what the texts of a page share."""

import pytest
from django.utils.safestring import mark_safe

from core import embeds
from core.embeds import EmbedContext, EmbedError, PlainTextEmbed, Token
from core.tests.fakes import CarelessEmbed, FakeClaim, FakeDiagram, FakeGuide


def test_kinds_in_the_order_of_registration() -> None:
    assert embeds.registered() == ["claim", "cite", "guide", "diagram"]
    embeds.register(CarelessEmbed())
    assert embeds.registered()[-1] == "careless"


def test_get() -> None:
    diagram = embeds.get("diagram")
    assert diagram is not None
    assert diagram.block
    assert embeds.get("nothing") is None


def test_same_class_may_register_again() -> None:
    again = FakeClaim()
    embeds.register(again)
    assert embeds.get("claim") is again
    assert embeds.registered().count("claim") == 1


def test_other_class_may_not_take_a_kind() -> None:
    with pytest.raises(ValueError, match="registered already"):
        embeds.register(FakeGuide(kind="claim"))


@pytest.mark.parametrize("kind", ["", "Claim", "1a", "a b", "a:b", "a]", "-a", "a\n"])
def test_names_of_kinds(kind: str) -> None:
    with pytest.raises(ValueError, match="cannot name an embed"):
        embeds.register(FakeDiagram(kind=kind))


def test_numbers() -> None:
    context = EmbedContext()
    assert [context.number(key) for key in ("a", "b", "a", "c", "b")] == [1, 2, 1, 3, 2]
    assert context.numbering == {"a": 1, "b": 2, "c": 3}


def test_receipts_are_taken_once() -> None:
    context = EmbedContext()
    context.add_receipt(1, mark_safe("<i>1</i>"))
    context.add_receipt(2, "<i>2</i>")
    assert context.take_receipts() == ["<i>1</i>", "&lt;i&gt;2&lt;/i&gt;"]
    assert context.take_receipts() == []


def test_anchors() -> None:
    context = EmbedContext()
    wanted = ["a", "b", "a", "a", "a-2", "b"]
    assert [context.claim_anchor(name) for name in wanted] == [
        "a",
        "b",
        "a-2",
        "a-3",
        "a-2-2",
        "b-2",
    ]


def test_anchor_that_another_heading_has_by_name() -> None:
    context = EmbedContext()
    assert [context.claim_anchor(name) for name in ("a-2", "a", "a")] == ["a-2", "a", "a-3"]


def test_counts() -> None:
    context = EmbedContext()
    assert [context.next_count(name) for name in ("x", "x", "y")] == [1, 2, 1]


def test_contexts_share_nothing() -> None:
    first, second = EmbedContext(), EmbedContext()
    first.number("a")
    first.claim_anchor("a")
    first.add_receipt(1, "a")
    assert second == EmbedContext()


def test_items_are_loaded_once(claims: FakeClaim) -> None:
    context = EmbedContext()
    assert context.items(claims, {"A1", "B1"}) == {"A1": "figure of A1"}
    assert context.items(claims, {"A1"}) == {"A1": "figure of A1"}
    assert claims.loads == [{"A1", "B1"}]


def test_strict_is_the_default() -> None:
    assert EmbedContext().strict


def test_token_defaults() -> None:
    assert Token("a", "b") == Token(kind="a", key="b", part="", label="", line=0)


def test_which_embeds_speak_plain_text() -> None:
    assert isinstance(FakeClaim(), PlainTextEmbed)
    assert not isinstance(FakeGuide(), PlainTextEmbed)


def test_embed_error_is_a_value_error() -> None:
    assert issubclass(EmbedError, ValueError)

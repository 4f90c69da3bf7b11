"""How a body cites the ledger."""

import pytest

from core.embeds import EmbedContext
from core.markup import MarkupError, render
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger() -> None:
    create_claim(
        key="USE-01",
        figure="10% <of> all",
        values={"share": "10%"},
        as_of="2025-07",
        confidence="primary",
        source=create_source(title="A <study>", publisher="Me & you"),
    )
    create_claim(key="USE-02", as_of="2024", confidence="unverified")


def html(source: str) -> str:
    return str(render(source, embeds=EmbedContext()).html)


def test_figure_value_and_citation() -> None:
    page = html("All [[claim:USE-01]], part [[claim:USE-01#share]], word[[cite:USE-02]].\n")
    assert '<span class="claim__value">10% &lt;of&gt; all</span>' in page
    assert '<span class="claim__value">10%</span>' in page
    assert page.count('class="claim claim--primary"') == 2
    assert '<span class="claim claim--cite claim--unverified"><a class="receipt-mark"' in page


def test_same_claim_same_number_and_one_receipt() -> None:
    page = html("One [[claim:USE-02]].\n\nTwo [[claim:USE-01]].\n\nAgain [[cite:USE-02]].\n")
    assert page.count('href="#source-1"') == 2
    assert page.count('href="#source-2"') == 1
    assert page.count('id="ref-1"') == page.count('id="receipt-1"') == 1
    assert page.index('id="receipt-1"') < page.index("Two") < page.index('id="receipt-2"')


def test_receipt_escapes_what_the_ledger_holds() -> None:
    page = html("It is [[claim:USE-01]].\n")
    assert ">A &lt;study&gt;</a></cite>" in page
    assert "Me &amp; you · July 2025" in page


def test_label_tells_how_far_we_checked() -> None:
    page = html("[[claim:USE-01]] and [[claim:USE-02]]\n")
    assert page.count('aria-label="2025 1: source, read at the source"') == 2  # link and button
    assert page.count('aria-label="2024 2: source, not yet checked"') == 2


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("[[claim:NONE-1]]", "Line 3: no claim has the ID NONE-1."),
        ("[[cite:NONE-1]]", "Line 3: no claim has the ID NONE-1."),
        ("[[claim:USE-01#size]]", "no value called “size”; its values are: share"),
        ("[[claim:USE-02#size]]", "no value called “size”; its values are: none"),
        ("[[cite:USE-01#share]]", "names a source only"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(source: str, message: str) -> None:
    with pytest.raises(MarkupError) as caught:
        html(f"Fine.\n\nIt is {source} here.\n")
    assert message in str(caught.value)
    assert str(caught.value).startswith("Line 3: ")


def test_claims_of_a_page_cost_one_query_per_kind(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        html("[[claim:USE-01]] [[claim:USE-02]] [[cite:USE-01]] [[cite:USE-02]]\n")

"""Images: figures with a caption, alternative text, where they come from."""

import pytest

from core.embeds import EmbedContext
from core.tests.fakes import html_of, messages_of
from core.tests.walls import assert_safe


def test_figure_with_caption() -> None:
    html = html_of('![Two bikes & "more"](/media/a.png "A <caption>")')
    assert html == (
        '<figure class="figure"><img src="/media/a.png" alt="Two bikes &amp; &quot;more&quot;"'
        ' loading="lazy" decoding="async"><figcaption>A &lt;caption&gt;</figcaption></figure>\n'
    )
    assert_safe(html)


def test_figure_without_caption() -> None:
    assert "<figcaption>" not in html_of("![a](/static/b.png)")


def test_decorative_image_has_an_empty_alternative() -> None:
    assert 'alt=""' in html_of("![decorative](/media/a.png)")


def test_size_is_written_where_it_is_known() -> None:
    sizes = {"/media/a.png": (640, 480)}
    context = EmbedContext(image_size=sizes.get)
    html = html_of("![a](/media/a.png)\n\n![b](/media/b.png)", context)
    assert '<img src="/media/a.png" alt="a" width="640" height="480" loading' in html
    assert '<img src="/media/b.png" alt="b" loading' in html


def test_image_in_a_list_item() -> None:
    html = html_of("- a\n\n  ![b](/media/b.png)")
    assert "</p>\n<figure" in html
    assert_safe(html)


def test_image_by_reference() -> None:
    assert 'src="/media/a.png"' in html_of("![words][pic]\n\n[pic]: /media/a.png")


def test_address_is_encoded() -> None:
    html = html_of('![a](</media/a b"c.png>)')
    assert 'src="/media/a%20b%22c.png"' in html


NO_ALT = (
    "the image has no alternative text; describe it, or write “decorative” where it says nothing"
)
NOT_ALONE = "an image must stand alone in its paragraph"
PLAIN = "the alternative text of an image is plain words only"


def origin(address: str) -> str:
    return f"images come from /media/ or /static/; “{address}” does not"


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("![](/media/a.png)", [f"Line 1: {NO_ALT}"]),
        ("![  ](/media/a.png)", [f"Line 1: {NO_ALT}"]),
        ("![a](https://x.org/a.png)", [f"Line 1: {origin('https://x.org/a.png')}"]),
        ("![a](//x.org/media/a.png)", [f"Line 1: {origin('//x.org/media/a.png')}"]),
        ("![a](data:image/png;base64,AA)", [f"Line 1: {origin('data:image/png;base64,AA')}"]),
        ("![a](javascript:x)", [f"Line 1: {origin('javascript:x')}"]),
        ("![a](media/a.png)", [f"Line 1: {origin('media/a.png')}"]),
        ("![a](/other/a.png)", [f"Line 1: {origin('/other/a.png')}"]),
        ("![a]()", [f"Line 1: {origin('')}"]),
        ("![a](/media/../x)", ["Line 1: “/media/../x” is not a plain path"]),
        ("![a](/media/%2e%2e/x)", ["Line 1: “/media/../x” is not a plain path"]),
        ("![a](/media//x.org)", ["Line 1: “/media//x.org” is not a plain path"]),
        ("![a](/media/\\x)", ["Line 1: “/media/\\x” is not a plain path"]),
        ("words ![a](/media/a.png)", [f"Line 1: {NOT_ALONE}"]),
        ("words\n![a](/media/a.png)", [f"Line 2: {NOT_ALONE}"]),
        ("[![a](/media/a.png)](/b/)", [f"Line 1: {NOT_ALONE}"]),
        (
            "![a](/media/a.png)\n![b](/media/b.png)",
            [
                f"Line 1: {NOT_ALONE}",
                f"Line 2: {NOT_ALONE}",
            ],
        ),
        ("Table: a\n\n| b |\n|---|\n| ![c](/media/c.png) |", [f"Line 5: {NOT_ALONE}"]),
        ("![*a*](/media/a.png)", [f"Line 1: {PLAIN}"]),
        ("![[[claim:A1]]](/media/a.png)", [f"Line 1: {PLAIN}", f"Line 1: {NO_ALT}"]),
        ("![a[^1]](/media/a.png)", [f"Line 1: {PLAIN}"]),
        ("![<b>](/media/a.png)", [f"Line 1: {PLAIN}", f"Line 1: {NO_ALT}"]),
    ],
)
def test_problems(source: str, messages: list[str]) -> None:
    assert messages_of(source) == messages


def test_alternative_text_may_hold_escapes_and_entities() -> None:
    assert 'alt="a*b &amp; c"' in html_of(r"![a\*b &amp; c](/media/a.png)")

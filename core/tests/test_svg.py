"""Drawings."""

import re
from xml.etree import ElementTree

import pytest

from core.svg import MAX_DEPTH, MAX_LENGTH, SvgError, clean_svg

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 200" role="img">\n'
    "<title>T</title>\n<desc>D</desc>\n"
)


def drawing(inside: str, head: str = HEAD) -> str:
    """Return a whole drawing; what is inside begins on line 4."""
    return f"{head}{inside}\n</svg>"


def clean(inside: str) -> str:
    return clean_svg(drawing(inside), prefix="shop")


def test_whole_drawing() -> None:
    assert clean_svg(
        drawing('<rect class="d-box" x="1" y="2" width="3" height="4"/>'), prefix="shop"
    ) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 200" role="img"'
        ' aria-labelledby="shop-title shop-desc">\n'
        '<title id="shop-title">T</title>\n<desc id="shop-desc">D</desc>\n'
        '<rect class="d-box" x="1" y="2" width="3" height="4"></rect>\n</svg>'
    )


@pytest.mark.parametrize(
    "inside",
    [
        '<g class="d-box d-line" transform="translate(1,2) rotate(45)"><rect rx="3"/></g>',
        '<circle cx="1" cy="2" r="3"/>',
        '<ellipse cx="1" cy="2" rx="3" ry="4"/>',
        '<line x1="-1" y1="1.5" x2="+2" y2=".5"/>',
        '<polyline points="0,0 1,1 2.5,-3"/>',
        '<polygon points="0 0 1 1 2 2"/>',
        '<path d="M0,0 L10 5 l-1e1.5 z"/>',
        '<text x="1" y="2" text-anchor="middle" dominant-baseline="central">a</text>',
        '<text x="1 2 3">a<tspan dx="1" dy="1.2">b<tspan>c</tspan></tspan></text>',
        "<text>a &lt;b&gt; &amp; &quot;c&quot; &#65;</text>",
        "<text><![CDATA[a <b> & c]]></text>",
        "<!-- a comment --><g/>",
        '<defs><marker id="a" markerWidth="1" markerHeight="1" refX="1" refY="1" orient="auto"'
        ' viewBox="0 0 1 1" markerUnits="strokeWidth"><path d="M0 0z"/></marker></defs>',
    ],
)
def test_what_may_be_drawn(inside: str) -> None:
    result = clean(inside)
    tree = ElementTree.fromstring(result)
    words = "".join(ElementTree.fromstring(drawing(inside)).itertext())
    assert "".join(tree.itertext()) == words
    assert "<!--" not in result
    assert clean_svg(result, prefix="shop") == result


@pytest.mark.parametrize(
    "before", ['<?xml version="1.0" encoding="utf-8"?>\n', "\ufeff", "\n\n  ", "<!-- a -->\n"]
)
def test_what_may_stand_before(before: str) -> None:
    assert clean_svg(before + drawing("<g/>"), prefix="a").startswith("<svg ")


def test_words_are_escaped() -> None:
    assert "<text>&lt;script&gt;&amp;&#x27;&quot;</text>" in clean(
        "<text>&lt;script&gt;&amp;'\"</text>"
    )


def test_markers_are_prefixed_and_found() -> None:
    marker = '<defs><marker id="{}"><path d="M0 0"/></marker></defs><line marker-end="url(#{})"/>'
    for name in ("arrow", "shop-arrow"):
        result = clean(marker.format(name, name))
        assert '<marker id="shop-arrow">' in result
        assert 'marker-end="url(#shop-arrow)"' in result


def test_marker_may_be_defined_after_its_use() -> None:
    clean('<line marker-start="url(#a)"/><defs><marker id="a"/></defs>')


def test_two_drawings_share_no_id() -> None:
    source = drawing('<defs><marker id="a"/></defs>')
    ids = [set(re.findall(r' id="([^"]*)"', clean_svg(source, prefix=p))) for p in ("one", "two")]
    assert len(ids[0]) == 3
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("prefix", ["", "-a", "a b", 'a"', "ä", "a#"])
def test_prefix_must_be_able_to_begin_an_id(prefix: str) -> None:
    with pytest.raises(ValueError, match="cannot begin an id"):
        clean_svg(drawing(""), prefix=prefix)


@pytest.mark.parametrize("prefix", ["a", "three-jobs", "2-jobs", "A_b"])
def test_prefixes(prefix: str) -> None:
    assert f'<title id="{prefix}-title">' in clean_svg(drawing(""), prefix=prefix)


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>x</script>", "the element <script> is not allowed"),
        ("<SCRIPT/>", "the element <SCRIPT> is not allowed"),
        ('<a href="x"/>', "the element <a> is not allowed"),
        ("<style>x</style>", "the element <style> is not allowed"),
        ("<foreignObject/>", "the element <foreignObject> is not allowed"),
        ("<image/>", "the element <image> is not allowed"),
        ("<use/>", "the element <use> is not allowed"),
        ("<animate/>", "the element <animate> is not allowed"),
        ("<set/>", "the element <set> is not allowed"),
        ("<x:rect xmlns:x='http://www.w3.org/2000/svg'/>", "the element <x:rect> is not allowed"),
        ('<rect onclick="x"/>', "the attribute onclick is not allowed on <rect>"),
        ('<rect style="x"/>', "the attribute style is not allowed on <rect>"),
        ('<rect fill="red"/>', "the attribute fill is not allowed on <rect>"),
        ('<rect stroke="red"/>', "the attribute stroke is not allowed on <rect>"),
        ('<text font-size="9">a</text>', "the attribute font-size is not allowed on <text>"),
        ('<rect href="x"/>', "the attribute href is not allowed on <rect>"),
        (
            '<g xmlns:xlink="http://www.w3.org/1999/xlink"/>',
            "the attribute xmlns:xlink is not allowed on <g>",
        ),
        ('<g xmlns="http://www.w3.org/1999/xhtml"/>', "the attribute xmlns is not allowed on <g>"),
        ('<rect id="a"/>', "the attribute id is not allowed on <rect>"),
        ('<g role="img"/>', "the attribute role is not allowed on <g>"),
        ('<rect viewBox="0 0 1 1"/>', "the attribute viewBox is not allowed on <rect>"),
        ('<defs class="d-a"/>', "the attribute class is not allowed on <defs>"),
        ('<rect class="box"/>', "class=“box” is not allowed on <rect>"),
        ('<rect class="d-box x"/>', "class=“d-box x” is not allowed on <rect>"),
        ('<rect class=""/>', "class=“” is not allowed on <rect>"),
        ('<rect x="1px"/>', "x=“1px” is not allowed on <rect>"),
        ('<rect x="calc(1)"/>', "x=“calc(1)” is not allowed on <rect>"),
        ('<rect width="expression(x)"/>', "width=“expression(x)” is not allowed on <rect>"),
        ('<path d="url(x)"/>', "d=“url(x)” is not allowed on <path>"),
        ('<g transform="x(1)"/>', "transform=“x(1)” is not allowed on <g>"),
        ('<text text-anchor="left">a</text>', "text-anchor=“left” is not allowed on <text>"),
        (
            '<line marker-end="url(http://x)"/>',
            "marker-end=“url(http://x)” is not allowed on <line>",
        ),
        ('<line marker-end="url(#a)"/>', "there is no marker with the id “a”"),
        ('<defs><marker id="a"/><marker id="a"/></defs>', "the id “a” is used twice"),
        ('<defs><marker viewBox="0 0 0 1"/></defs>', "needs a width and a height above zero"),
        ("<svg/>", "<svg> cannot stand inside <svg>"),
        ("<rect><rect/></rect>", "<rect> cannot stand inside <rect>"),
        ("<rect><title>a</title></rect>", "<title> cannot stand inside <rect>"),
        ("<g><title>a</title></g>", "<title> cannot stand inside <g>"),
        ("<tspan>a</tspan>", "<tspan> cannot stand inside <svg>"),
        ("<text><rect/></text>", "<rect> cannot stand inside <text>"),
        ("<defs><rect/></defs>", "<rect> cannot stand inside <defs>"),
        ("<title>b</title>", "a second <title> is not allowed"),
        ("<desc>b</desc>", "a second <desc> is not allowed"),
        ("words", "words cannot stand in <svg>; use <text>"),
        ("<g>words</g>", "words cannot stand in <g>; use <text>"),
        ("<?php x ?>", "processing instructions are not allowed"),
        ("<text>&nbsp;</text>", "this is not valid XML: undefined entity"),
        ("<text>&x;</text>", "this is not valid XML: undefined entity"),
        ("<g>", "this is not valid XML: mismatched tag"),
        ('<rect x="1" x="2"/>', "this is not valid XML: duplicate attribute"),
        ("<rect x=1/>", "this is not valid XML: not well-formed"),
        ("<text>a & b</text>", "this is not valid XML: not well-formed"),
        ("<text>\x00</text>", "this is not valid XML: not well-formed"),
        ("<text>\ud800</text>", "a broken character"),
        ("<g>" * MAX_DEPTH + "</g>" * MAX_DEPTH, "elements are nested more than 20 deep"),
    ],
)
def test_problems_name_the_line(inside: str, message: str) -> None:
    with pytest.raises(SvgError) as caught:
        clean(f"<g/>\n{inside}")
    assert message in caught.value.message
    assert caught.value.line in {5, 6} if "mismatched" in message else caught.value.line == 5
    assert str(caught.value) == f"Line {caught.value.line}: {caught.value.message}"


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("", 1, "no element found"),
        ("words", 1, "syntax error"),
        ("<g/>", 1, "the drawing must begin with <svg>"),
        ("\n\n<g/>", 3, "the drawing must begin with <svg>"),
        (drawing("", HEAD.replace(' viewBox="0 0 480 200"', "")), 1, "needs a viewBox"),
        (drawing("", HEAD.replace("0 0 480 200", "0 0 480")), 1, "viewBox=“0 0 480”"),
        (drawing("", HEAD.replace("0 0 480 200", "0 0 0 200")), 1, "above zero"),
        (drawing("", HEAD.replace("0 0 480 200", "0 0 4.8.0 200")), 1, "above zero"),
        (drawing("", HEAD.replace("2000/svg", "1999/xhtml")), 1, "xmlns="),
        (drawing("", HEAD.replace('"img"', '"button"')), 1, "role=“button”"),
        (drawing("", HEAD.replace("role", "onload")), 1, "the attribute onload"),
        (drawing("", HEAD.replace("<title>T</title>\n", "")), 2, "<title> must come before <desc>"),
        (drawing("<g/>", HEAD.replace("<desc>D</desc>\n", "")), 3, "<desc> must come before <g>"),
        (drawing("", HEAD.replace("<desc>D</desc>\n", "")), 4, "needs a <title> and a <desc>"),
        (drawing("", HEAD.replace(">T<", "> <")), 2, "the <title> is empty"),
        (drawing("", HEAD.replace("<desc>D</desc>", "<desc/>")), 3, "the <desc> is empty"),
        (drawing("", HEAD.replace(">T<", "><g/><")), 2, "<g> cannot stand inside <title>"),
        ("<!DOCTYPE svg>\n" + drawing(""), 1, "a document type (DTD) is not allowed"),
        (
            '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'
            + drawing("<text>&a;</text>"),
            1,
            "a document type (DTD) is not allowed",
        ),
        ("<?xml-stylesheet href='x'?>\n" + drawing(""), 1, "processing instructions"),
        (drawing("") + "<svg/>", 5, "junk after document element"),
        (" " * (MAX_LENGTH + 1), 1, "longer than 200,000 characters"),
    ],
)
def test_problems_of_the_whole(source: str, line: int, message: str) -> None:
    with pytest.raises(SvgError) as caught:
        clean_svg(source, prefix="shop")
    assert (caught.value.line, message in caught.value.message) == (line, True)


def test_error_of_a_drawing_is_a_value_error() -> None:
    assert issubclass(SvgError, ValueError)

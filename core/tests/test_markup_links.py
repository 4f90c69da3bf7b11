"""Links: which addresses are allowed, how they are written."""

import pytest

from core.embeds import EmbedContext
from core.markup.inlines import NO_LINK
from core.markup.links import image_problem, is_external, link_problem
from core.tests.fakes import html_of, messages_of


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "[a](https://x.org/b?c=d&e=f)",
            '<a href="https://x.org/b?c=d&amp;e=f" rel="noopener">a</a>',
        ),
        ("[a](http://x.org)", '<a href="http://x.org" rel="noopener">a</a>'),
        ("[a](HTTPS://x.org)", '<a href="HTTPS://x.org" rel="noopener">a</a>'),
        ("<https://x.org>", '<a href="https://x.org" rel="noopener">https://x.org</a>'),
        ("[a](mailto:b@x.org)", '<a href="mailto:b@x.org">a</a>'),
        ("<b@x.org>", '<a href="mailto:b@x.org">b@x.org</a>'),
        ("[a](/b/)", '<a href="/b/">a</a>'),
        ("[a](/)", '<a href="/">a</a>'),
        ("[a](/b/#c)", '<a href="/b/#c">a</a>'),
        ('[a](/b/ "A \\"t\\" <")', '<a href="/b/" title="A &quot;t&quot; &lt;">a</a>'),
        ("[*a* `b`](/c/)", '<a href="/c/"><em>a</em> <code>b</code></a>'),
        ("[a](<https://x.org/ä b>)", '<a href="https://x.org/%C3%A4%20b" rel="noopener">a</a>'),
        ("[a](https://x.org:8443/)", '<a href="https://x.org:8443/" rel="noopener">a</a>'),
        (
            "[a](https://münchen.example/)",
            '<a href="https://xn--mnchen-3ya.example/" rel="noopener">a</a>',
        ),
        ("[[a]](/b/)", '<a href="/b/">[a]</a>'),
    ],
)
def test_good_links(source: str, html: str) -> None:
    assert html_of(source) == f"<p>{html}</p>\n"


def test_link_into_the_page() -> None:
    html = html_of("[a](#my-part)\n\n## My part")
    assert '<a href="#my-part">a</a>' in html


def test_link_into_another_text_of_the_page() -> None:
    context = EmbedContext()
    html_of("## Shared", context)
    assert '<a href="#shared">a</a>' in html_of("[a](#shared)", context)


def test_external_links_carry_noopener_and_nothing_else() -> None:
    html = html_of("[a](https://x.org) [b](/c/)")
    assert html.count("rel=") == 1
    assert "nofollow" not in html
    assert "target" not in html


SCHEMES = "links begin with https://, http://, mailto:, / or #; “{}” does not"


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("javascript:alert(1)", SCHEMES),
        ("JaVaScRiPt:alert(1)", SCHEMES),
        ("data:text/html,x", SCHEMES),
        ("vbscript:x", SCHEMES),
        ("file:///etc/passwd", SCHEMES),
        ("ftp://x.org", SCHEMES),
        ("tel:123", SCHEMES),
        ("x.html", SCHEMES),
        ("./x", SCHEMES),
        ("../x", SCHEMES),
        ("?a=b", SCHEMES),
        ("https:x.org", SCHEMES),
        ("https:/x.org", SCHEMES),
        ("//x.org", "the address “{}” must begin with https:// or with one slash"),
        ("/\\x.org", "the address “{}” must begin with https:// or with one slash"),
        ("\\\\x.org", "the address “{}” must begin with https:// or with one slash"),
        ("https://", "“{}” is not a valid address"),
        ("https:///x", "“{}” is not a valid address"),
        ("https://good.org@bad.org", "“{}” is not a valid address"),
        ("https://[::1", "“{}” is not a valid address"),
        ("https://x.org:port/", "“{}” is not a valid address"),
        ("https://x.org:99999/", "“{}” is not a valid address"),
        ("mailto:nobody", "“{}” is no mail address"),
        ("#", "the link # leads nowhere"),
        ("", "the link has no address"),
    ],
)
def test_bad_addresses(address: str, problem: str) -> None:
    assert link_problem(address) == problem.format(address)


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("[a](javascript:b)", [f"Line 1: {SCHEMES.format('javascript:b')}"]),
        ("[a]()", ["Line 1: the link has no address"]),
        ("[a](<>)", ["Line 1: the link has no address"]),
        ("[](https://x.org)", ["Line 1: the link has no words"]),
        ("[ ](https://x.org)", ["Line 1: the link has no words"]),
        ("[*](https://x.org) ok", []),
        ("[a](#b)", ["Line 1: there is no heading with the address #b on this page"]),
        ("## B\n\n[a](#B)", ["Line 3: there is no heading with the address #B on this page"]),
        ("a\nb [c](d)\ne", [f"Line 2: {SCHEMES.format('d')}"]),
        ("[a][b]\n\n[b]: javascript:c", [f"Line 1: {SCHEMES.format('javascript:c')}"]),
        ("[a](java\\\nscript:b)", [f"Line 1: {SCHEMES.format('java' + chr(92) + ' script:b')}"]),
        ("[a](b c)", [f"Line 1: {NO_LINK}"]),
        ("x\ny `c\nd`\n[a](b c)", [f"Line 4: {NO_LINK}"]),
        ("x\\\ny  \nz [a](b c) `d\ne`", [f"Line 3: {NO_LINK}"]),
        ("x\n![*a* b](c d)", [f"Line 2: {NO_LINK}"]),
        (r"\[a\](b c) a[0]\(b) `a[0](b c)` a] (b)", []),
        ("<javascript:x>", [f"Line 1: {SCHEMES.format('javascript:x')}"]),
        ("[a](&#106;avascript:b)", [f"Line 1: {SCHEMES.format('javascript:b')}"]),
        ("[a](java&Tab;script:b)", [f"Line 1: {SCHEMES.format('java script:b')}"]),
    ],
)
def test_problems(source: str, messages: list[str]) -> None:
    assert messages_of(source) == messages


def test_long_addresses_are_shortened_in_messages() -> None:
    assert len(link_problem("javascript:" + "x" * 5000)) < 200
    assert len(image_problem("javascript:" + "x" * 5000)) < 200


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://x.org", True),
        ("HTTP://x.org", True),
        ("/https://x", False),
        ("mailto:a@b.c", False),
        ("https:x", False),
    ],
)
def test_what_is_external(address: str, expected: bool) -> None:
    assert is_external(address) is expected

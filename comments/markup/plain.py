"""A comment as plain text: for letters, feeds and machines that read no HTML."""

from html.parser import HTMLParser

BLOCKS = {"p", "pre", "li", "blockquote", "ul", "ol"}


def plain_text(html: str) -> str:
    """Return the words of a rendered comment (`Comment.html`) with their order kept visible.

    Paragraphs stand apart, quotes begin with "> ", items of lists with "- " or their number, and an
    address stands in brackets behind the words that were linked.
    """
    writer = _Writer()
    writer.feed(html)
    writer.close()
    writer.end_block()
    return "\n".join(writer.lines)


class _Writer(HTMLParser):
    """Knows only what `render_comment` writes; the words of any other tag come through too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._words: list[str] = []
        self._margins: list[str] = []  # what the next line begins with: one part a container
        self._counts: list[int | None] = []  # of each open list: the next number; None for bullets
        self._is_code = False
        self._was_quote = False  # whether the block before stands in a quote
        self._tight = False  # whether the next block follows without an empty line
        self._link: tuple[str, int] | None = None  # the address, and where its words begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.end_block()
        values = dict(attrs)
        if tag == "br":
            self._words.append("\n")
        elif tag == "pre":
            self._is_code = True
        elif tag == "blockquote":
            self._margins.append("> ")
        elif tag in {"ul", "ol"}:
            self._tight = bool(self._counts)
            self._counts.append(int(values.get("start") or 1) if tag == "ol" else None)
        elif tag == "li":
            self._begin_item(values.get("value"))
        elif tag == "a":
            self._link = (values.get("href") or "", len(self._words))

    def _begin_item(self, value: str | None) -> None:
        count = self._counts[-1] if self._counts else None
        if count is None:
            self._margins.append("- ")
            return
        count = int(value) if value else count
        self._counts[-1] = count + 1
        self._margins.append(f"{count}. ")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_block()
        if tag == "pre":
            self._is_code = False
        elif tag in {"blockquote", "li"} and self._margins:
            self._margins.pop()
            self._tight = tag == "li"
        elif tag in {"ul", "ol"} and self._counts:
            self._counts.pop()
            self._tight = bool(self._counts)
        elif tag == "a" and self._link is not None:
            (href, begin), self._link = self._link, None
            address = href.removeprefix("mailto:")
            if address not in {"", "".join(self._words[begin:])}:
                self._words.append(f" ({address})")

    def handle_data(self, data: str) -> None:
        if self._is_code:
            self._words.append(data)
        elif data.strip() or self._words:
            # A line end behind <br> is how the HTML is laid out, and no second one.
            self._words.append(data.replace("\n", "" if self._words[-1:] == ["\n"] else " "))

    def end_block(self) -> None:
        """Write the words so far as a block of its own."""
        text, self._words = "".join(self._words), []
        text = text.rstrip("\n") if self._is_code else text.strip()
        if not text.strip():
            return
        if self.lines and not self._tight:
            in_quote = self._was_quote and self._margins[:1] == ["> "]
            self.lines.append(">" if in_quote else "")
        self._tight, self._was_quote = False, self._margins[:1] == ["> "]
        for line in text.split("\n"):
            self.lines.append(("".join(self._margins) + line.rstrip()).rstrip())
            self._margins = [m if m == "> " else " " * len(m) for m in self._margins]

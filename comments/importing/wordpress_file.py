"""Reading the comments in an export file of WordPress (WXR), a piece at a time.

The file is read as it comes, so its size does not matter. A document type declaration is refused,
and with it every entity that could grow or fetch something: exports have none. What nobody may keep
(network addresses, addresses of websites, passwords) is not even read.
"""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from core.library import Fault, LibraryError

WORDPRESS = "http://wordpress.org/export/"
PIECE = 1 << 16
LONGEST = 1_000_000  # characters of one field
MOST = 4 << 30  # bytes of the unpacked file
ABOUT_POST = {"title", "link", "wp:post_name", "wp:post_type"}
ABOUT_COMMENT = {
    *("wp:comment_id", "wp:comment_author", "wp:comment_author_email", "wp:comment_date"),
    *("wp:comment_date_gmt", "wp:comment_content", "wp:comment_approved", "wp:comment_type"),
    "wp:comment_parent",
}


@dataclass
class WordPressComment:
    """A comment as the file has it; `line` is where it begins, fields bear WordPress's names."""

    line: int
    fields: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Return a field, such as "author" or "date_gmt"; empty where the file has none."""
        return self.fields.get(f"wp:comment_{name}", "").strip()


@dataclass
class Post:
    """A post or page with its comments."""

    line: int
    fields: dict[str, str] = field(default_factory=dict)
    comments: list[WordPressComment] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return what stands above it."""
        return " ".join(self.fields.get("title", "").split())

    @property
    def slug(self) -> str:
        """Return its name in addresses; of one without, the last part of its address."""
        name = self.fields.get("wp:post_name", "").strip()
        path = urlsplit(self.fields.get("link", "").strip()).path
        return unquote(name) or unquote(path.rstrip("/").rpartition("/")[2])


class WordPressFile:
    """An export file, plain or packed with gzip. `site` is known once the posts begin."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.site = ""
        self._open: list[str] = []
        self._post: Post | None = None
        self._comment: WordPressComment | None = None
        self._words: list[str] | None = None
        self._length = 0
        self._ready: list[Post] = []
        self._parser = expat.ParserCreate(namespace_separator="|")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def posts(self) -> Iterator[Post]:
        """Yield each post that has comments. Raises LibraryError with the line of the fault."""
        try:
            with self._stream() as stream:
                size = 0
                while piece := stream.read(PIECE):
                    size += len(piece)
                    if size > MOST:
                        raise self._fault(f"more than {MOST >> 30} GiB; is it the right file?")
                    self._parser.Parse(piece, False)
                    yield from self._taken()
                self._parser.Parse(b"", True)
                yield from self._taken()
        except expat.ExpatError as error:
            message = f"not well-formed XML ({expat.ErrorString(error.code)})"
            raise self._fault(message, error.lineno) from error
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise self._fault(f"the packed file is cut off or damaged here ({error})") from error
        except OSError as error:
            raise self._fault(f"cannot be read: {error.strerror}", 1) from error

    def _stream(self) -> IO[bytes]:
        with self.path.open("rb") as stream:
            is_packed = stream.read(2) == b"\x1f\x8b"
        return gzip.open(self.path) if is_packed else self.path.open("rb")  # type: ignore[return-value]

    def _taken(self) -> list[Post]:
        taken, self._ready = self._ready, []
        return taken

    def _fault(self, message: str, line: int | None = None) -> LibraryError:
        return LibraryError(
            [Fault(self.path.name, line or self._parser.CurrentLineNumber, message)]
        )

    def _doctype(self, *_: object) -> None:
        raise self._fault("a document type declaration; WordPress writes none, and it could harm")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _short(name)
        if not self._open and tag != "rss":
            raise self._fault("not an export of WordPress: the file must begin with <rss>")
        self._open.append(tag)
        line = self._parser.CurrentLineNumber
        if tag == "item":
            self._post = Post(line)
        elif tag == "wp:comment" and self._post is not None:
            self._comment = WordPressComment(line)
        if tag in self._wanted():
            self._words, self._length = [], 0

    def _wanted(self) -> set[str]:
        if self._comment is not None:
            return ABOUT_COMMENT
        return {"wp:base_blog_url", "link"} if self._post is None else ABOUT_POST

    def _characters(self, words: str) -> None:
        if self._words is None:
            return
        self._length += len(words)
        if self._length > LONGEST:
            raise self._fault(f"a field of more than {LONGEST:,} characters")
        self._words.append(words)

    def _end(self, name: str) -> None:
        tag = self._open.pop()
        if self._words is not None and tag in self._wanted():
            self._keep(tag, "".join(self._words))
            self._words = None
        if tag == "wp:comment" and self._post is not None and self._comment is not None:
            self._post.comments.append(self._comment)
            self._comment = None
        elif tag == "item" and self._post is not None:
            if self._post.comments:
                self._ready.append(self._post)
            self._post = None

    def _keep(self, tag: str, value: str) -> None:
        if self._comment is not None:
            self._comment.fields[tag] = value
        elif self._post is not None:
            self._post.fields[tag] = value
        elif tag == "wp:base_blog_url" or not self.site:
            self.site = urlsplit(value.strip()).netloc + urlsplit(value.strip()).path.rstrip("/")


def _short(name: str) -> str:
    """Return "wp:comment" for a name of any version of WordPress's namespace."""
    namespace, _, local = name.rpartition("|")
    if not namespace:
        return local
    return f"wp:{local}" if namespace.startswith(WORDPRESS) else f"other:{local}"

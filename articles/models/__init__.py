"""The library: guides, how they are filed, who wrote them, and every version of them."""

from articles.models.article import Article
from articles.models.authorship import Authorship
from articles.models.filing import Category, Contributor, Tag
from articles.models.history import Publication, Reference, Revision
from articles.models.media import Diagram
from articles.models.shelf import Shelf

__all__ = [
    "Article",
    "Authorship",
    "Category",
    "Contributor",
    "Diagram",
    "Publication",
    "Reference",
    "Revision",
    "Shelf",
    "Tag",
]

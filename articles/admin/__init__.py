"""The desk of the library."""

from articles.admin import filing, guides

__all__ = ["filing", "guides"]

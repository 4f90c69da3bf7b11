"""The comments on a guide, inside the page of the guide."""

from typing import Any

from django import template
from django.template.context import Context

from articles.models import Article
from comments.structured_data import thread_json_ld
from comments.thread_page import load_page

register = template.Library()


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comment_thread(context: Context, article: Article) -> dict[str, Any]:
    """Show the first page of the comments on a public guide, and the form to write one.

    The same bytes for every reader: no cookie, no token, and nobody's name but the writers'.
    """
    page = load_page(article)
    return {
        "page": page,
        "article": article,
        "is_in_guide": True,
        "guide_path": "",
        "comments_json_ld": thread_json_ld(page),
        "site": context["site"],
    }

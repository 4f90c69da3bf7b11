"""The comments of a page for machines (schema.org Comment): what the page shows, and no more."""

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from comments.models import Comment
from comments.rendering import plain_text
from comments.thread_page import Shown, ThreadPage
from core.structured_data import as_json_ld


def thread_json_ld(page: ThreadPage) -> SafeString | None:
    """Return the comments whose words a page shows, as part of the guide; None without any.

    It bears the `@id` of the guide's own node, so that machines read both as one.
    """
    if not page.words:
        return None
    return as_json_ld(
        {
            "@context": "https://schema.org",
            "@type": "Article",
            "@id": settings.SITE_URL + page.article.get_absolute_url(),
            "commentCount": page.count,
            "comment": [_as_comment(shown) for shown in page.words],
        }
    )


def _as_comment(shown: Shown) -> dict[str, Any]:
    comment = shown.comment
    address = _address(comment)
    data: dict[str, Any] = {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "text": plain_text(comment.html),
        "dateCreated": comment.created_at.isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": comment.name},
    }
    if comment.edited_at:
        data["dateModified"] = comment.edited_at.isoformat(timespec="seconds")
    if comment.parent is not None and comment.parent.is_public:
        data["parentItem"] = {"@type": "Comment", "@id": _address(comment.parent)}
    return data


def _address(comment: Comment) -> str:
    return settings.SITE_URL + comment.get_absolute_url()

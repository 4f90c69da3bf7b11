"""Comments as their page shows them, for the browser tests: `python -m comments.tests.attack_page`.

Reads a list of texts as JSON and writes, for each, the HTML of a comment that says it, is signed
with it, and is about a section of that name. Uses the real template and no database.
"""

import json
import os
import sys

import django

MOST = 80  # characters of a name


def main() -> None:
    """Render the texts that come in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend_guide.settings_test")
    django.setup()
    json.dump([comment_html(text) for text in json.load(sys.stdin)], sys.stdout)


def comment_html(text: str) -> str:
    """Return one comment as it stands in its thread."""
    from django.template.loader import render_to_string

    from articles.models import Article
    from comments.models import Comment
    from comments.rendering import render_comment
    from comments.thread_page import Shown

    name = text[:MOST].encode("utf-8", "replace").decode()
    article = Article(slug="a-guide", title=name)
    comment = Comment(pk=1, name=name, html=render_comment(text), section="a", section_title=name)
    shown = Shown(comment, answers=name, may_answer=True)
    context = {"shown": shown, "comment": comment, "article": article, "guide_path": "/guides/a/"}
    return render_to_string("comments/_comment.html", context)


if __name__ == "__main__":
    main()

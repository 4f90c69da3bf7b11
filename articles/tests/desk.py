"""What the tests of the desk share: signing in, filling in the form, reading the answer."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.models import User
from accounts.tests.factories import create_user
from articles.content import Content, write_questions
from articles.models import Article, Category, Contributor
from articles.tests.factories import BODY, create_category, create_contributor

ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"
PREVIEW = "/admin/articles/article/preview/"


def change_url(article: Article) -> str:
    """Return the address of the form of a guide."""
    return reverse("admin:articles_article_change", args=[article.pk])


def sign_in(client: Client, role: str, *, name: str = "") -> User:
    """Sign in a new person with a role and return them."""
    user = create_user(role=role, display_name=name)
    client.force_login(user)
    return user


def new_guide(**changes: Any) -> dict[str, Any]:
    """Return a form filled in for a new guide that may go live at once."""
    return {
        "title": "Caching without tears",
        "slug": "",
        "shelf": "guides",
        "standfirst": "How a site remembers what it has worked out.",
        "category": create_category().pk,
        "level": "beginner",
        "position": "100",
        "body": BODY,
        "takeaways_text": "A cache trades memory for time.",
        "faq_text": "",
        "byline": [create_contributor().pk],
        "next_review_on": "2999-01-01",
        "note": "First edition.",
        "is_notable": "on",
        "publish_at_0": "",
        "publish_at_1": "",
        "based_on": "0",
        **changes,
    }


def changed_guide(article: Article, **changes: Any) -> dict[str, Any]:
    """Return the form of a guide as a browser would send it back, with some fields changed."""
    revision = article.revisions.newest_first()[0]
    content = Content.of(revision)
    authors = [Contributor.objects.get(slug=slug).pk for slug in content.authors]
    return {
        "title": content.title,
        "slug": article.slug,
        "shelf": article.shelf,
        "standfirst": content.standfirst,
        "category": Category.objects.get(slug=content.category).pk,
        "level": content.level,
        "position": str(article.position),
        "body": content.body,
        "takeaways_text": "\n".join(content.takeaways),
        "faq_text": write_questions(content.faq),
        "byline": authors,
        "next_review_on": content.next_review_on,
        "note": "",
        "is_notable": "on",
        "publish_at_0": "",
        "publish_at_1": "",
        "based_on": str(revision.number),
        **changes,
    }


def html_of(response: HttpResponse) -> str:
    """Return the page as text of HTML."""
    return response.content.decode()


def text_of(response: HttpResponse) -> str:
    """Return the words of the page, as a person reads them."""
    return " ".join(unescape(strip_tags(html_of(response))).split())


def errors_at(response: HttpResponse, field: str) -> str:
    """Return what the page says beside a field; empty where it says nothing."""
    pattern = rf'<ul class="errorlist" id="id_{field}_error">(.*?)</ul>'
    match = re.search(pattern, html_of(response), re.DOTALL)
    return unescape(strip_tags(match[1])) if match else ""


def text_in(response: HttpResponse, name: str) -> str:
    """Return what stands in a text area of the page."""
    pattern = rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>'
    match = re.search(pattern, html_of(response), re.DOTALL)
    assert match, f"the page has no text area {name}"
    return unescape(match[1])


def value_of(response: HttpResponse, name: str) -> str:
    """Return the value of an input of the page; empty where it has none."""
    match = re.search(rf'<input [^>]*name="{name}"[^>]*>', html_of(response))
    assert match, f"the page has no input {name}"
    value = re.search(r'value="([^"]*)"', match[0])
    return unescape(value[1]) if value else ""

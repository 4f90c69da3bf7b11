"""What the tests of the desk of comments share: its addresses, its buttons, its people."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils.html import strip_tags

from accounts.models import User
from comments import moderation
from comments.models import Comment
from comments.tests.factories import create_moderator

DESK = "/admin/comments/comment/"
DECIDE = f"{DESK}decide/"
APPEALS = f"{DESK}appeals/"
NOTICES = f"{DESK}notices/"


def page_url(comment: Comment) -> str:
    """Return the address of the page of a comment at the desk."""
    return f"{DESK}{comment.pk}/change/"


def act_url(comment: Comment) -> str:
    """Return where the buttons of that page lead."""
    return f"{DESK}{comment.pk}/act/"


def sign_in_moderator(client: Client, *, name: str = "Mo Derator") -> User:
    """Sign in a new moderator and return them."""
    user = create_moderator(name=name)
    client.force_login(user)
    return user


def fields_of(comment: Comment, *, reason: str = "", statement: str = "") -> dict[str, Any]:
    """Return the fields of a card as the page shows them now."""
    return {
        f"seen-{comment.pk}": moderation.last_change_of(comment),
        f"reason-{comment.pk}": reason,
        f"statement-{comment.pk}": statement,
    }


def press(client: Client, verb: str, comment: Comment, *, url: str = DECIDE, **words: str) -> Any:
    """Press a button of a card that was just loaded; follows where the answer leads."""
    fields = fields_of(comment, **words)
    return client.post(url, {**fields, "do": f"{verb}:{comment.pk}"}, follow=True)


def together(client: Client, verb: str, *comments: Comment, **words: str) -> Any:
    """Press a button for many."""
    fields = {f"seen-{one.pk}": moderation.last_change_of(one) for one in comments}
    chosen = [one.pk for one in comments]
    return client.post(DECIDE, {**fields, **words, "chosen": chosen, "do": verb}, follow=True)


def words_in(response: HttpResponse) -> str:
    """Return the words of a page as a person reads them."""
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def cells_in(response: HttpResponse) -> str:
    """Return the words of a page with room between the cells of a table."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def cards_in(response: HttpResponse) -> list[int]:
    """Return the comments on a page of the desk, in order."""
    return [int(pk) for pk in re.findall(r'data-card="(\d+)"', response.content.decode())]


def card_in(response: HttpResponse, comment: Comment) -> str:
    """Return the HTML of one card."""
    html = response.content.decode()
    return html.split(f'id="c-{comment.pk}"', 1)[1].split("</article>", 1)[0]


def typed_in(response: HttpResponse, name: str) -> str:
    """Return what stands in a text area."""
    found = re.search(
        rf'<textarea[^>]* name="{name}"[^>]*>\n?(.*?)</textarea>|'
        rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>',
        response.content.decode(),
        re.DOTALL,
    )
    assert found, f"no text area {name}"
    return unescape(found[1] or found[2] or "")


def chosen_in(response: HttpResponse, name: str) -> str:
    """Return what is chosen in a select box."""
    box = response.content.decode().split(f'name="{name}"', 1)[1].split("</select>", 1)[0]
    found = re.search(r'value="([^"]*)" selected', box)
    return found[1] if found else ""


def state_of(comment: Comment) -> str:
    """Return the state that is stored."""
    return Comment.objects.values_list("state", flat=True).get(pk=comment.pk)

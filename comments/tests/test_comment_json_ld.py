"""Comments for machines: what the page shows, and no more."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.models import Comment
from comments.moderation import pin, reject
from comments.states import Reason, State
from comments.tests.factories import create_comment, create_moderator
from comments.tests.thread_html import item, listed, thread_part, words

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="queues")


def data(client: Client, address: str = "/guides/queues/") -> dict[str, Any]:
    scripts = SCRIPT.findall(thread_part(client.get(address).text))
    assert len(scripts) == 1
    return json.loads(scripts[0])


def test_it_is_part_of_the_guide(client: Client, guide: Article) -> None:
    create_comment(guide, by=create_moderator())
    found = data(client)
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "Article"
    graph = json.loads(SCRIPT.findall(client.get("/guides/queues/").text)[0])["@graph"]
    assert found["@id"] == graph[0]["@id"] == f"{SITE}/guides/queues/"
    assert found["commentCount"] == 1


def test_each_value_of_a_comment(client: Client, guide: Article) -> None:
    mo = create_moderator()
    above = create_comment(guide, name="Ann", by=mo)
    below = create_comment(parent=above, name="Bob", text="Ours *waits*.\n\nYes.", by=mo)
    edited = below.created_at + timedelta(minutes=2)
    Comment.objects.filter(pk=below.pk).update(edited_at=edited)
    assert data(client)["comment"][1] == {
        "@type": "Comment",
        "@id": f"{SITE}/comments/{below.pk}/",
        "url": f"{SITE}/comments/{below.pk}/",
        "text": "Ours waits.\n\nYes.",
        "dateCreated": below.created_at.isoformat(timespec="seconds"),
        "dateModified": edited.isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": "Bob"},
        "parentItem": {"@type": "Comment", "@id": f"{SITE}/comments/{above.pk}/"},
    }


def test_it_equals_the_visible_list(
    client: Client, guide: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comments.thread_page.PER_PAGE", 4)
    mo = create_moderator()
    made = [create_comment(guide, text=f"Words *number* {n}.", by=mo) for n in range(7)]
    answer = create_comment(parent=made[1], text="To what goes.", by=mo)
    reject(made[1], user=mo, reason=Reason.SPAM)
    create_comment(guide, state=State.PENDING, text="Held", by=mo)
    pin(made[0], user=mo)
    pin(made[6], user=mo)
    for address in ("/guides/queues/", "/comments/on/queues/?page=2"):
        page = client.get(address).text
        found = data(client, address)
        assert found["commentCount"] == 7
        gone = [made[1].pk] if "guides" in address else []
        shown = [pk for pk in listed(page) if pk not in gone]
        pinned = [made[6].pk] if "guides" in address else []
        assert [node["@id"] for node in found["comment"]] == [
            f"{SITE}/comments/{pk}/" for pk in [*shown, *pinned]
        ]
        for node in found["comment"]:
            pk = int(node["@id"].split("/")[-2])
            seen = item(page, Comment.objects.get(pk=pk)) if pk in shown else thread_part(page)
            assert node["text"] in words(seen)
            assert node["author"]["name"] in words(seen)
            if pk in shown:
                assert node["dateCreated"][:19] in seen
    answered = next(
        node for node in data(client)["comment"] if node["@id"].endswith(f"/{answer.pk}/")
    )
    assert "parentItem" not in answered  # readers do not see it either


def test_no_comments_no_data(client: Client, guide: Article) -> None:
    assert not SCRIPT.findall(thread_part(client.get("/guides/queues/").text))


def test_hostile_text_cannot_end_the_script(client: Client, guide: Article) -> None:
    comment = create_comment(
        guide, text="`</script><script>alert(1)</script>` <!-- & \u2028", by=create_moderator()
    )
    Comment.objects.filter(pk=comment.pk).update(name="</script><img src=x>")
    script = SCRIPT.findall(thread_part(client.get("/guides/queues/").text))[0]
    assert "<" not in script
    (node,) = json.loads(script)["comment"]
    assert node["text"].startswith("</script><script>alert(1)</script> <!-- &")
    assert node["author"]["name"] == "</script><img src=x>"


def test_no_address_is_in_it(client: Client, guide: Article) -> None:
    create_comment(guide, email="guest@secret.example", by=create_moderator())
    assert "@secret" not in json.dumps(data(client))

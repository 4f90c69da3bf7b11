"""Who leaves is taken out of the feeds, in a way that makes readers' programs fetch it anew."""

from datetime import datetime

import pytest
from django.test import Client

from accounts.registries.holdings import CommentsChoice
from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.tests.factories import create_comment, create_moderator, create_reader
from comments.tests.leavers import erase
from comments.tests.test_feeds import ALL, ONE, entries, value

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="queues", title="Queues & lines")


def updated(client: Client, address: str) -> dict[str, tuple[str, datetime]]:
    """Return, by the id of each entry, its title and when it was updated."""
    return {
        value(entry, "id"): (value(entry, "title"), datetime.fromisoformat(value(entry, "updated")))
        for entry in entries(client, address)
    }


@pytest.mark.parametrize("address", [ALL, ONE])
def test_a_name_that_went_is_news_and_nothing_else_is(
    client: Client, guide: Article, address: str
) -> None:
    mo, rana = create_moderator(), create_reader(name="Rana Reader")
    hers = create_comment(guide, user=rana, by=mo)
    answer = create_comment(parent=hers, name="Bob", by=mo)
    other = create_comment(guide, name="Ann", by=mo)
    tag, before = client.get(address)["ETag"], updated(client, address)
    erase(rana, CommentsChoice.ANONYMISE)

    page = client.get(address, headers={"if-none-match": tag})
    assert page.status_code == 200
    assert "Rana" not in page.text
    after = updated(client, address)
    later = {key for key, (_, at) in after.items() if at > before[key][1]}
    assert later == {f"tag:localhost,2026:comment-{one.pk}" for one in (hers, answer)}
    titles = [title for title, _ in after.values()]
    assert "Somebody who left on “Queues & lines”" in titles
    assert "Bob answers Somebody who left on “Queues & lines”" in titles
    unchanged = f"tag:localhost,2026:comment-{other.pk}"
    assert after[unchanged] == before[unchanged]


def test_words_that_went_leave_the_feed_and_its_answers_are_news(
    client: Client, guide: Article
) -> None:
    mo, rana = create_moderator(), create_reader(name="Rana Reader")
    hers = create_comment(guide, user=rana, text="Her own words", by=mo)
    answer = create_comment(parent=hers, name="Bob", by=mo)
    tag, before = client.get(ALL)["ETag"], updated(client, ALL)
    erase(rana, CommentsChoice.REMOVE)

    page = client.get(ALL, headers={"if-none-match": tag})
    assert page.status_code == 200
    assert "Her own words" not in page.text
    assert "Rana" not in page.text
    ((key, (title, at)),) = updated(client, ALL).items()
    assert key == f"tag:localhost,2026:comment-{answer.pk}"
    assert title == "Bob on “Queues & lines”"
    assert at > before[key][1]


def test_an_address_that_went_out_of_another_comment_is_news(
    client: Client, guide: Article
) -> None:
    mo, rana = create_moderator(), create_reader(email="rana@example.org")
    bobs = create_comment(guide, name="Bob", text="Ask rana@example.org about it.", by=mo)
    before = updated(client, ALL)
    erase(rana, CommentsChoice.ANONYMISE)

    assert "rana@example.org" not in client.get(ALL).text
    key = f"tag:localhost,2026:comment-{bobs.pk}"
    assert updated(client, ALL)[key][1] > before[key][1]


def test_the_moments_do_not_say_which_comments_one_person_wrote(
    client: Client, guide: Article
) -> None:
    mo, rana, omar = create_moderator(), create_reader(), create_reader()
    made = [create_comment(guide, user=user, by=mo) for user in (rana, omar, rana, omar)]
    for user in (rana, omar):
        erase(user, CommentsChoice.ANONYMISE)

    after = updated(client, ALL)
    moments = [after[f"tag:localhost,2026:comment-{one.pk}"][1] for one in made]
    waits = {at - one.published_at for at, one in zip(moments, made, strict=True)}
    assert len(waits) == 1

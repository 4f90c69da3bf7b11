"""The list of guides at the desk: what it shows, how it is narrowed, what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.content import Content
from articles.publishing import save_revision, withdraw
from articles.tests.desk import LIST, html_of, sign_in, text_of
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_draft,
    create_live_guide,
    create_tag,
)

pytestmark = pytest.mark.django_db


def titles_in(response):
    return [row.title for row in response.context["cl"].result_list]


def create_one_of_each_state():
    create_draft(title="Begun")
    create_live_guide(title="Ahead", at=timezone.now() + timedelta(days=2))
    create_live_guide(title="Open")
    withdraw(create_live_guide(title="Gone"), reason="Wrong.")


def test_columns_say_where_a_guide_stands(client):
    sign_in(client, "Editor")
    create_live_guide(
        title="How servers wait",
        category=create_category(name="Start here"),
        authors=[create_contributor(name="Zoe"), create_contributor(name="Ada")],
        level="advanced",
        next_review_on="2020-02-03",
    )

    page = text_of(client.get(LIST))

    for words in ("How servers wait", "Live", "Start here", "Zoe, Ada", "Advanced"):
        assert words in page
    assert "03 Feb 2020, overdue" in page
    assert f"{timezone.now():%d %b %Y}" in page


def test_live_guide_with_newer_words_is_marked(client):
    sign_in(client, "Editor")
    article = create_live_guide()
    assert "changes wait" not in text_of(client.get(LIST))

    save_revision(article, Content.of(article.revisions.get()), author=None)

    assert "changes wait" in text_of(client.get(LIST))


@pytest.mark.parametrize(
    ("state", "title"),
    [("draft", "Begun"), ("scheduled", "Ahead"), ("live", "Open"), ("withdrawn", "Gone")],
)
def test_filter_by_state(client, state, title):
    sign_in(client, "Editor")
    create_one_of_each_state()

    response = client.get(LIST, {"state": state})

    assert titles_in(response) == [title]
    assert f'<span class="state state--{state}">' in html_of(response)


@pytest.mark.parametrize(
    ("review", "title"), [("overdue", "Late"), ("soon", "Near"), ("none", "Never")]
)
def test_filter_by_review(client, review, title):
    sign_in(client, "Editor")
    today = timezone.localdate()
    create_draft(title="Late", next_review_on=today.isoformat())
    create_draft(title="Near", next_review_on=(today + timedelta(days=30)).isoformat())
    create_draft(title="Far", next_review_on=(today + timedelta(days=31)).isoformat())
    create_draft(title="Never", next_review_on="")

    assert titles_in(client.get(LIST, {"review": review})) == [title]


def test_unknown_filter_value_shows_everything(client):
    sign_in(client, "Editor")
    create_one_of_each_state()

    assert len(titles_in(client.get(LIST, {"state": "x"}))) == 4
    assert len(titles_in(client.get(LIST, {"review": "x"}))) == 4


def test_filter_by_author_and_category(client):
    sign_in(client, "Editor")
    ada, shelf = create_contributor(name="Ada"), create_category()
    create_draft(title="Hers", authors=[ada])
    create_draft(title="There", category=shelf)

    assert titles_in(client.get(LIST, {"authors__id__exact": ada.pk})) == ["Hers"]
    assert titles_in(client.get(LIST, {"category__id__exact": shelf.pk})) == ["There"]


@pytest.mark.parametrize("words", ["queue", "letters-in-line", "promise", "postman"])
def test_search_reads_title_address_promise_and_public_text(client, words):
    sign_in(client, "Editor")
    create_live_guide(
        title="What a queue is",
        slug="letters-in-line",
        standfirst="A promise.",
        body="## Letters\n\nThe postman comes.\n",
    )
    create_draft(title="Something else")

    assert titles_in(client.get(LIST, {"q": words})) == ["What a queue is"]


def test_guides_stand_in_library_order(client):
    sign_in(client, "Editor")
    late, early = create_category(position=2), create_category(position=1)
    create_draft(title="Third", category=late, position=1)
    create_draft(title="Second", category=early, position=2)
    create_draft(title="First", category=early, position=1)

    assert titles_in(client.get(LIST)) == ["First", "Second", "Third"]


def test_query_count_does_not_grow_with_the_rows(client):
    sign_in(client, "Editor")
    category, tag, writer = create_category(), create_tag(), create_contributor()

    def queries_with(rows):
        while rows > len(titles_in(client.get(LIST))):
            create_live_guide(category=category, tags=[tag], authors=[writer])
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(titles_in(client.get(LIST))) == rows
        return len(captured)

    few = queries_with(3)

    assert queries_with(30) == few
    assert few <= 12


def test_nothing_can_be_done_to_many_guides_at_once(client):
    sign_in(client, "Editor")
    article = create_draft()

    client.post(LIST, {"action": "delete_selected", "_selected_action": article.pk, "post": "yes"})

    assert titles_in(client.get(LIST)) == [article.title]

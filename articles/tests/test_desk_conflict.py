"""Two people write in one guide: the second is told, keeps the text, and may save on top."""

import pytest

from accounts.tests.factories import create_user
from articles.admin.forms import GuideForm
from articles.content import Content
from articles.publishing import save_revision
from articles.tests.desk import change_url, changed_guide, html_of, sign_in, text_in, text_of
from articles.tests.factories import create_draft

pytestmark = pytest.mark.django_db


def overtake(article, body):
    """Save as another person while the form of the first is open."""
    content = Content.of(article.revisions.newest_first()[0])
    other = create_user(role="Editor", display_name="Olga")
    return save_revision(article, Content(**{**content.__dict__, "body": body}), author=other)


def test_second_editor_gets_an_error_and_keeps_the_text(client):
    sign_in(client, "Editor")
    article = create_draft()
    data = changed_guide(article, body="## Mine\n", _continue="1")
    overtake(article, "## Hers\n")

    response = client.post(change_url(article), data)

    assert "Olga saved revision 2 while you were writing." in text_of(response)
    assert f'href="/admin/articles/article/{article.pk}/revisions/?number=2"' in html_of(response)
    assert text_in(response, "body") == "## Mine\n"
    assert "Save mine on top" in text_of(response)
    assert '<input type="checkbox" name="overwrite" value="2"' in html_of(response)
    assert article.revisions.count() == 2


def test_save_mine_on_top_keeps_both(client):
    sign_in(client, "Editor")
    article = create_draft()
    data = changed_guide(article, body="## Mine\n", _continue="1")
    overtake(article, "## Hers\n")

    response = client.post(change_url(article), {**data, "overwrite": "2"}, follow=True)

    assert text_in(response, "body") == "## Mine\n"
    bodies = [revision.content["body"] for revision in article.revisions.newest_first()]
    assert bodies[:2] == ["## Mine\n", "## Hers\n"]


def test_a_tick_counts_only_for_the_revision_that_was_looked_at(client):
    sign_in(client, "Editor")
    article = create_draft()
    data = changed_guide(article, body="## Mine\n", _continue="1")
    overtake(article, "## Hers\n")
    overtake(article, "## Hers, once more\n")

    response = client.post(change_url(article), {**data, "overwrite": "2"})

    assert "Olga saved revision 3 while you were writing." in text_of(response)
    assert '<input type="checkbox" name="overwrite" value="3"' in html_of(response)
    assert "checked" not in html_of(response).partition('name="overwrite"')[2].partition(">")[0]
    assert article.revisions.count() == 3


def test_publishing_is_refused_in_a_conflict_too(client):
    sign_in(client, "Editor")
    article = create_draft()
    data = changed_guide(article, _publish="1")
    overtake(article, "## Hers\n")

    client.post(change_url(article), data)

    article.refresh_from_db()
    assert article.published_at is None


def test_who_is_overtaken_between_check_and_writing_keeps_the_text_as_well(client, monkeypatch):
    sign_in(client, "Editor")
    article = create_draft()
    data = changed_guide(article, body="## Mine\n", _continue="1")
    overtake(article, "## Hers\n")
    check = GuideForm._refuse_hidden_overwrite
    calls = []

    def check_that_came_too_early(form, data):
        calls.append(form)
        if len(calls) > 1:
            check(form, data)

    monkeypatch.setattr(GuideForm, "_refuse_hidden_overwrite", check_that_came_too_early)
    response = client.post(change_url(article), data)

    assert "Olga saved revision 2 while you were writing." in text_of(response)
    assert text_in(response, "body") == "## Mine\n"
    assert article.revisions.count() == 2

"""Comments go on while somebody has not answered the question about new terms."""

import pytest

from accounts.terms.agreements import asked
from accounts.tests.papers import put_all
from articles.tests.factories import create_live_guide
from comments.models import Comment
from comments.tests.factories import create_reader
from comments.tests.test_writing import address, begin

pytestmark = pytest.mark.django_db


def test_person_who_has_not_agreed_yet_comments_as_ever() -> None:
    put_all()
    article, reader = create_live_guide(), create_reader()
    client, form, page = begin(article, reader)
    assert "We ask you" not in page.text  # nothing comes between the form and the words

    preview = client.post(address(article), {**form.fields, "text": "Mine", "action": "preview"})
    sent = client.post(address(article), {**form.fields, "text": "Mine", "action": "send"})

    assert preview.status_code == 200
    assert sent.status_code in {302, 303}
    assert Comment.objects.get().text == "Mine"
    assert len(asked(reader)) == 3  # and commenting is no answer


def test_the_form_says_what_is_kept() -> None:
    _, _, page = begin()

    assert 'href="/privacy/"' in page.text

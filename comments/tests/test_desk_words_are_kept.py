"""Every form of the desk, refused for every reason: nothing that a moderator typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import DataError, OperationalError, connection
from django.http import HttpResponse

from comments.tests.causes import (
    OF_EVERY_FORM,
    OF_TOKENS,
    Cause,
    database_raises,
    signed_out,
)
from comments.tests.desk_form_cases import CASES, DeskCase, DeskScene
from comments.tests.form_cases import Scene
from comments.tests.pages import Form, forms_in

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]
PROVEN = "accounts.security.second_factor.is_proven"
WRITES = ("INSERT", "UPDATE", "DELETE")
# What ends the way to the view ends as our own mistake, whatever the database said.
EARLIER = {"database refuses": 500}


def writing_raises(error: Exception):
    """Return what makes every change fail once the desk has opened."""

    def refuse(execute, sql, params, many, context):
        if sql.startswith(WRITES):
            raise error
        return execute(sql, params, many, context)

    @contextmanager
    def raising(scene: Scene) -> Iterator[None]:
        scene.client.raise_request_exception = False
        with connection.execute_wrapper(refuse):
            yield

    return raising


@contextmanager
def role_lost(scene: Scene) -> Iterator[None]:
    group = scene.user.groups.get()
    held = list(group.permissions.all())
    group.permissions.clear()
    yield
    group.permissions.set(held)


CAUSES = [
    *OF_EVERY_FORM,
    *OF_TOKENS,
    Cause("session expired", 403, signed_out),
    Cause("right lost", 403, role_lost),
    Cause("down while storing", 503, writing_raises(OperationalError("database is locked"))),
    Cause("refused while storing", 400, writing_raises(DataError("value too long"))),
    Cause("mistake while storing", 500, writing_raises(RuntimeError("a bug"))),
]
MATRIX = [
    pytest.param(case, cause, id=f"{case.name}: {cause.name}") for case in CASES for cause in CAUSES
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_form_is_taken_where_nothing_is_wrong(case: DeskCase) -> None:
    scene = case.open()
    assert scene.send().status_code == 302
    assert scene.stored() == 1


@pytest.mark.parametrize(("case", "cause"), MATRIX)
def test_words_are_kept(case: DeskCase, cause: Cause) -> None:
    scene = case.open()
    scene.form.fields |= cause.change
    with cause.bring(scene):
        answer = scene.send()
    assert answer.status_code == EARLIER.get(cause.name, cause.status)
    assert scene.stored() == 0
    assert "no-store" in answer["Cache-Control"]
    assert "<script>x" not in answer.text
    if cause.name == "cross-origin" and "_save" in scene.pressed:
        assert_cannot_be_sent_on(answer, scene)
        return
    form = form_with_words(answer, scene)
    sent = form.send(scene.client, button="x", changes=dict([scene.pressed]))
    assert sent.status_code == 302  # no second refusal
    assert scene.stored() == 1


def form_with_words(answer: HttpResponse, scene: DeskScene) -> Form:
    """Return the form in which the words stand, letter for letter, in their own field."""
    for form in forms_in(answer):
        if form.fields.get(scene.words_field, "").replace("\r\n", "\n") == scene.words:
            form.action = form.action or scene.form.action
            return form
    pytest.fail(f"The words are in no form of: {answer.text[:3000]}")


def assert_cannot_be_sent_on(answer: HttpResponse, scene: DeskScene) -> None:
    """Another site wrote the words: a button of ours that sends them would be its trap."""
    assert not any(scene.words_field in form.fields for form in forms_in(answer))
    assert "Another site sent this form" in answer.text
    if scene.words_field != "approvals_to_weigh":
        assert "about &lt;tea&gt; &amp; &quot;queues&quot;" in answer.text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_form_waits_for_the_second_factor(case: DeskCase, settings) -> None:
    scene = case.open()
    settings.STAFF_SECOND_FACTOR = True
    with mock.patch(PROVEN, return_value=False):
        away = scene.send()
        assert away.status_code == 302
        assert scene.client.get(away["Location"]).status_code == 200
        assert scene.stored() == 0
    with mock.patch(PROVEN, return_value=True):
        scene.client.get(away["Location"])
    assert scene.stored() == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_another_site_sends_nothing_through_the_second_factor(case: DeskCase, settings) -> None:
    scene = case.open()
    scene.extra = {"HTTP_ORIGIN": "https://evil.example"}
    settings.STAFF_SECOND_FACTOR = True
    with mock.patch(PROVEN, return_value=False):
        away = scene.send()
    with mock.patch(PROVEN, return_value=True):
        back = scene.client.get(away["Location"])
    assert back.status_code == 403
    assert scene.stored() == 0


def test_another_site_cannot_have_a_form_sent_on_by_who_is_signed_out() -> None:
    scene = CASES[0].open()
    scene.extra = {"HTTP_ORIGIN": "https://evil.example"}
    with signed_out(scene):
        assert_cannot_be_sent_on(scene.send(), scene)


def test_the_database_is_asked_nothing_more(django_assert_num_queries) -> None:
    scene = CASES[0].open()
    down = database_raises(OperationalError("down"))(scene)
    with down, django_assert_num_queries(1):  # the session, which failed
        answer = scene.send()
    assert answer["Retry-After"] == "30"
    assert "Your statement" in answer.text


def test_who_only_reads_is_told_the_plain_page() -> None:
    scene = CASES[0].open()
    scene.client.raise_request_exception = False
    with mock.patch("comments.admin.desk.DeskViews._show", side_effect=RuntimeError("a bug")):
        answer = scene.client.get("/admin/comments/comment/")
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text

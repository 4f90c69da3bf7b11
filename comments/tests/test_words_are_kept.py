"""Every form, refused for every reason: the words come back in a form that can be sent again."""

import pytest
from django.http import HttpResponse

from comments.tests.answer_cases import ANSWER_FORMS, OF_ANSWERS
from comments.tests.causes import OF_EVERY_FORM, OF_SOME, OF_TOKENS, Cause
from comments.tests.form_cases import FORMS as WRITING_FORMS
from comments.tests.form_cases import FormCase, Scene
from comments.tests.pages import Form, forms_in

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]

FORMS = [*WRITING_FORMS, *ANSWER_FORMS]
STEPS = 3  # at most: a preview, what was missing in it, and sending


def causes_of(case: FormCase) -> list[Cause]:
    named = {cause.name: cause for cause in (*OF_SOME, *OF_ANSWERS)}
    tokens = OF_TOKENS if case.needs_token else []
    return [*OF_EVERY_FORM, *tokens, *(named[name] for name in case.causes)]


MATRIX = [
    pytest.param(case, cause, id=f"{case.name}: {cause.name}")
    for case in FORMS
    for cause in causes_of(case)
]


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case.name)
def test_the_form_is_taken_where_nothing_is_wrong(case: FormCase) -> None:
    scene = case.open()
    before = scene.stored()
    assert scene.send().status_code < 400
    if case.needs_token:
        assert scene.stored() == before + 1


@pytest.mark.parametrize(("case", "cause"), MATRIX)
def test_words_are_kept(case: FormCase, cause: Cause) -> None:
    scene = case.open()
    scene.form.fields |= cause.change
    before = scene.stored()
    with cause.bring(scene):
        answer = scene.send()
    assert answer.status_code == cause.status
    assert scene.stored() == before
    words = scene.form.fields[scene.words_field]
    form = form_with_words(answer, words)
    assert "<b>bold" not in answer.text
    assert "<script>x" not in answer.text
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    if case.name not in cause.is_final:
        send_again(scene, form, cause.fix, until=before + 1)


def form_with_words(answer: HttpResponse, words: str) -> Form:
    """Return the form that holds the words, letter for letter, in a field."""
    for form in forms_in(answer):
        if words in form.fields.values():
            return form
    pytest.fail(f"The words are in no field of: {answer.text[:3000]}")


def send_again(scene: Scene, form: Form, fix: dict[str, str], *, until: int) -> None:
    """Press the first button of the form that came back, and of what follows, until it is stored.

    No words are typed again on the way.
    """
    words = fix.get(scene.words_field) or scene.form.fields[scene.words_field]
    for _ in range(STEPS):
        answer = form.send(scene.client, changes=fix)
        assert answer.status_code in {200, 303}  # no second refusal
        if scene.stored() == until:
            return
        form = form_with_words(answer, words)
    pytest.fail(f"Not stored after {STEPS} steps: {answer.text[:3000]}")


def test_the_matrix_is_as_large_as_promised() -> None:
    assert len({case.name for case in FORMS}) == len(FORMS) >= 9
    assert len(MATRIX) > 150

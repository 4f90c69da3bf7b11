"""The cover of a guide at the desk: described or decorative, kept with the revision."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.admin import forms
from articles.models import Article
from articles.tests.desk import (
    ADD,
    PREVIEW,
    change_url,
    changed_guide,
    errors_at,
    html_of,
    new_guide,
    sign_in,
    text_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Keep uploads of a test to the test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(name="bench.png"):
    stream = BytesIO()
    Image.new("RGB", (30, 20)).save(stream, "PNG")
    return SimpleUploadedFile(name, stream.getvalue(), content_type="image/png")


@pytest.mark.parametrize("button", ["_continue", "_publish"])
def test_cover_without_words_is_refused_and_the_text_comes_back(client, button):
    sign_in(client, "Editor")

    response = client.post(ADD, new_guide(cover=picture(), body="## Kept\n", **{button: "1"}))

    assert "Describe the cover for people who cannot see it" in errors_at(response, "cover_alt")
    assert "Choose the picture again" in errors_at(response, "cover")
    assert text_in(response, "body") == "## Kept\n"
    assert not Article.objects.exists()


def test_cover_is_described_or_decorative_but_not_both(client):
    sign_in(client, "Editor")
    both = {"cover_alt": "A bench", "cover_is_decorative": "on"}

    response = client.post(ADD, new_guide(cover=picture(), **both, _continue="1"))

    assert "not both" in errors_at(response, "cover_is_decorative")


def test_described_cover_goes_live_with_its_size(client, media):
    sign_in(client, "Editor")

    client.post(ADD, new_guide(cover=picture(), cover_alt="A bench", _publish="1"))

    article = Article.objects.get()
    assert (media / article.cover.name).is_file()
    assert article.cover.name.startswith("covers/")
    page = html_of(client.get(article.get_absolute_url()))
    assert f'src="{article.cover.url}" alt="A bench" width="30" height="20"' in page


def test_cover_stays_when_the_guide_is_saved_again(client):
    sign_in(client, "Editor")
    client.post(ADD, new_guide(cover=picture(), cover_is_decorative="on", _publish="1"))
    article = Article.objects.get()

    data = changed_guide(article, cover_is_decorative="on", title="Again", _publish="1")
    client.post(change_url(article), data)

    repeated = Article.objects.get()
    assert repeated.title == "Again"
    assert repeated.cover == article.cover


def test_cover_is_taken_away(client):
    sign_in(client, "Editor")
    client.post(ADD, new_guide(cover=picture(), cover_is_decorative="on", _continue="1"))
    article = Article.objects.get()

    data = {"cover-clear": "on", "_continue": "1"}
    client.post(change_url(article), changed_guide(article, **data))

    assert not Article.objects.get().cover


def test_saved_cover_stands_in_the_preview(client):
    sign_in(client, "Editor")
    client.post(ADD, new_guide(cover=picture(), cover_alt="A bench", _continue="1"))
    article = Article.objects.get()

    data = changed_guide(article, cover_alt="A workbench")
    page = html_of(client.post(f"{PREVIEW}?guide={article.pk}", data))

    assert f'src="{article.cover.url}" alt="A workbench"' in page


def test_what_is_no_picture_is_refused(client):
    sign_in(client, "Editor")
    fake = SimpleUploadedFile("bench.png", b"<svg onload=alert(1)>", content_type="image/png")

    response = client.post(ADD, new_guide(cover=fake, cover_alt="A bench", _continue="1"))

    assert "Upload a valid image." in errors_at(response, "cover")


def test_too_large_picture_is_refused(client, monkeypatch):
    sign_in(client, "Editor")
    monkeypatch.setattr(forms, "MAX_COVER_BYTES", 10)

    response = client.post(ADD, new_guide(cover=picture(), cover_alt="A bench", _continue="1"))

    assert "a cover may have 10" in errors_at(response, "cover")

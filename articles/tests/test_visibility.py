"""Who may see what: only published guides reach the public, on every page and in every form."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from articles.publishing import withdraw
from articles.tests.factories import (
    create_category,
    create_contributor,
    create_draft,
    create_live_guide,
    create_tag,
)
from evidence.tests.factories import create_claim, create_source

pytestmark = pytest.mark.django_db

TITLE = "The secret life of queues"
SLUG = "the-secret-life-of-queues"
Maker = Callable[..., Article]


def make_live(**fields) -> Article:
    return create_live_guide(**fields)


def make_draft(**fields) -> Article:
    return create_draft(**fields)


def make_scheduled(**fields) -> Article:
    return create_live_guide(at=timezone.now() + timedelta(days=1), **fields)


def make_withdrawn(**fields) -> Article:
    article = create_live_guide(at=timezone.now() - timedelta(days=2), **fields)
    withdraw(article, reason="It was wrong.")
    return article


hidden = pytest.mark.parametrize("make", [make_draft, make_scheduled, make_withdrawn])


def make_with_surroundings(make: Maker) -> Article:
    """Return a guide that could show up everywhere: beside it stands a public one."""
    category = create_category(slug="shelf-of-secrets")
    tag = create_tag(slug="secrets")
    author = create_contributor(slug="secret-writer")
    create_claim(key="SEC-01", source=create_source(slug="secret-source"))
    article = make(
        title=TITLE,
        slug=SLUG,
        category=category,
        position=2,
        tags=[tag],
        authors=[author],
        body="## Queues\n\nAbout [[claim:SEC-01]] of them.\n",
    )
    for position, title in [(1, "Before it"), (3, "After it")]:
        create_live_guide(
            title=title,
            category=category,
            position=position,
            tags=[tag],
            authors=[author],
            related=[article],
        )
    return article


OWN_ADDRESSES = [
    f"/guides/{SLUG}/",
    f"/guides/{SLUG}/changes/",
    f"/guides/{SLUG}.md",
    f"/guides/{SLUG}.json",
]
ADDRESSES_THAT_NAME_IT = [
    "/",
    "/guides/",
    "/guides/?category=shelf-of-secrets",
    "/guides/?level=beginner",
    "/categories/shelf-of-secrets/",
    "/tags/secrets/",
    "/people/secret-writer/",
    "/guides/before-it/",  # as its next and as related
    "/guides/after-it/",  # as its previous and as related
    "/sources/secret-source/",
]


@pytest.mark.parametrize("address", OWN_ADDRESSES)
def test_public_guide_answers_in_every_form(client: Client, address: str) -> None:
    make_with_surroundings(make_live)
    response = client.get(address)
    assert response.status_code == 200
    assert TITLE in response.text


@pytest.mark.parametrize("address", ADDRESSES_THAT_NAME_IT)
def test_public_guide_is_named_on_every_page(client: Client, address: str) -> None:
    make_with_surroundings(make_live)
    assert TITLE in client.get(address).text


@hidden
@pytest.mark.parametrize("address", OWN_ADDRESSES)
def test_hidden_guide_answers_404(client: Client, make: Maker, address: str) -> None:
    make_with_surroundings(make)
    response = client.get(address)
    assert response.status_code == 404
    assert TITLE not in response.text


@hidden
@pytest.mark.parametrize("address", ADDRESSES_THAT_NAME_IT)
def test_hidden_guide_is_named_nowhere(client: Client, make: Maker, address: str) -> None:
    make_with_surroundings(make)
    response = client.get(address)
    assert response.status_code == 200
    assert TITLE not in response.text
    assert SLUG not in response.text


@hidden
@pytest.mark.parametrize("form", ["/", ".md", ".json"])
def test_link_to_hidden_guide_becomes_plain_words(client: Client, make: Maker, form: str) -> None:
    """The linking page was rendered while the guide was public, as far as it ever was."""
    create_live_guide(title=TITLE, slug=SLUG)
    create_live_guide(slug="linking", body=f"## See\n\nRead [[guide:{SLUG}|on queues]] too.\n")
    assert SLUG in client.get(f"/guides/linking{form}").text
    _hide(make)
    text = client.get(f"/guides/linking{form}").text
    assert "on queues" in text
    assert SLUG not in text


def _hide(make: Maker) -> None:
    """Bring the public guide into the state that `make` would give it."""
    article = Article.objects.get(slug=SLUG)
    withdraw(article, reason="It was wrong.")
    if make is not make_withdrawn:
        article.withdrawn_at = None
        ahead = timezone.now() + timedelta(days=1)
        is_draft = make is make_draft
        article.published_at = article.modified_at = None if is_draft else ahead
        article.save()


@hidden
def test_tag_and_home_without_public_guides(client: Client, make: Maker) -> None:
    tag = create_tag(slug="lonely")
    make(title=TITLE, tags=[tag])
    assert client.get("/tags/lonely/").status_code == 404
    assert "The library is empty" in client.get("/").text


@hidden
def test_signed_in_editor_sees_hidden_guide_only_at_the_desk(
    admin_client: Client, make: Maker
) -> None:
    make(title=TITLE, slug=SLUG)
    assert admin_client.get(f"/guides/{SLUG}/").status_code == 404


NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("published", "withdrawn", "at", "is_public"),
    [
        (None, None, None, False),
        (-2 * DAY, None, None, True),
        (2 * DAY, None, None, False),
        (2 * DAY, None, 3 * DAY, True),
        (-2 * DAY, None, -3 * DAY, False),
        (-2 * DAY, None, -2 * DAY, True),  # from the very moment
        (-2 * DAY, -DAY, None, False),
        (-2 * DAY, -DAY, -DAY, False),  # from the very moment
        (-2 * DAY, -DAY, -DAY - timedelta(seconds=1), True),
        (-2 * DAY, -DAY, 5 * DAY, False),
    ],
)
def test_published_at_a_moment(published, withdrawn, at, is_public: bool) -> None:
    article = create_draft()
    if published is not None:
        article.published_at = article.modified_at = NOW + published
        article.live_revision = article.revisions.get()
        article.withdrawn_at = NOW + withdrawn if withdrawn else None
        article.save()
    moment = NOW + at if at is not None else None
    assert Article.objects.published(at=moment).exists() is is_public


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (make_draft, "draft"),
        (make_scheduled, "scheduled"),
        (make_live, "live"),
        (make_withdrawn, "withdrawn"),
    ],
)
def test_state_agrees_with_the_gate(make: Maker, state: str) -> None:
    article = make()
    article.refresh_from_db()
    assert article.state == state
    assert Article.objects.published().exists() is (state == "live")

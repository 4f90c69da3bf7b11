"""The public page of a person: only if wanted, the same for everybody, safe to read."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import DeletionRequest, ProfileLink, User
from accounts.models.deletion import GRACE
from accounts.tests.factories import create_user

pytestmark = [pytest.mark.django_db, pytest.mark.about_pages]

PAGE = "/members/ada/"


@pytest.fixture
def ada() -> User:
    user = create_user(email="ada@example.org", display_name="Ada <Lovelace>")
    user.handle, user.is_profile_public = "ada", True
    user.bio = "I count.\nA lot.\n\n<script>alert(1)</script> https://x.example/"
    user.save()
    return user


def body(client=None) -> str:
    response = (client or Client()).get(PAGE)
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_what_the_person_wrote_as_plain_text(ada) -> None:
    page = body()
    assert "<h1><bdi>Ada &lt;Lovelace&gt;</bdi></h1>" in page
    assert "<p>I count.<br>A lot.</p>" in page
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; https://x.example/</p>" in page
    assert "https://x.example/</a>" not in page
    assert f"since {timezone.now():%B %Y}." in page


def test_the_mail_address_is_nowhere(ada) -> None:
    User.objects.filter(pk=ada.pk).update(display_name="")
    page = body()
    assert "ada@example.org" not in page
    assert "example.org" not in page
    assert "<h1><bdi>ada</bdi></h1>" in page


def test_links_say_where_they_lead_and_vouch_for_nothing(ada) -> None:
    ProfileLink.objects.create(user=ada, label="github.com/ada", url="https://www.evil.example/")
    ProfileLink.objects.create(user=ada, label="", url="https://аpple.example/x")  # Cyrillic а
    page = html.unescape(body())
    rel = 'rel="me nofollow ugc noopener"'
    assert f'<a href="https://www.evil.example/" {rel}><bdi>github.com/ada</bdi></a>' in page
    assert '<span class="label">evil.example</span>' in page
    assert "<bdi>xn--pple-43d.example</bdi>" in page


def test_search_engines_are_asked_to_leave_it_out(ada) -> None:
    response = Client().get(PAGE)
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_it_is_the_same_bytes_for_everybody_and_sets_no_cookie(ada) -> None:
    User.objects.filter(pk=ada.pk).update(time_zone="Pacific/Kiritimati")
    reader = Client()
    first = reader.get(PAGE)
    assert not first.cookies
    assert "Cookie" not in first.get("Vary", "")
    owner = Client()
    owner.force_login(ada)
    staff = Client()
    staff.force_login(create_user(is_superuser=True))
    assert first.content == owner.get(PAGE).content == staff.get(PAGE).content
    again = reader.get(PAGE, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "change",
    [
        {"is_profile_public": False},
        {"is_active": False},
        {"profile_blocked_at": timezone.now(), "profile_blocked_reason": "Advertising."},
        {"handle": "another"},
    ],
)
def test_a_page_that_is_not_public_looks_like_one_that_never_was(change, ada) -> None:
    User.objects.filter(pk=ada.pk).update(**change)
    hidden = Client().get(PAGE)
    never = Client().get("/members/nobody-here/")
    assert hidden.status_code == never.status_code == 404
    assert hidden.content.replace(b"/members/ada/", b"") == never.content.replace(
        b"/members/nobody-here/", b""
    )


def test_it_goes_with_the_wish_to_be_forgotten_and_comes_back_with_the_wish_to_stay(ada) -> None:
    wish = DeletionRequest.objects.create(user=ada, due_at=timezone.now() + GRACE)
    assert Client().get(PAGE).status_code == 404
    wish.delete()
    assert Client().get(PAGE).status_code == 200


def test_it_only_reads(ada) -> None:
    assert Client().post(PAGE).status_code == 405
    assert Client().head(PAGE).status_code == 200


def test_it_asks_the_database_few_questions(ada, django_assert_num_queries) -> None:
    for number in range(5):
        ProfileLink.objects.create(user=ada, url=f"https://{number}.example/", position=number)
    with django_assert_num_queries(3):
        body()


def test_readers_can_report_it(ada) -> None:
    found = re.search(r'<a href="([^"]+)" rel="nofollow">Report this page</a>', body())
    assert found
    form = Client().get(html.unescape(found[1]))
    assert form.status_code == 200
    assert 'value="http://localhost:8000/members/ada/"' in form.content.decode()


@pytest.mark.parametrize(
    "page", ["https://evil.example/", "/members/../admin/", "//evil.example/", "/members/A/", "x"]
)
def test_the_report_takes_no_other_address(page) -> None:
    form = Client().get("/comments/notice/", {"page": page})
    assert form.status_code == 200
    assert "evil" not in form.content.decode()
    assert 'name="address" value' not in form.content.decode()


def test_it_says_since_when_in_the_month_only(ada) -> None:
    User.objects.filter(pk=ada.pk).update(date_joined=timezone.now() - timedelta(days=800))
    day = User.objects.get(pk=ada.pk).date_joined
    assert f"since {day:%B %Y}." in body()
    assert f"{day:%-d %B %Y}" not in body()

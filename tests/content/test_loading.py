"""The real library loads without a fault, and every page of it answers."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from articles.models import Article
from evidence.models import Claim, Source
from salaries.models import ConsumerPrices, PriceLevel
from tests.content.library import ALL_GUIDES, address

pytestmark = pytest.mark.django_db
MAX_BYTES = 20_000  # of a guide, compressed


@pytest.fixture(autouse=True)
def library() -> None:
    call_command("load_library", verbosity=0)


def test_every_guide_is_public_and_whole_in_every_form(client: Client) -> None:
    public = Article.objects.published()
    assert sorted(public.values_list("slug", flat=True)) == sorted(ALL_GUIDES)
    assert Claim.objects.count() >= 100
    assert not sources_without_use()
    for slug in ALL_GUIDES:
        for form in ("/changes/", ".md", ".json"):
            assert client.get(address(slug) + form).status_code == 200, (slug, form)
        response = client.get(f"{address(slug)}/")
        assert response.status_code == 200
        assert faults_of(response.text) == [], slug
        small = client.get(f"{address(slug)}/", headers={"Accept-Encoding": "gzip"})
        assert len(small.content) < MAX_BYTES, slug


def sources_without_use() -> list[Source]:
    """Return the sources that no statement, edition or table of the library rests on."""
    tables = [model.objects.values("source") for model in (PriceLevel, ConsumerPrices)]
    rest = Source.objects.filter(claims__isnull=True, salary_editions__isnull=True)
    return list(rest.exclude(pk__in=tables[0]).exclude(pk__in=tables[1]))


def faults_of(page: str) -> list[str]:
    """Return ids that stand twice, places in the page that do not exist, embeds left over."""
    ids = re.findall(r'\bid="([^"]+)"', page)
    wanted = re.findall(r'(?:href="#|popovertarget=")([^"]+)"', page)
    words = re.sub(r"<(pre|code)\b.*?</\1>", "", page, flags=re.DOTALL)
    twice = {f"{name} stands twice" for name in ids if ids.count(name) > 1}
    lost = {f"no {name}" for name in set(wanted) - set(ids)}
    return sorted(twice | lost) + re.findall(r"\[\[[a-z]+:[^\]]*", words)


def test_pages_lead_to_pages(client: Client) -> None:
    """Follow every link from the front page; nothing may be missing."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        response = client.get(waiting.pop())
        path = response.request["PATH_INFO"]
        if path.startswith("/account/") and response.status_code == 302:
            assert response["Location"].startswith("/account/login/?next="), path
            continue
        assert response.status_code == 200, path
        if not response["Content-Type"].startswith("text/html"):
            continue
        links = re.findall(r'<a [^>]*?href="(/[^"#?]*)', response.text)
        new = set(links) - seen
        seen |= new
        waiting += new
    assert {f"{address(slug)}/" for slug in ALL_GUIDES} <= seen
    assert sum(address.startswith("/sources/") for address in seen) > 50

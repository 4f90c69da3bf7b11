"""The real library loads without a fault, and everything in it is there and answers."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from articles.models import Article
from evidence.models import Claim, Source
from salaries.edition_files import cells_digest
from salaries.editions import cells_of
from salaries.models import ConsumerPrices, Edition, Figure, PriceLevel
from tests.content.library import ALL_GUIDES, ROOT, address

pytestmark = pytest.mark.django_db
MAX_BYTES = 20_000  # of a guide, compressed
SHIPPED = ROOT / "salaries"
EDITIONS = sorted(path.stem for path in SHIPPED.glob("*.yaml") if path.stem != "guides")


def test_the_library(client: Client, tmp_path: Path, subtests: pytest.Subtests) -> None:
    """Loading takes seconds, so it is loaded once and asked for everything."""
    call_command("load_library", verbosity=0)
    with subtests.test("every guide is public and whole in every form"):
        look_at_every_guide(client)
    with subtests.test("pages lead to pages"):
        follow_every_link(client)
    for slug in EDITIONS:
        with subtests.test("an edition in the database equals its file", edition=slug):
            compare_with_its_file(slug, tmp_path / f"{slug}.csv")
    with subtests.test("the pay of developers is what the file says"):
        developers = Figure.objects.get(edition__slug="bls-2025", role="soc-15-1252")
        shown = [str(amount) for amount in (developers.p10, developers.p50, developers.p90)]
        assert shown == ["82460.00", "135980.00", "214670.00"]


def look_at_every_guide(client: Client) -> None:
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


def follow_every_link(client: Client) -> None:
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


def compare_with_its_file(slug: str, target: Path) -> None:
    """Have an edition exported again and compare it with what was loaded."""
    stored = Edition.objects.published().get(slug=slug)
    assert cells_digest(cells_of(stored), year=stored.year) == stored.figures_digest
    call_command("export_edition", slug, f"--output={target}")
    assert target.read_bytes() == (SHIPPED / f"{slug}.csv").read_bytes()

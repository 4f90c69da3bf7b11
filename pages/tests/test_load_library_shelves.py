"""The shelf of a guide in its file: optional, kept once the guide was public."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from articles.models import Article, Revision
from pages.tests.small_library import FIRST, edit, write_library

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_library(tmp_path)


def load(root: Path) -> None:
    call_command("load_library", root=root, verbosity=0)


def put_on_shelf(root: Path, shelf: str) -> None:
    edit(root, FIRST, "position: 1\n", f"position: 1\nshelf: {shelf}\n")


def test_a_file_may_name_the_shelf(root: Path, client: Client) -> None:
    put_on_shelf(root, "salaries")
    load(root)
    assert client.get("/salaries/first/").status_code == 200
    assert client.get("/guides/second/").status_code == 200
    load(root)
    assert Revision.objects.count() == 2


@pytest.mark.parametrize(
    ("shelf", "fault"),
    [("attic", "'attic' is not a valid choice"), ("[salaries]", "shelf must be text")],
)
def test_an_unknown_shelf_is_named_with_its_line(root: Path, shelf: str, fault: str) -> None:
    put_on_shelf(root, shelf)
    with pytest.raises(CommandError, match=rf"guides/first\.md:6: .*{fault}".replace("[s", r"\[s")):
        load(root)


def test_the_address_of_a_page_is_refused(root: Path) -> None:
    put_on_shelf(root, "salaries")
    edit(root, FIRST, "slug: first\n", "slug: explore\n")
    edit(root, "guides/second.md", "related: [first]", "related: []")
    edit(root, "guides/second.md", "[[guide:first]]", "nothing")
    (root / FIRST).rename(root / "guides/explore.md")
    with pytest.raises(CommandError, match=r"guides/explore\.md:3: slug: “explore” is a page"):
        load(root)


def test_a_public_guide_keeps_its_shelf(root: Path) -> None:
    load(root)
    put_on_shelf(root, "salaries")
    with pytest.raises(CommandError, match=r"first\.md:6: the guide was public under /guides/"):
        load(root)
    assert Article.objects.get(slug="first").shelf == "guides"


def test_a_guide_of_the_editors_is_left_alone(root: Path) -> None:
    """The same address on the other shelf is the editors' own; the load says it kept it."""
    load(root)
    Article.objects.filter(slug="first").update(library_digest="theirs", shelf="salaries")
    load(root)
    assert Article.objects.get(slug="first").shelf == "salaries"

"""Loading the starter library: fills an empty site, and never takes an editor's work away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.test import Client

from articles.content import Content
from articles.models import Article, Category, Diagram, Revision
from articles.publishing import save_revision, withdraw
from evidence.models import Claim, Source
from pages.tests.small_library import FIRST, SECOND, edit, load, write_library

pytestmark = pytest.mark.django_db
Output = Callable[[], str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_library(tmp_path)


@pytest.fixture
def loaded(root: Path, said: Output) -> Path:
    load(root)
    said()
    return root


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Output:
    return lambda: capsys.readouterr().out


def summary(text: str) -> str:
    return text.splitlines()[-1].split(" (")[0]


def test_fills_an_empty_site(root: Path, said: Output, client: Client) -> None:
    load(root)
    assert summary(said()) == "Library: 9 created, 0 updated, 0 unchanged, 0 kept"
    page = client.get("/guides/first/").text
    assert "<h1>First</h1>" in page
    assert '<a href="/guides/second/">Second</a>' in page
    assert '<span class="claim__value">66.7%</span>' in page
    article = Article.objects.get(slug="first")
    assert article.published_at == datetime(2026, 3, 14, tzinfo=UTC)
    assert (article.position, article.author_names) == (1, ["The desk"])
    assert article.live_revision.author is None
    assert "First edition." in client.get("/guides/first/changes/").text


def test_second_run_changes_nothing_and_asks_little(
    loaded: Path, said: Output, django_assert_max_num_queries
) -> None:
    before = [list(model.objects.values()) for model in (Article, Claim, Revision, Diagram)]
    with django_assert_max_num_queries(16):
        load(loaded)
    assert summary(said()) == "Library: 0 created, 0 updated, 9 unchanged, 0 kept"
    assert before == [list(model.objects.values()) for model in (Article, Claim, Revision, Diagram)]


def test_guides_do_not_make_a_second_run_dearer(
    loaded: Path, django_assert_num_queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        load(loaded)
    text = (loaded / FIRST).read_text(encoding="utf-8")
    for name in ("third", "fourth", "fifth"):
        (loaded / f"guides/{name}.md").write_text(text.replace("slug: first", f"slug: {name}"))
    load(loaded)
    with django_assert_num_queries(len(few)):
        load(loaded)


def test_changed_files_reach_the_page(loaded: Path, said: Output, client: Client) -> None:
    edit(loaded, FIRST, "There are", "We counted")
    edit(loaded, FIRST, "note: First edition.", "note: Clearer words.")
    edit(loaded, "categories.yaml", "Life in it.", "A day in it.")
    load(loaded)
    assert summary(said()) == "Library: 0 created, 2 updated, 7 unchanged, 0 kept"
    assert "We counted" in client.get("/guides/first/").text
    assert "Clearer words." in client.get("/guides/first/changes/").text
    assert "A day in it." in client.get("/categories/shop/").text
    article = Article.objects.get(slug="first")
    assert article.published_at == datetime(2026, 3, 14, tzinfo=UTC)
    assert article.modified_at > article.published_at


def test_changed_figure_reaches_the_guides(
    loaded: Path, client: Client, django_capture_on_commit_callbacks
) -> None:
    path = loaded / "evidence/claims.yaml"
    path.write_text(path.read_text().replace("66.7%", "70%"))
    with django_capture_on_commit_callbacks(execute=True):
        load(loaded)
    assert '<span class="claim__value">70%</span>' in client.get("/guides/first/").text


def test_values_that_yaml_reads_as_numbers_follow_the_file(loaded: Path, said: Output) -> None:
    """`as_of: 2025` is a number in the file and a text in the row: nobody edited it."""
    edit(loaded, "evidence/claims.yaml", "as_of: 2025", "as_of: 2026")
    load(loaded)
    assert "1 updated" in said()
    assert Claim.objects.get().as_of == "2026"


def test_new_place_in_the_category_makes_no_revision(loaded: Path, said: Output) -> None:
    edit(loaded, FIRST, "position: 1", "position: 7")
    load(loaded)
    assert summary(said()) == "Library: 0 created, 1 updated, 8 unchanged, 0 kept"
    article = Article.objects.get(slug="first")
    assert (article.position, article.revisions.count()) == (7, 1)


def edit_text(article: Article) -> None:
    content = Content.of(article.revisions.newest_first()[0])
    save_revision(article, replace(content, title="By an editor"), author=None)


def move(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(position=50)


def take_down(article: Article) -> None:
    withdraw(article, reason="It was wrong.")


@pytest.mark.parametrize("work", [edit_text, move, take_down])
def test_editors_change_of_a_guide_is_kept_and_named(
    loaded: Path, said: Output, work: Callable[[Article], None]
) -> None:
    work(Article.objects.get(slug="first"))
    before = Article.objects.values().get(slug="first")
    revisions = Revision.objects.count()
    edit(loaded, FIRST, "There are", "We counted")
    load(loaded)
    output = said()
    assert "Kept as it is, because an editor changed it: guide first\n" in output
    assert summary(output) == "Library: 0 created, 0 updated, 8 unchanged, 1 kept"
    assert Article.objects.values().get(slug="first") == before
    assert Revision.objects.count() == revisions


def test_editors_change_of_a_row_is_kept_and_named(loaded: Path, said: Output) -> None:
    Category.objects.filter(slug="shop").update(name="Our shop")
    Claim.objects.update(caveat="Ask again.")
    edit(loaded, "categories.yaml", '"Shop"', '"The shop"')
    edit(loaded, "evidence/claims.yaml", "Two thirds queue.", "Most queue.")
    load(loaded)
    output = said()
    assert "an editor changed it: category shop\n" in output
    assert Category.objects.get(slug="shop").name == "Our shop"
    assert Claim.objects.get().caveat == "Ask again."


def test_a_draft_with_the_same_address_is_the_editors(root: Path, said: Output) -> None:
    load(root)
    Article.objects.filter(slug="first").update(library_digest="")
    load(root)
    assert "Kept as it is, because an editor changed it: guide first\n" in said()


def test_scheduled_guide_stays_scheduled(root: Path, client: Client) -> None:
    for name in (FIRST, SECOND):
        edit(root, name, "published: 2026-03-14", "published: 2999-03-14")
    edit(root, FIRST, "See [[guide:second]].", "See nothing.")
    edit(root, SECOND, "See [[guide:first]].", "See nothing.")
    load(root)
    assert client.get("/guides/first/").status_code == 404
    edit(root, FIRST, "There are", "We counted")
    load(root)
    article = Article.objects.get(slug="first")
    assert (article.published_at.year, article.revisions.count()) == (2999, 2)


def test_guides_of_different_days_link_to_one_another(root: Path, client: Client) -> None:
    edit(root, SECOND, "published: 2026-03-14", "published: 2026-04-02")
    load(root)
    days = Article.objects.order_by("slug").values_list("published_at__date", flat=True)
    assert [f"{day:%m-%d}" for day in days] == ["03-14", "04-02"]
    assert '<a href="/guides/second/">' in client.get("/guides/first/").text


def test_check_reports_and_changes_nothing(root: Path, said: Output) -> None:
    load(root, "--check")
    assert summary(said()) == (
        "Library: 9 would be created, 0 would be updated, 0 unchanged, 0 kept"
    )
    for model in (Article, Category, Source, Claim, Diagram):
        assert not model.objects.exists()


def test_all_or_nothing(root: Path) -> None:
    edit(root, SECOND, "[[claim:QUE-01#share]]", "[[claim:NONE-1]]")
    with pytest.raises(CommandError, match=r"^Nothing was loaded. 1 to mend in "):
        load(root)
    for model in (Article, Category, Source, Claim, Diagram):
        assert not model.objects.exists()


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"^There is no folder .*nowhere\.$"):
        load(tmp_path / "nowhere")

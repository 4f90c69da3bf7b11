"""`manage.py import_wordpress_comments`: files with faults, packed, hostile, and of other posts."""

import gzip
from pathlib import Path

import pytest
from django.core.management import CommandError

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.models import Comment, Thread
from comments.tests import wxr
from comments.tests.wxr import imported, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="old-post", title="How it works")


def test_posts_without_a_guide_are_told_with_their_lines(guide: Article, tmp_path: Path) -> None:
    path = wxr.write(
        tmp_path / "export.xml",
        [
            wxr.post("old-post", wxr.comment(1)),
            wxr.post("gone", wxr.comment(2), wxr.comment(3), title="A post that is gone"),
            wxr.post("quiet"),
        ],
    )
    report = run(path)
    line = path.read_text().split("\n").index("  <title><![CDATA[A post that is gone]]></title>")
    assert f"line {line}: gone, “A post that is gone”, 2" in report
    assert "quiet" not in report
    assert Comment.objects.count() == 1


def test_post_that_moved(guide: Article, tmp_path: Path) -> None:
    path = wxr.write(tmp_path / "export.xml", [wxr.post("2019-08-alt", wxr.comment(1))])
    assert "2019-08-alt" in run(path)
    assert "2019-08-alt" not in run(path, "--map", "2019-08-alt=old-post")
    assert Comment.objects.get().thread.article == guide


def test_two_posts_of_one_guide_share_its_thread(guide: Article, tmp_path: Path) -> None:
    path = wxr.write(
        tmp_path / "export.xml",
        [wxr.post("old-post", wxr.comment(1)), wxr.post("second", wxr.comment(2))],
    )
    run(path, "--map", "second=old-post")
    assert list(Comment.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("pair", "message"),
    [("a", "write it as old-slug=new-slug"), ("a=", "write it as"), ("a=b", "there is no guide b")],
)
def test_wrong_map(guide: Article, tmp_path: Path, pair: str, message: str) -> None:
    path = wxr.write(tmp_path / "export.xml", [])
    with pytest.raises(CommandError, match=message):
        run(path, "--map", pair)


def test_dry_run_changes_nothing(guide: Article, tmp_path: Path) -> None:
    report = imported(tmp_path, wxr.comment(1), options=("--dry-run",))
    assert "Approved:                 1" in report
    assert "A dry run: nothing was changed." in report
    assert not Comment.objects.exists()
    assert not Thread.objects.exists()


def test_faults_are_told_together_and_nothing_is_kept(guide: Article, tmp_path: Path) -> None:
    other = create_live_guide(slug="other", title="Another guide")
    path = wxr.write(
        tmp_path / "export.xml",
        [
            wxr.post("old-post", wxr.comment(1), wxr.comment(1), wxr.comment(2, date_gmt="today")),
            wxr.post("other", wxr.comment(3, approved="maybe"), wxr.comment("x"), wxr.comment(4)),
            wxr.post("other", wxr.comment(5, date_gmt="2999-01-01 00:00:00")),
        ],
    )
    with pytest.raises(CommandError) as raised:
        run(path)
    lines = [n for n, line in enumerate(path.read_text().split("\n"), 1) if "<wp:comment>" in line]
    assert str(raised.value).split("\n") == [
        "Nothing was imported.",
        f"export.xml:{lines[1]}: comment 1 stands in line {lines[0]} already",
        f"export.xml:{lines[2]}: “today” is no date",
        f"export.xml:{lines[3]}: nobody knows what the state “maybe” means",
        f"export.xml:{lines[4]}: the comment has no number",
        f"export.xml:{lines[6]}: its date, 2999-01-01 00:00:00, lies ahead",
    ]
    assert not Comment.objects.exists()
    assert not Thread.objects.filter(article=other).exists()


def test_packed_file(guide: Article, tmp_path: Path) -> None:
    plain = wxr.write(tmp_path / "export.xml", [wxr.post("old-post", wxr.comment(1))])
    packed = tmp_path / "export.xml.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert "Approved:                 1" in run(packed)
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(CommandError, match="cut off or damaged"):
        run(packed)


BOMB = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""
FETCH = """<?xml version="1.0"?>
<!DOCTYPE rss SYSTEM "file:///etc/passwd">
<rss><channel></channel></rss>"""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (BOMB, "export.xml:2: a document type declaration"),
        (FETCH, "export.xml:2: a document type declaration"),
        ("", "export.xml:1: not well-formed XML .no element found"),
        ("hello", "export.xml:1: not well-formed XML"),
        ("<html></html>", "export.xml:1: not an export of WordPress"),
        (wxr.HEAD, "not well-formed XML .no element found"),
        (wxr.HEAD + "<item>\n</channel>", "export.xml:16: not well-formed XML .mismatched tag"),
        (wxr.HEAD + "&undefined;" + wxr.TAIL, "undefined entity"),
        (wxr.HEAD + "\x0b" + wxr.TAIL, "invalid token"),
    ],
)
def test_files_that_are_no_exports(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "export.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        run(path)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(tmp_path / "nothing.xml")


def test_huge_field_is_refused(guide: Article, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="a field of more than 1,000,000 characters"):
        imported(tmp_path, wxr.comment(1, content="a" * 1_000_001))


def test_older_exports_and_bytes_of_other_alphabets(guide: Article, tmp_path: Path) -> None:
    path = wxr.write(
        tmp_path / "export.xml", [wxr.post("old-post", wxr.comment(1, content="Ελλάδα"))]
    )
    path.write_text(path.read_text().replace("export/1.2/", "export/1.0/"), encoding="utf-8")
    run(path)
    assert Comment.objects.get().text == "Ελλάδα"

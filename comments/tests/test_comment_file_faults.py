"""`import_comments`: a file with a fault changes nothing, and every fault is told with its line."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from articles.models import Article
from articles.tests.factories import create_live_guide
from comments.models import Comment
from comments.tests.comment_files import entry, export, load, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Article:
    return create_live_guide(slug="a-guide", title="How it works")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"number": "one"}, "the number must be one from 1 to 999999"),
        ({"number": 0}, "the number must be one from 1 to 999999"),
        ({"number": 1_000_000}, "the number must be one from 1 to 999999"),
        ({"number": True, "name": ""}, "the name is empty"),
        ({"parent": 1}, "there is no earlier comment 1 that it could answer"),
        ({"parent": 7}, "there is no earlier comment 7 that it could answer"),
        ({"parent": "x"}, "there is no earlier comment x that it could answer"),
        ({"name": 1984}, "the name must be text; put it in quotation marks"),
        ({"name": "x" * 81}, "the name has more than 80 characters"),
        ({"key": " "}, "the key is empty"),
        ({"text": "\u200b"}, "the text says nothing"),
        ({"date": "yesterday"}, "“yesterday” is no date"),
        ({"date": "2024-05-04T10:30:00"}, "“2024-05-04T10:30:00” has no time zone"),
        ({"date": "2999-05-04T10:30:00Z"}, "“2999-05-04T10:30:00Z” lies ahead"),
        ({"edited": 3}, "“3” is no date"),
        ({"by_editors": "yes"}, "by_editors must be true or false"),
        ({"email": "a@example.org"}, "unknown: email"),
    ],
)
def test_faults_of_an_entry(guide: Article, tmp_path: Path, fields: dict, message: str) -> None:
    write(tmp_path, entry(key="first", number=900_000), entry(**fields))
    with pytest.raises(CommandError) as raised:
        load(tmp_path)
    assert f"a-guide.yaml:7: {message}" in str(raised.value)
    assert not Comment.objects.exists()


def test_faults_of_all_files_are_told_together(guide: Article, tmp_path: Path) -> None:
    create_live_guide(slug="b-guide", title="Another")
    write(tmp_path, entry(), entry(), entry(key="other"))
    write(tmp_path, entry(key="fine"), name="b-guide.yaml")
    write(tmp_path, entry(), name="c-guide.yaml")
    (tmp_path / "a-guide.yaml").open("a").write("- key: [broken\n")
    (tmp_path / "b-guide.yaml").open("ab").write(b"- \xff\n")
    with pytest.raises(CommandError) as raised:
        load(tmp_path)
    told = str(raised.value)
    assert "Nothing was imported. 3 to mend" in told
    assert "a-guide.yaml:18: " in told
    assert "b-guide.yaml:7: holds a character that is not UTF-8" in told
    assert "c-guide.yaml:1: there is no guide c-guide" in told
    assert not Comment.objects.exists()


def test_entries_that_stand_twice(guide: Article, tmp_path: Path) -> None:
    write(tmp_path, entry(), entry(), entry(key="other"))
    with pytest.raises(CommandError) as raised:
        load(tmp_path)
    assert "a-guide.yaml:7: a-key stands in line 2 already" in str(raised.value)
    assert "a-guide.yaml:12: 1 stands in line 2 already" in str(raised.value)


def test_comment_of_another_guide_is_refused(guide: Article, tmp_path: Path) -> None:
    create_live_guide(slug="b-guide", title="Another")
    load(write(tmp_path, entry()))
    (tmp_path / "a-guide.yaml").rename(tmp_path / "b-guide.yaml")
    with pytest.raises(CommandError, match="the comment a-key stands under another guide here"):
        load(tmp_path)


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        load(tmp_path / "nothing")
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="File exists"):
        export(tmp_path / "file")

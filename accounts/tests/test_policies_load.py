"""The texts of `content/policies/`: loaded once, raised by number, never over an operator's own."""

from datetime import timedelta

import pytest

from accounts import library
from accounts.models import Document, DocumentVersion
from accounts.terms.documents import publish
from accounts.tests.papers import today
from core.library import LibraryError, Report

pytestmark = pytest.mark.django_db

HEAD = {"number": 1, "in_force_from": "2026-01-05", "is_notable": "true", "change": "The first."}
BODY = "Reading is free.\n"


def write(root, document="terms", body=BODY, **changes):
    """Write the file of a document; a value of None leaves a key out."""
    head = {key: value for key, value in {**HEAD, **changes}.items() if value is not None}
    lines = "\n".join(f"{key}: {value}" for key, value in head.items())
    (root / "policies").mkdir(exist_ok=True)
    (root / "policies" / f"{document}.md").write_text(f"---\n{lines}\n---\n\n{body}")


@pytest.fixture
def root(tmp_path):
    for document in Document:
        write(tmp_path, document.value)
    return tmp_path


def load(root):
    report = Report()
    library.load(root, report)
    return report


def faults(root):
    with pytest.raises(LibraryError) as raised:
        load(root)
    return [str(fault) for fault in raised.value.faults]


def test_fresh_site_gets_all_three_in_force_from_today(root):
    report = load(root)

    assert sorted(report.created) == [
        "community-rules, version 1",
        "privacy, version 1",
        "terms, version 1",
    ]
    version = DocumentVersion.objects.get(document="terms")
    assert version.html == "<p>Reading is free.</p>\n"
    assert version.in_force_from == today()


def test_day_that_is_to_come_is_kept(root):
    day = today() + timedelta(days=30)
    write(root, in_force_from=day)

    load(root)

    assert DocumentVersion.objects.get(document="terms").in_force_from == day


def test_again_changes_nothing(root):
    load(root)

    report = load(root)

    assert len(report.unchanged) == 3
    assert DocumentVersion.objects.count() == 3


def test_next_number_is_the_next_version(root):
    load(root)
    write(root, body="Reading costs nothing.\n", number=2, change="Other words.")

    report = load(root)

    assert report.created == ["terms, version 2"]
    assert DocumentVersion.objects.filter(document="terms").count() == 2


@pytest.mark.parametrize(
    "changes", [{"body": "Other.\n"}, {"change": "x"}, {"is_notable": "false"}]
)
def test_other_words_need_another_number(root, changes):
    load(root)
    write(root, **changes)

    assert faults(root) == [
        "policies/terms.md:1: version 1 is published with other words and stays as it is; "
        "give this text a number from 2 on"
    ]


def test_text_of_the_operator_is_kept(root):
    load(root)
    publish(Document.TERMS, text="Our own.\n", change="Ours.", is_notable=True)
    write(root, body="The library's next.\n", number=3)

    report = load(root)

    assert report.kept == ["terms, version 3"]
    assert DocumentVersion.objects.of("terms").first().text == "Our own.\n"


def test_library_without_such_texts_is_fine(tmp_path):
    assert load(tmp_path) == Report()
    assert not DocumentVersion.objects.exists()


def test_site_that_begins_with_a_later_number_asks_everybody(root):
    write(root, number=4, is_notable="false")

    load(root)

    version = DocumentVersion.objects.get(document="terms")
    assert (version.number, version.is_notable) == (4, True)
    assert load(root).unchanged[0] == "terms, version 4"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"number": None}, ":1: missing: number"),
        ({"number": "one"}, ":1: number must be a int"),
        ({"number": "true"}, ":1: number must be a int"),
        ({"in_force_from": "soon"}, ":1: in_force_from must be a date"),
        ({"is_notable": "perhaps"}, ":1: is_notable must be a bool"),
        ({"author": "me"}, ":1: unknown: author"),
        ({"table": "abc"}, ":1: unknown: table"),
        ({"change": "x" * 401}, ":1: Ensure this value has at most 400 characters"),
        ({"body": "Fine.\n\n<b>Bold</b>\n"}, ":10: "),
    ],
)
def test_fault_is_told_with_its_place(root, changes, fault):
    write(root, **changes)

    assert faults(root)[0].startswith(f"policies/terms.md{fault}")


def test_missing_file_is_a_fault(root):
    (root / "policies" / "privacy.md").unlink()

    assert "policies/privacy.md:1: cannot be read" in faults(root)[0]


def test_every_fault_is_told_at_once(root):
    for document in Document:
        write(root, document.value, number=None)

    assert len(faults(root)) == 3

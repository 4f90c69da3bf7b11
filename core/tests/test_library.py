"""Reading the YAML files of the library: every fault with its file and line."""

from pathlib import Path

import pytest

from core.library import Fault, LibraryError, digest, read_items, read_text

REQUIRED, OPTIONAL = {"slug", "name"}, {"note"}


def read(tmp_path: Path, text: str | bytes):
    path = tmp_path / "part" / "things.yaml"
    path.parent.mkdir()
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_items(path, root=tmp_path, required=REQUIRED, optional=OPTIONAL)


def test_entries_come_with_their_lines(tmp_path: Path) -> None:
    items = read(tmp_path, "# Things.\n\n- slug: a\n  name: A\n\n- {slug: b, name: B, note: x}\n")
    assert [(item.path, item.line, item.data) for item in items] == [
        ("part/things.yaml", 3, {"slug": "a", "name": "A"}),
        ("part/things.yaml", 6, {"slug": "b", "name": "B", "note": "x"}),
    ]
    assert str(items[1].fault("is odd")) == "part/things.yaml:6: is odd"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("- slug: a\n  name: [\n", ["3: expected the node content, but found '<stream end>'"]),
        ("- slug: a\n  name: A\n slug: b\n", ["3: "]),
        ("- slug: a\n  name: A\n  slug: b\n", ["3: the key “slug” is written twice"]),
        ("- slug: a\n  name: 2026-13-45\n", ["2: “2026-13-45” is not a valid value"]),
        ("- slug: a\n  name: !!python/object:os.system x\n", ["2: could not determine"]),
        ("- slug: a\n  name: \x00\n", ["2: a character is not allowed in YAML"]),
        ("slug: a\n", ["1: the file must hold a list"]),
        ("", ["1: the file must hold a list"]),
        ("- just words\n", ["1: the entry must be a mapping of keys and values"]),
        ("- slug: a\n\n- name: B\n", ["1: missing: name", "3: missing: slug"]),
        (
            "- {slug: a, name: A, colour: red, 7: x}\n- {slug: b}\n",
            ["1: unknown: 7, colour", "2: missing: name"],
        ),
        (b"- slug: a\n  name: \xff\n", ["2: holds a character that is not UTF-8"]),
    ],
)
def test_faults(tmp_path: Path, text: str | bytes, faults: list[str]) -> None:
    with pytest.raises(LibraryError) as caught:
        read(tmp_path, text)
    found = str(caught.value).splitlines()
    assert len(found) == len(faults)
    for line, expected in zip(found, faults, strict=True):
        assert line.startswith(f"part/things.yaml:{expected}")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"^things.yaml:1: cannot be read: No such file"):
        read_text(tmp_path / "things.yaml", "things.yaml")


def test_faults_stand_in_order_of_files_and_lines() -> None:
    error = LibraryError([Fault("b", 1, "x"), Fault("a", 9, "x"), Fault("a", 2, "x")])
    assert str(error) == "a:2: x\na:9: x\nb:1: x"


def test_digest_is_of_values_not_of_their_order() -> None:
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": [1, 2], "a": 1})
    assert digest({"a": 1}) != digest({"a": "1"})
    assert digest({"a": [1, 2]}) != digest({"a": [2, 1]})

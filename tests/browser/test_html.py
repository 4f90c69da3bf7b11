"""The HTML checker of the W3C's community on every page, all in one call: starting it is slow."""

import json
import subprocess
from pathlib import Path

from conftest import HERE, HTML, none

VNU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def test_html_is_valid() -> None:
    files = {Path(page.file).name: page.path for page in HTML}
    assert files
    run = subprocess.run(
        [
            *("java", "-Xss4m", "-jar", str(VNU), "--format", "json"),
            *("--stdout", "--exit-zero-always", *(page.file for page in HTML)),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    found = []
    for message in json.loads(run.stdout)["messages"]:
        name = Path(message.get("url", "")).name
        where = f"{files.get(name, name)}:{message.get('lastLine', '?')}"
        kind = message.get("subType", message["type"])
        found.append(f"{where} {kind}: {message['message']} {message.get('extract', '')!r}")
    none(found)


def test_ids_are_unique() -> None:
    twice = [
        f"{page.path}: {name}"
        for page in HTML
        for name in sorted(set(page.ids))
        if page.ids.count(name) > 1
    ]
    none(twice)

"""Public collections of hostile texts, as their packages hold them; none of it is in this project.

- Big List of Naughty Strings, in `big-list-of-naughty-strings`, MIT
- what DOMPurify was tested with, in `dompurify` 0.7.4 (the last that brings its tests along; its
  own code is not used), MPL-2.0 or Apache-2.0
- the examples of the CommonMark specification, in `commonmark-spec`, CC BY-SA 4.0
"""

import json
import subprocess

from conftest import HERE

READ = """
const attacks = require('dompurify/test/fixtures/expect.js').map(test => test.payload);
const examples = require('commonmark-spec').tests.map(test => test.markdown.replace(/→/g, '\\t'));
const naughty = require('big-list-of-naughty-strings/blns.json');
console.log(JSON.stringify({naughty, dompurify: attacks, commonmark: examples}));
"""


def collections() -> dict[str, list[str]]:
    """Return the texts of each collection by its name."""
    run = subprocess.run(
        ["node", "-e", READ], cwd=HERE, capture_output=True, text=True, check=True, timeout=60
    )
    found = json.loads(run.stdout)
    # Those of the list that try to run something hide among those that only look odd: all run.
    return {name: sorted(set(texts)) for name, texts in found.items()}

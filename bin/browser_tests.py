"""`make browser`: serve, crawl, and run tests/browser against it. Started by bin/browser-tests."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from crawl import crawl, save
from environment import PYTHON, ROOT
from html_checker import HtmlChecker
from site_server import SiteServer
from steps import step, stop

FOLDER = ROOT / "tests" / "browser"
TOOLS = {
    "java": "Java 17 or newer, for the HTML checker: apt install openjdk-17-jre-headless",
    "node": "Node.js 18.16 or newer, for Lighthouse",
    "npm": "npm, which comes with Node.js",
}
CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def main() -> int:
    """Run the tests; return the exit code."""
    os.environ["CHROMIUM"] = chromium()
    _check_tools()
    _install_npm_packages()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="browser-tests-")))
        checker = stack.enter_context(HtmlChecker())
        site = os.environ.get("SITE", "").rstrip("/")
        if not site:
            with step("Starting the site from nothing with make run"):
                site = stack.enter_context(SiteServer(scratch / "var")).url
                os.environ["SITE_VAR"] = str(scratch / "var")
        with step("Visiting every page by its links"):
            pages = crawl(site, scratch)
        print(f"    {len(pages)} addresses on {site}", flush=True)
        save(pages, scratch / "pages.json")
        os.environ |= {"SITE": site, "PAGES": str(scratch / "pages.json")}
        os.environ["HTML_CHECKER"] = checker.ready()
        return _pytest(sys.argv[1:])


def chromium() -> str:
    """Return the browser to use: $CHROMIUM, or the first one found."""
    for name in (os.environ.get("CHROMIUM", ""), *CHROMIUMS):
        if name and (path := shutil.which(name)):
            return path
    raise stop("Chromium was not found: apt install chromium, or set CHROMIUM=/path/to/it.")


def _check_tools() -> None:
    missing = [words for name, words in TOOLS.items() if not shutil.which(name)]
    if missing:
        raise stop("The browser tests need:\n  " + "\n  ".join(missing))


def _install_npm_packages() -> None:
    """Install what package-lock.json names, unless that is what stands there already."""
    lock = (FOLDER / "package-lock.json").read_bytes()
    kept = FOLDER / "node_modules" / ".installed-lock.json"
    if kept.is_file() and kept.read_bytes() == lock:
        return
    with step("Installing axe, the HTML checker and Lighthouse"):
        run = subprocess.run(["npm", "ci"], cwd=FOLDER, capture_output=True, text=True, check=False)
        if run.returncode:
            raise stop(f"npm ci failed:\n{run.stdout}{run.stderr}")
    kept.write_bytes(lock)


def _pytest(arguments: list[str]) -> int:
    """Run everything on all cores, then Lighthouse alone, because it measures time."""
    command = [str(PYTHON), "-B", "-m", "pytest", "-c", str(FOLDER / "pytest.ini")]
    command += ["--rootdir", str(FOLDER), str(FOLDER), "-p", "no:cacheprovider", *arguments]
    shared = ["-n", "auto", "--dist", "worksteal"]  # the long journeys come first, in one process
    halves = ([*shared, "-m", "not lighthouse"], ["-m", "lighthouse"])
    codes = [subprocess.run([*command, *half], cwd=ROOT, check=False).returncode for half in halves]
    if arguments and 5 in codes:  # -k may choose tests of one half only
        codes.remove(5)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())

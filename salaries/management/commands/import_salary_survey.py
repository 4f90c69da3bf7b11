"""`manage.py import_salary_survey`: make an edition from a survey's results file, or nothing."""

import re
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.library import LibraryError
from salaries.detail_files import Details, read_details
from salaries.importers.country_names import CountryNames
from salaries.importers.edition_command import store_edition
from salaries.importers.files import SurveyFileError
from salaries.importers.progress import ProgressBar
from salaries.importers.report import quality_report
from salaries.importers.shipping import write_edition
from salaries.importers.survey import Survey, read_survey
from salaries.models import Edition

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Command(BaseCommand):
    help = (
        "Makes an edition of pay figures from the results file of the Stack Overflow Developer "
        "Survey (.csv, .gz or .zip). Stores it as a draft, publishes it, or writes its files. "
        "A file with a fault changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("results", type=Path, help="the publisher’s results file")
        parser.add_argument("--edition", required=True, help="its slug, for example so-2026")
        parser.add_argument(
            "--year", type=int, help="of the survey; otherwise the one that ends the slug"
        )
        parser.add_argument(
            "--details",
            type=Path,
            help="YAML file of title, source, method and licence; otherwise <edition>.yaml in "
            "content/salaries",
        )
        parser.add_argument("--report", type=Path, help="write the quality report there too")
        parser.add_argument(
            "--write",
            type=Path,
            metavar="DIR",
            help="write the edition’s CSV, and its YAML with the digests, into this folder "
            "instead of storing the edition",
        )
        parser.add_argument("--publish", action="store_true", help="publish it, for good")
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(options)
        except (SurveyFileError, LibraryError) as error:
            raise CommandError(f"Nothing was imported. {error}") from error
        except OSError as error:
            if error.filename is None:  # nothing that a file could mend, as a closed pipe
                raise
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _import(self, options: dict[str, Any]) -> None:
        if not SLUG.fullmatch(options["edition"]):
            raise CommandError("--edition takes a slug: small letters, digits and hyphens.")
        details = _details(options)
        year = _year(options, details)
        _check(options, details)
        names = CountryNames.from_file(settings.CONTENT_DIR / "salaries" / "countries.csv")
        bar = ProgressBar(sys.stderr, f"Reading {options['results'].name}")
        try:
            survey = read_survey(options["results"], year, names, bar)
        finally:
            bar.close()
        report = quality_report(survey, names)
        self.stdout.write(report)
        if options["report"]:
            options["report"].write_text(report, encoding="utf-8")
        if options["write"]:
            self._write(survey, options)
        elif details:
            self._store(survey, details, options)
        if options["dry_run"]:
            self.stdout.write("A dry run: nothing was changed.")

    def _write(self, survey: Survey, options: dict[str, Any]) -> None:
        if options["dry_run"]:
            return
        source = _details_path(options)
        for path in write_edition(
            options["write"],
            options["edition"],
            survey.cells.kept,
            year=survey.year,
            details=source.read_text(encoding="utf-8") if source.is_file() else "",
            known={"input_name": survey.name, "input_digest": survey.digest},
        ):
            self.stdout.write(f"Written: {path}")

    def _store(self, survey: Survey, details: Details, options: dict[str, Any]) -> None:
        known = {
            "slug": options["edition"],
            "input_name": survey.name,
            "input_digest": survey.digest,
        }
        cells, results = survey.cells.kept, options["results"]
        self.stdout.write(store_edition(details, cells, known, table=results, options=options))


def _details_path(options: dict[str, Any]) -> Path:
    default: Path = settings.CONTENT_DIR / "salaries" / f"{options['edition']}.yaml"
    return options["details"] or default


def _details(options: dict[str, Any]) -> Details | None:
    """Return the details; None where nobody named them and they are not at their place."""
    path = _details_path(options)
    return read_details(path, name=str(path)) if options["details"] or path.is_file() else None


def _year(options: dict[str, Any], details: Details | None) -> int:
    found = re.search(r"(?:^|-)(20\d\d)(?:-|$)", options["edition"])
    year = options["year"] or (int(found[1]) if found else None)
    if year is None:
        raise CommandError("Of which year is the survey? Say so with --year.")
    if details and details.fields.get("year", year) != year:
        raise LibraryError(
            [details.fault("year", f"{details.fields['year']}, but the survey is of {year}")]
        )
    return year


def _check(options: dict[str, Any], details: Details | None) -> None:
    """Refuse early what could only fail after the reading of a big file."""
    slug = options["edition"]
    if options["write"]:
        if options["publish"]:
            raise CommandError("--write makes files only; leave --publish out.")
        if not options["write"].is_dir():
            raise CommandError(f"There is no folder {options['write']}.")
        return
    if details is None and not options["dry_run"]:
        raise CommandError(
            f"{_details_path(options)} is missing: it names the edition’s source, method and "
            "licence. Copy the one of the year before and change it; see docs/salary-import.md."
        )
    stored = Edition.objects.filter(slug=slug).first()
    if stored and not options["dry_run"]:
        raise CommandError(
            f"{slug} is published, and what is published never changes; take another slug, for "
            f"example {slug}-2."
            if stored.published_at
            else f"{slug} exists as a draft already; delete it first."
        )

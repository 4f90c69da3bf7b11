"""`manage.py import_wordpress_comments`: the comments of a WordPress export, all or none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.models import Article
from comments.importing.wordpress import Outcome, import_file
from core.library import LibraryError


class Command(BaseCommand):
    help = (
        "Brings the comments of a WordPress export file to the guides of the same name. Safe to "
        "repeat: what came before stays as it is. No mail is sent."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the WXR file (.xml), plain or packed as .gz")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="OLD=NEW",
            help="the post called OLD is the guide called NEW here; may be given often",
        )
        parser.add_argument("--dry-run", action="store_true", help="report, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        moved = _moved(options["map"])
        try:
            with transaction.atomic():
                outcome = import_file(options["file"], moved)
                transaction.set_rollback(options["dry_run"])
        except LibraryError as error:
            raise CommandError(f"Nothing was imported.\n{error}") from error
        for line in _report(outcome):
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("A dry run: nothing was changed.")


def _moved(pairs: list[str]) -> dict[str, str]:
    """Return which post became which guide. Raises CommandError for a guide that is not here."""
    moved = {}
    for pair in pairs:
        old, equals, new = pair.partition("=")
        if not (old and equals and new):
            raise CommandError(f"--map {pair}: write it as old-slug=new-slug.")
        if not Article.objects.filter(slug=new).exists():
            raise CommandError(f"--map {pair}: there is no guide {new}.")
        moved[old] = new
    return moved


def _report(outcome: Outcome) -> Iterator[str]:
    tally = outcome.tally
    yield f"Guides with comments:     {outcome.guides:,}"
    yield f"Approved:                 {tally.approved:,}"
    yield f"Waiting for a moderator:  {tally.waiting:,}"
    yield f"Here already:             {tally.unchanged:,}"
    for what, count in sorted(outcome.left_out.items()):
        yield f"Left out, {what}: {count:,}"
    for what, count in sorted(outcome.notes.items()):
        yield f"Of them {what}: {count:,}"
    if outcome.unmatched:
        yield "Posts without a guide of that name; name it with --map OLD=NEW:"
    for post in outcome.unmatched:
        yield f"  line {post.line:,}: {post.slug or '(no slug)'}, “{post.title}”, {post.count:,}"

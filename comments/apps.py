from django.apps import AppConfig
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = "Comments"

    def ready(self) -> None:
        # Models can only be imported once all apps are loaded, which is now.
        from accounts.registries import holdings  # noqa: PLC0415
        from articles.models import list_facts  # noqa: PLC0415
        from comments import account, keeping  # noqa: PLC0415
        from comments.holdings import HOLDING  # noqa: PLC0415
        from core import retention  # noqa: PLC0415

        list_facts.register("comment_count", _comment_count)
        account.register()
        holdings.register(HOLDING)
        for row in keeping.KEEPINGS:
            retention.register(row)


def _comment_count() -> Coalesce:
    """Return how many public comments the guide of a list has."""
    from comments.models import Thread  # noqa: PLC0415

    threads = Thread.objects.filter(article=OuterRef("pk"))
    return Coalesce(Subquery(threads.values("comment_count")[:1]), Value(0))

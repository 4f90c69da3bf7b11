from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "learning"
    verbose_name = "Learning"

    def ready(self) -> None:
        # Models can only be imported once all apps are loaded, which is now.
        from accounts.registries import holdings, menu  # noqa: PLC0415
        from accounts.registries import next_steps as steps  # noqa: PLC0415
        from core import retention  # noqa: PLC0415
        from learning import keeping, next_steps, summaries  # noqa: PLC0415
        from learning.holdings import HOLDING  # noqa: PLC0415

        menu.register(
            menu.AccountPage("saved", "Saved guides", "learning:saved", 20, summaries.saved)
        )
        menu.register(
            menu.AccountPage(
                "progress",
                "Progress",
                "learning:progress",
                30,
                summaries.progress,
                within=("learning:forget",),
            )
        )
        steps.register("learning", next_steps.begin, order=40)
        holdings.register(HOLDING)
        for row in keeping.KEEPINGS:
            retention.register(row)

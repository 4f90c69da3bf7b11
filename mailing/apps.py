from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "mailing"
    verbose_name = "Mail"

    def ready(self) -> None:
        # Models can only be imported once all apps are loaded, which is now.
        from core import retention  # noqa: PLC0415
        from mailing import keeping  # noqa: PLC0415

        for row in keeping.KEEPINGS:
            retention.register(row)

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People with an account"

    def ready(self) -> None:
        """Fill the registries, and connect what follows from events."""
        # Models can only be imported once all apps are loaded, which is now.
        from accounts import (  # noqa: PLC0415
            account_holdings,
            agreements,
            banners,
            data_page,
            entrance,  # noqa: F401  connects receivers
            keeping,
            menu,
            own_pages,
            security,
            security_signals,  # noqa: F401  connects receivers
            trace_holdings,
        )
        from core import retention  # noqa: PLC0415

        own_pages.register()
        menu.register(security.PAGE)
        account_holdings.register()
        trace_holdings.register()
        data_page.register()
        banners.register("agreements", agreements.banner)
        for row in keeping.KEEPINGS:
            retention.register(row)

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People with an account"

    def ready(self) -> None:
        """Fill the registries, and connect what follows from events."""
        # Models can only be imported once all apps are loaded, which is now.
        from accounts import keeping  # noqa: PLC0415
        from accounts.data import account_holdings, data_page, trace_holdings  # noqa: PLC0415
        from accounts.profile import second_looks  # noqa: PLC0415
        from accounts.registries import banners, menu, notices, own  # noqa: PLC0415
        from accounts.security import (  # noqa: PLC0415
            signals,  # noqa: F401  connects receivers
            standing,
        )
        from accounts.signing_in import (  # noqa: PLC0415
            entrance,  # noqa: F401  connects receivers
        )
        from accounts.terms import agreements, announcements  # noqa: PLC0415
        from core import retention  # noqa: PLC0415

        own.register()
        notices.register(announcements.KIND)
        menu.register(standing.PAGE)
        account_holdings.register()
        trace_holdings.register()
        data_page.register()
        banners.register("agreements", agreements.banner)
        for row in (*keeping.KEEPINGS, second_looks.KEEPING):
            retention.register(row)

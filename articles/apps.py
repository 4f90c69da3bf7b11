from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Library"

    def ready(self) -> None:
        # Models can only be imported once all apps are loaded, which is now.
        from articles import dependencies, holdings, keeping  # noqa: F401, PLC0415
        from articles.embeds import DiagramEmbed, GuideEmbed, find_uses  # noqa: PLC0415
        from core import embeds, retention  # noqa: PLC0415
        from evidence import usage  # noqa: PLC0415

        holdings.register()
        embeds.register(GuideEmbed())
        embeds.register(DiagramEmbed())
        usage.register(find_uses)
        for row in keeping.KEEPINGS:
            retention.register(row)

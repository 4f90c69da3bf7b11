from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "evidence"
    verbose_name = "Evidence"

    def ready(self) -> None:
        from core import embeds  # noqa: PLC0415  apps are loaded by now, models may be imported
        from evidence import holdings  # noqa: PLC0415
        from evidence.embeds import CiteEmbed, ClaimEmbed  # noqa: PLC0415

        holdings.register()
        embeds.register(ClaimEmbed())
        embeds.register(CiteEmbed())

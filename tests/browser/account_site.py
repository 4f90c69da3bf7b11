"""A site for journeys of accounts: with a worker that sends mail, to a server that keeps it."""

from pathlib import Path

from mail_sink import MailSink
from own_site import OwnSite


class AccountSite(OwnSite):
    """A served copy that asks staff for a second factor. Passkeys need a host with a name."""

    def __init__(self, original: Path, var_dir: Path, sink: MailSink) -> None:
        super().__init__(original, var_dir)
        self.url = f"http://localhost:{self.port}"
        self.sink = sink

    @property
    def environment(self) -> dict[str, str]:
        """The environment of this site."""
        return super().environment | {
            "TASK_WORKER": "1",
            "STAFF_SECOND_FACTOR": "1",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}?tls=none",
        }

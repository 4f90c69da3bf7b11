"""A mail server that keeps what it gets: letters are read as they came over the wire."""

import email
import email.policy
import re
import time
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from site_server import free_port

CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.MULTILINE)


class MailSink:
    """A context manager; `port` is where it listens on the loopback address."""

    def __init__(self) -> None:
        self.port = free_port()
        self.letters: list[tuple[str, EmailMessage]] = []
        self._read: set[int] = set()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a letter; part of the interface of aiosmtpd."""
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.letters += [(address, message) for address in envelope.rcpt_tos]
        return "250 OK"

    def next_to(self, address: str, about: str = "", wait: float = 30) -> EmailMessage:
        """Return the oldest letter to somebody that was not read yet; wait for it some seconds.

        `about` stands in its subject. Raises AssertionError when none comes.
        """
        ends = time.monotonic() + wait
        while time.monotonic() < ends:
            for number, (to, message) in enumerate(list(self.letters)):
                if number not in self._read and to == address and about in message["Subject"]:
                    self._read.add(number)
                    return message
            time.sleep(0.1)
        subjects = [f"{to}: {message['Subject']}" for to, message in self.letters]
        raise AssertionError(f"No letter to {address} about {about!r} came. There are: {subjects}")

    def code_to(self, address: str, about: str = "") -> str:
        """Return the code that stands alone on a line of the next letter to somebody."""
        found = CODE.search(text_of(self.next_to(address, about)))
        assert found, "The letter holds no code."
        return found[1]

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()


def text_of(message: EmailMessage) -> str:
    """Return the plain words of a letter, which every letter has beside the HTML."""
    part = message.get_body(("plain",))
    assert part is not None
    assert message.get_body(("html",)) is not None
    return str(part.get_content())

"""`make run` before it serves: the address, and who is in the way."""

import os
import socket
import sys
from collections.abc import Iterator

import pytest
import serve

from port_owner import port_owner


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that this very process listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        yield listener.getsockname()[1]


def test_a_taken_port_says_what_to_do(taken: int) -> None:
    with pytest.raises(SystemExit) as stopped:
        serve._check_port("127.0.0.1", taken)
    assert f"Port {taken} on 127.0.0.1 is taken" in str(stopped.value)
    assert f"PORT={taken + 1} make run" in str(stopped.value)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_owner_of_a_port_is_named(taken: int) -> None:
    assert f"(process {os.getpid()})" in port_owner(taken)


def test_a_free_port_is_fine(taken: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    serve._check_port("127.0.0.1", free)
    assert port_owner(free) == ""


@pytest.mark.parametrize("port", ["web", "0", "70000", "-1", "80 80"])
def test_a_port_that_is_no_port_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="write a number from 1 to 65535"):
        serve._address()

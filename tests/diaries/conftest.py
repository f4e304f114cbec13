"""The host of calendars, as processes of their own: one by HTTP, one by HTTPS with a certificate that nobody signed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("calendar_host.py")


@contextmanager
def running(*arguments: str) -> Iterator[int]:
    """Give the port of a host."""
    with subprocess.Popen([sys.executable, PROGRAM, *arguments], stdout=subprocess.PIPE, text=True) as host:
        assert host.stdout is not None
        try:
            yield int(host.stdout.readline())
        finally:
            host.kill()


@pytest.fixture(scope="session")
def host() -> Iterator[str]:
    """Give the origin of a host by HTTP."""
    with running() as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def secure_host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Give the origin of a host by HTTPS, called localhost, and the file of its certificate."""
    folder = tmp_path_factory.mktemp("certificate")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    made = subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ),
            *("-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate),
        ],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("no certificate can be made: openssl is missing")
    with running(str(certificate), str(key)) as port:
        yield f"https://localhost:{port}", certificate

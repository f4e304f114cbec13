"""A host of calendars, run as a program of its own: it answers well, badly, slowly or not at all, as the path says.

``calendar_host.py [CERTIFICATE KEY]`` prints its port and serves until it is ended: without a certificate, by HTTP.
"""

import ssl
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Invented//EN\r\nBEGIN:VEVENT\r\nUID:1@invented.example\r\n"
    b"SUMMARY:zq-canary-zq\r\nDTSTART:20270310T090000Z\r\nDTEND:20270310T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class Answer(BaseHTTPRequestHandler):
    """Answers a path by its first word; ``/asked`` tells what was asked for so far, and with which headers."""

    asked: ClassVar[list[str]] = []
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        word, _, rest = self.path.lstrip("/").partition("/")
        word = word.partition("?")[0]
        if word != "asked":
            told = {
                name: self.headers[name]
                for name in ("Authorization", "Host", "If-None-Match", "If-Modified-Since")
            }
            self.asked.append(
                f"{self.path} {' '.join(f'{name}={value}' for name, value in told.items() if value)}"
            )
        act = getattr(self, f"answer_{word.removesuffix('.ics')}", self.answer_status)
        act(rest or word)

    def answer_asked(self, _rest: str) -> None:
        self.send(200, "\n".join(self.asked).encode())

    def answer_calendar(self, _rest: str) -> None:
        unchanged = self.headers["If-None-Match"] == '"one"' or self.headers["If-Modified-Since"]
        if unchanged:
            self.send(304, b"", ETag='"one"')
        else:
            self.send(200, CALENDAR, ETag='"one"')

    def answer_dated(self, _rest: str) -> None:
        if self.headers["If-Modified-Since"]:
            self.send(304, b"")
        else:
            self.send(200, CALENDAR, Last_Modified="Mon, 01 Feb 2027 08:00:00 GMT")

    def answer_guarded(self, _rest: str) -> None:
        """Let in whoever is anna with the password s3cret."""
        if self.headers["Authorization"] == "Basic YW5uYTpzM2NyZXQ=":
            self.send(200, CALENDAR)
        else:
            self.send(401, b"")

    def answer_html(self, _rest: str) -> None:
        self.send(200, b"<html><title>zq-canary-zq</title></html>")

    def answer_hourly(self, _rest: str) -> None:
        self.send(200, CALENDAR.replace(b"DTEND:", b"RRULE:FREQ=HOURLY\r\nDTEND:"))

    def answer_hang(self, _rest: str) -> None:
        time.sleep(60)

    def answer_drip(self, _rest: str) -> None:
        self.begin(200, 1_000_000)
        for _ in range(600):
            self.wfile.write(b"\r\n")
            time.sleep(0.1)

    def answer_dripheaders(self, _rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(600):
            self.wfile.write(f"X-{number}: y\r\n".encode())
            time.sleep(0.1)

    def answer_flood(self, _rest: str) -> None:
        self.begin(200, 50_000_000)
        for _ in range(50):
            self.wfile.write(b"\n" * 1_000_000)

    def answer_short(self, _rest: str) -> None:
        self.begin(200, 1_000_000)
        self.wfile.write(CALENDAR)
        self.close_connection = True

    def answer_nonsense(self, _rest: str) -> None:
        self.wfile.write(b"220 mail.invented.example ready\r\n")
        self.close_connection = True

    def answer_oddheaders(self, _rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nno header at all\r\nX: y\r\n\r\n")

    def answer_to(self, rest: str) -> None:
        """Lead on: ``/to/calendar.ics`` to that path here, ``/to/http://…`` to an address."""
        self.send(302, b"", Location=rest if "//" in rest else f"/{rest}")

    def answer_round(self, _rest: str) -> None:
        self.send(307, b"", Location="/round")

    def answer_nowhere(self, _rest: str) -> None:
        self.send(302, b"")

    def answer_status(self, rest: str) -> None:
        self.send(int(rest) if rest.isdigit() else 404, b"")

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.begin(status, len(body), **headers)
        self.wfile.write(body)

    def begin(self, status: int, length: int, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Say nothing."""


class Host(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of those who hang up."""


if __name__ == "__main__":
    host = Host(("127.0.0.1", 0), Answer)
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        host.socket = context.wrap_socket(host.socket, server_side=True)
    sys.stdout.write(f"{host.server_address[1]}\n")
    sys.stdout.flush()
    host.serve_forever()

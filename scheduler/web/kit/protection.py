"""What guards every request and answer: characters that are refused, what a browser may load, who may frame a page.

The policy names no inline script or style and no other host, so that nothing a document or a name contains can run.
Sources: W3C Content Security Policy 3; Fetch (Cross-Origin-Resource-Policy); RFC 6797 (HSTS); RFC 9111 (no-store).
"""

from flask import Flask, Response, request

from scheduler.errors import BadInput, NotFound
from scheduler.web.kit.signing_in import is_public

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""``data:`` images are the arrows and ticks of Bootstrap's forms."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

ONE_YEAR = 31_536_000
NUL = "\0"


def protect(app: Flask, *, over_https: bool) -> None:
    """Add the headers to every answer; one that a view has set itself stands."""

    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if over_https:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}")
        if request.endpoint is None or not request.endpoint.endswith("static"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.before_request(_refuse_nul)
    app.after_request(add_headers)


def _refuse_nul() -> None:
    """Refuse the one character that no person types and that PostgreSQL cannot store.

    Public addresses hold secrets alone, which are looked up by digest; what they answer is their own business.
    """
    asked = (request.path, *request.args.values())
    holds_secret = request.endpoint is not None and is_public(request.endpoint)
    if not holds_secret and any(NUL in text for text in asked):
        raise NotFound("there is no such page")
    for field, text in request.form.items(multi=True):
        if NUL in text:
            raise BadInput(
                {
                    "en": "holds a character that cannot be stored (U+0000)",
                    "nl": "bevat een teken dat niet kan worden opgeslagen (U+0000)",
                },
                place=field,
                remedy={"en": "remove it", "nl": "haal het weg"},
            )

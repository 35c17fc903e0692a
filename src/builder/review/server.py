"""A server for one coder on this machine: only its own page may post, and what it calls saved is on disk."""

import hmac
import json
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from builder import __version__
from builder.coding.decisions import MAX_LINE_BYTES, Line, parse_decision
from builder.coding.folder import SUFFIX, append_line
from builder.errors import InputError
from builder.review.render import review_page
from builder.review.work import Work

HOST = "127.0.0.1"

_MOST_DIGITS = 12
_MOST_READ = 8 * MAX_LINE_BYTES
"""Read of a body that is too long, so that who sends it can hear the refusal; more is cut off."""


class Saver:
    """Adds decisions to the coder's file, one at a time."""

    def __init__(self, folder: Path, coder: str, work: Work) -> None:
        self._path = folder / f"{coder}{SUFFIX}"
        self._coder = coder
        self._digests = {article_id: article["sha256"] for article_id, article in work.articles.items()}
        self._lock = threading.Lock()

    def save(self, content: Any) -> dict[str, Any]:
        """The decision as it now stands on disk. Raises InputError for what is none, OSError where it could not be written."""
        if not isinstance(content, dict):
            raise InputError("not a decision")
        if self._digests.get(str(content.get("article_id"))) != content.get("article_sha256"):
            raise InputError("the decision is about a text that is not shown here; reload the page")
        time = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        own = {"id": f"{self._coder}.{secrets.token_hex(6)}", "time": time, "coder": self._coder, "builder": __version__}
        decision = {**own, **{name: value for name, value in content.items() if name not in own}}
        raw = json.dumps(decision, ensure_ascii=False, separators=(",", ":")).encode()
        parse_decision(Line("the decision", 1, raw))
        with self._lock:
            append_line(self._path, raw)
        return decision


class ReviewServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, page: Callable[[str], str], saver: Saver) -> None:
        super().__init__((HOST, port), _Handler)
        self.token = secrets.token_urlsafe(24)
        self.origin = f"http://{HOST}:{self.server_address[1]}"
        self.page = page
        self.saver = saver

    @property
    def address(self) -> str:
        return f"{self.origin}/{self.token}/"


def serve(port: int, work: Callable[[], Work], folder: Path, coder: str, title: str, options: dict[str, Any]) -> ReviewServer:
    """Listening, not yet answering. The page is made anew from ``work`` at every load, so that it knows what was saved before."""

    def page(post: str) -> str:
        return review_page(work(), coder, title, options, post)

    return ReviewServer(port, page, Saver(folder, coder, work()))


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version = "builder"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        if not self._is_ours() or self.path != f"/{self.server.token}/":
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", "Use the whole address that `builder review` has printed.\n")
            return
        try:
            self._answer(HTTPStatus.OK, "text/html", self.server.page(f"/{self.server.token}/decisions"))
        except InputError as error:
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", f"{error}\n")

    def do_POST(self) -> None:
        """A page of another origin can neither know the token nor hide where it comes from."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or len(length) > _MOST_DIGITS or int(length) > MAX_LINE_BYTES:
            self.rfile.read(min(int(length[:_MOST_DIGITS] if length.isdecimal() else 0), _MOST_READ))
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "a decision has at most a megabyte")
            return
        raw = self.rfile.read(int(length))
        if not self._is_ours() or not hmac.compare_digest(self.path, f"/{self.server.token}/decisions"):
            self._refuse(HTTPStatus.NOT_FOUND, "another address")
        elif self.headers.get("Origin") != self.server.origin:
            self._refuse(HTTPStatus.FORBIDDEN, "another origin")
        elif self.headers.get("Content-Type") != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not JSON")
        else:
            self._save(raw)

    def _save(self, raw: bytes) -> None:
        try:
            saved = self.server.saver.save(json.loads(raw))
        except (InputError, ValueError, RecursionError) as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        except OSError as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, f"not saved: {error.strerror or error}")
        else:
            self._answer(HTTPStatus.OK, "application/json", json.dumps({"saved": saved}, ensure_ascii=False))

    def _is_ours(self) -> bool:
        """The name by which the server was called, against names of others that lead to this machine."""
        return self.headers.get("Host") == self.server.origin.removeprefix("http://")

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self._answer(status, "application/json", json.dumps({"error": " ".join(why.split())}, ensure_ascii=False))

    def _answer(self, status: HTTPStatus, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in _HEADERS:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the address holds the token."""


_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)

"""One page from the web, only when asked in so many words, and from nowhere but the public web.

The article's address may be an attacker's: every host is looked up first, refused unless all its
addresses are public (``toolkit.addresses``), and connected to by the very address that was looked at;
the same for robots.txt (``toolkit.robots``) and on each redirect. Size, time and redirects are
limited. This is the only module that opens a connection.
"""

from __future__ import annotations

import http.client
import logging
import queue
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin

from toolkit.addresses import is_public
from toolkit.errors import ToolkitError, UnreadableArticle
from toolkit.model import Article
from toolkit.read import READERS, read
from toolkit.read.draft import MAX_BYTES
from toolkit.robots import allows

AGENT = "NewsdeskToolkit"  # as it calls itself, and as robots.txt may call it
SECONDS = 30  # for everything: looking up, robots.txt, redirects, the page
REDIRECTS = 5
PORTS = frozenset((80, 443, 8080, 8443))
_ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5
_WAIT = 10  # seconds for a connection, or for the next bytes
_CLOSE = 0.05  # seconds
_CHUNK = 1 << 16
_LATE = "did not answer within {} seconds; try again later"
_LONGEST = 2048  # characters of an address
_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "text/markdown": ".md", "application/pdf": ".pdf", "application/json": ".ninjs", "text/xml": ".xml",
    "application/xml": ".xml",
}  # fmt: skip
_ASKED = {
    "User-Agent": AGENT, "Accept": "text/html, */*;q=0.5", "Accept-Encoding": "identity",
    "Connection": "close",
}  # fmt: skip
_PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 47}  # what zlib calls them; some servers pack unasked
log = logging.getLogger(__name__)


class _Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    data: bytes


def fetch(address: str, *, language: str | None = None) -> Article:
    """The article at an ``http`` or ``https`` address; its ``source`` is the address it came from in
    the end. ``language`` as in ``read``. Raises ``UnreadableArticle`` where the address is none, is not
    public, is not to be read by programs, doesn't answer in time, or holds no article."""
    results: queue.SimpleQueue[tuple[str, str, bytes] | BaseException] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put(_page(address))
        except BaseException as error:
            results.put(error)

    # A thread, since neither looking a host up nor a server that drips its headers can be timed otherwise.
    threading.Thread(target=run, daemon=True).start()
    try:
        found = results.get(timeout=SECONDS)
    except queue.Empty:
        raise _refusal(address, _LATE.format(SECONDS)) from None
    if isinstance(found, BaseException):
        raise found
    final, name, data = found
    return replace(read(data, language=language, name=name), source=final)


def _page(address: str) -> tuple[str, str, bytes]:
    """Where the page was found in the end, a file name for it, and its bytes."""
    deadline = monotonic() + SECONDS
    current = address.strip()
    for _ in range(REDIRECTS + 1):
        if not _allowed_by_robots(current, deadline):
            raise _refusal(
                current,
                "is not for programs (robots.txt); save it in your browser and read that file",
            )
        answer = _get(current, deadline, MAX_BYTES)
        if further := _redirected(answer, current):
            if _url(current).scheme == "https" and _url(further).scheme == "http":
                raise _refusal(
                    current,
                    "sends on from https to http, where anybody may change a page; open it in your browser",
                )
            log.info("redirected from %r to %r", current, further)
            current = further
            continue
        if answer.status != 200:
            raise _refusal(
                current, f"answered with status {answer.status}; open it in your browser to see why"
            )
        return current, _name(current, answer.headers.get("content-type", "")), answer.data
    raise _refusal(address, f"redirects more than {REDIRECTS} times; give the address of the article itself")


def _allowed_by_robots(address: str, deadline: float) -> bool:
    """RFC 9309: what is not found allows everything, a server that fails allows nothing."""
    url = _url(address)
    current = f"{url.scheme}://{url.netloc}/robots.txt"
    for _ in range(REDIRECTS + 1):
        answer = _get(current, deadline, _ROBOTS_BYTES, cut=True)
        if further := _redirected(answer, current):
            current = further
            continue
        if answer.status >= 500:
            return False
        if answer.status != 200:
            return True
        return allows(answer.data.decode("utf-8", "replace"), AGENT, url.request_uri)
    return True  # 2.3.1.2: as if there were none


def _get(address: str, deadline: float, most: int, *, cut: bool = False) -> _Answer:
    """One answer, without following it. ``cut`` takes the first ``most`` bytes of a longer one."""
    url = _url(address)
    try:
        with _connected(address, url, deadline) as connection:
            connection.putrequest("GET", url.request_uri, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": url.netloc, **_ASKED}.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            data = _body(response, address, most)
    except (http.client.HTTPException, OSError, ValueError, zlib.error) as error:
        if monotonic() >= deadline - _CLOSE:
            raise _refusal(address, _LATE.format(SECONDS)) from None
        raise _refusal(address, f"can't be read ({_short(error)}); check it in your browser") from None
    if monotonic() >= deadline - _CLOSE:  # it may have been cut, which looks like an end
        raise _refusal(address, _LATE.format(SECONDS))
    if len(data) > most and not cut:
        raise _refusal(address, f"is larger than {most // 2**20} MB; give a page with one article")
    headers = {name.lower(): value for name, value in response.headers.items()}
    return _Answer(response.status, headers, data[:most])


def _body(response: http.client.HTTPResponse, address: str, most: int) -> bytes:
    """The bytes of an answer, unpacked, up to one more than ``most``."""
    packing = response.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in (*_PACKED, "identity", ""):
        raise _refusal(address, "is packed as nobody asked for; save it in your browser and read that file")
    unpack = zlib.decompressobj(_PACKED[packing]) if packing in _PACKED else None
    data = bytearray()
    while len(data) <= most:
        chunk = response.read(_CHUNK)
        if not chunk:
            if response.length or (unpack and not unpack.eof):  # it promised more
                raise http.client.IncompleteRead(b"")
            break
        # Never more than the room that is left: a bomb of a few kilobytes may hold gigabytes.
        data += unpack.decompress(chunk, most + 1 - len(data)) if unpack else chunk
    return bytes(data[: most + 1])


@contextmanager
def _connected(address: str, url: Any, deadline: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to the one public address that was looked up; it is cut when the time is over, whatever
    the server does meanwhile."""
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    if port not in PORTS:
        raise _refusal(address, f"asks for port {port}, where no news is; give an address without it")
    host = url.host.strip("[]").rstrip(".")
    sockets = [_reached(_public(address, host, port), port, deadline)]
    clock = threading.Timer(max(0.1, deadline - monotonic()), _cut, (sockets,))
    clock.daemon = True
    clock.start()
    connection = http.client.HTTPConnection(host, port)
    try:
        if url.scheme == "https":
            sockets.append(
                _context().wrap_socket(sockets[0], server_hostname=host, do_handshake_on_connect=False)
            )
            sockets[1].do_handshake()  # type: ignore[attr-defined]
        connection.sock = sockets[-1]
        yield connection
    finally:
        clock.cancel()
        for each in sockets:
            each.close()


def _reached(places: list[str], port: int, deadline: float) -> socket.socket:
    """A connection to the first of some addresses that answers in the time that is left for all of them."""
    last: OSError = TimeoutError()
    for place in places:
        left = deadline - monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((place, port), timeout=min(_WAIT, left))
        except OSError as error:
            last = error  # one of IPv6, in a network that has none
    raise last


def _cut(sockets: list[socket.socket]) -> None:
    for each in sockets:
        with suppress(OSError):  # it is closed, or the one around it holds the connection
            socket.socket.shutdown(each, socket.SHUT_RDWR)


def _context() -> ssl.SSLContext:
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


def _url(address: str) -> Any:
    """The parts of a web address. Raises ``UnreadableArticle``."""
    import urllib3

    try:
        url = urllib3.util.parse_url(address)
    except (urllib3.exceptions.HTTPError, ValueError):
        url = urllib3.util.Url()
    if url.scheme not in ("http", "https") or not url.host or not url.netloc or len(address) > _LONGEST:
        raise _refusal(address, "is no web address; copy it from your browser, with http or https")
    if url.auth:
        raise _refusal(address, "has a user's name in it; give the address without it")
    return url


def _redirected(answer: _Answer, current: str) -> str:
    """Where an answer sends the reader on to, "" for one that doesn't."""
    place = answer.headers.get("location", "") if answer.status in (301, 302, 303, 307, 308) else ""
    try:
        return urljoin(current, place) if place else ""
    except ValueError:
        raise _refusal(place, "is no web address; open the page in your browser") from None


def _public(address: str, host: str, port: int) -> list[str]:
    """A host's addresses. Raises ``UnreadableArticle`` unless all are public: a host that has a private
    one besides means to lead astray."""
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise _refusal(address, "has a host that can't be found; check the address and the network") from None
    if not found or not all(map(is_public, found)):
        raise _refusal(address, "leads into a private network; only pages of the public web are read")
    return found


def _name(address: str, content_type: str) -> str:
    """A file name that tells the reader what it is given."""
    last = unquote(_url(address).path or "").rstrip("/").rpartition("/")[2]
    stem, dot, suffix = last.rpartition(".")
    told = _SUFFIXES.get(content_type.partition(";")[0].strip().lower())
    known = told or next((each for each in READERS if each == f".{suffix.lower()}"), ".html")
    return f"{(stem if dot else last) or 'page'}{known}"


def _refusal(address: str, why: str) -> ToolkitError:
    shown = address if len(address) <= 200 else f"{address[:200]}…"
    return UnreadableArticle(f"{shown} {why}.")


def _short(error: Exception) -> str:
    return type(error).__name__

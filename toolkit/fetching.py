"""One page from the web, only when asked in so many words, and from nowhere but the public web.

The article's address may be an attacker's: every host is looked up first, refused unless all its
addresses are public, and connected to by the very address that was looked at; the same for
robots.txt (RFC 9309) and on each redirect. Size, time and redirects are limited. This is the only
module that opens a connection.
"""

from __future__ import annotations

import ipaddress
import logging
import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin
from urllib.robotparser import RobotFileParser

from toolkit.errors import ToolkitError, UnreadableArticle
from toolkit.model import Article
from toolkit.read import read
from toolkit.read.draft import MAX_BYTES

AGENT = "NewsdeskToolkit"  # as it calls itself, and as robots.txt may call it
SECONDS = 30  # for everything: looking up, robots.txt, redirects, the page
REDIRECTS = 5
PORTS = frozenset((80, 443, 8080, 8443))
_ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5
_WAIT = 10  # seconds for a connection, or for the next bytes
_CHUNK = 1 << 16
_LONGEST = 2048  # characters of an address
_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "text/markdown": ".md", "application/pdf": ".pdf",
}  # fmt: skip
_ASKED = {"User-Agent": AGENT, "Accept": "text/html, */*;q=0.5", "Accept-Encoding": "identity"}
_RELAY = ipaddress.ip_network("192.88.99.0/24")  # once 6to4's, RFC 7526
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
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
        raise _refusal(address, f"did not answer within {SECONDS} seconds; try again later") from None
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
        rules = RobotFileParser()
        rules.parse(answer.data.decode("utf-8", "replace").splitlines())
        return rules.can_fetch(AGENT, address)
    return True  # 2.3.1.2: as if there were none


def _get(address: str, deadline: float, most: int, *, cut: bool = False) -> _Answer:
    """One answer, without following it. ``cut`` takes the first ``most`` bytes of a longer one."""
    import urllib3

    with _connected(address, deadline) as (pool, target, host):
        try:
            response = pool.urlopen(
                "GET", target, redirect=False, retries=False, preload_content=False, assert_same_host=False,
                headers={"Host": host, **_ASKED},
            )  # fmt: skip
            with response:
                data = bytearray()
                while chunk := response.read(_CHUNK):
                    data += chunk
                    if len(data) > most and not cut:
                        raise _refusal(
                            address, f"is larger than {most // 2**20} MB; give a page with one article"
                        )
                    if len(data) > most:
                        del data[most:]
                        break
                    if monotonic() > deadline:
                        raise _refusal(address, f"did not answer within {SECONDS} seconds; try again later")
                headers = {name.lower(): value for name, value in response.headers.items()}
                return _Answer(response.status, headers, bytes(data))
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise _refusal(address, f"can't be read ({_short(error)}); check it in your browser") from None


@contextmanager
def _connected(address: str, deadline: float) -> Iterator[tuple[Any, str, str]]:
    """Connections to the one public address that was looked up, the target and the host to ask for."""
    import certifi
    import urllib3

    url = _url(address)
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    if port not in PORTS:
        raise _refusal(address, f"asks for port {port}, where no news is; give an address without it")
    host = url.host.strip("[]").rstrip(".")
    place = _public(address, host, port)
    wait = urllib3.Timeout(connect=_WAIT, read=_WAIT, total=max(0.1, deadline - monotonic()))
    if url.scheme == "https":
        pool: Any = urllib3.HTTPSConnectionPool(
            place, port, timeout=wait, maxsize=1, server_hostname=host, assert_hostname=host,
            cert_reqs="CERT_REQUIRED", ca_certs=certifi.where(),
        )  # fmt: skip
    else:
        pool = urllib3.HTTPConnectionPool(place, port, timeout=wait, maxsize=1)
    with pool:
        yield pool, url.request_uri, url.netloc


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


def _public(address: str, host: str, port: int) -> str:
    """The first of a host's addresses. Raises ``UnreadableArticle`` unless all are public: a host that
    has a private one besides means to lead astray."""
    try:
        found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise _refusal(address, "has a host that can't be found; check the address and the network") from None
    for place in found:
        if not is_public(place):
            raise _refusal(address, "leads into a private network; only pages of the public web are read")
    return found[0]


def is_public(place: str) -> bool:
    """Whether an IP address belongs to the public web, whatever it is wrapped in."""
    try:
        ip = ipaddress.ip_address(place.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if not all(is_public(str(each)) for each in inner if each is not None):
            return False
        if ip.is_site_local:
            return False
    elif ip in _RELAY:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _name(address: str, content_type: str) -> str:
    """A file name that tells the reader what it is given."""
    last = unquote(address.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2])
    suffix = _SUFFIXES.get(content_type.partition(";")[0].strip().lower(), "")
    stem = last.rpartition(".")[0] or last
    return f"{stem or 'page'}{suffix or '.html'}" if suffix or "." not in last else last


def _refusal(address: str, why: str) -> ToolkitError:
    shown = address if len(address) <= 200 else f"{address[:200]}…"
    return UnreadableArticle(f"{shown} {why}.")


def _short(error: Exception) -> str:
    return type(error).__name__

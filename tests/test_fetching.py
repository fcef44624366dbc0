"""Reading a page from the web: a server on this machine plays the public web, and everything else is refused."""

from __future__ import annotations

import http.server
import socket
import threading
import time

import pytest

from toolkit import fetching
from toolkit.errors import UnreadableArticle

STORY = (
    "<html lang=en><head><title>Harbour closes</title></head><body><article><h1>Harbour closes</h1>"
    + "<p>The harbour of Tarbeg closed on Monday after two cranes fell into the basin, officials said.</p>"
    * 1
    + "<p>Two hundred dockers were sent home, and ships wait outside until divers have searched the basin.</p>"
    + "</article></body></html>"
)


class Web:
    """What the server answers: path -> (status, headers, bytes); a missing path is 404."""

    def __init__(self):
        self.pages, self.asked = {}, []


@pytest.fixture
def web(monkeypatch):
    found = Web()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            found.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
            page = found.pages.get(self.path, (404, {}, b""))
            if callable(page):
                page(self)
                return
            status, headers, data = page
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    port = server.server_address[1]
    found.base = f"http://paper.example:{port}"
    hosts = {"paper.example": "127.0.0.1", "inside.example": "10.0.0.7"}
    monkeypatch.setattr(fetching, "PORTS", fetching.PORTS | {port})
    monkeypatch.setattr(
        fetching.socket, "getaddrinfo",
        lambda host, *a, **k: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (hosts.get(host, host), port))],
    )  # fmt: skip
    real = fetching.is_public
    monkeypatch.setattr(fetching, "is_public", lambda place: place == "127.0.0.1" or real(place))
    yield found
    server.shutdown()
    server.server_close()


def html(text=STORY):
    return 200, {"Content-Type": "text/html; charset=utf-8"}, text.encode()


def test_a_page_becomes_an_article(web):
    web.pages["/news/harbour-closes?x=1"] = html()
    article = fetching.fetch(f"{web.base}/news/harbour-closes?x=1#top")
    assert "Two hundred dockers" in article.text
    assert article.headline == "Harbour closes"
    assert article.source == f"{web.base}/news/harbour-closes?x=1#top"
    assert [path for path, _, _ in web.asked] == ["/robots.txt", "/news/harbour-closes?x=1"]
    assert all(host.startswith("paper.example:") and agent == fetching.AGENT for _, host, agent in web.asked)


def test_redirects_are_followed_and_told(web):
    web.pages["/a"] = (302, {"Location": "/b"}, b"")
    web.pages["/b"] = (301, {"Location": f"{web.base}/c"}, b"")
    web.pages["/c"] = html()
    assert fetching.fetch(f"{web.base}/a").source == f"{web.base}/c"


@pytest.mark.parametrize(
    "place",
    [
        "http://inside.example/x", "http://10.0.0.1/", "http://127.0.0.2/", "http://169.254.169.254/latest/meta-data",
        "http://[::1]/", "http://[::ffff:10.0.0.1]/", "file:///etc/passwd", "ftp://paper.example/", "gopher://x/",
    ],
)  # fmt: skip
def test_a_redirect_into_a_private_network_is_refused(web, place):
    web.pages["/a"] = (302, {"Location": place}, b"")
    with pytest.raises(UnreadableArticle, match=r"private network|no web address|port"):
        fetching.fetch(f"{web.base}/a")
    assert [path for path, _, _ in web.asked] == ["/robots.txt", "/a"]


def test_a_ring_of_redirects_ends(web):
    web.pages["/a"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(UnreadableArticle, match="redirects more than"):
        fetching.fetch(f"{web.base}/a")


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ((404, {}, b""), True), ((403, {}, b""), True), ((503, {}, b""), False),
        ((200, {}, b"User-agent: *\nDisallow: /news"), False), ((200, {}, b"User-agent: *\nDisallow: /sport"), True),
        ((200, {}, b"User-agent: NewsdeskToolkit\nDisallow: /\n\nUser-agent: *\nAllow: /"), False),
        ((200, {}, b"User-agent: OtherBot\nDisallow: /"), True), ((200, {}, b"\xff\xfe\x00garbage" * 100), True),
        ((200, {}, b"User-agent: *\nDisallow: /news\n" + b"# \n" * 300_000), False),
    ],
)  # fmt: skip
def test_robots(web, rules, allowed):
    web.pages |= {"/robots.txt": rules, "/news/x": html()}
    if allowed:
        assert fetching.fetch(f"{web.base}/news/x").text
    else:
        with pytest.raises(UnreadableArticle, match=r"robots\.txt"):
            fetching.fetch(f"{web.base}/news/x")


def test_robots_hold_behind_a_redirect(web):
    web.pages |= {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /b"), "/a": (302, {"Location": "/b"}, b""), "/b": html()}  # fmt: skip
    with pytest.raises(UnreadableArticle, match=r"robots\.txt"):
        fetching.fetch(f"{web.base}/a")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://user:word@paper.example/", "user's name"), ("http://paper.example:22/", "port 22"),
        ("http://", "no web address"), ("https:paper", "no web address"), ("javascript:alert(1)", "no web address"),
        ("http://paper.example/" + "a" * 3000, "no web address"), ("http://[::1/", "no web address"),
    ],
)  # fmt: skip
def test_what_is_no_address(web, address, why):
    with pytest.raises(UnreadableArticle, match=why) as raised:
        fetching.fetch(address)
    assert len(str(raised.value)) < 400
    assert not web.asked


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("0.0.0.0", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("192.0.2.1", False), ("224.0.0.1", False),
        ("255.255.255.255", False), ("240.0.0.1", False), ("::1", False), ("::", False), ("fe80::1%eth0", False),
        ("fc00::1", False), ("ff02::1", False), ("::ffff:127.0.0.1", False), ("::ffff:93.184.215.14", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b::5db8:d70e", True), ("2002:7f00:1::", False), ("2001:db8::1", False),
        ("fec0::1", False), ("192.88.99.1", False), ("192.88.98.1", True), ("paper.example", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_public(place, public):
    assert fetching.is_public(place) is public


def test_a_status_is_told(web):
    web.pages["/x"] = (410, {}, b"gone")
    with pytest.raises(UnreadableArticle, match="status 410"):
        fetching.fetch(f"{web.base}/x")


def test_what_is_too_large_is_refused(web, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_BYTES", 1 << 20)
    web.pages["/x"] = (200, {"Content-Type": "text/html"}, b"a" * (2 << 20))
    with pytest.raises(UnreadableArticle, match="larger than 1 MB"):
        fetching.fetch(f"{web.base}/x")


def test_a_server_that_drips_is_given_up(web, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 1)

    def drip(handler):
        for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 400:
            handler.wfile.write(bytes([letter]))
            time.sleep(0.02)

    web.pages["/x"] = drip
    before = time.monotonic()
    with pytest.raises(UnreadableArticle, match="within 1 seconds"):
        fetching.fetch(f"{web.base}/x")
    assert time.monotonic() - before < 5


@pytest.mark.parametrize(
    "answer", [b"", b"garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"]
)
def test_a_broken_answer_is_one_sentence(web, answer):
    def broken(handler):
        handler.wfile.write(answer)
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    web.pages["/x"] = broken
    with pytest.raises(UnreadableArticle) as raised:
        fetching.fetch(f"{web.base}/x")
    assert "\n" not in str(raised.value)


def test_a_page_without_an_article_says_so(web):
    web.pages["/x"] = html("<html><body></body></html>")
    with pytest.raises(UnreadableArticle, match="no main text"):
        fetching.fetch(f"{web.base}/x")

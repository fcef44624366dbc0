"""Reading a page from the web: a server on this machine plays the public web, and everything else is refused."""

from __future__ import annotations

import gzip
import http.server
import socket
import threading
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import fetching
from toolkit.addresses import is_public
from toolkit.errors import UnreadableArticle
from toolkit.robots import allows

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


@pytest.mark.parametrize(
    ("rules", "target", "allowed"),
    [
        # The longest rule decides, whatever the order.
        ("Allow: /\nDisallow: /news", "/news/x", False), ("Disallow: /\nAllow: /news", "/news/x", True),
        ("Disallow: /news\nAllow: /news", "/news", True), ("Disallow:", "/x", True), ("Disallow: /", "/", False),
        # Wildcards.
        ("Disallow: /*.pdf$", "/a/b.pdf", False), ("Disallow: /*.pdf$", "/a/b.pdf?x", True), ("Disallow: /*/amp", "/x/amp", False),
        ("Disallow: /x$", "/x", False), ("Disallow: /x$", "/xy", True), ("Disallow: *", "/x", False), ("Disallow: /a*b*c", "/abbc", False),
        ("Disallow: /a*b*c$", "/abbcd", True), ("Disallow: /a*b", "/ac", True), ("Disallow: /*?print", "/x?print=1", False),
        # One path, written otherwise.
        ("Disallow: /news", "/a/../news/x", False), ("Disallow: /news", "/a/%2E%2E/news/x", False), ("Disallow: /news", "/%6Eews", False),
        ("Disallow: /n%65ws", "/news", False), ("Disallow: /a%2Fb", "/a%2Fb", False), ("Disallow: /ü", "/%C3%BC", False),
        ("Disallow: /news", "//news", False), ("Disallow: /news/$", "/news/./", False), ("Disallow: /news", "/new/s", True),
        # Names of programs, comments and lines that are none.
        ("disallow : /news # not this", "/news", False), ("Sitemap: x\nDisallow: /news\nrubbish\nAllow", "/news", False),
        ("Disallow: /a\nUser-agent: other\nDisallow: /b", "/b", True),
        ("User-agent: other\nDisallow: /a", "/a", False), ("Disallow: /" + "*a" * 50_000, "/" + "a" * 2000, True),
    ],
)  # fmt: skip
def test_rules_of_robots(rules, target, allowed):
    assert allows(f"User-agent: *\n{rules}", "NewsdeskToolkit", target) is allowed
    assert allows(f"\ufeffUSER-AGENT: newsdesktoolkit/2\n{rules}\n\nUser-agent: *\nAllow: /", "NewsdeskToolkit", target) is allowed  # fmt: skip
    assert allows(f"User-agent: newsdesk\n{rules}", "NewsdeskToolkit", target)


def test_a_delay_that_robots_are_asked_for_neither_ends_a_group_nor_begins_one():
    rules = "User-agent: other\nCrawl-delay: 10\nUser-agent: NewsdeskToolkit\nCrawl-delay: 5\nDisallow: /a\nCrawl-delay: 9\nDisallow: /b\n"
    for path, allowed in (("/a", False), ("/b", False), ("/c", True)):
        assert allows(rules, "NewsdeskToolkit", path) is allows(rules, "other", path) is allowed


@given(st.text(), st.text())
def test_any_rules_and_any_path(rules, path):
    assert allows(f"User-agent: *\nDisallow: {rules}", "NewsdeskToolkit", f"/{path}") in (True, False)


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
        ("192.0.0.192", False), ("168.63.129.16", False), ("168.63.129.17", True), ("::127.0.0.1", False),
        ("::ffff:0:127.0.0.1", False), ("64:ff9b:1::7f00:1", False), ("64:ff9b::a9fe:a9fe", False),
        ("2001:470::5efe:10.0.0.1", False), ("2001:470::200:5efe:10.0.0.1", False), ("fd00:ec2::254", False),
        ("2001:470::5efe:93.184.215.14", True), ("2001:470::200:0:10.0.0.1", True), ("3fff::1", False),
        ("5f00::1", False), ("0.1.2.3", False), ("100.100.100.200", False), ("198.18.0.1", False),
        ("64:ff9b:1::5db8:d70e", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False), ("2001:0:5db8:d70e:8000:63bf:a247:28f1", False),
        ("2002:5db8:d70e::1", True), ("2002:a9fe:a9fe::", False), ("2002:c0a8:101::1", False), ("::10.0.0.1", False),
        ("::93.184.215.14", False), ("64:ff9b::c0a8:101", False), ("::ffff:169.254.169.254", False),
        ("fec0::1", False), ("192.88.99.1", False), ("192.88.98.1", True), ("paper.example", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_public(place, public):
    assert is_public(place) is public


@pytest.mark.parametrize(
    "host",
    [
        "2130706433", "017700000001", "0x7f000001", "0177.0.0.1", "0x7f.1", "127.1", "0", "127.0.0.1.", "%31%32%37.0.0.1",
        "[::1]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "[fe80::1%25lo]", "[::]", "2852039166",
        "１２７.０.０.１", "localhost", "LOCALHOST.",
    ],
)  # fmt: skip
def test_other_ways_to_write_this_machine(monkeypatch, host):
    """With the system's own reading of such names, which a network is not asked for."""
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("it was connected to"))
    with pytest.raises(UnreadableArticle, match=r"private network|can't be found|no web address"):
        fetching.fetch(f"http://{host}/latest/meta-data")


def test_all_addresses_of_a_host_must_be_public(monkeypatch):
    both = [(2, 1, 6, "", ("93.184.215.14", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: both)
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("it was connected to"))
    with pytest.raises(UnreadableArticle, match="private network"):
        fetching.fetch("http://paper.example/")


def test_an_address_that_changes_between_the_look_and_the_connection(web, monkeypatch):
    """The name is looked up once for each connection, and that answer is connected to, not the name."""
    web.pages["/x"] = html()
    looked, real, connected = [], socket.create_connection, []
    answers = fetching.socket.getaddrinfo

    def rebinding(host, *rest, **named):
        if host == "127.0.0.1":  # what is connected to
            return answers(host)
        looked.append(host)
        return answers("paper.example" if len(looked) < 3 else "inside.example")

    monkeypatch.setattr(fetching.socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(
        fetching.socket, "create_connection",
        lambda place, *rest, **named: connected.append(place[0]) or real(place, *rest, **named),
    )  # fmt: skip
    assert fetching.fetch(f"{web.base}/x").text
    assert (looked, connected) == (["paper.example"] * 2, ["127.0.0.1"] * 2)
    with pytest.raises(UnreadableArticle, match="private network"):
        fetching.fetch(f"{web.base}/x")
    assert len(connected) == 2


def test_the_next_address_is_tried(web, monkeypatch):
    web.pages["/x"] = html()
    real, tried = socket.create_connection, []

    def refusing(place, *rest, **named):
        tried.append(place[0])
        if place[0] == "2606:2800:21f:cb07:6820:80da:af6b:8b2c":
            raise OSError(101, "Network is unreachable")
        return real(place, *rest, **named)

    port = int(web.base.rpartition(":")[2])
    both = [
        (10, 1, 6, "", ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", port, 0, 0)),
        (2, 1, 6, "", ("127.0.0.1", port)),
    ]
    answers = fetching.socket.getaddrinfo
    monkeypatch.setattr(
        fetching.socket,
        "getaddrinfo",
        lambda host, *_, **__: both if host == "paper.example" else answers(host),
    )
    monkeypatch.setattr(fetching.socket, "create_connection", refusing)
    assert fetching.fetch(f"{web.base}/x").text
    assert len(tried) == 4


def test_a_page_that_sends_on_from_https_to_http_is_not_followed(monkeypatch):
    pages = {
        "https://paper.example/a": (301, {"location": "http://paper.example/b"}),
        "http://paper.example/a": (301, {"location": "https://paper.example/b"}),
        "http://paper.example/b": (200, {}),
        "https://paper.example/b": (200, {"content-type": "text/html"}),
    }

    def get(address, *_, **__):
        status, headers = pages.get(address, (404, {}))
        return fetching._Answer(status, headers, STORY.encode())

    monkeypatch.setattr(fetching, "_get", get)
    with pytest.raises(UnreadableArticle, match="from https to http") as raised:
        fetching.fetch("https://paper.example/a")
    assert str(raised.value).endswith("open it in your browser.")
    assert fetching.fetch("http://paper.example/a").source == "https://paper.example/b"


def test_a_name_of_many_dead_addresses_holds_nothing_up(monkeypatch):
    """The time is over for all of them together, and not for each."""
    monkeypatch.setattr(fetching, "SECONDS", 0.4)
    places = [(2, 1, 6, "", (f"93.184.215.{number}", 80)) for number in range(100)]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_, **__: places)
    tried = []

    def dead(place, timeout):
        tried.append(place)
        time.sleep(min(timeout, 0.15))
        raise TimeoutError

    monkeypatch.setattr(fetching.socket, "create_connection", dead)
    threads = set(threading.enumerate())
    with pytest.raises(UnreadableArticle, match=r"within 0\.4 seconds"):
        fetching.fetch("http://paper.example/x")
    left = [each for each in set(threading.enumerate()) - threads if each.name.endswith("(run)")]
    for each in left:
        each.join(1)
    assert not any(each.is_alive() for each in left)
    assert len(tried) < 6


@pytest.mark.parametrize("packing", ["gzip", "x-gzip", "deflate"])
def test_a_page_that_is_packed_unasked(web, packing):
    data = zlib.compress(STORY.encode()) if packing == "deflate" else gzip.compress(STORY.encode())
    web.pages["/x"] = (200, {"Content-Type": "text/html", "Content-Encoding": packing}, data)
    assert "Two hundred dockers" in fetching.fetch(f"{web.base}/x").text


@pytest.mark.parametrize(
    ("packing", "data", "why"),
    [
        ("gzip", gzip.compress(bytes(60_000_000)), "larger than 47 MB"), ("gzip", b"no gzip", "can't be read"),
        ("gzip", gzip.compress(STORY.encode() * 99)[:-20], "can't be read"), ("br", b"x", "packed"), ("gzip, gzip", b"x", "packed"),
    ],
)  # fmt: skip
def test_a_bomb_and_other_packings_are_refused(web, packing, data, why):
    web.pages["/x"] = (200, {"Content-Type": "text/html", "Content-Encoding": packing}, data)
    with pytest.raises(UnreadableArticle, match=why):
        fetching.fetch(f"{web.base}/x")


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

    threads = set(threading.enumerate())
    web.pages["/x"] = drip
    before = time.monotonic()
    with pytest.raises(UnreadableArticle, match="within 1 seconds"):
        fetching.fetch(f"{web.base}/x")
    assert time.monotonic() - before < 5
    while left := [each for each in set(threading.enumerate()) - threads if each.name.endswith("(run)")]:
        left[0].join(1)
        assert time.monotonic() - before < 5, "what reads is stopped too, and not only forgotten"


def test_a_server_that_says_to_go_on_for_ever_is_given_up(web, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.5)

    def go_on(handler):
        try:
            while True:
                handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)
        except OSError:
            pass

    web.pages["/x"] = go_on
    with pytest.raises(UnreadableArticle, match=r"within 0\.5 seconds"):
        fetching.fetch(f"{web.base}/x")


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

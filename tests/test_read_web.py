"""Web pages: the article and nothing of what stands around it, in the page's own words."""

import re
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit.errors import UnreadableArticle

FIRST = "The harbour master said on Monday that nine ships had been turned away since the storm last week."
SECOND = "“We have no berth to give them,” he said. “They will have to wait, or go elsewhere, and they know.”"
THIRD = "The union disagreed, and asked for a meeting with the minister, who is travelling and did not reply."


def page(body, head="<title>Ships turned away</title>", attributes=""):
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>"


def read(html):
    return toolkit.read(html.encode("utf-8"), name="page.html")


def between(inner):
    """The block that stands between the first and the third paragraph, as it comes out."""
    before, after = f"{FIRST}\n\n{SECOND}\n\n", f"{THIRD}\n\nNo boats came."
    head, tail = f"<p>{FIRST}</p><p>{SECOND}</p>", f"<p>{THIRD}</p><p>No boats came.</p>"
    text = read(page(f"<article>{head}{inner}{tail}</article>")).text
    assert text.startswith(before)
    assert text.endswith(after)
    return text[len(before) : -len(after)].removesuffix("\n\n")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>They went home.</p>", "They went home."),
        (
            "<p>«\u00a0Non\u00a0», a-t-il\u00a0dit, à 7\u202fh.</p>",
            "«\u00a0Non\u00a0», a-t-il\u00a0dit, à 7\u202fh.",
        ),
        ("<p>Two\n   lines\tand  <b> blanks </b> here.</p>", "Two lines and blanks here."),
        ("<p>A con&#1;&#x2;trol and an old quote&#146;s mark.</p>", "A control and an old quote’s mark."),
        ("<p>AT&amp;T said &lsquo;no&rsquo; &mdash; twice&hellip;</p>", "AT&T said ‘no’ — twice…"),
        (
            "<p>She said &lt;b&gt; and &amp;amp; aloud, on camera.</p>",
            "She said <b> and &amp; aloud, on camera.",
        ),
        ("<p>A line<br>and another line<br/>and a third.</p>", "A line\nand another line\nand a third."),
        (
            "<p>One paragraph ends here.<br><br>Another begins.</p>",
            "One paragraph ends here.\n\nAnother begins.",
        ),
        ("<p>He <del>never</del><s>hardly</s> said it on air.</p>", "He said it on air."),
        (
            "<p>He said <q>never, <q>ever</q>, again</q> to them.</p>",
            "He said “never, ‘ever’, again” to them.",
        ),
        ("<p>A sym<wbr>bol and hy&shy;phen and H<sub>2</sub>O.</p>", "A symbol and hyphen and H2O."),
        (
            "<p>e\u0301 and 👩‍🚒 and <bdi>\u05d0\u05d1</bdi> and nb.</p>",
            "e\u0301 and 👩‍🚒 and \u05d0\u05d1 and nb.",
        ),
        ("<h2>A subheading</h2>", "A subheading"),
        ("<ul><li>- nine ships</li><li>two <i>sunk</i></li></ul>", "- nine ships\n\ntwo sunk"),
        ("<blockquote><p>“No.”</p><p>“Never.”</p></blockquote>", "“No.”\n\n“Never.”"),
        (
            "<table><tr><th>Ship</th><th>Days</th></tr><tr><td>Aurora</td><td>9</td></tr></table>",
            "Ship\n\nDays\n\nAurora\n\n9",
        ),
        ("<p>“No,” she said.</p><p>“Why?”</p>", "“No,” she said.\n\n“Why?”"),
        (
            "<p>The ferry left on <time datetime='2025-03-10'>Monday</time>, an hour after the warning.</p>",
            "The ferry left on Monday, an hour after the warning.",
        ),
        # Furniture.
        ("<p>Updated <time datetime='2025-03-10'>10 March, 7am</time></p>", ""),
        ("<aside><h3>Read more</h3><a href='#'>Another story</a></aside>", ""),
        ("<div class='newsletter'><form><label>Sign up</label><input></form></div>", ""),
        ("<figure><img src='a.jpg'><figcaption>A harbour.</figcaption></figure>", ""),
        ("<script>var x = 'He said so in a script';</script><style>p{}</style>", ""),
        ("<!-- <p>He said so in a comment, and at some length too.</p> -->", ""),
        ("<div class='share'><ul><li><a href='#'>Share</a></li><li><a href='#'>Save</a></li></ul></div>", ""),
    ],
)
def test_blocks(html, text):
    assert between(html) == text


def test_paragraphs_that_are_only_line_breaks_apart():
    text = read(page(f"<div class='story'>{FIRST}<br><br>{SECOND}<br>\n<br>\n<br>{THIRD}</div>")).text
    assert text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_preformatted_text():
    assert (
        read(page(f"<pre>{FIRST}\n\n{SECOND}\n   {THIRD}</pre>")).text == f"{FIRST}\n\n{SECOND}\n   {THIRD}"
    )


def test_a_page_laid_out_in_tables():
    cell = f"<tr><td>{FIRST}<br><br>{SECOND}<br><br>{THIRD}</td></tr>"
    text = read(page(f"<table><tr><td><table>{cell}</table></td></tr></table>")).text
    assert text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_page_that_calls_windows_1252_latin_1():
    told = "“The mayor’s bridge – closed”, said the harbour office on Tuesday."
    data = page(f"<p>{told}</p>", "<meta charset='iso-8859-1'>").encode("cp1252")
    assert toolkit.read(data, name="page.html").text == told


def test_a_date_in_a_graph_of_linked_data():
    told = '{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","datePublished":"2025-03-12T07:40:00Z"}]}'
    head = f'<title>T</title><script type="application/ld+json">{told}</script>'
    assert read(page(f"<article><p>{FIRST}</p><p>{THIRD}</p></article>", head)).published == "2025-03-12"


def test_a_fragment_without_html_and_body():
    assert read(f"<p>{FIRST}</p>").text == FIRST
    assert read(f"<p>{FIRST}</p><p>{SECOND}</p>").text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("head", "body", "headline"),
    [
        ("<title>Ships turned away</title>", "", "Ships turned away"),
        (
            "<title>Ships turned away | Courier</title><meta property='og:site_name' content='Courier'>",
            "",
            "Ships turned away",
        ),
        (
            "<title>x</title><meta property='og:title' content='Ships turned away - The Courier'>"
            "<meta property='og:site_name' content='The Courier'>",
            "",
            "Ships turned away",
        ),
        ("<title>Ships turned away - News</title>", "<h1>Ships turned away</h1>", "Ships turned away"),
        (
            "<title>x</title>",
            "<h1>«\u00a0Ships\u00a0» turned <em>away</em></h1>",
            "«\u00a0Ships\u00a0» turned away",
        ),
        (
            "<title>x</title><meta property='og:title' content='Storm - nine ships turned away'>",
            "",
            "Storm - nine ships turned away",
        ),
    ],
)
def test_the_headline(head, body, headline):
    article = read(page(f"<article>{body}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>", head))
    assert article.headline == headline
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    ("head", "line", "byline"),
    [
        ("<meta name='author' content='Ann Lee'>", "<p class='byline'>By Ann Lee</p>", "Ann Lee"),
        ("<meta name='author' content='By Ann Lee'>", "<p>Ann Lee</p>", "Ann Lee"),
        ("<meta name='author' content='Par Anne Le Goff'>", "<p>Par Anne Le Goff</p>", "Anne Le Goff"),
        ("<meta name='author' content='J. R. Smith-O’Neil'>", "", "J. R. Smith-O’Neil"),
        (
            "<meta name='author' content='Ann Lee and Bob Day'>",
            "<p>By Bob Day and Ann Lee</p>",
            "Ann Lee, Bob Day",
        ),
        (
            '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
            '"author":[{"@type":"Person","name":"Ann Lee"}]}</script>',
            "",
            "Ann Lee",
        ),
        ("<meta name='author' content='Ann Colby Smith'>", "", "Ann Colby Smith"),
        ("<meta name='author' content='admin'>", "", ""),
        ("<meta name='author' content='https://example.org/ann'>", "", ""),
        ("", "", ""),
    ],
)
def test_the_byline(head, line, byline):
    article = read(
        page(
            f"<article>{line}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>", f"<title>T</title>{head}"
        )
    )
    assert article.byline == byline
    assert article.text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            "<meta property='article:published_time' content='2025-03-12T07:40:00+01:00'>",
            "2025-03-12T07:40:00+01:00",
        ),
        ("<meta property='article:published_time' content='2025-03-12'>", "2025-03-12"),
        ("<meta name='date' content='12 March 2025'>", "2025-03-12"),
        (
            '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
            '"datePublished":"2025-03-12T07:40:00Z"}</script>',
            "2025-03-12",
        ),
        ("<meta property='article:published_time' content='soon'>", ""),
        ("", ""),
    ],
)
def test_the_date_of_publication(head, published):
    body = f"<article><p>{FIRST} It was 4 May 2019.</p><p>{THIRD}</p></article><footer>© 2017</footer>"
    assert read(page(body, f"<title>T</title>{head}")).published == published


def test_the_source_is_the_site_or_the_file():
    body = f"<article><p>{FIRST}</p><p>{SECOND}</p></article>"
    assert read(page(body)).source == "page.html"
    assert (
        read(page(body, "<title>T</title><meta property='og:site_name' content='The Courier'>")).source
        == "The Courier"
    )


@pytest.mark.parametrize(
    ("attributes", "text", "language"),
    [
        ("lang='fr-FR'", f"<p>{FIRST}</p><p>{SECOND}</p>", "en"),
        (
            "lang='sr-Cyrl'",
            "<p>Градоначелница је у уторак рекла да ће мост остати затворен до краја.</p>",
            "sr",
        ),
        (
            "lang='nonsense!'",
            "<p>Градоначелница је у уторак рекла да ће мост остати затворен до краја.</p>",
            "und",
        ),
        ("", "<p>Градоначелница је у уторак рекла да ће мост остати затворен до краја.</p>", "und"),
    ],
)
def test_the_pages_language_counts_only_where_the_text_does_not_tell(attributes, text, language):
    assert read(page(f"<article>{text}</article>", attributes=attributes)).language == language


@pytest.mark.parametrize(
    "html",
    [
        page(""),
        page("<nav><a href='/'>News</a></nav>"),
        page("<div id='app'></div><script>load('an article that comes later, by script');</script>"),
        page("<p>Not found</p>"),
        "<html>",
        "<html><frameset><frame src='a.html'></frameset></html>",
    ],
)
def test_a_page_without_an_article_is_refused_with_advice(html):
    with pytest.raises(UnreadableArticle, match=r"^page.html .*copy the article and paste it as text\.$"):
        read(html)


SAVED = "<title>Bridge closed – Example</title></head><body><h1>Bridge closed</h1><article><p>{}</p><p>{}</p></article></body></html>"


@pytest.mark.parametrize(
    "page",
    [
        # Chrome, "complete" and as it is: a comment before the tags, and a folder of files.
        "<!DOCTYPE html>\n<!-- saved from url=(0032)https://example.org/bridge-closed -->\n<html lang='en'><head><meta http-equiv='Content-Type' content='text/html; charset=UTF-8'><script src='./Bridge_files/a.js.download'></script>",
        # Firefox: the address in a base element, styles from the folder.
        "<!DOCTYPE html>\n<html lang='en'><head><meta http-equiv='content-type' content='text/html; charset=UTF-8'><base href='https://example.org/'><link rel='stylesheet' href='Bridge_files/a.css'>",
        # Safari's page source, with the mark of UTF-8 before it.
        "\ufeff<html lang='en' class='js'><head>",
        # A page in one file: styles, fonts and pictures inside.
        "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://example.org/ \n saved date: Wed Mar 12 2025\n--><meta charset=utf-8><style>@font-face{src:url(data:font/woff2;base64,AAAA)}</style>",
        # Word's web page, which some press offices send.
        "<html xmlns:o='urn:schemas-microsoft-com:office:office' xmlns='http://www.w3.org/TR/REC-html40'><head><meta name=Generator content='Microsoft Word 15'><!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]--><style>p.MsoNormal{margin:0}</style>",
    ],
    ids=["Chrome", "Firefox", "Safari", "SingleFile", "Word"],
)  # fmt: skip
def test_pages_as_browsers_save_them(page):
    told = "The mayor of Port Averin said on Tuesday that the bridge would stay closed until the end of the month."
    more = "“It can’t bear it,” she said of the bridge, which was built in 1911 and is the only one."
    data = (page + SAVED.format(told, more)).encode()
    for name in ("bridge.html", "Bridge closed.htm", ""):
        article = toolkit.read(data, name=name)
        assert article.text == f"{told}\n\n{more}"
        assert article.headline == "Bridge closed"


def test_nothing_is_fetched_and_nothing_is_printed(monkeypatch, capfd):
    monkeypatch.setattr(socket, "socket", lambda *args, **kwargs: pytest.fail("it went to the network"))
    head = (
        "<base href='http://127.0.0.1:9/'><link rel='canonical' href='http://127.0.0.1:9/x'><title>T</title>"
    )
    read(page(f"<article><p>{FIRST}</p><img src='http://127.0.0.1:9/a.png'><p>{SECOND}</p></article>", head))
    with pytest.raises(UnreadableArticle):
        read(page(""))
    assert capfd.readouterr() == ("", "")


def test_a_hostile_page_is_read_or_refused():
    for html in [
        page("<div>" * 5_000 + FIRST),
        page(f"<q>{FIRST}</q>" * 50),
        page("<p><q>" * 300 + FIRST),
        page(f"<p>{FIRST}</p>" * 2_000),
        page("<del>" * 100 + FIRST),
        page("\x00\x01\x02" + FIRST),
        "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + page(f"<p>&a;{FIRST}</p>"),
        page(f"<p>{FIRST}</p>", "<script type='application/ld+json'>[[[[{]</script>" * 10),
        page(f"<p>{FIRST}</p>", "<script type='application/ld+json'>" + "[" * 100_000 + "</script>"),
    ]:
        try:
            text = read(html).text
        except UnreadableArticle:
            continue
        assert "harbour master" in text


WORDS = st.text(st.sampled_from("abcdé“”’—.,😀\u00a0\u202f\u0301 "), min_size=30, max_size=200)


@settings(deadline=None, max_examples=30)
@given(st.lists(WORDS, min_size=2, max_size=4, unique=True))
def test_paragraphs_keep_their_characters(paragraphs):
    paragraphs = [" ".join(f"Word {p} end.".split(" ")) for p in paragraphs]
    paragraphs = [" ".join(filter(None, p.split(" "))) for p in paragraphs]
    body = "".join(f"<p>{p}</p>" for p in [FIRST, *paragraphs, THIRD])
    assert read(page(f"<article>{body}</article>")).text == "\n\n".join([FIRST, *paragraphs, THIRD])


RUNNING = "".join(
    f"<p>For the {n}th time this year the council of the town voted to close the bridge, which engineers "
    "had called unsafe in March, until the money for a new one is found.</p>"
    for n in range(4, 9)
)
MENU = "<ul><li><a href='/a'>A ferry left without its captain</a></li><li><a href='/b'>Sport</a></li></ul>"


@pytest.mark.parametrize(
    "part",
    [
        "<ul><li>It was built in 1931 and carries 4,000 cars.</li><li>A new one costs 12 million.</li></ul>",
        "<ol><li>First the deck is taken off.</li><li>Then the piers are tested by two firms.</li></ol>",
        "<h2>What happens next</h2>",
    ],
)
@pytest.mark.parametrize("wrap", ["{}", "<div class='story'>{}</div>", "<main>{}</main>"])
@pytest.mark.parametrize("menu", ["{}", MENU + "{}", "{}" + MENU])
def test_lists_and_headings_stay_wherever_the_article_stands(part, wrap, menu):
    story = f"<h1>The bridge is closed</h1>{RUNNING}{part}{RUNNING.replace('th time', 'th year')}"
    page = f"<html><head><title>The bridge is closed</title></head><body>{menu}</body></html>"
    text = toolkit.read(page.format(wrap.format(story)).encode(), name="a.html").text
    assert [words for words in re.findall(r">([^<]+)<", part) if words not in text] == []
    assert "ferry" not in text
    assert "Sport" not in text

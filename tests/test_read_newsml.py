"""News items of the wires: NewsML-G2, NITF and ninjs, with what they tell of themselves."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit.errors import ToolkitError, UnreadableArticle, UnsupportedFormat
from toolkit.export import ninjs
from toolkit.model import Annotations, Article, Engine

NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
NITF = 'xmlns="http://iptc.org/std/NITF/2006-10-18/"'
LEAD = "The mayor of Port Averin said on Tuesday that the bridge would stay closed."


def item(content, meta="", managed="", attributes='xml:lang="en-GB"'):
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><newsItem {NAR} {attributes}><itemMeta>{managed}</itemMeta>"
        f"<contentMeta>{meta}</contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


def page(body):
    return f'<inlineXML contenttype="application/xhtml+xml"><html {XHTML}><head><title>Slug 3</title></head><body>{body}</body></html></inlineXML>'


def nitf(body, head="", attributes=NITF):
    return f"<nitf {attributes}><head>{head}</head><body><body.head/><body.content>{body}</body.content></body></nitf>"


def packed(text):
    return base64.encodebytes(text.encode()).decode()


def read(data, name="item.xml", language=None):
    return toolkit.read(data.encode() if isinstance(data, str) else data, name=name, language=language)


FULL = item(
    page(f"<p>{LEAD}</p><p>The ferry is free.</p>"),
    meta=(
        "<contentCreated>2025-03-12T07:40:00+01:00</contentCreated><creator qcode='abc:123'/><headline>Bridge  closed</headline>"
        "<slugline separator='-'>BRIDGE-CLOSED</slugline><by>By Ana Ruiz</by><dateline>PORT AVERIN, March 12 (Example)</dateline>"
        "<language tag='en-GB'/>"
    ),
    managed=(
        "<provider literal='x'><name>Example Agency</name></provider><versionCreated>2025-03-13T00:00:00Z</versionCreated>"
        "<embargoed>2025-03-14T06:00:00Z</embargoed><title>not this one</title>"
    ),
)


def test_a_news_item_tells_of_itself():
    article = read(FULL)
    assert article.text == f"{LEAD}\n\nThe ferry is free."
    assert (article.headline, article.byline, article.slug) == ("Bridge closed", "Ana Ruiz", "BRIDGE-CLOSED")
    assert article.dateline == "PORT AVERIN, March 12 (Example)"
    assert (article.published, article.embargo) == ("2025-03-12T07:40:00+01:00", "2025-03-14T06:00:00Z")
    assert (article.source, article.language) == ("Example Agency", "en")


@pytest.mark.parametrize("before", ["", "\ufeff", "<!-- wire -->\n", "<?xml-stylesheet href='a.xsl'?>"])
@pytest.mark.parametrize("prefixed", [False, True])
def test_it_is_known_by_its_first_element(before, prefixed):
    data = before + FULL.partition("?>")[2]
    if prefixed:
        data = data.replace("<newsItem xmlns=", "<n:newsItem xmlns:n='x' xmlns=").replace(
            "</newsItem>", "</n:newsItem>"
        )
    assert read(data, "").headline == "Bridge closed"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            page("<p>One<br/>two &amp; <b>th</b>ree.</p>\n  <ul><li>an item</li></ul>"),
            "One\ntwo & three.\n\nan item",
        ),
        (
            page("<p>“Non\u00a0» &#8212; yes</p><table><tr><td>Ship</td><td>3</td></tr></table>"),
            "“Non\u00a0» — yes\n\nShip\n\n3",
        ),
        (page("bare text"), "bare text"),
        (page("<p>a</p><script>alert(1)</script><p>&lt;b&gt;</p>"), "a\n\n<b>"),
        (
            f"<inlineXML>{nitf('<p>One <person>Ana</person>.</p><p> Two. </p>')}</inlineXML>",
            "One Ana.\n\nTwo.",
        ),
        (f"<inlineXML><div {XHTML}><p>In a part.</p></div></inlineXML>", "In a part."),
        (
            "<inlineData contenttype='text/plain'>Plain text.\nTwo lines.</inlineData>",
            "Plain text.\nTwo lines.",
        ),
        (
            "<inlineData contenttype='image/png' encoding='x:base64'>iVBOR</inlineData>"
            + page("<p>Text.</p>"),
            "Text.",
        ),
        (f"<inlineData contenttype='text/plain' encoding='x:base64'>{packed('Élue mardi.')}</inlineData>", "Élue mardi."),
        (f"<inlineData contenttype='text/html' encoding='x:Base64'>{packed('<p>One.</p><p>Two.</p>')}</inlineData>", "One.\n\nTwo."),
        (f"<inlineData encoding='x:gzip'>{packed('One.')}</inlineData>" + page("<p>Text.</p>"), "Text."),
        ("<inlineData encoding='x:base64'>=</inlineData>" + page("<p>Text.</p>"), "Text."),
        ("<inlineData encoding='x:base64'>iVBORw0KGgoAAAANSUhEUgAAAAE=</inlineData>" + page("<p>Text.</p>"), "Text."),
        (f"<inlineXML><p {XHTML}>One.</p><p {XHTML}>Two.</p></inlineXML>", "One.\n\nTwo."),
        (f"<inlineXML>One.<p {XHTML}>Two.</p>Three.</inlineXML>", "One.\n\nTwo.\n\nThree."),
        ("<inlineXML><![CDATA[<html><body><p>One.</p><p>Two.</p></body></html>]]></inlineXML>", "One.\n\nTwo."),
        ("<inlineXML> </inlineXML>" + page("<p>Text.</p>"), "Text."),
        ("<remoteContent href='http://127.0.0.1:9/x'/>" + page("<p>Text.</p>"), "Text."),
    ],
)  # fmt: skip
def test_what_the_content_may_be(content, text):
    assert read(item(content)).text == text


def test_the_first_text_of_a_message_of_several_items():
    picture = f"<newsItem {NAR}><contentSet><remoteContent href='a.jpg'/></contentSet></newsItem>"
    text = FULL.partition("?>")[2]
    message = f"<newsMessage {NAR}><header/><itemSet>{picture}{text}{text.replace('Bridge', 'Other')}</itemSet></newsMessage>"
    assert read(message).headline == "Bridge closed"


@pytest.mark.parametrize(
    ("meta", "managed", "found"),
    [
        ("<by>Ana Ruiz</by>", "", "Ana Ruiz"),
        ("<by>Von Ana Ruiz</by>", "", "Ana Ruiz"),
        ("<creator type='cpnat:person'><name>Ana Ruiz</name></creator>", "", "Ana Ruiz"),
        ("<creator type='cpnat:organisation'><name>Example Agency</name></creator>", "", ""),
        ("<creator qcode='a:1'/>", "", ""),
        ("<contributor><name>Somebody</name></contributor>", "", ""),
    ],
)
def test_the_byline_is_a_person(meta, managed, found):
    assert read(item(page(f"<p>{LEAD}</p>"), meta, managed)).byline == found


@pytest.mark.parametrize(
    ("managed", "published"),
    [
        ("<firstCreated>2025-03-12</firstCreated>", "2025-03-12"),
        ("<versionCreated>2025-03-12T07:40:00Z</versionCreated>", "2025-03-12T07:40:00Z"),
        ("<versionCreated>yesterday</versionCreated>", ""),
        ("", ""),
    ],
)
def test_the_date(managed, published):
    assert read(item(page(f"<p>{LEAD}</p>"), "", managed)).published == published


EMPTY_NITF = f"<inlineXML>{nitf('')}</inlineXML>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        # Forms of one item, of which the first has no words in it.
        (EMPTY_NITF + page("<p>Text.</p>"), "Text."),
        (EMPTY_NITF + "<inlineData contenttype='text/plain'>Text.</inlineData>", "Text."),
        ("<inlineXML/>" + page(" ") + page("<p>Text.</p>"), "Text."),
        (
            f"<inlineXML>{nitf('<media><p>A picture.</p></media>')}</inlineXML>" + page("<p>Text.</p>"),
            "Text.",
        ),
    ],
)
def test_a_form_without_words_is_passed_over(content, text):
    assert read(item(content)).text == text


def test_an_item_without_words_does_not_hide_the_others():
    empty = item(EMPTY_NITF).partition("?>")[2]
    text = FULL.partition("?>")[2]
    message = f"<newsMessage {NAR}><itemSet>{empty}{text}</itemSet></newsMessage>"
    assert read(message).headline == "Bridge closed"
    with pytest.raises(UnreadableArticle, match="no item with a text"):
        read(f"<newsMessage {NAR}><itemSet>{empty}{empty}</itemSet></newsMessage>")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Bare words.", "Bare words."),
        ("Before. <p>One.</p> Between.<p>Two.</p> After.", "Before.\n\nOne.\n\nBetween.\n\nTwo.\n\nAfter."),
        (
            "<block>In a block <em>with</em> weight.<p>One.</p>more</block>",
            "In a block with weight.\n\nOne.\n\nmore",
        ),
        ("<ol><li>An item <p>with a paragraph</p></li></ol>", "An item\n\nwith a paragraph"),
        ("<p>One <q>two</q> <person>Ana <name.family>Ruiz</name.family></person>.</p>", "One two Ana Ruiz."),
        ("<p>One<br/>two.</p>", "One\ntwo."),
        ("<p>One <media><p>no</p></media>two.<fn><p>no</p></fn></p> three", "One two.\n\nthree"),
        ("<table><caption>Ships</caption><tr><td>A</td><td><p>B</p></td></tr></table>", "Ships\n\nA\n\nB"),
        ("<hl2>A crosshead</hl2><p>One.</p>", "A crosshead\n\nOne."),
        ("<p> </p><p>\n One  <em>two</em>\n three. </p>", "One two three."),
        ("<p>One.</p><!-- no --><?x no?><p><![CDATA[<Two>.]]></p>", "One.\n\n<Two>."),
    ],
)
def test_words_of_nitf_wherever_they_stand(body, text):
    assert read(nitf(body)).text == text


def test_nitf_by_itself_with_its_doctype():
    data = (
        "<?xml version='1.0' encoding='iso-8859-1'?><!DOCTYPE nitf SYSTEM 'nitf-3-6.dtd'><nitf><head><title>Slug</title><docdata>"
        "<date.issue norm='20250312T074000Z'/><date.release norm='20250314'/></docdata></head><body><body.head><hedline><hl1>Bridge closed</hl1></hedline>"
        "<byline>By <person>Ana Ruiz</person><byttl>Staff Writer</byttl></byline><dateline><location>PORT AVERIN</location></dateline></body.head>"
        "<body.content><media><media-caption>A picture.</media-caption></media><p>Caf\xe9 closed.</p><block><p>Two.</p></block></body.content>"
        "<body.end><tagline>Mail us.</tagline></body.end></body></nitf>"
    ).encode("latin-1")
    article = read(data)
    assert article.text == "Café closed.\n\nTwo."
    assert (article.headline, article.byline, article.dateline) == (
        "Bridge closed",
        "Ana Ruiz",
        "PORT AVERIN",
    )
    assert (article.published, article.embargo) == ("2025-03-12T07:40:00Z", "2025-03-14")
    assert toolkit.read(data).headline == "Bridge closed"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        ("<rss><channel/></rss>", UnsupportedFormat, "neither NewsML-G2 nor NITF"),
        (f"<html {XHTML}><body><p>x</p></body></html>", UnsupportedFormat, r"name it \.html"),
        (item(""), UnreadableArticle, "no item with a text"),
        (item(page(" ")), UnreadableArticle, "no item with a text"),
        (f"<packageItem {NAR}><groupSet/></packageItem>", UnreadableArticle, "no item with a text"),
        (nitf(""), UnreadableArticle, "no body.content"),
        (FULL[:-20], UnreadableArticle, "damaged or no XML"),
        ("no XML", UnreadableArticle, "damaged or no XML"),
        ("<?xml version='1.0' encoding='no-such'?><nitf/>", UnreadableArticle, "damaged or no XML"),
    ],
)
def test_what_is_no_news_item_is_told_in_one_sentence(data, error, words):
    with pytest.raises(error, match=words) as caught:
        read(data)
    message = str(caught.value)
    assert message.startswith("item.xml ")
    assert message.endswith(".")
    assert "\n" not in message


ARTICLE = Article(
    f"PORT AVERIN, March 12 (Example) — {LEAD}\n\n\tTwo  “lines”\nhere 😀.\n",
    headline="Bridge “closed”",
    byline="Ana Ruiz",
    slug="bridge",
    dateline="PORT AVERIN, March 12 (Example)",
    published="2025-03-12T07:40:00+01:00",
    embargo="2025-03-14T06:00:00+00:00",
    language="en",
    source="Example Agency",
)


def exported(article):
    return ninjs.render(Annotations(article, Engine("0", "0", "")), datetime(2025, 3, 12, tzinfo=UTC))


@pytest.mark.parametrize("name", ["bridge.ninjs.json", "bridge.json", "bridge.ninjs", ""])
def test_what_the_toolkit_exports_comes_back(name):
    assert read(exported(ARTICLE), name) == ARTICLE


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), max_size=40)


@settings(deadline=None, max_examples=80)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), LINES, LINES)
def test_any_article_comes_back_from_ninjs(text, headline, byline):
    article = Article(
        toolkit.read(text + "\n", language="en").text,
        headline=headline,
        byline=byline,
        slug="s",
        source="x",
        language="en",
    )
    back = read(exported(article), "x.ninjs")
    assert (back.text, back.headline, back.byline) == (article.text, headline, byline)


def test_an_item_that_is_withheld_without_a_date_is_told_in_the_log(caplog):
    read(exported(replace(ARTICLE, embargo="2025-03-14")), "item.json")
    assert "item.json is withheld" in caplog.text
    caplog.clear()
    read(exported(ARTICLE), "item.json")
    assert not caplog.text


def older(**more):
    return json.dumps({"uri": "http://example.org/1", "type": "text", "headline": "Bridge closed", **more})


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (older(body_text=LEAD), LEAD),
        (older(body_xhtml=f"<p>{LEAD}</p><p>Two &amp; three.</p>"), f"{LEAD}\n\nTwo & three."),
        (
            older(body_html=f"<?xml version='1.0' encoding='utf-8'?><div><p>{LEAD}<br>Two.</div>"),
            f"{LEAD}\nTwo.",
        ),
        (older(body_xhtml="<p>Rich.</p>", body_text="Plain."), "Plain."),
        (
            older(
                bodies=[
                    {"role": "caption", "value": "No."},
                    {"role": "main", "contentType": "text/html", "value": "<p>Yes.</p>"},
                ]
            ),
            "Yes.",
        ),
        (
            older(
                bodies=[
                    {"contentType": "text/html", "value": "<p>Rich.</p>"},
                    {"contentType": "text/plain", "value": "Plain."},
                ]
            ),
            "Plain.",
        ),
        (older(bodies=[7, None, {"value": 3}, {"role": "main", "value": "Yes."}]), "Yes."),
        (older(bodies="x", body_text=LEAD), LEAD),
    ],
)
def test_versions_and_kinds_of_bodies(data, text):
    article = read(data, "item.json")
    assert (article.text, article.headline) == (text, "Bridge closed")
    assert toolkit.read(data.encode()).headline == "Bridge closed"


def test_what_older_versions_tell():
    article = read(
        older(
            body_text=LEAD,
            byline="Ana Ruiz",
            versioncreated="2025-03-13T00:00:00Z",
            contentcreated="2025-03-12",
            embargoed="no date",
            language="en-US",
            slugline=9,
            infosources=[{"name": "Example"}],
        ),
        "item.json",
    )
    assert (article.byline, article.published, article.embargo) == ("Ana Ruiz", "2025-03-12", "")
    assert (article.source, article.slug, article.language) == ("Example", "item", "en")


@pytest.mark.parametrize(
    ("meta", "headline"),
    [
        ("<headline role='hldrole:sub'>Sub</headline><headline role='hldrole:main'>Main</headline>", "Main"),
        ("<headline role='hldrole:short'>Short</headline><headline>Plain</headline>", "Plain"),
        ("<headline xml:lang='fr'>Pont</headline><headline xml:lang='en-US'>Bridge</headline>", "Bridge"),
        ("<headline xml:lang='fr'>Pont</headline><language tag='fr'/>", "Pont"),
        ("<language tag='fr'/><headline>Bridge</headline><headline xml:lang='fr'>Pont</headline>", "Pont"),
        ("<headline> </headline><headline role='hldrole:sub'>Sub</headline>", "Sub"),
        ("<headline>First</headline><headline>Second</headline>", "First"),
    ],
)
def test_the_headline_of_several(meta, headline):
    assert read(item(page(f"<p>{LEAD}</p>"), meta)).headline == headline


def test_a_page_that_is_written_as_data():
    for kind in ("text/html", "application/xhtml+xml; charset=utf-8"):
        content = f"<inlineData contenttype='{kind}'>&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;Two &amp;amp; three.&lt;/p&gt;</inlineData>"
        assert read(item(content)).text == f"{LEAD}\n\nTwo & three."


def test_an_embargo_that_is_said_and_empty_is_none():
    assert read(item(page(f"<p>{LEAD}</p>"), "", "<embargoed/>")).embargo == ""


def test_a_list_of_ninjs_items_gives_the_first_with_a_text():
    data = (
        "[1, {}, "
        + older(type="picture", body_text="")
        + ","
        + older(body_text=LEAD)
        + ","
        + older(body_text="Other.")
        + "]"
    )
    assert read(data, "feed.json").text == LEAD
    assert toolkit.read(f"[{older(body_text=LEAD)}]".encode()).text == LEAD


def test_a_byline_and_a_date_of_the_first_versions():
    told = read(older(body_text=LEAD, byline="By Ana Ruiz", versioncreated="2025-03-13T00:00:00Z"), "a.json")
    assert (told.byline, told.published) == ("Ana Ruiz", "2025-03-13T00:00:00Z")
    told = read(older(body_text=LEAD, versionCreated="2025-03-13T00:00:00Z"), "a.json")
    assert told.published == ""  # of version 3, and only the day of an export


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ("<hedline><hl1>Closed</hl1><hl2>Ferry  free</hl2></hedline>", ["Ferry free"]),
        ("<hedline><hl1>Closed</hl1><hl2>One</hl2><hl2>Two</hl2><hl2/></hedline>", ["One", "Two"]),
        ("<hedline><hl1>Closed</hl1><hl1>Second</hl1></hedline>", ["Second"]),
        ("<hedline><hl1>Closed</hl1><hl2>Closed</hl2></hedline>", []),
        ("<hl1>Closed</hl1><abstract><p>In short.</p><p>More.</p></abstract>", ["In short.", "More."]),
        ("<hl1>Closed</hl1><abstract>In <em>short</em>.<media><p>no</p></media></abstract>", ["In short."]),
        (f"<hl1>Closed</hl1><hl2>Sub</hl2><abstract><p>{LEAD}</p></abstract>", ["Sub"]),
        (f"<hl1>Closed</hl1><abstract><p>{LEAD[10:]}</p></abstract>", []),  # the first words were cut off
        ("<hl1>Closed</hl1><abstract><p>Short.</p></abstract>", []),
        ("<hl1>Closed</hl1><note><p>Editors: see slug.</p></note><distributor>Agency</distributor>", []),
    ],
)
def test_other_headlines_and_the_abstract_stand_above_the_text_unless_it_says_them(head, above):
    data = nitf(f"<p>{LEAD}</p><p>Short.</p>").replace("<body.head/>", f"<body.head>{head}</body.head>")
    article = read(data)
    assert (article.headline, article.text.split("\n\n")) == ("Closed", [*above, LEAD, "Short."])


def test_a_second_body_of_a_nitf_document():
    both = nitf("<p>One.</p></body.content><body.content>Two<p>Three.</p>")
    assert read(both).text == "One.\n\nTwo\n\nThree."
    empty = nitf("</body.content><body.content><p>One.</p>")
    assert read(empty).text == "One."


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("<byline>By Ana Ruiz<byttl>Staff Writer</byttl></byline>", "Ana Ruiz"),
        ("<byline>By Ana Ruiz</byline><byline>By Tom Ek</byline>", "Ana Ruiz, Tom Ek"),
        ("<byline>By <em>Ana</em> Ruiz</byline><byline/>", "Ana Ruiz"),
        ("<byline><byttl>Staff Writer</byttl></byline>", ""),
    ],
)
def test_the_bylines_of_a_nitf_document(head, byline):
    assert (
        read(nitf(f"<p>{LEAD}</p>").replace("<body.head/>", f"<body.head>{head}</body.head>")).byline
        == byline
    )


@pytest.mark.parametrize(
    ("by", "byline"),
    [
        ("By Ana Ruiz", "Ana Ruiz"),
        ("Par Ana Ruiz", "Ana Ruiz"),
        ("Ana Ruiz", "Ana Ruiz"),
        ("Byron Ek", "Byron Ek"),
        ("Von Anna Brandt", "Anna Brandt"),
        ("von: Anke Brandt", "Anke Brandt"),
        ("Von der Heide", "Von der Heide"),
        ("Di Bari", "Di Bari"),
        ("By Von Brandt", "Von Brandt"),
    ],
)
def test_a_byline_of_version_3(by, byline):
    assert read(older(body_text=LEAD, by=by), "a.json").byline == byline


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        ("{}", UnsupportedFormat, "no ninjs item"),
        ("[1]", UnsupportedFormat, "no ninjs item"),
        ('{"name": "a package", "version": "1"}', UnsupportedFormat, "no ninjs item"),
        (older(), UnsupportedFormat, "no ninjs item"),
        (older(body_text=" "), UnreadableArticle, "no text body"),
        (older(body_text=None, bodies=[]), UnreadableArticle, "no text body"),
        ('{"headline": ', UnreadableArticle, "not valid JSON"),
        ('{"a": ' + "9" * 5000 + "}", UnreadableArticle, "not valid JSON"),
    ],
)
def test_what_is_no_ninjs_is_told_in_one_sentence(data, error, words):
    with pytest.raises(error, match=words) as caught:
        read(data, "item.json")
    assert str(caught.value).startswith("item.json ")
    assert str(caught.value).endswith(".")


def test_json_that_is_a_text_stays_one():
    text = '{ he wrote, and "headline" was what he meant.\n'
    assert toolkit.read(text.encode()).text == text


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(["item.xml", "item.json"]),
    st.lists(
        st.tuples(st.integers(0, 1200), st.sampled_from("<>/&;'\"{}[]:,x1\0\x80é ")), min_size=1, max_size=8
    ),
)
def test_mutated_items_are_read_or_refused(name, changes):
    data = list(FULL if name == "item.xml" else exported(ARTICLE).decode())
    for place, char in changes:
        data[place % len(data)] = char
    try:
        article = read("".join(data), name)
    except ToolkitError:
        return
    assert article.text.strip()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "role", "name", "contentType"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=150)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "uri",
                "type",
                "headline",
                "headlines",
                "bodies",
                "body_text",
                "body_html",
                "by",
                "language",
                "standard",
                "descriptions",
                "infoSources",
                "contentCreated",
            ]
        ),
        JSON,
    )
)
def test_any_values_are_read_or_refused(values):
    try:
        article = read(json.dumps(values), "item.json")
    except ToolkitError:
        return
    assert article.text.strip()

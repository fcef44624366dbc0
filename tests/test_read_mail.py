"""E-mail: a press release with its headers, from .eml, .msg and pages that a browser saved as one file."""

import base64
import logging
import struct
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit.errors import ToolkitError, UnreadableArticle
from toolkit.read import mail, msg
from toolkit.read.forwarded import bare_subject, without_headers

BODY = (
    "The mayor of Port Averin said on Tuesday that the bridge would stay closed until the end of the month.\n"
)
PAGE = f"<html><body><p>{BODY.strip()}</p><p>The ferry is free of charge until then, her office said in a statement.</p></body></html>"
HEAD = (
    "From: Ana Ruiz <press@example.org>\n"
    "To: news@example.org\n"
    "Subject: Bridge closed\n"
    "Date: Wed, 12 Mar 2025 07:40:00 +0100\n"
)


def read(data, name="release.eml"):
    return toolkit.read(data.encode() if isinstance(data, str) else data, name=name, language="en")


def message(head=HEAD, kind="text/plain; charset=utf-8", body=BODY, more=""):
    return f"{head}MIME-Version: 1.0\nContent-Type: {kind}\n{more}\n{body}"


def multipart(kind, *parts, boundary="xx"):
    inner = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{inner}--{boundary}--\n'


def part(kind, body, more=""):
    return f"Content-Type: {kind}; charset=utf-8\n{more}\n{body}"


def test_a_release_with_its_headers():
    article = read(message())
    assert article.text == BODY
    assert (article.headline, article.byline) == ("Bridge closed", "Ana Ruiz")
    assert article.published == "2025-03-12T07:40:00+01:00"
    assert (article.slug, article.source) == ("release", "release.eml")


@pytest.mark.parametrize(
    "before", ["", "From press@example.org Wed Mar 12 07:40:00 2025\n", "\ufeff", "\r\n\r\n"]
)
def test_it_is_known_by_its_first_lines(before):
    data = before + message(HEAD.replace("From:", "Received: from a by b;\n  Wed, 12 Mar 2025\nFrom:"))
    assert toolkit.read(data.encode()).headline == "Bridge closed"
    assert toolkit.read(data.replace("\r\n", "\n").replace("\n", "\r\n").encode()).headline == "Bridge closed"


@pytest.mark.parametrize(
    "text",
    [
        "Subject: a talk with the mayor\n\nShe said no.\n",
        "From: the archive.\n\nIt rained.\n",
        "Note: this is a text.\nFrom here on it rained.\n",
    ],
)
def test_a_text_that_begins_like_a_header_is_a_text(text):
    assert toolkit.read(text.encode()).text == text


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        ("=?utf-8?Q?Br=C3=BCcke_gesperrt?=", "Brücke gesperrt"),
        ("=?iso-8859-1?B?UG9udCBmZXJt6Q==?=", "Pont fermé"),
        ("=?utf-8?Q?Long_?=\n =?utf-8?Q?subject?=", "Long subject"),
        ("Fwd: RE: Bridge closed", "Bridge closed"),
        ("[press-list] Re[2]: Bridge closed", "Bridge closed"),
        ("Re-opening of the bridge", "Re-opening of the bridge"),
        ("Regarding: the bridge", "Regarding: the bridge"),
        ("=?no-such-set?Q?abc?=", "abc"),
        ("Embargoed: bridge closed", "Embargoed: bridge closed"),
    ],
)
def test_the_subject_is_the_headline(subject, headline):
    assert read(message(HEAD.replace("Bridge closed", subject))).headline == headline


@pytest.mark.parametrize(
    ("sender", "byline"),
    [
        ("Ana Ruiz <a@example.org>", "Ana Ruiz"),
        ('"Ruiz, Ana" <a@example.org>', "Ana Ruiz"),
        ("=?utf-8?Q?Fran=C3=A7ois_de_la_Tour?= <a@example.org>", "François de la Tour"),
        ("J. R. O’Brien-Smith <a@example.org>", "J. R. O’Brien-Smith"),
        ("press@example.org", ""),
        ("Newsroom <press@example.org>", ""),
        ("PORT AVERIN COUNCIL <press@example.org>", ""),
        ("Press Office, Port Averin City Council Communications Team <press@example.org>", ""),
        ("info 24 <press@example.org>", ""),
        ("", ""),
        ("<<<>>>", ""),
    ],
)
def test_the_sender_is_the_byline_if_it_is_a_person(sender, byline):
    assert read(message(HEAD.replace("Ana Ruiz <press@example.org>", sender))).byline == byline


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("12 Mar 2025 07:40 GMT", "2025-03-12T07:40:00+00:00"),
        ("Wed, 12 Mar 2025 07:40:00 -0000", "2025-03-12T07:40:00"),
        ("yesterday", ""),
        ("Wed, 99 Mar 2025 07:40:00 +0100", ""),
        ("Wed, 12 Mar 2025 07:40:00 +9999", ""),
    ],
)
def test_dates(date, published):
    assert read(message(HEAD.replace("Wed, 12 Mar 2025 07:40:00 +0100", date))).published == published


def test_quoted_printable_base64_and_old_charsets():
    quoted = message(
        body="The mayor said =E2=80=9Cno=E2=80=9D to the soft=\nened plan.\n",
        more="Content-Transfer-Encoding: quoted-printable\n",
    )
    assert read(quoted).text == "The mayor said “no” to the softened plan.\n"
    packed = message(body="TGUgbWFpcmUgYSBkaXQgbm9uLg==\n", more="Content-Transfer-Encoding: base64\n")
    assert read(packed).text == "Le maire a dit non.\n"
    raw = message(
        kind="text/plain; charset=windows-1252", body=""
    ).encode() + "Der Bürgermeister sagte „nein“.\n".encode("cp1252")
    assert read(raw).text == "Der Bürgermeister sagte „nein“.\n"
    wrong = (
        message(kind="text/plain; charset=us-ascii", body="").encode()
        + "Der Bürgermeister – er sagte nein.\n".encode()
    )
    assert read(wrong).text == "Der Bürgermeister – er sagte nein.\n"


@pytest.mark.parametrize(
    ("header", "meta", "encoding"),
    [
        ("iso-8859-1", "utf-8", "cp1252"),  # the page's own word was never changed
        ("iso-8859-1", "utf-8", "utf-8"),  # the header is a mail program's default
        ("utf-8", "windows-1252", "utf-8"),
        ("us-ascii", "", "cp1252"),
        ("no-such", "windows-1251", "cp1252"),
        ("punycode", "", "utf-8"),
    ],
)
def test_a_page_whose_charset_is_mislabelled(header, meta, encoding):
    told = (
        "“Le pont – fermé”, a dit la maire élue d’Évron au conseil régional, réuni mardi à l’hôtel de ville."
    )
    page = f"<html><head><meta charset='{meta}'></head><body><p>{told}</p></body></html>"
    data = message(kind=f"text/html; charset={header}", body="").encode() + page.encode(encoding)
    if (header, encoding) == ("no-such", "cp1252"):
        data = data.replace(b"windows-1251", b"windows-1252")
    assert read(data).text == told


def test_what_an_office_sends_a_picture_and_a_text_twice_in_a_forwarded_mail():
    both = multipart("alternative", part("text/plain", BODY), part("text/html", PAGE), boundary="bb")
    picture = "Content-Type: image/png\nContent-Disposition: inline\nContent-ID: <a>\n\niVBOR\n"
    related = multipart("related", both, picture, boundary="cc")
    calendar = part("text/calendar", "BEGIN:VCALENDAR\n", "Content-Disposition: attachment\n")
    forwarded = (
        f"Content-Type: message/rfc822\n\n{HEAD}{multipart('mixed', related, calendar, boundary='dd')}"
    )
    article = read(HEAD.replace("Bridge", "WG: Bridge") + multipart("mixed", forwarded, boundary="ee"))
    assert (article.headline, article.text) == ("Bridge closed", BODY)


def test_the_plain_part_of_two_and_the_page_where_the_plain_one_says_nothing():
    both = HEAD + multipart(
        "alternative", part("text/plain", BODY + "\nThe ferry is free.\n"), part("text/html", PAGE)
    )
    assert read(both).text == BODY + "\nThe ferry is free.\n"
    stub = HEAD + multipart(
        "alternative", part("text/plain", "See this message in your browser.\n"), part("text/html", PAGE)
    )
    assert read(stub).text.startswith(BODY.strip())
    only = message(kind="text/html; charset=utf-8", body=PAGE)
    assert read(only).text.startswith(BODY.strip())
    assert read(only).headline == "Bridge closed"


APPENDED = "The ferry is free from Monday until the bridge is open again, the port said.\n"
SAME = f"<html><body><p>{BODY.strip()}</p></body></html>"


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        pytest.param([part("text/plain", BODY), part("text/html", SAME), part("text/plain", APPENDED)], [BODY, APPENDED], id="said twice"),
        pytest.param([part("text/plain", APPENDED), part("text/html", SAME)], [APPENDED, BODY], id="a text above a page"),
        pytest.param([part("text/html", SAME), part("text/plain", APPENDED)], [BODY, APPENDED], id="a text below a page"),
        pytest.param([multipart("alternative", part("text/plain", BODY), part("text/html", SAME), boundary="in"), part("text/plain", APPENDED)], [BODY, APPENDED], id="below two forms"),
        pytest.param([part("text/plain", f"{BODY.strip()} <https://example.org/bridge>\n"), part("text/html", SAME)], [BODY.strip(), "<https://example.org/bridge>"], id="but for a link"),
        pytest.param([part("text/plain", "No\n"), part("text/plain", BODY + "Nobody knows.\n")], ["No", BODY, "Nobody knows."], id="a short text that stands elsewhere"),
        pytest.param([multipart("alternative", part("text/plain", "See the page.\n"), multipart("mixed", part("text/html", SAME), part("text/html", f"<html><body><p>{APPENDED}</p></body></html>"), boundary="mm"), boundary="in")], [BODY, APPENDED], id="a page in two parts"),
        pytest.param([multipart("alternative", part("text/plain", BODY), part("text/x-amp-html", SAME), part("text/calendar", "BEGIN:VCALENDAR\n"), boundary="in")], [BODY], id="forms that are no text"),
        pytest.param([multipart("related", part("text/html", SAME), part("text/css", "p { color: red }\n" * 60), boundary="in")], [BODY], id="a page with its styles"),
        pytest.param([multipart("related", part("text/html", f"<html><body><p>{APPENDED}</p></body></html>"), "Content-Type: message/rfc822\n\nSubject: One\nFrom: a@example.org\n\n" + BODY, boundary="in")], [APPENDED, BODY], id="a forwarded message beside a page"),
        pytest.param([multipart("related", part("text/html", SAME), part("text/html", f"<html><body><p>{APPENDED}</p></body></html>"), boundary="in")], [BODY], id="a page with a frame"),
    ],
)  # fmt: skip
def test_parts_that_are_no_forms_of_one_text_are_all_read(parts, told):
    text = read(HEAD + multipart("mixed", *parts)).text
    assert text.split() == " ".join(told).split()


def paragraph(number):
    return (
        f"On day {number} of the closure the ferry carried {number}00 people across the river, the port said, "
        f"and {number} of its boats were out of order by the evening."
    )


EIGHT = [paragraph(number) for number in range(1, 9)]
TWO = [paragraph(number) for number in (20, 21)]
OTHERS = [paragraph(number) for number in range(30, 38)]
HEADED = [EIGHT[0], "Background", EIGHT[1]], [BODY.strip(), "Background", APPENDED.strip()]
NOT_CLOSED = "The bridge over the river will be closed to lorries and to buses until the end of the month."
SIGNED = ["Ana Ruiz", "Press office of the city of Port Averin", "City Hall, 1 Harbour Street, 555 0100"]


def as_plain(paragraphs):
    return part("text/plain", "\n\n".join(paragraphs) + "\n")


def as_wrapped(paragraphs):
    return as_plain([textwrap.fill(each, 72) for each in paragraphs])


def as_lines(paragraphs):
    return part("text/plain", "\n".join(paragraphs) + "\n")


def as_page(paragraphs):
    return part("text/html", f"<html><body>{''.join(f'<p>{p}</p>' for p in paragraphs)}</body></html>")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        pytest.param([as_plain(EIGHT), as_page(EIGHT)], EIGHT, id="the same"),
        pytest.param([as_wrapped(EIGHT), as_page(EIGHT)], EIGHT, id="wrapped"),
        pytest.param([as_page(EIGHT), as_wrapped(EIGHT)], EIGHT, id="wrapped, behind the page"),
        pytest.param([as_lines(EIGHT), as_page(EIGHT)], EIGHT, id="no blank lines"),
        pytest.param([as_plain(EIGHT), as_page(EIGHT + TWO)], EIGHT + TWO, id="two more at the end"),
        pytest.param([as_plain(EIGHT), as_page(TWO + EIGHT)], TWO + EIGHT, id="two more at the beginning"),
        pytest.param([as_wrapped(EIGHT), as_page(EIGHT[:4] + TWO + EIGHT[4:])], EIGHT[:4] + TWO + EIGHT[4:], id="two more in the middle"),
        pytest.param([as_page(EIGHT + TWO), as_plain(EIGHT)], EIGHT + TWO, id="two fewer behind it"),
        pytest.param([as_plain(EIGHT + SIGNED), as_page(EIGHT)], EIGHT + SIGNED, id="signed above"),
        pytest.param([as_plain(EIGHT), as_page(EIGHT + SIGNED)], EIGHT + SIGNED, id="signed below"),
        pytest.param([as_plain([*EIGHT, "Ana Ruiz"]), as_page(EIGHT + TWO)], [*EIGHT, "Ana Ruiz", *TWO], id="each has its own"),
        pytest.param([as_plain(["Hi Tom", *EIGHT]), as_lines(EIGHT + TWO)], ["Hi Tom", *EIGHT, *TWO], id="each has its own, no blank lines"),
        pytest.param([as_plain(EIGHT), as_page(OTHERS)], EIGHT + OTHERS, id="two texts"),
        pytest.param([as_plain(EIGHT), as_page(EIGHT[:5] + TWO)], EIGHT + TWO, id="most of it and more"),
        pytest.param([as_plain(HEADED[0]), as_page(HEADED[1])], HEADED[0] + HEADED[1], id="two texts with a heading of the same words"),
        pytest.param([as_plain([NOT_CLOSED]), as_page([NOT_CLOSED.replace("will be", "will not be")])], [NOT_CLOSED, NOT_CLOSED.replace("will be", "will not be")], id="but for one word"),
        pytest.param([as_plain(EIGHT[:4]), as_page(EIGHT[4:]), as_page(EIGHT)], EIGHT, id="in two parts and again in one"),
        pytest.param([as_plain(["桥梁将关闭至月底。市长星期二在市政厅对记者说，渡轮在此期间免费，直到桥梁重新开放为止，市民可以乘坐。"]), as_plain(["桥梁将关闭至月底。市长星期二在市政厅对记者说，\n渡轮在此期间免费，直到桥梁重新开放为止，市民可以乘坐。"])], ["桥梁将关闭至月底。市长星期二在市政厅对记者说，渡轮在此期间免费，直到桥梁重新开放为止，市民可以乘坐。"], id="Chinese"),
    ],
)  # fmt: skip
def test_what_stands_in_two_parts_is_told_once_and_what_stands_in_one_is_kept(parts, told):
    text = read(HEAD + multipart("mixed", *parts)).text
    assert text.split() == " ".join(told).split()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<h1>Closed for a month</h1><h2>Ferry is free</h2><p>{0}</p>", ["Closed for a month", "Ferry is free", "{0}"]),
        ("<h1>Bridge closed</h1><h2>Ferry is free</h2><p>{0}</p>", ["Ferry is free", "{0}"]),
        ("<p>{0}</p><ul><li>One boat</li><li>Two boats</li></ul><p>{1}</p>", ["{0}", "One boat", "Two boats", "{1}"]),
        ("<ol><li>{1}</li></ol><p>{0}</p>", ["{1}", "{0}"]),
        ("<p>{0}</p><h3>Ferry</h3><p>{1}</p>", ["{0}", "Ferry", "{1}"]),
        ("<b>Closed again</b><br><br><p>{0}</p>", ["Closed again", "{0}"]),
        ("<div>{0}</div><div><br></div><div><b>Ferry</b></div><div>No.</div>", ["{0}", "Ferry", "No."]),
        ("<p>By Jo Li</p><p>{0}</p>", ["By Jo Li", "{0}"]),
        ("<article><p>{0}</p></article><article><p>{1}</p></article>", ["{0}", "{1}"]),
        ("<p>{0}</p><script>no()</script><div style='display:none'>No.</div>", ["{0}"]),
        ("<div style='max-height:0px'>In short.</div><p style='max-height:0.9em'>{0}</p>", ["{0}"]),
        ("<table><tr><td><table><tr><td><h2>Ferry</h2><p>{0}</p></td></tr></table><table><tr><td>One boat</td></tr></table></td></tr><tr><td>{1}</td></tr></table>", ["Ferry", "{0}", "One boat", "{1}"]),
        ("<p>{0}</p><p class=MsoListParagraph><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>One boat</p>", ["{0}", "One boat"]),
    ],
)  # fmt: skip
def test_all_of_a_page_that_is_the_body_of_a_message_is_read(body, told):
    page = (
        f"<html><head><title>x</title><meta name='author' content='Jo Li'></head><body>{body}</body></html>"
    )
    data = HEAD + part("text/html", page.format(BODY.strip(), APPENDED.strip()))
    assert read(data).text.split("\n\n") == [each.format(BODY.strip(), APPENDED.strip()) for each in told]


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        (b"=?utf-8?q?Jos=C3=A9?= Ru\xedz resigns", "José Ruíz resigns"),
        (b"Bridge " + "ü".encode() * 1500, "Bridge üüü"),
    ],
)
def test_headers_of_two_encodings_or_cut_within_a_character(subject, headline):
    data = HEAD.encode().replace(b"Bridge closed", subject) + b"Content-Type: text/plain\n\n" + BODY.encode()
    assert read(data).headline.startswith(headline)


def test_attachments_are_told_in_the_log_and_not_read(caplog):
    attached = part("text/plain", "Secret notes.\n", "Content-Disposition: attachment; filename=notes.txt\n")
    picture = (
        'Content-Type: image/png; name="bridge.png"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n'
    )
    inner = multipart("related", part("text/plain", BODY), picture, boundary="yy")
    with caplog.at_level(logging.INFO, "toolkit.read.mail"):
        article = read(HEAD + multipart("mixed", inner, attached))
    assert article.text == BODY
    assert "notes.txt is not read" in caplog.text
    assert "bridge.png is not read" in caplog.text


def test_a_forwarded_release():
    inside = part("message/rfc822", HEAD + "\n" + BODY).replace("; charset=utf-8", "")
    article = read(
        "From: Desk <desk@example.org>\nSubject: Fwd: Bridge closed\n" + multipart("mixed", inside)
    )
    assert (article.headline, article.text, article.byline) == ("Bridge closed", BODY, "Ana Ruiz")
    assert article.published == "2025-03-12T07:40:00+01:00"
    note = part("text/plain", "For page one, please.\n")
    article = read("From: Desk <desk@example.org>\nSubject: Fwd: Bridge\n" + multipart("mixed", note, inside))
    assert (article.headline, article.byline, article.published) == ("Bridge", "", "")
    assert article.text == f"For page one, please.\n\n{BODY}"
    quoted = message(body="".join(f"> {line}\n" for line in ("The mayor resigned.", "", "She is ill.")))
    assert read(quoted).text == "The mayor resigned.\n\nShe is ill.\n"


SENT_ON = HEAD.replace("Bridge closed", "Fwd: Bridge closed").replace("Ana Ruiz", "Tom Ek")


@pytest.mark.parametrize(
    "before",
    [
        "---------- Forwarded message ---------\nFrom: Ana Ruiz <press@example.org>\nDate: Wed, 12 Mar 2025 at 07:40\nSubject: Bridge closed\nTo: <desk@example.org>\n\n\n",
        "Begin forwarded message:\n\nFrom: Ana Ruiz <press@example.org>\nSubject: Bridge closed\nDate: 12 March 2025 at 07:40:00 CET\nTo: desk@example.org\n\n",
        "-----Original Message-----\nFrom: Ana Ruiz <press@example.org>\nSent: Wednesday, March 12, 2025 7:40 AM\nTo: Desk\nSubject: RE: Bridge closed\n\n",
        "________________________________\nDe : Ana Ruiz <press@example.org>\nEnvoyé : mercredi 12 mars 2025 07:40\nÀ : Desk\nObjet : Bridge closed\n\n",
        "-------- Weitergeleitete Nachricht --------\nBetreff: \tBridge closed\nDatum: \tWed, 12 Mar 2025\nVon: \tAna Ruiz <press@example.org>\n\n",
        "From: Ana Ruiz <press@example.org>\nSent: Wednesday\nTo: Tom Ek <tom@example.org>;\n  Desk\nSubject: Bridge closed\n\n",
    ],
    ids=["Gmail", "Apple", "Outlook", "French", "Thunderbird", "bare"],
)
def test_the_headers_in_the_text_of_a_forwarded_release(before):
    article = read(message(SENT_ON, body=before + BODY))
    assert (article.text, article.headline, article.byline) == (BODY, "Bridge closed", "Ana Ruiz")


@pytest.mark.parametrize(
    ("head", "before"),
    [
        (SENT_ON, "Contact: Ana Ruiz\nPhone: 555 0100\nMail: press@example.org\n\n"),
        (SENT_ON, "From: Ana Ruiz <press@example.org>\nSubject: Bridge closed\n\n"),
        (
            SENT_ON,
            "See below.\n\nFrom: Ana Ruiz <a@example.org>\nSent: today\nTo: Desk\nSubject: Bridge closed\n\n",
        ),
        (HEAD, "From: Ana Ruiz <press@example.org>\nSent: today\nTo: Desk\nSubject: Bridge closed\n\n"),
        (SENT_ON, "From: a\nTo: b\nSubject: Another bridge\n\n"),
    ],
)
def test_lines_that_are_no_headers_stay(head, before):
    assert read(message(head, body=before + BODY)).text == before + BODY


def test_lines_that_a_mail_program_broke_are_joined_and_others_kept():
    wrapped = "The mayor of Port Averin said on Tuesday that the bridge over the\nriver would stay closed until the end of the month, and that the\nferry would be free.\n"
    assert read(message(body=wrapped)).text == wrapped.strip().replace("\n", " ") + "\n"
    listed = "Contact:\nAna Ruiz\nCity Hall\n"
    assert read(message(body=f"{BODY}\n{listed}")).text == f"{BODY}\n{listed}"
    flowed = message(
        kind="text/plain; charset=utf-8; format=flowed", body="The mayor \nresigned \ntoday.\nShe is ill.\n"
    )
    assert read(flowed).text == "The mayor resigned today.\nShe is ill.\n"


@pytest.mark.parametrize(
    ("kind", "encoding", "body"),
    [
        ("ks_c_5601-1987", "cp949", "시장은 화요일에 다리가 폐쇄된다고 말했다."),
        ("gb2312", "gbk", "市长周二表示，大桥将继续关闭，朱镕基说。"),  # a sign that gb2312 hasn't
        ("iso-2022-jp", "iso-2022-jp", "市長は火曜日に橋の閉鎖が続くと述べた。"),
        ("iso-8859-1", "cp1252", "“No” – the mayor’s office said."),
    ],
)
def test_the_charsets_that_mail_programs_name_wrongly(kind, encoding, body):
    data = message(kind=f"text/plain; charset={kind}", body="").encode() + f"{body}\n".encode(encoding)
    assert read(data).text == f"{body}\n"


def test_a_letter_that_is_divided_where_a_line_of_the_message_ends():
    quoted = message(body="The caf=C3=\n=A9 closed.\n", more="Content-Transfer-Encoding: quoted-printable\n")
    assert read(quoted).text == "The café closed.\n"
    subject = "=?utf-8?B?QnLD?=\n =?utf-8?B?vGNrZQ==?="
    assert read(message(HEAD.replace("Bridge closed", subject))).headline == "Brücke"


@pytest.mark.parametrize(
    ("charset", "encoding", "subject"),
    [
        ("windows-1252", "cp1252", "Brücke gesperrt"),
        ("windows-1251", "cp1251", "Мост закрыт до конца месяца"),
    ],
)
def test_a_subject_that_is_written_in_bytes_as_they_are(charset, encoding, subject):
    head = HEAD.replace("Bridge closed", subject)
    for each in (encoding, "utf-8"):
        assert read(message(head, kind=f"text/plain; charset={charset}").encode(each)).headline == subject


def test_parameters_in_pieces_and_in_a_charset():
    assert read(message(kind="text/plain; charset*=us-ascii'en'utf-8", body="“No.”\n")).text == "“No.”\n"
    pieces = HEAD + multipart("mixed", part("text/plain", BODY)).replace(
        'boundary="xx"', 'boundary*0="x"; boundary*1="x"'
    )
    assert read(pieces).text == BODY


@pytest.mark.parametrize(
    ("more", "body", "text"),
    [
        ("", "The mayor \nresigned.\nShe is ill.\n", "The mayor resigned.\nShe is ill.\n"),
        ("", "She is ill.\n From then on \nit rained.\n", "She is ill.\nFrom then on it rained.\n"),
        ("", "The mayor resigned. \n-- \nAna Ruiz\n", "The mayor resigned. \n"),
        ("", "She asked: \n> Is the \n> bridge closed?\n>> No.\n", "She asked: \n> Is the bridge closed?\n>> No.\n"),
        ("; delsp=yes", "市長は \n言った。\n次の日。\n", "市長は言った。\n次の日。\n"),
    ],
    ids=["lines", "protected", "signature", "quoted", "no blanks"],
)  # fmt: skip
def test_text_that_flows(more, body, text):
    assert read(message(kind=f"text/plain; charset=utf-8; format=flowed{more}", body=body)).text == text


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        ("-- \nAna Ruiz\nPress office\n", ""),
        ("--\nAna Ruiz\nPress office of the city of Port Averin\n555 0100\n", ""),
        (f"-- \nAna Ruiz\n\n{APPENDED}", ""),
        (f"--\n\n{APPENDED}", f"--\n\n{APPENDED}"),
        (f"--\n\n{textwrap.fill(APPENDED, 72)}\n", f"--\n\n{APPENDED}"),
        (f"--\n\n{APPENDED}\n--\nAna Ruiz\n", f"--\n\n{APPENDED}"),
        (f"--\n\n{BODY * 40}", f"--\n\n{BODY * 40}"),
    ],
)
def test_a_signature_goes_and_a_dash_in_the_text_stays(below, kept):
    assert read(message(body=f"{BODY}\n{below}")).text.split() == f"{BODY}\n{kept}".split()


def test_a_page_that_a_browser_saved_as_one_file():
    saved = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/bridge\nSubject: Bridge closed - Example\n"
        "Date: Wed, 12 Mar 2025 07:40:00 -0000\nMIME-Version: 1.0\n"
        + multipart(
            "related",
            part("text/html", PAGE.replace("<body>", "<body><h1>Bridge closed</h1>")),
            "Content-Type: text/css\n\np { color: red }",
        )
    )
    for name in ("page.mhtml", "page.mht", ""):
        article = read(saved, name)
        assert article.text.startswith(BODY.strip())
        assert "color" not in article.text
        assert (article.headline, article.published) == (
            "Bridge closed",
            "",
        )  # the day of saving is not the article's


FRAME = "<html><body><p>Buy our wonderful new shoes today, the best shoes that you will ever have.</p></body></html>"


def packed(kind, page, encoding="utf-8", more=""):
    data = base64.encodebytes(page.encode(encoding)).decode()
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: base64\n{more}\n{data}"


@pytest.mark.parametrize(
    ("saver", "content"),
    [
        pytest.param("Blink", multipart("related", packed("text/html", PAGE), part("text/html", FRAME)), id="a frame behind it"),
        pytest.param("Windows Internet Explorer 11", multipart("related", packed("text/html; charset=unicode", PAGE, "utf-16")), id="UTF-16"),
        pytest.param("UnMHT", multipart('related; start="<it@x>"', packed("text/html", FRAME), packed("text/html", PAGE, more="Content-ID: <it@x>\n")), id="a frame before it"),
        pytest.param("WebKit", packed("text/html; charset=utf-8", PAGE), id="no parts"),
        pytest.param("Blink", multipart("related", "Content-Type: text/css\n\np { color: red }", packed("text/html", PAGE)), id="a style before it"),
        pytest.param("Blink", multipart("related", packed("application/xhtml+xml", PAGE)), id="XHTML"),
        pytest.param("Blink", multipart("alternative", packed("text/html; charset=windows-1252", PAGE)), id="alone of its kind"),
    ],
)  # fmt: skip
def test_pages_as_other_browsers_save_them(saver, content):
    article = read(
        f"From: <Saved by {saver}>\nSubject: Bridge closed\nMIME-Version: 1.0\n{content}", "page.mht"
    )
    assert article.text.startswith(BODY.strip())
    assert "shoes" not in article.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Just a text without headers.\n", "no e-mail"),
        (HEAD + "\n", "no text but only attachments"),
        (HEAD + "Content-Type: image/png\n\nabc", "no e-mail with a text|no text"),
        (HEAD + multipart("mixed"), "no e-mail with a text|no text"),
    ],
)
def test_what_is_no_release_is_told_in_one_sentence(data, words):
    with pytest.raises(UnreadableArticle, match=words) as caught:
        read(data)
    assert str(caught.value).startswith("release.eml ")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "hostile",
    [
        b"From: " + b"(" * 200_000,
        b"From: " + b"a," * 200_000,
        b"From: " + b'"' * 200_000,
        b"Subject: " + b"=?utf-8?Q?a?= " * 50_000,
        b"Subject: " + b"re: [a] " * 50_000,
        b"Content-Type: text/plain; " + b"a*0=b; " * 50_000,
        b"Content-Type: " + b"(" * 200_000,
        b"Content-Transfer-Encoding: " + b"(" * 1_500,
        b"MIME-Version: 1.0\nContent-Disposition: " + b"(" * 1_500,
        b"X-A: b\n" * 300_000 + b"X: y",
        b"X-A: b\n" + b" c\n" * 300_000 + b"X: y",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 300_000,
    ],
    ids=range(12),
)
def test_hostile_headers_cost_no_time(hostile):
    started = time.monotonic()
    try:
        text = read(hostile + b"\nSubject: x\nMIME-Version: 1.0\n\nWords here.\n").text
    except ToolkitError:
        text = ""
    assert text in ("", "Words here.\n")
    assert time.monotonic() - started < 10


def compound(streams):
    """A compound file (version 3) with these streams, all short enough for its small sectors or padded."""
    directory, sectors, fat = [], [], []

    def entry(name, kind, start, size, child=0xFFFFFFFF, right=0xFFFFFFFF):
        raw = name.encode("utf-16-le")
        return (
            (raw + b"\0\0").ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    for number, (name, data) in enumerate(streams.items(), start=1):
        padded = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")  # beyond the small sectors
        count = len(padded) // 512
        first = len(sectors)
        sectors += [padded[n * 512 : n * 512 + 512] for n in range(count)]
        fat += [*range(first + 1, first + count), 0xFFFFFFFE]
        right = number + 1 if number < len(streams) else 0xFFFFFFFF
        directory.append(entry(name, 2, first, max(len(data), 4096), right=right))
    listing = b"".join([entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1), *directory])
    listing = listing.ljust(-(-len(listing) // 512) * 512, b"\0")
    start = len(sectors)
    count = len(listing) // 512
    sectors += [listing[n * 512 : n * 512 + 512] for n in range(count)]
    fat += [*range(start + 1, start + count), 0xFFFFFFFE]
    tables = -(-(len(fat) + 8) // 128)
    fat += [0xFFFFFFFD] * tables
    raw = struct.pack(f"<{len(fat)}I", *fat).ljust(tables * 512, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<IIIIIIIII", 0, tables, start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack(
        "<109I", *range(len(sectors), len(sectors) + tables), *[0xFFFFFFFF] * (109 - tables)
    )
    return header + b"".join(sectors) + raw


def wide(text):
    # Streams are padded here, so the text says where it ends.
    return (text + "\0" * 3000).encode("utf-16-le")


def outlook(**streams):
    """An Outlook message; the names of the streams are those of the properties."""
    ticks = 133_862_496_000_000_000  # 2025-03-12 07:40 UTC
    properties = (
        bytes(32) + struct.pack("<HHIQ", 0x40, 0x39, 6, ticks) + struct.pack("<HHIQ", 3, 0x3FDE, 6, 1252)
    )
    return compound(
        {
            "__properties_version1.0": properties,
            **{f"__substg1.0_{key[1:]}": data for key, data in streams.items()},
        }
    )


def test_an_outlook_message():
    data = outlook(_0037001F=wide("Fwd: Bridge closed"), _0C1A001F=wide("Ana Ruiz"), _1000001F=wide(BODY))
    for name in ("release.msg", "", "renamed.txt"):
        article = read(data, name)
        assert (article.headline, article.byline, article.text) == ("Bridge closed", "Ana Ruiz", BODY)
        assert article.published.startswith("2025-03-1")


def test_an_outlook_message_in_an_old_codepage_of_an_office():
    body = "Der Bürgermeister sagte „nein“.".encode("cp1252") + bytes(5000)
    article = read(
        outlook(_0037001E=b"Br\xfccke" + bytes(5000), _0C1A001F=wide("PRESS OFFICE"), _1000001E=body), "a.msg"
    )
    assert (article.headline, article.byline, article.text) == (
        "Brücke",
        "",
        "Der Bürgermeister sagte „nein“.\n",
    )


@pytest.mark.parametrize(
    ("codepage", "meta", "encoding"),
    [(1250, "", "cp1250"), (1252, "<meta charset='windows-1250'>", "cp1250"), (1250, "", "utf-8")],
)
def test_an_outlook_page_in_a_codepage(codepage, meta, encoding):
    told = "The mayor of Łódź said on Tuesday that the bridge would stay closed until the end of the month."
    page = f"<html><head>{meta}</head><body><p>{told}</p><ul><li>Yes</li></ul></body></html>".encode(encoding)
    data = outlook(_0037001F=wide("Most"), _10130102=page + b" " * 5000)
    told_page = struct.pack("<HHIQ", 3, 0x3FDE, 6, codepage)
    data = data.replace(struct.pack("<HHIQ", 3, 0x3FDE, 6, 1252), told_page)
    assert read(data, "a.msg").text == f"{told}\n\nYes"


def test_an_outlook_message_with_html_or_packed_rtf_only():
    page = PAGE.encode() + b" " * 5000
    assert read(outlook(_0037001F=wide("Bridge closed"), _10130102=page), "a.msg").text.startswith(
        BODY.strip()
    )
    rtf = b"{\\rtf1\\ansi The mayor resigned.\\par She is ill.}" + b" " * 5000
    stored = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    assert (
        read(outlook(_0037001F=wide("Mayor"), _10090102=stored), "a.msg").text
        == "The mayor resigned.\n\nShe is ill."
    )


HEADERS = "From: Ana Ruiz <press@example.org>\r\nSent: Wednesday, 12 March 2025 07:40\r\nTo: news@example.org\r\nSubject: Bridge closed\r\n\r\n"


@pytest.mark.parametrize(
    ("streams", "told"),
    [
        pytest.param({"_0037001F": wide("FW: Bridge closed"), "_0C1A001F": wide("Night Desk"), "_1000001F": wide(HEADERS + BODY)}, ("Bridge closed", "Ana Ruiz", BODY), id="sent on, with the headers in its text"),
        pytest.param({"_0037001F": wide("WG: Bridge closed"), "_0C1A001F": wide("Ana Ruiz"), "_1000001F": wide(BODY + "\r\n-- \r\nPress office\r\n")}, ("Bridge closed", "Ana Ruiz", BODY), id="a signature"),
        pytest.param({"_0037001F": wide("Bridge\r\n closed"), "_0C1A001F": wide("Ruiz, Ana"), "_1000001F": wide(BODY)}, ("Bridge closed", "Ana Ruiz", BODY), id="the surname first"),
        pytest.param({"_1000001F": wide(BODY)}, ("", "", BODY), id="neither subject nor sender"),
        pytest.param({"_0037001F": wide("Bridge closed"), "_0C1A001F": wide("press@example.org"), "_1000001F": wide(BODY), "_10130102": PAGE.encode() + b" " * 5000}, ("Bridge closed", "", BODY), id="a text and a page"),
    ],
)  # fmt: skip
def test_outlook_messages_as_they_come(streams, told):
    article = read(outlook(**streams), "a.msg")
    assert (article.headline, article.byline, article.text.strip("\n")) == (*told[:2], told[2].strip("\n"))


def test_an_outlook_message_whose_page_is_wrapped_in_rtf():
    """As [MS-OXRTFEX] shows: the tags stand in groups of their own, and what is only for RTF between two signs."""
    rtf = (
        b"{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}}{\\*\\htmltag19 <html>}{\\*\\htmltag50 <body>}"
        b"{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 The mayor said \\'93no\\'94.\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}"
        b"\\htmlrtf \\par \\htmlrtf0 {\\*\\htmltag64 <p>}She is ill{\\*\\htmltag84 &nbsp;}\\htmlrtf \\'a0\\htmlrtf0 today.}"
    )
    stored = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf + b" " * 5000
    text = read(outlook(_0037001F=wide("Mayor"), _10090102=stored), "a.msg").text
    assert text == "The mayor said “no”.\n\nShe is ill\u00a0today."


def test_packed_rtf_is_unpacked_as_its_publisher_shows():
    # The worked example of [MS-OXRTFCP], section 4.1.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert msg.unpacked(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert msg.unpacked(packed[:30]).startswith(b"{\\rtf1\\ansi")
    assert msg.unpacked(b"") == msg.unpacked(bytes(40)) == b""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (outlook(_0037001F=wide("Bridge closed")), "no text but only attachments"),
        (outlook(_1000001F=wide(BODY))[:-512], "damaged"),
        (b"no message", "isn't one"),
    ],
)
def test_what_is_no_outlook_message_is_told_in_one_sentence(data, words):
    with pytest.raises(UnreadableArticle, match=words) as caught:
        read(data, "a.msg")
    assert str(caught.value).startswith("a.msg ")
    assert str(caught.value).endswith(".")


GOOD = (
    HEAD
    + multipart(
        "mixed",
        multipart(
            "alternative",
            part("text/plain", BODY, "Content-Transfer-Encoding: quoted-printable\n"),
            part("text/html", PAGE),
            boundary="yy",
        ),
    )
).encode()


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=20),
    st.integers(0, 200),
)
def test_mutated_messages_are_read_or_refused(changes, cut):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    try:
        article = read(bytes(data[: len(data) - cut]))
    except ToolkitError:
        return
    assert article.text.strip()


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(
        ["From", "Subject", "Date", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition"]
    ),
    st.binary(max_size=60),
)
def test_any_header_is_read_or_refused(name, value):
    try:
        article = read(name.encode() + b": " + value + b"\n" + message().encode())
    except ToolkitError:
        return
    assert article.text.strip()


@pytest.mark.parametrize("plain", ["", "View this message in a browser.", " \n"])
def test_an_outlook_text_that_only_points_to_the_page_is_not_taken_for_it(plain):
    told = "The old bridge at Ashby was closed on Monday, and the council has no money for a new one."
    page = f"<html><body><p>{told}</p><p>{told.replace('Monday', 'Tuesday')}</p></body></html>"
    streams = {
        "_0037001F": wide("Bridge"),
        "_1000001F": wide(plain),
        "_10130102": page.encode() + b" " * 5000,
    }
    assert read(outlook(**streams), "a.msg").text == f"{told}\n\n{told.replace('Monday', 'Tuesday')}"


OUTLOOK = outlook(_0037001F=wide("Bridge closed"), _1000001F=wide(BODY))


@settings(deadline=None, max_examples=8)
@given(st.lists(st.tuples(st.integers(8, len(OUTLOOK) - 1), st.integers(0, 255)), min_size=1, max_size=200))
def test_mutated_outlook_messages_are_read_or_refused(changes):
    data = bytearray(OUTLOOK)
    for place, value in changes:
        data[place] = value
    try:
        read(bytes(data), "a.msg")
    except ToolkitError:
        return


@given(st.binary(max_size=300))
def test_any_packed_rtf_is_unpacked(data):
    msg.unpacked(struct.pack("<II4sI", len(data), 10_000, b"LZFu", 0) + data)


@given(st.text(max_size=80))
def test_any_sender_and_subject(text):
    assert isinstance(mail.person(text), str)
    assert len(bare_subject(text)) <= len(text)


@pytest.mark.parametrize("unit", ["a: b\n", "a: b\n c\n", "- \n", "\n", "a:\n", "* a: b@c\n\n"])
def test_headers_in_a_text_cost_no_more_than_their_length(unit):
    started = time.monotonic()
    without_headers(unit * (200_000 // len(unit)), "Fwd: Bridge closed")
    assert time.monotonic() - started < 5

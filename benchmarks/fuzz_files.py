"""Real files of each format, small and made here, for the fuzzing to damage; none is read from anywhere."""

# ruff: noqa: E501 - documents, whose lines are their own

from __future__ import annotations

import email.message
import email.policy
import io
import plistlib
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

LEAD = "The mayor of Port Averin, Ana Ruiz, said on Tuesday that the bridge would stay closed until 14 May."
QUOTE = "“It can’t bear 40 tonnes,” she told the council. “We were warned in 2019,” said Tom Ek, an engineer."
THIRD = "About 1,200 people use it daily, and €3.5 million are needed – a third more than planned; São João’s too."
PARAGRAPHS = (LEAD, QUOTE, THIRD)
HEADLINE = "Bridge closed until May"
_PAGE = (
    f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{HEADLINE} | Example</title>"
    "<meta name='author' content='Ana Ruiz'><meta property='article:published_time' content='2025-03-12T07:40:00Z'>"
    f"<script>var a = '<p>';</script></head><body><nav><a href='/'>Home</a></nav><article><h1>{HEADLINE}</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    + "<ul><li>An item</li></ul><table><tr><td>Ship</td><td>3</td></tr></table></article><footer>©</footer></body></html>"
)


def text() -> bytes:
    return (
        "\n\n".join((HEADLINE, "By Ana Ruiz", f"PORT AVERIN (AP) — {LEAD}", QUOTE, THIRD)) + "\n"
    ).encode()


def markdown() -> bytes:
    return (
        f"---\ntitle: {HEADLINE}\ndate: 2025-03-12\n---\n\n# {HEADLINE}\n\n**{LEAD}** [here](http://example.org)\n\n"
        f"> {QUOTE}\n\n- an item\n  - another\n\n|a|b|\n|-|-|\n|1|2|\n\n~~struck~~ `code` <b>{THIRD}</b> &amp;\n"
    ).encode()


def page() -> bytes:
    return _PAGE.encode()


def word() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(HEADLINE, 0)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph).add_run(" More.").bold = True
    document.add_table(1, 2).cell(0, 0).text = "Ship"
    document.core_properties.title = HEADLINE
    saved, file = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():  # without the time of saving, so that it is the same each time
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def open_document() -> bytes:
    urn = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{n}="{urn}{n}:1.0"' for n in ("office", "text", "style", "table", "meta"))
    body = "".join(f"<text:p>{p}<text:s text:c='2'/><text:note>n</text:note></text:p>" for p in PARAGRAPHS)
    content = (
        f"<office:document-content {spaces}><office:automatic-styles><style:style style:name='P1'/></office:automatic-styles>"
        f"<office:body><office:text><text:h text:outline-level='1'>{HEADLINE}</text:h>{body}<table:table><table:table-row>"
        "<table:table-cell><text:p>Ship</text:p></table:table-cell></table:table-row></table:table></office:text></office:body>"
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr(zipfile.ZipInfo("content.xml"), content, zipfile.ZIP_DEFLATED)
        archive.writestr(
            zipfile.ZipInfo("meta.xml"),
            f"<office:document-meta {spaces}><office:meta/></office:document-meta>",
        )
    return file.getvalue()


def portable() -> bytes:
    """A PDF of two pages, with a correct table of places."""
    pages = []
    for number in (1, 2):
        lines = [f"BT /F1 24 Tf 50 780 Td ({HEADLINE}) Tj ET"] if number == 1 else []
        words = " ".join(PARAGRAPHS).encode("cp1252", "replace").decode("latin-1").split()
        for row in range(0, len(words), 8):
            line = " ".join(words[row : row + 8]).replace("(", "").replace(")", "")
            lines.append(f"BT /F1 10 Tf 50 {740 - row * 1.5:.1f} Td ({line}) Tj ET")
        pages.append(
            "\n".join([*lines, f"BT /F1 8 Tf 280 20 Td (Page {number} of 2) Tj ET"]).encode("latin-1")
        )
    return portable_of(pages)


def portable_of(pages: Sequence[bytes]) -> bytes:
    """A PDF of pages that are drawn so."""
    kids = b" ".join(b"%d 0 R" % (6 + 2 * number) for number in range(len(pages)))
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Title(Bridge closed until May)/Author(Ana Ruiz)>>",
    ]
    for number, drawn in enumerate(pages):
        parts.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        parts.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % (5 + 2 * number)
        )
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    tail = b"trailer<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1,
        len(data),
    )
    return bytes(data) + head + tail


def rich() -> bytes:
    body = "\\par ".join(
        "".join(c if c < "\x7f" else f"\\u{ord(c)}?" for c in paragraph) for paragraph in PARAGRAPHS
    )
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fcharset204 Arial;}}{\info{\title "
        + HEADLINE
        + r"}}{\*\generator x;}\pard\b "
        + HEADLINE
        + r"\b0\par "
        + body
        + r"\par {\v hidden}{\f1 \'cc\'fd\'f0}\par{\pict\wmetafile8 0102}\trowd a\cell b\cell\row}"
    ).encode("ascii")


def mail() -> bytes:
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"] = "Ana Ruiz <press@example.org>"
    message["To"] = "news@example.org"
    message["Subject"] = "Fwd: Brücke gesperrt – bridge closed"
    message["Date"] = "Wed, 12 Mar 2025 07:40:00 +0100"
    message.set_content("\n\n".join(PARAGRAPHS), cte="quoted-printable")
    message.add_alternative(_PAGE, subtype="html", cte="base64")
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="a.png")
    return _bounded(message)


def saved_page() -> bytes:
    message = email.message.EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://example.org/bridge"
    message["Subject"] = HEADLINE
    message.set_content(_PAGE, subtype="html", cte="quoted-printable")
    message.add_related(b"p { color: red }", "text", "css")
    return _bounded(message)


def _bounded(message: email.message.EmailMessage) -> bytes:
    """A message with boundaries that are the same each time."""
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"===part{number}==")
    return message.as_bytes()


def web_archive() -> bytes:
    main = {
        "WebResourceData": _PAGE.encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": "https://example.org/bridge",
    }
    return plistlib.dumps({"WebMainResource": main, "WebSubresources": [main]}, fmt=plistlib.FMT_BINARY)


def outlook() -> bytes:
    """A message whose streams are all beyond the small sectors."""
    wide = {"0037": HEADLINE, "0C1A": "Ana Ruiz", "1000": "\r\n\r\n".join(PARAGRAPHS)}
    return outlook_of({f"{key}001F": (told + "\0" * 3000).encode("utf-16-le") for key, told in wide.items()})


def outlook_of(properties: Mapping[str, bytes]) -> bytes:
    """A compound file of version 3 with these properties of a message, of 6 MB at most in all: the header
    names 109 sectors of the table, and there are no others here."""
    fixed = bytes(32) + struct.pack("<HHIQ", 0x40, 0x39, 6, 133_862_496_000_000_000)
    streams = {"__properties_version1.0": fixed}
    streams |= {f"__substg1.0_{key}": data for key, data in properties.items()}
    free, end, of_table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    directory: list[bytes] = []
    sectors = bytearray()
    table: list[int] = []

    def entry(name: str, kind: int, start: int, size: int, child: int = free, right: int = free) -> bytes:
        raw = (name + "\0").encode("utf-16-le")
        head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, free, right, child)
        return head + bytes(36) + struct.pack("<IQ", start, size)

    def stored(data: bytes, least: int = 0) -> tuple[int, int]:
        """The first sector and the size of what is added, in whole sectors."""
        nonlocal sectors
        padded = data.ljust(max(least, -(-len(data) // 512) * 512), b"\0")
        first = len(table)
        sectors += padded
        table.extend([*range(first + 1, first + len(padded) // 512), end])
        return first, len(padded)

    for number, (name, data) in enumerate(streams.items(), start=1):
        first, size = stored(data, 4096)
        directory.append(entry(name, 2, first, size, right=number + 1 if number < len(streams) else free))
    start, _ = stored(b"".join([entry("Root Entry", 5, end, 0, child=1), *directory]))
    own = -(-len(table) // 127)  # sectors of the table, which tells of itself too
    places = [*range(len(table), len(table) + own), *[free] * (109 - own)]
    table.extend([of_table] * own)
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    head += struct.pack("<IIIIIIIII", 0, own, start, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", *places)
    return head + bytes(sectors) + struct.pack(f"<{len(table)}I", *table).ljust(512 * own, b"\xff")


def news_item() -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        "<?xml version='1.0' encoding='UTF-8'?><newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' xml:lang='en-GB'>"
        "<itemMeta><provider><name>Example</name></provider><versionCreated>2025-03-12T07:40:00Z</versionCreated></itemMeta>"
        f"<contentMeta><headline>{HEADLINE}</headline><by>By Ana Ruiz</by><language tag='en'/></contentMeta><contentSet>"
        f"<inlineXML><nitf><body><body.head/><body.content><block>{body}<media><p>x</p></media> tail</block></body.content>"
        f"</body></nitf></inlineXML><inlineXML><html><body>{body}</body></html></inlineXML></contentSet></newsItem>"
    ).encode()


def ninjs() -> bytes:
    import json

    item = {
        "uri": "urn:example:1", "standard": {"name": "ninjs", "version": "3.1"}, "language": "en", "by": "Ana Ruiz",
        "contentCreated": "2025-03-12T07:40:00Z", "headlines": [{"role": "main", "value": HEADLINE}],
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": _PAGE},
            {"role": "main", "contentType": "text/plain", "value": "\n\n".join(PARAGRAPHS)},
        ],
        "infoSources": [{"name": "Example"}], "descriptions": [{"role": "dateline", "value": "PORT AVERIN"}],
    }  # fmt: skip
    return json.dumps(item, ensure_ascii=False).encode()


FILES: Mapping[str, Callable[[], bytes]] = {
    "txt": text,
    "md": markdown,
    "html": page,
    "docx": word,
    "odt": open_document,
    "pdf": portable,
    "rtf": rich,
    "eml": mail,
    "mhtml": saved_page,
    "msg": outlook,
    "webarchive": web_archive,
    "xml": news_item,
    "ninjs": ninjs,
}

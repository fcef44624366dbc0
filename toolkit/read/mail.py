"""E-mail (.eml) and pages that a browser saved as one file (.mhtml): both are MIME messages.

A press release comes so: its subject is the headline, its sender the byline if that is somebody's
name. The plain text is read, or else the HTML through ``toolkit.read.web``. Attachments are not
read; a log line names them.
"""

from __future__ import annotations

import email.parser
import email.policy
import email.utils
import itertools
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email.message import Message
from typing import Any

from toolkit.errors import ToolkitError, UnreadableArticle
from toolkit.read import web
from toolkit.read.byline import NAME_WORD, PARTICLES
from toolkit.read.decode import decode
from toolkit.read.draft import Draft, one_line
from toolkit.read.forwarded import bare_subject, without_headers
from toolkit.read.limits import (
    MAX_BOUNDARIES,
    MAX_HEADER,
    MAX_HEADER_LINES,
    MAX_MESSAGE_PARTS,
    MAX_MULTIPARTS,
    MAX_NESTING,
    MAX_TEXT_BYTES,
    refuse_long,
    too_deep,
    too_large,
)
from toolkit.read.twice import without_told

log = logging.getLogger(__name__)

_DISPLAYED = re.compile(r"\s*(?:\"([^\"]{1,200})\"|([^\"<>]{1,200}?))\s*<")  # the name before an address
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_SHORT = 60  # characters; a line of running text, wrapped or not, is longer
_BOUNDARY = re.compile(rb"\bboundary[*\d]{0,4}\s{0,4}=", re.IGNORECASE)
_QUOTE = re.compile(r"^>+ ?", re.MULTILINE)
_NO_TEXT = ("text/css", "text/calendar", "text/x-amp-html", "text/vcard", "text/x-vcard")
_ADVICE = "open it in your mail program, copy the text and paste it."


class _Headers(email.policy.EmailPolicy):
    """The library's policy, with headers cut: it parses them at a cost beyond their length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(
            [line[:MAX_HEADER] for line in sourcelines[:MAX_HEADER_LINES]]
        )
        return name, value[:MAX_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> str:
        try:
            return super().header_fetch_parse(name, value)
        except RecursionError:  # comments within comments, a thousand deep
            return str(value)


def draft(data: bytes, name: str) -> Draft:
    """The text of a message, with what its headers tell.

    ``published`` is its Date with the zone that it states. Raises ``UnreadableArticle`` for a
    message without text.
    """
    _refuse_crowded(data, name)
    try:
        message = email.parser.BytesParser(policy=_Headers()).parsebytes(_from_its_headers(data))
        parts = list(_parts(message, name))
    except (ToolkitError, MemoryError):
        raise
    except Exception as error:  # the headers may hold anything, and the library trips over some of it
        raise UnreadableArticle(f"{name} is damaged or no e-mail; {_ADVICE}") from error
    message = _forwarded(message, [part for part, _ in parts])
    subject = header(message, "subject")
    if not parts or not (message.keys() and (subject or header(message, "from") or len(parts) > 1)):
        raise UnreadableArticle(f"{name} is no e-mail with a text in it; {_ADVICE}")
    saved_page = (
        bool(header(message, "snapshot-content-location")) or "saved by" in header(message, "from").lower()
    )
    found = _body(parts, name, None if saved_page else bare_subject(subject))
    text, sender = without_headers(found.text, subject)
    if saved_page:
        return found
    return Draft(
        text,
        headline=bare_subject(subject) or found.headline,
        byline=person(sender or header(message, "from")) or found.byline,
        published=sent(header(message, "date")),
        language=header(message, "content-language") or found.language,
    )


def header(message: Message, name: str) -> str:
    """A header's words, decoded, on one line; "" where it is missing or can't be read."""
    raw = next((str(v) for k, v in message.raw_items() if k.lower() == name), "")
    octets = raw.encode("utf-8", "surrogateescape")
    try:
        octets.decode()
    except UnicodeDecodeError as error:  # neither encoded nor UTF-8, as old programs write them
        if error.reason != "unexpected end of data":  # a header that was cut within a character
            with suppress(Exception):
                told = decode(octets, name, declared=message.get_content_charset() or "")
                return one_line(str(email.policy.default.header_factory(name, told)))
    try:
        return one_line(str(message.get(name) or ""))
    except Exception:  # the library trips over some malformed addresses and dates
        return one_line(raw)


def person(sender: str) -> str:
    """The sender's name if it is somebody's, and "" for an office, a list or a bare address.

    A name is two to four words with capitals, none of them all in capitals, as an office's is.
    """
    shown = _DISPLAYED.match(sender)
    name = one_line(shown[1] or shown[2] or "").strip("\"' ") if shown else ""
    if re.fullmatch(r"[^,]+, [^,]+", name):
        name = " ".join(reversed(name.split(", ")))
    words = name.split()
    capitals = [word for word in words if word not in PARTICLES]
    if not 2 <= len(capitals) <= 4 or len(words) > 6 or not all(map(NAME_WORD.fullmatch, words)):
        return ""
    return (
        name if all(word[0].isupper() and (len(word) < 3 or not word.isupper()) for word in capitals) else ""
    )


def sent(date: str) -> str:
    """A Date header as ISO 8601 with its zone; "" if it is none."""
    try:
        return email.utils.parsedate_to_datetime(date).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def plain(text: str) -> str:
    """A message's plain text without the sender's signature, and unquoted if all of it is quoted."""
    text = text.replace("\r\n", "\n")
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and sum(line.startswith(">") for line in lines) > 0.9 * len(lines):
        text = _QUOTE.sub("", text)
    signature = next(filter(_is_signed, _SIGNATURE.finditer(text)), None)
    if signature:
        text = text[: signature.start()]
    return _unwrapped(text.strip("\n")) + "\n"


def _is_signed(mark: re.Match[str]) -> bool:
    """Whether a signature follows: "-- " says so, and "--" may also divide a text, whose lines are longer."""
    above, below = mark.string[: mark.start()], mark.string[mark.end() :]
    is_told = mark[0] == "-- " or max(map(len, below.split("\n"))) <= _SHORT
    return is_told and len(below) < 1500 and bool(above.strip())


def _refuse_crowded(data: bytes, name: str) -> None:
    """Before the library spends its time on them: lines that may begin a part, lines of headers, and
    parts in parts, for it compares each line with the boundaries of all that it stands in."""
    head = re.split(rb"\n\r?\n", data, maxsplit=1)[0]
    lines = max(data.count(b"\n--"), head.count(b"\n"))
    if lines > MAX_BOUNDARIES or len(_BOUNDARY.findall(data)) > MAX_MULTIPARTS:
        raise UnreadableArticle(f"{name} has too many headers or parts for a message; {_ADVICE}")


def _from_its_headers(data: bytes) -> bytes:
    """Without a byte order mark, blank lines and the line that a mailbox file puts before a message."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return data.partition(b"\n")[2] if data.startswith((b"From ", b">From ")) else data


def _parts(message: Message, name: str) -> Iterator[tuple[Message, int]]:
    """The text parts of a message that are shown, those of forwarded messages among them, each with the id
    of what it stands in: forms of one text (``alternative``), or a page with what belongs to it."""
    waiting: list[tuple[Message, int, int]] = [(message, 0, 0)]
    seen = 0
    while waiting:
        part, depth, whole = waiting.pop()
        seen += 1
        if depth > MAX_NESTING:
            raise too_deep(name)
        if seen > MAX_MESSAGE_PARTS:
            raise UnreadableArticle(f"{name} has more than {MAX_MESSAGE_PARTS} parts; {_ADVICE}")
        if part.is_multipart():
            payload: Any = part.get_payload()
            inner = [each for each in payload if isinstance(each, Message)]
            if start := str(part.get_param("start", "")):  # the page of several parts, by RFC 2387
                inner.sort(key=lambda each: header(each, "content-id") != start)
            kind = part.get_content_type()
            if kind == "multipart/related":
                inner = _without_its_parts(inner)
            is_one = kind in ("multipart/alternative", "multipart/related")
            within = 0 if kind == "message/rfc822" else whole or (id(part) if is_one else 0)
            waiting += [(each, depth + 1, within) for each in reversed(inner)]
        elif part.get_content_disposition() == "attachment" or not _is_text(part):
            log.info("%s: %s is not read", name, one_line(part.get_filename() or part.get_content_type()))
        else:
            yield part, whole or id(part)


def _without_its_parts(inner: list[Message]) -> list[Message]:
    """A page of several parts without its frames; forwarded messages stay."""
    page = next(
        (each for each in inner if _is_page(each) or each.get_content_maintype() == "multipart"), None
    )
    if page is None:
        return inner
    return [each for each in inner if each is page or each.get_content_maintype() == "message"]


def _is_text(part: Message) -> bool:
    is_text = part.get_content_maintype() == "text" and part.get_content_type() not in _NO_TEXT
    return is_text or _is_page(part)


def _is_page(part: Message) -> bool:
    return part.get_content_type() in ("text/html", "application/xhtml+xml")


def _forwarded(message: Message, parts: list[Message]) -> Message:
    """The message within a message, if there is one that all the text is of, else the message itself."""
    while True:
        within = [part for part in message.walk() if part.get_content_type() == "message/rfc822"]
        inner = within[0].get_payload() if within else None
        if not isinstance(inner, list) or len(inner) != 1 or not isinstance(inner[0], Message):
            return message
        own = set(map(id, inner[0].walk()))
        if any(id(part) not in own and str(part.get_payload()).strip() for part in parts):
            return message  # whoever sent it on writes something too
        message = inner[0]


def _body(parts: list[tuple[Message, int]], name: str, subject: str | None) -> Draft:
    """What is read one below the other; what stands in two of them is told once."""
    found: list[Draft] = []
    for _, whole in itertools.groupby(parts, key=lambda each: each[1]):
        told = _chosen([part for part, _ in whole], name, subject)
        if told is None:
            continue
        if not without_told(told.text, _all(found)).strip():
            continue
        if found and not without_told(found[-1].text, told.text).strip():
            del found[-1]  # a plain text before the page that has all of it, and more
        found.append(replace(told, text=without_told(told.text, _all(found))))
        refuse_long(_all(found), name)
    if not found:
        raise UnreadableArticle(
            f"{name} holds no text but only attachments or pictures; read those, if they are text."
        )
    return _joined(found)


def _joined(drafts: list[Draft]) -> Draft:
    if len(drafts) == 1:
        return drafts[0]
    return replace(drafts[0], text=_all(drafts) + "\n")


def _all(drafts: list[Draft]) -> str:
    return "\n\n".join(each.text.strip("\n") for each in drafts)


def _chosen(parts: list[Message], name: str, subject: str | None) -> Draft | None:
    """Of the forms of a text the plain one where it says as much as the HTML, which in many releases it
    does not."""
    plains = [text for part in parts if not _is_page(part) and (text := _text(part, name)).strip()]
    text = "\n\n".join(plain(each).strip("\n") for each in plains)
    pages = []
    for part in filter(_is_page, parts):
        with suppress(UnreadableArticle):
            # The header's word goes before the page's own, which an HTML editor may have left wrong.
            declared = part.get_content_charset() or ""
            pages.append(web.draft(_bytes(part, name), name, declared=declared, subject=subject))
    if pages and is_stub(text, *pages):
        return _joined(pages)
    return Draft(text + "\n") if text else None


def is_stub(text: str, *pages: Draft) -> bool:
    """Whether the plain form of a text says so much less than its HTML that it only points there."""
    return len(text) < 0.5 * sum(len(page.text) for page in pages)


def _bytes(part: Message, name: str) -> bytes:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    if len(data) > MAX_TEXT_BYTES:
        raise too_large(name, MAX_TEXT_BYTES)
    return data


def _text(part: Message, name: str) -> str:
    data = _bytes(part, name)
    text = decode(data, name, declared=part.get_content_charset() or "") if data else ""
    refuse_long(text, name)
    if part.get_param("format", "") == "flowed":
        return _flowed(text.replace("\r\n", "\n"), str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _flowed(text: str, is_without_blank: bool) -> str:
    """RFC 3676: a line that ends with a blank goes on in the next, and a blank before a line protects it.
    ``is_without_blank`` where the blank at the end is no part of the text, as in Japanese."""
    written: list[str] = []
    before, goes_on = "", False
    for line in text.split("\n"):
        bare = line.lstrip(">")
        quote = line[: len(line) - len(bare)]
        words = bare.removeprefix(" ")
        is_signature = bare == "-- " or (quote and words == "-- ")
        if goes_on and quote == before and not is_signature:
            written.append(words)
        else:
            shown = f"{quote} {words}" if quote and words else quote + words
            written.append(f"\n{shown}" if written else shown)
        before, goes_on = quote, words.endswith(" ") and not is_signature
        if goes_on and is_without_blank:
            written[-1] = written[-1][:-1]
    return "".join(written)


def _unwrapped(text: str) -> str:
    """Paragraphs whose lines a mail program broke near 72 characters, on one line each."""
    paragraphs = []
    for paragraph in re.split(r"\n[ \t]*\n", text):
        lines = paragraph.split("\n")
        longest = max(map(len, lines))
        wrapped = (
            len(lines) > 1
            and 55 <= longest <= 80
            and all(
                len(line) + len(following.split(" ")[0]) >= min(longest, 60)
                for line, following in itertools.pairwise(lines)
            )
        )
        paragraphs.append(" ".join(line.strip() for line in lines) if wrapped else paragraph)
    return "\n\n".join(paragraphs)

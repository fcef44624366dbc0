"""The costliest file of each format that is let in by its size: time, memory, and what is said of it.

Each is read in a process of its own, so that its memory is its own; the time is of the processor, the
child's included.
"""

from __future__ import annotations

import base64
import io
import json
import os
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks.fuzz_files import LEAD, outlook_of, portable_of
from toolkit.read.limits import (
    APART_FROM,
    MARKDOWN_APART_FROM,
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_ELEMENTS,
    MAX_TEXT_BYTES,
    MAX_XML,
)

_TEXT = LEAD.encode() + b" "
_HEAD = b"From: Ana Ruiz <a@example.org>\nSubject: Bridge\nMIME-Version: 1.0\nContent-Type: "
_NITF = b"<nitf><body><body.content>%s</body.content></body></nitf>"
_OASIS = b"urn:oasis:names:tc:opendocument:xmlns"
_OFFICE = b'xmlns:o="%s:office:1.0" xmlns:t="%s:text:1.0"' % (_OASIS, _OASIS)
_WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def worst_files(formats: Sequence[str]) -> Iterator[str]:
    """A line for each costly file, at its largest and at the size that is read in the same process."""
    yield f"{'file':<28}{'MB':>6}{'seconds':>9}{'MB of memory':>14}  answer"
    for case in _CASES:
        if case.partition(" ")[0] in formats:
            here = MARKDOWN_APART_FROM if case.startswith("md") else APART_FROM
            for most in ("", str(here)):
                yield _measured(case, most)


def _measured(case: str, most: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", __name__, case, most], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return f"{case:<28} died: {done.stderr.strip().splitlines()[-1:]}"
    size, seconds, memory, told = json.loads(done.stdout)
    return f"{case:<28}{size / 1e6:>6.1f}{seconds:>9.2f}{memory:>14,.0f}  {told}"


def _filled(unit: bytes, size: int, before: bytes = b"", after: bytes = b"") -> bytes:
    return before + unit * max(0, (size - len(before) - len(after)) // len(unit)) + after


def _rich(unit: bytes) -> Callable[[int], bytes]:
    return lambda most: _filled(unit, min(most, MAX_BYTES), b"{\\rtf1\\ansi " + _TEXT, b"}")


def _mail(unit: bytes, kind: bytes = b"text/plain", more: bytes = b"") -> Callable[[int], bytes]:
    return lambda most: _filled(unit, min(most, MAX_BYTES), _HEAD + kind + b"\n" + more + b"\n")


def _nested(most: int) -> bytes:
    parts = b"".join(b"multipart/mixed; boundary=b%d\n\n--b%d\nContent-Type: " % (n, n) for n in range(49))
    return _filled(b"a\n", min(most, MAX_BYTES), _HEAD + parts + b"text/plain\n\n")


def _news(unit: bytes, times: int = MAX_ELEMENTS - 10) -> Callable[[int], bytes]:
    return lambda most: _NITF % (unit * min(times, min(most, MAX_TEXT_BYTES) // len(unit) - 10))


def _page(unit: bytes, before: bytes = b"") -> Callable[[int], bytes]:
    start = b"<html><body>" + before + b"<p>" + _TEXT * 3 + b"</p>"
    return lambda most: _filled(unit, min(most, MAX_TEXT_BYTES), start)


def _plain(unit: bytes, largest: int = MAX_TEXT_BYTES) -> Callable[[int], bytes]:
    return lambda most: _filled(unit, min(most, largest), _TEXT)


def _archive(kind: str, unit: bytes) -> Callable[[int], bytes]:
    """A part as large as it may be, beside bytes that can't be packed, so that the ratio is a document's."""

    def make(most: int) -> bytes:
        size = min(MAX_XML, 40 * most) - 1_000
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
            if kind == "odt":
                target.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
                start = b"<o:document-content " + _OFFICE + b"><o:body><o:text>"
                end = b"</o:text></o:body></o:document-content>"
                target.writestr("content.xml", _filled(unit, size, start, end))
            else:
                import docx

                whole = io.BytesIO()
                docx.Document().save(whole)
                with zipfile.ZipFile(whole) as source:
                    for name in source.namelist():
                        if name != "word/document.xml":
                            target.writestr(name, source.read(name))
                start, end = b"<w:document " + _WORD + b"><w:body>", b"</w:body></w:document>"
                target.writestr("word/document.xml", _filled(unit, size, start, end))
            target.writestr("media/picture.bin", os.urandom(2_000_000))
        return file.getvalue()

    return make


_PDF_HEAD = b"BT /F1 .05 Tf 50 800 Td "  # so small that a page holds as much as a file may
_MOST_OF_MESSAGE = 6_000_000  # bytes, see ``outlook_of``


def _pdf(unit: bytes, pages: int = 1) -> Callable[[int], bytes]:
    def make(most: int) -> bytes:
        drawn = _filled(unit, (min(most, MAX_BYTES) - 1_000) // pages - 200, _PDF_HEAD, b" ET")
        return portable_of([drawn] * pages)

    return make


def _torn(make: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """Without its table of places, so that the parser has to look for the objects."""

    def made(most: int) -> bytes:
        start, _, end = make(most).partition(b"\nxref\n")
        return start + b"\n" + end[end.index(b"trailer") :]

    return made


def _message(key: str, unit: bytes, before: bytes = b"") -> Callable[[int], bytes]:
    return lambda most: outlook_of({key: _filled(unit, min(most, _MOST_OF_MESSAGE) - 20_000, before)})


def _packed(unit: bytes) -> Callable[[int], bytes]:
    """Packed RTF that says it is as long as may be."""
    head = struct.pack("<II", 0, MAX_TEXT_BYTES) + b"LZFu" + bytes(4)
    return _message("10090102", unit, head + b"\0{\\rtf1 a")


_CASES: Mapping[str, Callable[[int], bytes]] = {
    "pdf words": _pdf(b"(Bridge closed until May) Tj 0 -.1 Td "),
    "pdf letters": _pdf(b"(a) Tj "),
    "pdf words on one spot": _pdf(b"(Bridge) Tj 0 0 Td "),
    "pdf pages": _pdf(b"(Bridge closed until May) Tj 0 -.1 Td ", pages=200),
    "pdf nothing drawn": _pdf(b"q 1 0 0 1 0 0 cm Q "),
    "pdf objects, torn": _torn(lambda most: portable_of([b"n"] * (min(most, MAX_BYTES) // 200))),
    "pdf words, torn": _torn(_pdf(b"(Bridge closed until May) Tj 0 -.1 Td ")),
    "pdf half an object": lambda most: _filled(b"1 0 obj <<", min(most, MAX_BYTES), b"%PDF-1.7\n"),
    "pdf nested arrays": lambda most: _filled(b"[", min(most, MAX_BYTES), b"%PDF-1.7\n1 0 obj "),
    "msg words": _message("1000001F", (LEAD + " ").encode("utf-16-le")),
    "msg lines": _message("1000001F", "a\n".encode("utf-16-le")),
    "msg markup": _message("10130102", b"<p>a", b"<html><body>"),
    "msg packed words": _packed(b"\0Bridge, "),
    "msg packed repeats": _packed(b"\xff" + struct.pack(">H", 81 << 4 | 14) * 8),
    "rtf groups": _rich(b"{}"),
    "rtf letters in units": _rich(b"\\u65?"),
    "rtf hidden words": _rich(b"{\\v a}"),
    "rtf pictures": _rich(b"{\\pict " + b"89504e47" * 5000 + b"}"),
    "eml lines": _mail(b"a\n"),
    "eml parts in parts": _nested,
    "eml parts": _mail(b"--q\nContent-Type: text/plain\n\n" + b"a\n" * 1200, b"multipart/mixed; boundary=q"),
    "eml pictures": _mail(
        b"--q\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(bytes(100_000)),
        b"multipart/mixed; boundary=q",
        b"\n--q\nContent-Type: text/plain\n\n" + _TEXT + b"\n",
    ),
    "eml quoted-printable": _mail(b"=41=\n", more=b"Content-Transfer-Encoding: quoted-printable\n"),
    "xml paragraphs": _news(b"<p>a b c d e f g</p>"),
    "xml marks in a paragraph": _news(b"<em>a</em>"),
    "xml comments": _news(b"<!-- -->", 10**9),
    "ninjs letters": lambda most: _filled(
        b"\\u0041", min(most, MAX_TEXT_BYTES), b'{"uri":"a","body_text":"', b'"}'
    ),
    "ninjs markup": lambda most: _filled(
        b"<br>a", min(most, MAX_TEXT_BYTES), b'{"uri":"a","body_html":"', b'"}'
    ),
    "odt paragraphs": _archive("odt", b"<t:p>a</t:p>"),
    "odt long paragraphs": _archive("odt", b"<t:p>" + _TEXT * 5 + b"</t:p>"),
    "docx paragraphs": _archive("docx", b"<w:p><w:r><w:t>a</w:t></w:r></w:p>"),
    "docx tables": _archive("docx", b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"),
    "html paragraphs": _page(b"<p>a"),
    "html words": _page(b"<p>" + _TEXT),
    "html links": _page(b"<a href=x>a</a>"),
    "html cells": _page(b"<td>a</td>", b"<table><tr>"),
    "html depth": _page(b"<div>"),
    "html headings": _page(b"<h1>a</h1>"),
    "md brackets": _plain(b"[", MAX_CHARACTERS),
    "md links": _plain(b"[a](b", MAX_CHARACTERS),
    "md stars": _plain(b"*a ", MAX_CHARACTERS),
    "txt words": _plain(_TEXT),
    "txt of no encoding": _plain(b"\x81\x9f"),
}


def _main(case: str, most: str) -> None:
    import resource
    import time

    from toolkit import ToolkitError, read

    data = _CASES[case](int(most) if most else 10**9)
    began = time.process_time()
    try:
        told = f"read: {len(read(data, name='story.' + case.partition(' ')[0]).text):,} characters"
    except ToolkitError as error:
        told = str(error)
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    memory = max(child.ru_maxrss, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024
    seconds = time.process_time() - began + child.ru_utime + child.ru_stime
    print(json.dumps([len(data), seconds, memory, told[:90]]))


if __name__ == "__main__":
    _main(*sys.argv[1:])

"""Strings that mean to be more than text, through every way out: each comes back as text.

``injections.jsonl`` holds them. Each stands at every place of one article that its source can fill: text,
names, speakers, headline, byline, slug and source. What is written is read back by a reader of its
format, which must find the string as words, and the same structure as around harmless words.
"""

import csv
import functools
import io
import json
import re
import socket
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree
from markdown_it import MarkdownIt
from typer.testing import CliRunner

import toolkit
from toolkit import edits
from toolkit.batch import Log
from toolkit.cli import app, files, terminal
from toolkit.export import EXPORTERS, render
from toolkit.model import (
    Annotations,
    Article,
    Budget,
    Engine,
    Entity,
    Mention,
    Quote,
    Span,
    Speaker,
    Summary,
)
from toolkit.read.draft import one_line
from toolkit.schema import from_json
from toolkit.store import Library

ROWS = [json.loads(line) for line in Path(__file__).with_name("injections.jsonl").read_text().splitlines()]
CASES = [pytest.param(row["text"], id=f"{row['kind']}-{n}") for n, row in enumerate(ROWS)]
MADE = datetime(2025, 3, 12, tzinfo=UTC)
HARMLESS = "Mara Holt"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def notes_with(words: str) -> Annotations:
    """An article that has some words wherever its source could have put them."""
    text, places = "", []
    for part in ("", " leads. The mayor of ", " spoke.\n\n“", "”, said ", ".\n"):
        text += part
        if part != ".\n":
            places.append(Span(len(text), len(text) + len(words)))
            text += words
    quote = Span(places[2].start - 1, places[2].end + 1)
    line = one_line(words) or "blank"
    return Annotations(
        article=Article(
            text, headline=line, byline=line, slug=line, dateline=line, source=line, language="en"
        ),
        engine=Engine("0.1.0", "3.8", "test"),
        sentences=(Span(0, len(text) - 1),),
        entities=(
            Entity("e1", "PERSON", places[0], tuple(Mention(p, "machine:x@1") for p in places), places[1]),
            Entity("e2", "ORG", places[1], (Mention(places[1], "editor:" + line, "confirmed"),)),
        ),
        speakers=(Speaker("s1", places[3], role=places[1], affiliation=places[0], entity="e1"),),
        quotes=(
            Quote("q1", "direct", (quote,), source=(places[3],), speakers=("s1",), how="named", score=0.5),
        ),
        summary=Summary("lead", (Span(0, len(text) - 1),), Budget()),
    )


@functools.cache
def kept_with(words: str) -> Annotations:
    """A harmless article whose editor wrote some words wherever an editor can, as the library gives it."""
    line = one_line(words) or "blank"
    found = notes_with(HARMLESS)
    quote, whole = found.quotes[0], Span(0, len(found.article.text))
    told = edits.apply(
        found,
        edits.note(quote, words, line),
        edits.note(found.entities[0], words, line),
        edits.note(Span(0, 4), words, line),
        edits.note(whole, words, line),
        edits.confirm(quote, line),
        edits.add_mention(Span(whole.end - 4, whole.end - 1), "ORG", by=line),
        edits.dismiss(Span(0, 4), words, line),
    ).edits
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "library.sqlite") as library:
        id = library.add(found)
        fields = dict.fromkeys(("headline", "byline", "slug", "dateline", "source"), line)
        revision = library.describe(id, replace(found.article, **fields), 1)
        revision = library.append(id, told, revision)
        library.lose(id, [edits.Unfit(replace(told[0], value=words + "!"), words)], revision)
        library.set(words, words)
        assert (library.setting(words), library.settings(words)) == (words, {words: words})
        for search in (library.search, library.search_quotes, library.entries):
            search(words)
        kept = library.load(id)
        assert [replace(e, step=1) for e in kept.edits] == list(told)
        assert [each.reason for each in kept.lost] == [words]
        notes, unfit = kept.notes()
    assert not unfit
    return notes


def pieces(words: str) -> list[str]:
    """The parts of a string between what can't be seen; those stand as they are in every format."""
    unseen = {char for char in words if unicodedata.category(char)[0] in "CZ"}
    return re.split("[" + re.escape("".join(unseen)) + "]+", words) if unseen else [words]


def assert_told(words: str, text: str) -> None:
    for piece in pieces(words):
        assert piece in text


def test_the_corpus_is_large_and_each_string_is_there_once():
    texts = [row["text"] for row in ROWS]
    assert len(set(texts)) == len(texts) >= 60
    kinds = {"html", "markdown", "latex", "emoji", "field", "formula", "terminal", "path", "xml", "bidi"}
    assert kinds <= {row["kind"] for row in ROWS}


class Page(HTMLParser):
    """The elements with their attributes, and the text, of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: set[tuple[str, ...]] = set()
        self.links: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.parts |= {(tag,), *((tag, name) for name, _ in attrs)}
        self.links |= {value or "" for name, value in attrs if name in ("href", "src", "action")}

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.parts.add(("comment",))

    def handle_pi(self, data):
        self.parts.add(("instruction",))

    def unknown_decl(self, data):
        self.parts.add(("declaration",))


BOTH = pytest.mark.parametrize("made_with", [notes_with, kept_with])
# Also around harmless words that an editor is asked about: brackets, and a mark that nothing closes.
PLAIN = (HARMLESS, "Mara [Holt]", 'Mara "Holt', "“Mara Holt")


@functools.cache
def plain_parts(made_with: Callable[[str], Annotations]) -> set[tuple[str, ...]]:
    pages = (Page(render(made_with(words), ".html", made=MADE).decode()) for words in PLAIN)
    return {part for page in pages for part in page.parts}


@BOTH
@pytest.mark.parametrize("words", CASES)
def test_html(words, made_with):
    page = Page(render(made_with(words), ".html", made=MADE).decode())
    control = {("data",), ("data", "class"), ("data", "value")}
    assert page.parts - plain_parts(made_with) <= control
    assert all(link.startswith("#") for link in page.links)
    assert_told(words, page.text)


@BOTH
@pytest.mark.parametrize("words", CASES)
def test_markdown(words, made_with):
    reader = MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"])

    def tokens(data: bytes) -> Iterator:
        for token in reader.parse(data.decode()):
            yield token
            yield from token.children or ()

    made = list(tokens(render(made_with(words), ".md", made=MADE)))
    plain = list(tokens(render(made_with(HARMLESS), ".md", made=MADE)))
    assert {token.type for token in made} <= {token.type for token in plain} | {"text_special"}
    assert all(str(token.attrs["href"]).startswith("#") for token in made if "href" in token.attrs)
    headings = [t.type for t in made].count("heading_open")
    assert headings == [t.type for t in plain].count("heading_open")
    # Entities and escapes are resolved in the texts, which lie beside each other.
    assert_told(words, "".join(t.content for t in made if t.type in ("text", "text_special")))


@BOTH
@pytest.mark.parametrize("words", CASES)
@pytest.mark.parametrize("suffix", [".csv", ".entities.csv"])
def test_csv(words, suffix, made_with):
    def table(words: str) -> list[list[str]]:
        data = render(made_with(words), suffix, made=MADE).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(data, newline="")))

    rows = table(words)
    assert [len(row) for row in rows] == [len(row) for row in table(HARMLESS)]
    cells = [cell for row in rows for cell in row]
    assert not [c for c in cells if c.startswith(_FORMULA) and not re.fullmatch(r"-?[\d.]+", c)]
    # An apostrophe is put before what some program might take for a formula's beginning.
    if made_with is notes_with:
        assert_told(words.replace("'", ""), "\n".join(cells).replace("'", ""))


@BOTH
@pytest.mark.parametrize("words", CASES)
@pytest.mark.parametrize("suffix", [".json", ".ninjs.json", ".jsonld"])
def test_json(words, suffix, made_with):
    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(each) for key, each in value.items()}
        return [shape(each) for each in value] if isinstance(value, list) else type(value).__name__

    data = render(made_with(words), suffix, made=MADE)
    assert shape(json.loads(data)) == shape(json.loads(render(made_with(HARMLESS), suffix, made=MADE)))
    if suffix == ".json":
        assert from_json(data) == made_with(words)
    else:
        texts = json.dumps(json.loads(data), ensure_ascii=False)
        assert all(json.dumps(piece, ensure_ascii=False)[1:-1] in texts for piece in pieces(words))


@functools.cache
def document(words: str, made_with: Callable[[str], Annotations]) -> tuple[set, list, list, str]:
    """A Word brief's kinds of elements, its fields, what it points at outside of itself, and its text."""
    kinds, fields, outside, text = set(), [], [], ""
    with zipfile.ZipFile(io.BytesIO(render(made_with(words), ".docx", made=MADE))) as package:
        for name in package.namelist():
            assert not {"", ".."} & set(name.split("/"))
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(package.read(name), etree.XMLParser(resolve_entities=False))
            assert not root.getroottree().docinfo.doctype
            for each in root.iter():
                assert isinstance(each.tag, str), "no comment or instruction"
                kinds.add(each.tag)
                kind = etree.QName(each).localname
                if kind in ("instrText", "fldSimple"):
                    fields.append(re.sub(r"\d+", "", each.text or "".join(each.attrib.values())))
                if each.get("TargetMode") == "External":
                    outside.append(each.get("Target"))
                if name == "word/document.xml" and kind == "t":
                    text += each.text or ""
    return kinds, sorted(set(fields)), outside, text


@BOTH
@pytest.mark.parametrize("words", CASES)
def test_word(words, made_with):
    kinds, fields, outside, text = document(words, made_with)
    plain = document(HARMLESS, made_with)
    spaces = {f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{n}" for n in ("tab", "br", "cr", "noBreakHyphen", "rtl", "cs", "bidi")}  # fmt: skip
    assert kinds - plain[0] <= spaces
    assert set(fields) <= set(plain[1])
    assert outside == plain[2]
    assert_told(words, text)


@pytest.mark.parametrize("words", CASES)
def test_terminal(words):
    line = terminal.shown(words)
    assert not [c for c in line if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in "\u202e\u2066\u2067"]
    assert_told(words, line)
    made = terminal.harmless_json(json.dumps([words], ensure_ascii=False))
    assert json.loads(made) == [words]
    assert not {"\x1b", "\x9b"} & set(made)


@pytest.mark.parametrize("words", CASES)
def test_file_names(words, tmp_path):
    notes = notes_with(words)
    out = tmp_path / "out"
    with Log(out, None) as log:
        name = log.name(words, files.stem("story.txt", notes.article.slug), list(EXPORTERS))
        made = log.write(words, name, dict.fromkeys(EXPORTERS, b"x"))
    assert [path.parent for path in made] == [out] * len(EXPORTERS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    assert len(list(out.iterdir())) == len(EXPORTERS) + 1
    assert all(len(path.name.encode()) < 200 and path.name[0].isalnum() for path in made)
    for line in (out / "briefs.jsonl").read_bytes().splitlines():
        assert json.loads(line)["name"] == name


# No network.


def test_nothing_is_asked_of_the_network(monkeypatch, samples, tmp_path):
    def refuse(*arguments, **options):
        raise AssertionError("a socket was opened")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for path in sorted(samples.iterdir()):
        if path.suffix in (".txt", ".docx", ".html"):
            notes = toolkit.summarize(toolkit.annotate(toolkit.read(path)), sentences=2)
            notes = replace(notes, article=replace(notes.article, source="https://example.com/x"))
            for suffix in EXPORTERS:
                toolkit.export(notes, tmp_path / f"{path.stem}{suffix}")
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 0

"""RTF: the words of the body, from its codepages and signs."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit.errors import ToolkitError, UnreadableArticle

HEAD = b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times;}{\\f1\\fcharset204 Times Cyr;}{\\f2\\fcharset128 Mincho;}{\\f3\\fcharset2{\\*\\panose 05}Symbol;}{\\f4\\fcharset2 Wingdings;}}"


def read(body, name="story.rtf"):
    data = body if body.startswith(b"{\\rtf") else HEAD + body + b"}"
    return toolkit.read(data, name=name, language="en")


def test_paragraphs_lines_and_tabs():
    assert (
        read(b"One.\\par Two\\line more.\\par\\par{\\b Th}ree\\tab four.\\par").text
        == "One.\n\nTwo\nmore.\n\nThree\tfour."
    )


@pytest.mark.parametrize("name", ["story.rtf", "", "story.doc", "story.txt"])
def test_it_is_known_by_its_content(name):
    assert read(b"The mayor resigned.\\par", name).text == "The mayor resigned."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (b"caf\\'e9 \\'93no\\'94", "café “no”"),
        (b"\\ldblquote no\\rdblquote  \\emdash  yes", "“no” — yes"),
        (b"\\u8220?no\\u8221?", "“no”"),
        (b"\\u8220\\'93no\\u8221\\'94", "“no”"),
        (b"\\uc0\\u8220 no\\u8221  yes", "“no” yes"),
        (b"{\\uc2\\u8220 ?\\'93no}\\u8221?", "“no”"),
        (b"\\uc0\\u-10179\\u-8704 smile", "😀smile"),
        (b"\\u-3?x", "\ufffdx"),
        (b"\\f1 \\'cc\\'ee\\'f1\\'ea\\'e2\\'e0\\f0  \\'e9", "Москва é"),
        (b"\\f2 \\'93\\'fa\\'96\\'7b\\f0  x", "日本 x"),
        (b"{\\f1 \\'cc}\\'e9", "Мé"),
        (b"non\\~breaking co\\-operate e\\_mail", "non\u00a0breaking cooperate e\u2011mail"),
        (b"{\\f3 a}b{\\f3\\'b3 \\u-3933\\'b3}\\u-3933?", "αb≥ ≤\uf0a3"),  # signs of the font Symbol
        (b"{\\f4\\'e0a}\\plain a", "→\ufffda"),  # and of Wingdings
        (b'{\\field{\\*\\fldinst SYMBOL 163 \\\\f "Symbol" \\\\s 10}{\\fldrslt\\f3\\fs20}}', "≤"),
        (b"{\\field{\\*\\fldinst {\\f1 SYMBOL 224 \\\\f Wingdings}}{\\fldrslt}}", "→"),
        (b"{\\field{\\*\\fldinst SYMBOL 169}{\\fldrslt}}", "©"),
        (b"{\\field{\\*\\fldinst SYMBOL \\\\f x}{\\fldrslt s}}", "s"),
        (b'{\\field{\\*\\fldinst HYPERLINK "a\\par b"}{\\fldrslt shown}}', "shown"),
        (b"\\{a\\}\\\\b", "{a}\\b"),
        (b"broken\r\n over lines", "broken over lines"),
        (b"a\\\nb", "a\n\nb"),
        (b"\\unknownword7 x\\emphasis0  y", "x y"),
        (b"\\'zz odd \\'4", "zz odd 4"),
        (b"\\u99999999 x", "\ufffd"),
        (b"{\\upr{caf?}{\\*\\ud{caf\\u233 ?}}}", "café"),  # the same words twice
        (b"{\\xmlopen\\xmlns1{\\factoidname place}}London{\\xmlclose}", "London"),  # Word 2003's smart tags
        (b"one\\column two", "one\n\ntwo"),
        (b"{\\revised new}{\\deleted  old}", "new"),
        (
            b"\\f2 \\'83\\'5c\\'83A",
            "ソア",
        ),  # the second byte of a pair is that of a sign of the format, or a letter
    ],
)
def test_signs(written, shown):
    assert read(b"Start " + written + b" end.").text == f"Start {shown} end."


def test_the_mac_and_the_codepages_of_old_programs():
    assert read(b"{\\rtf1\\mac caf\\'8e.}").text == "café."
    assert read(b"{\\rtf1\\ansi\\ansicpg1250 Bene\\'9a.}").text == "Beneš."
    assert read(b"{\\rtf1\\ansi\\ansicpg99999 caf\\'e9.}").text == "café."
    assert read(b"{\\rtf1\\ansi caf\xe9.}").text == "café."


FONTS = b"{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset204 Times Cyr;}}"


@pytest.mark.parametrize(
    ("start", "body", "shown"),
    [
        (b"\\deff1", b"\\'cc\\'ee\\'f1", "Мос"),
        (b"\\deff1", b"\\pard\\plain\\'cc{\\f0 \\'e9}\\'cc\\f0\\plain\\'cc", "МéММ"),
        (b"\\deff0", b"\\'e9\\plain\\'e9", "éé"),
        (b"\\ansicpg1251\\deff0", b"\\'cc", "М"),  # "ANSI" is what the file says it is
        (b"\\deff7", b"\\'e9", "é"),  # the table has no such font
        (b"", b"\\'e9\\plain\\'e9", "éé"),
    ],
)
def test_text_that_names_no_font_is_in_the_default_one(start, body, shown):
    assert read(b"{\\rtf1\\ansi" + start + FONTS + body + b"}").text == shown


def test_what_a_reader_does_not_see_is_out():
    body = (
        b"{\\stylesheet{\\s1 heading 1;}}{\\*\\generator Program;}{\\header Running head\\par}{\\footer 3}"
        b"Shown{\\v  hidden}{\\deleted  gone}{\\footnote A note.}{\\*\\bkmkstart mark}{\\*\\annotation Why?}"
        b"{\\pict\\wmetafile8 0102030405}{\\object{\\objdata 0a0b}{\\result  object}}"
        b'{\\field{\\*\\fldinst HYPERLINK "http://example.org"}{\\fldrslt  link}}{\\listtext\\bullet } {\\*\\unknown words}end.'
    )
    assert read(body).text == "Shown link end."


def test_binary_data_may_hold_braces():
    assert read(b"A{\\pict\\bin5 }}{{\\}b.").text == "Ab."
    assert read(b"A{\\pict\\bin99999 }b.").text == "A"
    assert read(b"A{\\pict\\bin-5 }b.").text == "Ab."


def test_table_cells_are_paragraphs():
    assert (
        read(b"\\trowd Ship\\cell Days\\cell\\row Aurora\\cell 3\\cell\\row").text
        == "Ship\n\nDays\n\nAurora\n\n3"
    )


def test_a_table_in_a_table():
    inner = (
        b"{\\itap2 in 1\\nestcell in 2\\nestcell{\\*\\nesttableprops\\trowd\\nestrow}{\\nonesttables\\par}}"
    )
    text = read(b"\\trowd One\\par" + inner + b"Two\\cell\\row Last.").text
    assert text == "One\n\nin 1\n\nin 2\n\nTwo\n\nLast."


def test_the_title_is_the_headline_only_where_the_text_begins_with_it():
    info = b"{\\info{\\title Bridge closed}{\\upr{\\author Ana}{\\*\\ud{\\author Ana Ruiz}}}{\\operator admin}{\\creatim\\yr2025}}"
    told = read(info + b"Bridge closed\\par The mayor resigned.\\par")
    other = read(info + b"The mayor resigned.\\par")
    assert (told.headline, told.byline, told.text) == ("Bridge closed", "Ana Ruiz", "The mayor resigned.")
    assert (other.headline, other.byline, other.text) == ("", "", "The mayor resigned.")


def test_a_first_line_that_can_only_be_the_headline():
    lead = "The bridge will stay closed for a month, the town said, because two of its beams are cracked."
    article = read(b"The bridge is closed\\par " + lead.encode())
    assert (article.headline, article.text) == ("The bridge is closed", f"The bridge is closed\n\n{lead}")


@pytest.mark.parametrize("end", [b"", b"}", b"}}}} trailing", b"}\0\0\0", b"}{\\rtf1 another}"])
def test_missing_and_extra_braces(end):
    assert toolkit.read(HEAD + b"{\\b The mayor} resigned." + end, name="a.rtf").text == "The mayor resigned."


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"plain text", "it isn't"), (HEAD + b"}", "holds no words"), (b"{\\rtf1", "holds no words")],
)
def test_what_is_no_rtf_is_told_in_one_sentence(data, words):
    with pytest.raises(UnreadableArticle, match=words) as caught:
        toolkit.read(data, name="story.rtf")
    assert str(caught.value).startswith("story.rtf ")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "unit", [b"\\'e9", b"\\u8220?", b"\\par a", b"{a}", b"{\\b", b"a b", b"\\", b"\\uc9\\u1 "]
)
def test_the_cost_is_linear(unit):
    data = HEAD + b"words " + unit * (400_000 // len(unit))
    started = time.monotonic()
    with contextlib.suppress(ToolkitError):
        toolkit.read(data, name="a.rtf", language="en")
    assert time.monotonic() - started < 10


GOOD = (
    HEAD
    + b"{\\info{\\title Bridge}}Bridge\\par The \\'93mayor\\'94 \\u8220?resigned\\u8221? {\\b to{\\i day}}.\\par{\\pict\\bin3 abc}\\f2 \\'93\\'fa}"
)


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.tuples(st.integers(6, len(GOOD) - 1), st.sampled_from(list(b"\\{}'u*0129-abinfv \xff\0\n"))),
        min_size=1,
        max_size=20,
    ),
    st.integers(0, 60),
)
def test_mutated_bytes_are_read_or_refused(changes, cut):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    try:
        article = toolkit.read(bytes(data[: len(data) - cut]), name="story.rtf", language="en")
    except ToolkitError:
        return
    assert article.text.strip()


@settings(deadline=None, max_examples=200)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(
        lambda text: text == text.strip() and text
    )
)
def test_any_text_written_in_units_is_read_back(text):
    units = text.encode("utf-16-le")
    numbers = [int.from_bytes(units[n : n + 2], "little", signed=True) for n in range(0, len(units), 2)]
    body = b"".join(b"\\u%d?" % number for number in numbers)
    assert read(b"A" + body + b"z").text == f"A{text}z"

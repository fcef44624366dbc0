"""PDF: what a reader of the pages reads, in that order, without what repeats on them."""

import re
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import toolkit
from toolkit.errors import ToolkitError, UnreadableArticle
from toolkit.read import pdf
from toolkit.read.pdf_lines import Glyph, Line, lines_of
from toolkit.read.pdf_paragraphs import article_of

WIDTH, HEIGHT = 595, 842
BODY = 10


def escaped(text):
    raw = text.encode("cp1252")
    return re.sub(rb"([\\()])", rb"\\\1", raw)


def shown(x, y, size, text, matrix="1 0 0 1"):
    """The operators that show ``text`` with its baseline ``y`` points from the top of the page."""
    return b"BT /F1 %g Tf %s %g %g Tm (%s) Tj ET\n" % (size, matrix.encode(), x, HEIGHT - y, escaped(text))


def document(*pages, page="", catalog="", info="", trailer="", packed=False):
    """The bytes of a PDF; a page is its operators, or a list of (x, y, size, text)."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>",
        f"<<{info}>>".encode(),
    ]
    kids = []
    for content in pages:
        stream = content if isinstance(content, bytes) else b"".join(shown(*piece) for piece in content)
        stream, kind = (zlib.compress(stream), b"/Filter/FlateDecode") if packed else (stream, b"")
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), kind, stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R%s>>"
            % (WIDTH, HEIGHT, len(objects), page.encode())
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R/Info 4 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer.encode(), len(data))
    )


def column(x, y, lines, size=BODY, leading=12):
    return [(x, y + leading * number, size, line) for number, line in enumerate(lines)]


def read(data, name="story.pdf"):
    return toolkit.read(data, name=name, language="en")


STORY = [
    "The mayor of Port Averin said on Tuesday that the bridge over the",
    "river would stay closed until the end of the month, and that the",
    "ferry would be free of charge for everyone.",
]
WHOLE = " ".join(STORY)


def test_lines_become_a_paragraph():
    assert read(document(column(50, 100, STORY))).text == WHOLE


def test_it_is_known_by_its_content():
    data = document(column(50, 100, STORY))
    assert toolkit.read(data).text == toolkit.read(data, name="release.txt").text == WHOLE
    assert read(b"\r\n\r\nHTTP junk\r\n" + data).text == WHOLE  # the name tells, and the signature follows


def test_packed_pages_and_a_wrong_table_of_places():
    data = document(column(50, 100, STORY), packed=True)
    assert read(data).text == WHOLE
    assert read(data.replace(b"startxref\n", b"startxref\n9")).text == WHOLE


LEFT = [
    "Crews went out at dawn to look",
    "at the pillars, and divers were",
    "down until noon, the harbour",
    "office said in a statement.",
]
RIGHT = [
    "Nobody was hurt when the first",
    "crack was seen, and the trains",
    "had been stopped before then,",
    "as the rules demand.",
]


@pytest.mark.parametrize("order", ["by column", "by row", "backwards"])
def test_columns_are_read_one_after_the_other_however_they_are_drawn(order):
    left, right = column(50, 150, LEFT), column(320, 150, RIGHT)
    drawn = {
        "by column": left + right,
        "by row": [piece for row in zip(left, right, strict=True) for piece in row],
        "backwards": [*right, *left][::-1],
    }[order]
    article = read(document([(50, 100, 24, "The bridge is shut for now"), *drawn]))
    assert article.headline == "The bridge is shut for now"
    assert article.text == f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"


def test_three_columns_under_a_line_that_crosses_them():
    text = [
        (40 + 180 * n, y, s, f"{word} {t}")
        for n, word in enumerate(("one", "two", "three"))
        for _, y, s, t in column(0, 150, ["aa bb cc dd ee", "ff gg hh ii jj", "kk ll mm nn oo"])
    ]
    found = read(
        document(
            [
                (
                    40,
                    120,
                    BODY,
                    "A line that runs over the whole of the page, from the left to the right margin of it, all the way",
                ),
                *text,
            ]
        )
    ).text
    assert [found.index(word) for word in ("one", "two", "three")] == sorted(
        found.index(word) for word in ("one", "two", "three")
    )
    assert found.rindex("one kk") < found.index("two aa") < found.rindex("two kk") < found.index("three aa")


def test_a_sentence_runs_on_in_the_next_column_and_on_the_next_page():
    first = [
        "The council met in the evening",
        "and voted to close the whole of",
        "the bridge after it had heard",
        "what the engineers said of the",
    ]
    second = [
        "pillars that stand in the river.",
        "The vote was eleven to two in",
        "the end, with nobody away, and",
        "the mayor spoke for the motion,",
    ]
    third = ["which her party had brought in.", "It was late when they finished."]
    found = read(document(column(50, 150, first) + column(320, 150, second), column(50, 150, third))).text
    assert "said of the pillars that stand" in found
    assert "spoke for the motion, which her party" in found
    assert "\n\n" not in found


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("The gov-", "ernment fell.", "The government fell."),
        ("The gov\xad", "ernment fell.", "The government fell."),
        ("A Franco-", "German plan.", "A Franco-German plan."),
        ("It was COVID-", "19 again.", "It was COVID-19 again."),
        ("The UN-", "backed plan.", "The UN-backed plan."),
        ("It rained -", "and how.", "It rained - and how."),
        ("He said: no —", "and left.", "He said: no — and left."),
    ],
)
def test_words_divided_at_the_end_of_a_line_are_joined(first, second, joined):
    assert read(document(column(50, 100, [*STORY, first, second]))).text.endswith(joined)


def test_the_article_s_own_spelling_tells_a_compound_from_a_divided_word():
    lines = [
        "The long-term plan was dropped, and with it went the long-",
        "term loans, which the bank had given to the gover-",
        "nor of the province.",
    ]
    assert "the long-term loans" in read(document(column(50, 100, lines))).text
    assert "the governor of" in read(document(column(50, 100, lines))).text


def test_running_heads_feet_and_page_numbers_go():
    pages = [
        [(50, 30, 8, "The Daily Example, 12 March"), *column(50, 100, STORY), (280, 820, 8, f"Page {n} of 3")]
        for n in (1, 2, 3)
    ]
    assert read(document(*pages)).text == "\n\n".join([WHOLE] * 3)


@pytest.mark.parametrize("kept", ["12 people died.", "Editors: call 555 0100", "In 2019 it sank."])
def test_a_last_line_of_the_text_is_no_foot(kept):
    found = read(document([*column(50, 100, STORY), (50, 800, BODY, kept)], column(50, 100, STORY))).text
    assert kept in found


def test_paragraphs_by_white_space_and_by_indents():
    spaced = [*column(50, 100, STORY), *column(50, 150, STORY)]
    indented = [
        *column(50, 100, STORY),
        (62, 136, BODY, "It was " + STORY[0][:40]),
        *column(50, 148, STORY[1:]),
    ]
    assert read(document(spaced)).text == f"{WHOLE}\n\n{WHOLE}"
    assert read(document(indented)).text.count("\n\n") == 1
    assert "\n\nIt was The mayor" in read(document(indented)).text


def test_a_drop_cap_belongs_to_its_word():
    drawn = [
        (50, 122, 36, "T"),
        (73, 100, BODY, "he mayor said on Tuesday that the bridge over"),
        (73, 112, BODY, "the river would stay closed until the end of"),
        *column(
            50,
            124,
            [
                "the month, and that the ferry would be free of",
                "charge for all of the people who work there.",
            ],
        ),
    ]
    assert read(document(drawn)).text.startswith("The mayor said on Tuesday that the bridge over the river")


def test_a_page_that_is_turned_and_words_that_are_turned_on_it():
    credit = shown(580, 400, 6, "Photograph: Example Agency", matrix="0 1 -1 0")
    upright = b"".join(shown(*piece) for piece in column(50, 100, STORY))
    assert read(document(upright + credit)).text == WHOLE
    turned = b"".join(shown(100 + 12 * n, 700, BODY, line, matrix="0 1 -1 0") for n, line in enumerate(STORY))
    assert read(document(turned, page="/Rotate 90")).text == WHOLE


def test_words_drawn_twice_to_look_bold_are_read_once():
    twice = column(50, 100, STORY) + [(x + 0.3, *rest) for x, *rest in column(50, 100, STORY)]
    assert read(document(twice)).text == WHOLE


def test_ligatures_become_letters():
    glyphs = [
        Glyph(sign, 50 + 6 * place, 100, 56 + 6 * place, 110) for place, sign in enumerate("oﬃce ﬂood ﬁ")
    ]
    assert [line.text for line in lines_of(glyphs)] == ["office flood fi"]


def test_letters_placed_one_by_one():
    drawn, x = [], 50.0
    for word in ["The", "mayor", "resigned", "on", "Tuesday", "after", "weeks"]:
        for letter in word:
            drawn.append((x, 100, 10, letter))
            x += 6
        x += 4
    assert read(document(drawn)).text.replace(" ", "") == "ThemayorresignedonTuesdayafterweeks"


def test_the_author_counts_where_the_title_is_the_headline():
    pages = [(50, 100, 24, "The bridge is shut"), *column(50, 150, STORY)]
    told = read(document(pages, info="/Title(The bridge is shut)/Author(Ana Ruiz)"))
    untold = read(document(pages, info="/Title(Microsoft Word - final2.doc)/Author(admin)"))
    assert (told.headline, told.byline) == ("The bridge is shut", "Ana Ruiz")
    assert (untold.headline, untold.byline) == ("The bridge is shut", "")


def test_offsets_are_of_the_text_that_is_given():
    article = read(document(column(50, 100, ["He said “we stay”, and then the others went home."])))
    start = article.text.index("“")
    assert article.text[start : start + 9] == "“we stay”"


LOCKED = "/Encrypt<</Filter/Standard/V 1/R 2/O(01234567890123456789012345678901)/U(01234567890123456789012345678901)/P -4>>/ID[(aaaaaaaaaaaaaaaa)(aaaaaaaaaaaaaaaa)]"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (document(b""), "pictures of pages and no text.*OCR"),
        (document(b"q 100 0 0 100 0 0 cm Q", [(50, 100, 10, "3")]), "pictures of pages and no text"),
        (document(column(50, 100, STORY), trailer=LOCKED), "under a password"),
        (document(*[b""] * 201), "201 pages and at most 200"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (document(column(50, 100, STORY))[:200], "damaged"),
        (
            b"%PDF-1.7\n" + b"1 0 obj<</Length 9>>stream\nendobj\n" * 101 + document(column(50, 100, STORY)),
            "damaged",
        ),
        (b"no PDF at all", "isn't one"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(data, words):
    with pytest.raises(UnreadableArticle, match=words) as caught:
        read(data)
    message = str(caught.value)
    assert message.startswith("story.pdf ")
    assert message.endswith(".")
    assert "\n" not in message


def test_a_page_of_no_height_is_read():
    data = document(column(50, 100, STORY)).replace(b"[0 0 595 842]", b"[0 0 595 0.0]")
    assert "The mayor of Port Averin" in read(data).text


def test_pages_in_a_circle_end():
    data = document(column(50, 100, STORY)).replace(b"/Kids[6 0 R]", b"/Kids[2 0 R]")
    with pytest.raises(UnreadableArticle):
        read(data)


GOOD = document(
    [(50, 100, 24, "The bridge is shut"), *column(50, 150, STORY)], [(50, 100, 10, "More of it.")]
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(9, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=30),
    st.integers(0, 400),
)
def test_mutated_bytes_are_read_or_refused(changes, cut):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    try:
        # In this process, for speed: Python's part must raise only what it may. The child is tested beside.
        found = pdf.draft(bytes(data[: len(data) - cut]), "story.pdf")
    except ToolkitError:
        return
    assert isinstance(found.text, str)


PLACES = st.floats(-1e4, 1e4)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.builds(
            lambda t, x, y, w, h: Line(t, x, y, x + w, y + h),
            st.text(min_size=1, max_size=12),
            PLACES,
            PLACES,
            st.floats(0, 500),
            st.floats(0.1, 60),
        ),
        max_size=40,
    )
)
def test_any_lines_become_an_article_with_all_their_letters(lines):
    headline, text = article_of([lines], [842.0])
    assert len(headline) <= 300
    assert set(text) <= set("".join(line.text for line in lines)) | set(" \n-")

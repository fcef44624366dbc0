"""Markdown becomes plain text: the words stay, the marks go."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit.errors import UnreadableArticle


def read(markdown):
    return toolkit.read(markdown.encode("utf-8"), name="story.md", language="en")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("The *mayor* **resigned** on ***Tuesday***.", "The mayor resigned on Tuesday."),
        (
            "See [the report](https://example.org 'title') and <https://example.org>.",
            "See the report and https://example.org.",
        ),
        ("[The report][1] says so.\n\n[1]: https://example.org", "The report says so."),
        ("[Note]: unverified.\n\nText.", "[Note]: unverified.\n\nText."),
        ("[Note]: see “the report”\n\nText.", "[Note]: see “the report”\n\nText."),
        ('> [Editor]: Ruiz "on the bridge"', '[Editor]: Ruiz "on the bridge"'),
        ("[Note]:\nunverified\n[Source]: police", "[Note]:\nunverified\n\n[Source]: police"),
        ("Text.[^1]\n\n[^1]: Unverified", "Text.^1\n\n[^1]: Unverified"),
        ("See [Home].\n\n[home]: Wiki 'The wiki'", "See Home."),
        ("[1]: #notes\n[2]: /notes\n[3]: notes.html\n[4]: mailto:a@example.org\n\nText.", "Text."),
        ("- nine ships\n- *two* sunk\n  - one raised\n", "nine ships\n\ntwo sunk\n\none raised"),
        ("1. first\n2. second", "first\n\nsecond"),
        ("> “No,” she said.\n>\n> “Never.”", "“No,” she said.\n\n“Never.”"),
        ("Before\n![a photograph](x.jpg)\nafter", "Before  after"),
        ("one line\nwrapped  \nbroken\\\ntwice", "one line wrapped\nbroken\ntwice"),
        ("```\nif x:\n    *y*\n```", "if x:\n    *y*"),
        ("Use `rm -rf *`.", "Use rm -rf *."),
        ("| Ship | Days |\n| --- | --- |\n| *Aurora* | 9 |", "Ship\n\nDays\n\nAurora\n\n9"),
        ("## A subheading\n\nText.", "A subheading\n\nText."),
        ("Text.\n\n***\n\nMore.", "Text.\n\nMore."),
        ("AT&amp;T and &copy; \\*stars\\*", "AT&T and © *stars*"),
        ("He was ~~not~~ there.", "He was  there."),
        ("A <b>bold</b> word<br>here", "A bold word\nhere"),
        (
            "<div>\n<script>x()</script>Some <i>words</i> &amp; more\n</div>\n\nText.",
            "Some words & more\n\nText.",
        ),
        ("<!-- a comment -->\n\nText.", "Text."),
        (
            "“Curly,” ‘marks’ — and 'straight' \"ones\" -- stay...",
            "“Curly,” ‘marks’ — and 'straight' \"ones\" -- stay...",
        ),
        ("5 * 3 and snake_case_word and 2*3*4", "5 * 3 and snake_case_word and 234"),
        (
            "e\u0301 😀 \u202enoitcerid\u202c «\u00a0Non\u00a0»",
            "e\u0301 😀 \u202enoitcerid\u202c «\u00a0Non\u00a0»",
        ),
    ],
)
def test_plain_text(markdown, text):
    assert read(markdown).text == text


@pytest.mark.parametrize(
    ("markdown", "headline", "text"),
    [
        ("# Bridge *closed*\n\nText.", "Bridge closed", "Text."),
        ("Bridge closed\n=====\n\nText.", "Bridge closed", "Text."),
        ("Kicker\n\n# Bridge closed\n\nText.", "Bridge closed", "Kicker\n\nText."),
        ("# One\n\nText.\n\n# Two", "One", "Text.\n\nTwo"),
        ("## Not a headline\n\nText.", "", "Not a headline\n\nText."),
        ("#hashtag\n\nText.", "", "#hashtag\n\nText."),
        ("```\n# a comment\n```", "", "# a comment"),
    ],
)
def test_the_first_heading_is_the_headline(markdown, headline, text):
    article = read(markdown)
    assert (article.headline, article.text) == (headline, text)


def test_front_matter():
    article = read(
        '---\n# for the desk\ntitle: "Bridge: closed"\nAuthor: Ann Lee\ndate: 2025-03-12 07:40:00 +0100\n'
        "slug: BRIDGE\nsource: The Courier\ntags:\n  - roads\n- bridges\nlayout: post\n\n---\n"
        "# Bridge: closed\n\nText.\n"
    )
    assert (article.headline, article.byline, article.slug) == ("Bridge: closed", "Ann Lee", "BRIDGE")
    assert (article.published, article.source, article.text) == (
        "2025-03-12T07:40:00+0100",
        "The Courier",
        "Text.",
    )


@pytest.mark.parametrize(
    ("matter", "headline", "byline"),
    [
        ("title: >\n  Bridge\n  closed\nauthor: Ana Ruiz", "Bridge closed", "Ana Ruiz"),
        ("title: |-\n  Bridge closed\n\ntags: x", "Bridge closed", ""),
        ("title: Bridge closed\nauthor:\n  - Ana Ruiz\n  - 'Tom Ek'\ntags:\n  - roads", "Bridge closed", "Ana Ruiz, Tom Ek"),
        ("author:\n- Ana Ruiz", "", "Ana Ruiz"),
        ("author: [Ana Ruiz, Tom Ek]", "", "Ana Ruiz, Tom Ek"),
        ("authors:\n- Ana Ruiz\n- Tom Ek", "", "Ana Ruiz, Tom Ek"),
        ("title: Bridge closed\n  - not of it\nsummary: >\n  Ana Ruiz", "Bridge closed", ""),
        ("author:\n  email: a@example.org", "", ""),
        ("title: >\ndate:\n  - 2025", "", ""),
        ("title: One\ntitle: >\n  Two", "One", ""),
    ],
)  # fmt: skip
def test_values_of_several_lines(matter, headline, byline):
    article = read(f"---\n{matter}\n---\nText.")
    assert (article.headline, article.byline, article.text) == (headline, byline, "Text.")


@pytest.mark.parametrize(
    ("matter", "told"),
    [
        ('title = "Bridge closed"\ndate = 2025-03-12T07:40:00+01:00', ("Bridge closed", "", "2025-03-12T07:40:00+01:00")),
        ("title = 'Bridge'\ndate = 2025-03-12\nauthors = ['Ana Ruiz', 'Tom Ek']\ntags = ['x']", ("Bridge", "Ana Ruiz, Tom Ek", "2025-03-12")),
        ("draft = false\nTitle = 'Bridge'\n[params]\n  author = 'Ana Ruiz'", ("Bridge", "", "")),
        ("date = 'yesterday'\nauthor = {name = 'Ana Ruiz'}", ("", "", "")),
        ("", ("", "", "")),
    ],
)  # fmt: skip
def test_front_matter_in_toml(matter, told):
    article = read(f"+++\n{matter}\n+++\nText.")
    assert (article.headline, article.byline, article.published) == told
    assert article.text == "Text."


def test_front_matter_and_another_heading():
    article = read("---\ntitle: Bridge closed\n---\n# What we know\n\nText.\n")
    assert (article.headline, article.text) == ("Bridge closed", "What we know\n\nText.")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("---\n\nThe mayor resigned.\n\n---\n\nText.", "The mayor resigned.\n\nText."),
        ("---\nno end: of it\n\nText.", "no end: of it\n\nText."),
        ("+++\nThe mayor resigned.\n+++\n\nText.", "+++ The mayor resigned. +++\n\nText."),
        ("+++\ntitle = 'no end'\n\nText.", "+++ title = 'no end'\n\nText."),
        ("+++\na = " + "[" * 5000 + "\n+++\n\nText.", "+++ a = " + "[" * 5000 + " +++\n\nText."),
        ("Text.\n\n---\ntitle: later\n---\n", "Text.\n\ntitle: later"),
    ],
)
def test_a_rule_is_not_front_matter(markdown, text):
    article = read(markdown)
    assert (article.headline, article.text) == ("", text)


@pytest.mark.parametrize("date", ["12 March 2025", "yesterday", "2025-02-30", ""])
def test_a_date_that_is_not_iso_is_left_out(date):
    assert read(f"---\ndate: {date}\n---\nText.").published == ""


def test_front_matter_alone_is_no_article():
    with pytest.raises(UnreadableArticle, match=r"story.md holds no words"):
        read("---\ntitle: Bridge\n---\n")


def test_deep_nesting_loses_no_words():
    assert read(">" * 60 + " deep").text == "deep"
    assert read(">" * 99 + " deep").text == "deep"
    with pytest.raises(UnreadableArticle, match="inside one another"):
        read(">" * 150 + " deep\n\nText.")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<div>One<br>two.</div>\n<!-- no -->\n<ul><li>a</li><li>b</li></ul>", "One\ntwo.\n\na\n\nb"),
        ("<div>\n\nText.\n\n</div>", "Text."),
        ("<style>p {}</style>\n\n<p>One &amp; <b>all</b>.</p>", "One & all."),
    ],
)
def test_the_words_of_html_blocks_stay_apart(markdown, text):
    assert read(markdown).text == text


@settings(deadline=None, max_examples=80)
@given(st.lists(st.text("abc “”’éß😀 ", min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_plain_paragraphs_come_out_as_they_went_in(paragraphs):
    paragraphs = [p.strip() for p in paragraphs]
    assert read("\n\n".join(paragraphs)).text == "\n\n".join(paragraphs)

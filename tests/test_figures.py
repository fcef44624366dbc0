"""Figures: which words are dates, times, money, shares, quantities and numbers, and which are not."""

import functools
import re
import time
from itertools import pairwise

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.tokens import Span as TokenSpan
from strategies import odd_texts

from toolkit import languages
from toolkit.figures import FACTORY, ORIGIN, TAGS, figures
from toolkit.languages import installed_model

ENGLISH = languages.get("en")
FRENCH = languages.get("fr")
BLANK = spacy.blank("en")


@functools.cache
def model():
    return spacy.load(installed_model(ENGLISH), exclude=["ner"])


def marked(doc, marks):
    """A document with marks as the encoder leaves them: (start, end, label) each."""
    doc.user_data[TAGS] = {"entities": [[*mark, 0.75] for mark in marks], "roles": []}
    return doc


def read(text, *names):
    """The figures of a text as (words, kind); ``names`` are marks of the encoder as (words, label)."""
    marks = [(start := text.index(words), start + len(words), label) for words, label in names]
    found = figures(marked(model()(text), marks), ENGLISH)
    return [(text[f.span.start : f.span.end], f.kind) for f in found]


def cases(table):
    return [pytest.param(*row[1:], id=row[0]) for row in table]


# id, text, kind, its figures of that kind.
PRESENT = [
    ("percent-sign", "Prices rose 14% in all.", "percent", ["14%"]),
    ("percent-blank", "Prices rose 14 % in all.", "percent", ["14 %"]),
    ("percent-word", "Prices rose 14.5 percent.", "percent", ["14.5 percent"]),
    ("percent-british", "Prices rose ten per cent.", "percent", ["ten per cent"]),
    ("percent-points", "Support fell three percentage points.", "percent", ["three percentage points"]),
    ("percent-half", "Prices rose half a percent.", "percent", ["half a percent"]),
    ("percent-range", "Prices rise 10 to 15 percent a year.", "percent", ["10 to 15 percent"]),
    ("percent-range-dash", "Prices rise 10–15% a year.", "percent", ["10–15%"]),
    ("percent-range-between", "Prices rise between 10 and 15 percent.", "percent", ["10 and 15 percent"]),
    ("percent-below-zero", "Growth was -3.5% last year.", "percent", ["-3.5%"]),
    ("percent-points-basis", "The rate rose 25 basis points.", "percent", ["25 basis points"]),
    ("time-am", "They met at 10 a.m. and left.", "time", ["10 a.m."]),
    ("time-close", "They met at 10am and left at 7.30pm.", "time", ["10am", "7.30pm"]),
    ("time-digital", "They met at 14:30 and left.", "time", ["14:30"]),
    ("time-zone", "They met at 14:30 GMT; others at 0900 GMT.", "time", ["14:30 GMT", "0900 GMT"]),
    ("time-words", "They met at noon and left at midnight.", "time", ["noon", "midnight"]),
    ("time-clock", "They met at 5 o’clock, or five o'clock.", "time", ["5 o’clock", "five o'clock"]),
    ("time-range", "It opens 5-6 pm.", "time", ["5-6 pm"]),
    ("time-half-past", "They met at half past nine.", "time", ["half past nine"]),
    ("time-of-day", "They met at 6 in the morning.", "time", ["6 in the morning"]),
    ("quantity", "The road is 12 kilometres long.", "quantity", ["12 kilometres"]),
    ("quantity-american", "The road is 12.5 kilometers long.", "quantity", ["12.5 kilometers"]),
    ("quantity-hyphen", "A 500-kilogram bomb fell.", "quantity", ["500-kilogram"]),
    ("quantity-square", "A hall of 3,000 square feet burnt.", "quantity", ["3,000 square feet"]),
    ("quantity-degrees", "It was 40 °C, then -5°C and 30 degrees Celsius.", "quantity", ["40 °C", "-5°C", "30 degrees Celsius"]),
    ("quantity-symbol", "They sold 5kg of maize from 10 ha.", "quantity", ["5kg", "10 ha"]),
    ("quantity-speed", "Winds of 80 km/h, gusts of 60 miles per hour.", "quantity", ["80 km/h", "60 miles per hour"]),
    ("quantity-two-units", "He is 5 feet 10 inches tall.", "quantity", ["5 feet 10 inches"]),
    ("quantity-words", "They walked three hundred miles.", "quantity", ["three hundred miles"]),
    ("quantity-vague", "They walked hundreds of miles.", "quantity", ["hundreds of miles"]),
    ("quantity-range", "They walked 10 to 12 km.", "quantity", ["10 to 12 km"]),
    ("quantity-age", "A 14-year-old boy and a man 35 years old.", "quantity", ["14-year-old", "35 years old"]),
    ("quantity-stretch", "It lasted two hours and 20 minutes, in a three-day visit.", "quantity", ["two hours and 20 minutes", "three-day"]),
    ("quantity-weight", "They seized 2,000 pounds of rice.", "quantity", ["2,000 pounds"]),
    ("quantity-metres", "She won the 100m race.", "quantity", ["100m"]),
    ("number", "The storm killed 14 people.", "number", ["14"]),
    ("number-words", "The storm killed three hundred people.", "number", ["three hundred"]),
    ("number-and", "It has three hundred and five members.", "number", ["three hundred and five"]),
    ("number-tens", "It has twenty-one members.", "number", ["twenty-one"]),
    ("number-million", "Over 1.2 million people fled.", "number", ["1.2 million"]),
    ("number-thousands", "Some 12,500 or 13 500 people fled.", "number", ["12,500 or 13 500"]),
    ("number-indian", "Some 1,50,000 people fled.", "number", ["1,50,000"]),
    ("number-short", "Some 3bn live there, 1.5m people here.", "number", ["3bn", "1.5m"]),
    ("number-dozens", "Dozens fled; a dozen stayed.", "number", ["Dozens", "a dozen"]),
    ("number-vague", "Hundreds of thousands fled.", "number", ["Hundreds of thousands"]),
    ("number-scores", "Scores of villagers fled.", "number", ["Scores"]),
    ("number-few-hundred", "A few hundred fled, then half a million.", "number", ["A few hundred", "half a million"]),
    ("number-one", "One man died.", "number", ["One"]),
    ("number-ratio", "One in five fled, then nine out of ten.", "number", ["One in five", "nine out of ten"]),
    ("number-fraction", "Two-thirds fled, and half of the others, or more than half.", "number", ["Two-thirds", "half", "half"]),
    ("number-score", "They won 3-2 on penalties.", "number", ["3-2"]),
    ("number-range", "Three to five men and 10–15 women fled.", "number", ["Three to five", "10–15"]),
    ("number-change", "The count rose from 3 to 5.", "number", ["3", "5"]),
    ("number-side-by-side", "There were two and three.", "number", ["two", "three"]),
    ("number-member", "The 14-member panel met.", "number", ["14"]),
    ("money-sign", "It cost ₡9,999, $5 or €7.50.", "money", ["₡9,999", "$5", "€7.50"]),
    ("money-letters", "It cost US$3m, HK$14m or U.S.$2.", "money", ["US$3m", "HK$14m", "U.S.$2"]),
    ("money-before", "It cost Rs2.3bn, N4.6 billion and KSh 40 million.", "money", ["Rs2.3bn", "N4.6 billion", "KSh 40 million"]),
    ("money-after", "It cost 500 rupees, then 15 crore rupees.", "money", ["500 rupees", "15 crore rupees"]),
    ("money-country", "It cost 149 million U.S. dollars or 50 Egyptian pounds.", "money", ["149 million U.S. dollars", "50 Egyptian pounds"]),
    ("money-hyphen", "A 336-million-ringgit road.", "money", ["336-million-ringgit"]),
    ("money-vague", "It cost tens of billions of dollars.", "money", ["tens of billions of dollars"]),
    ("money-range", "It cost $10 to $15 million, or $1.2–1.4 trillion.", "money", ["$10 to $15 million", "$1.2–1.4 trillion"]),
    ("money-two", "It rose from $5 million to $6 million.", "money", ["$5 million", "$6 million"]),
    ("money-glued", "It cost GHS2.8billion and RM1bil.", "money", ["GHS2.8billion", "RM1bil"]),
    ("money-rand", "It cost R2 500, K50,000 and P100m.", "money", ["R2 500", "K50,000", "P100m"]),
    ("money-won", "It cost 3 billion won.", "money", ["3 billion won"]),
    ("date-american", "It began on March 14, 2021.", "date", ["March 14, 2021"]),
    ("date-british", "It began on 14 March.", "date", ["14 March"]),
    ("date-weekday", "It began on Monday, 14 March 2021.", "date", ["Monday, 14 March 2021"]),
    ("date-iso", "It began on 2021-03-14.", "date", ["2021-03-14"]),
    ("date-figures", "It began on 14/3/2021, not 14.03.2021.", "date", ["14/3/2021", "14.03.2021"]),
    ("date-range", "It ran 12-13 May and Sept. 5 to 7.", "date", ["12-13 May", "Sept. 5 to 7"]),
    ("date-month", "It began in May 2020.", "date", ["May 2020"]),
    ("date-year", "It began in 2019.", "date", ["2019"]),
    ("date-years", "It ran in 2020-21, then between 2022 and 2025.", "date", ["2020-21", "2022", "2025"]),
    ("date-decade", "It began in the 1990s.", "date", ["1990s"]),
    ("date-day", "It began on Monday.", "date", ["Monday"]),
    ("relative-day", "Today, yesterday, tomorrow and tonight.", "relative", ["Today", "yesterday", "tomorrow", "tonight"]),
    ("relative-before-yesterday", "They left the day before yesterday.", "relative", ["the day before yesterday"]),
    ("relative-period", "Last week, this year and next month.", "relative", ["Last week", "this year", "next month"]),
    ("relative-part", "They left this morning or yesterday evening.", "relative", ["this morning", "yesterday evening"]),
    ("relative-within", "They left earlier this week or late last year.", "relative", ["earlier this week", "late last year"]),
    ("relative-ago", "They left two years ago.", "relative", ["two years ago"]),
    ("relative-ago-vague", "They left a few days ago, or years ago.", "relative", ["a few days ago", "years ago"]),
    ("relative-earlier", "They had left three days earlier, or a month later.", "relative", ["three days earlier", "a month later"]),
    ("relative-following", "They left the following day.", "relative", ["the following day"]),
    ("relative-same", "They left earlier that same day, the same week.", "relative", ["earlier that same day", "the same week"]),
    ("relative-stretch", "In the past two years, and over the next few days.", "relative", ["the past two years", "the next few days"]),
    ("relative-weekend", "They left at the weekend.", "relative", ["the weekend"]),
    ("relative-recent", "They left in recent years.", "relative", ["recent years"]),
    ("relative-wrapped", "They say that the bridge over the river was closed to all two\nyears ago, and that it will not be opened before they are paid for\nall that they have done for it and for the town and its people.", "relative", ["two\nyears ago"]),
]  # fmt: skip

# id, text, what must not be found: a kind, or "" for any.
ABSENT = [
    ("percent-not", "He gave his percentage to the present cent.", ""),
    ("percent-number", "He gave 14 percussions.", "percent"),
    ("time-am-alone", "I am here, as they am.", ""),
    ("time-of-nothing", "At 25:61 and 3:1 they stopped.", "time"),
    ("time-hours", "It took 1,500 hours and 1500 hours of work.", "time"),
    ("time-midnight-within", "The Midnightly paper came.", ""),
    ("quantity-word-within", "There were 12 milestones, 3 footballers and 5 tonnages.", "quantity"),
    ("quantity-generation", "They have 5G, 3D and 4K screens.", "quantity"),
    ("quantity-school-year", "In the 2022 school year they left.", "quantity"),
    ("quantity-one-day", "One day he will leave.", ""),
    ("quantity-alone", "The kilometres and the years were long.", ""),
    ("number-no-one", "No one came.", ""),
    ("number-one-of", "One of them came.", ""),
    ("number-one-another", "They saw one another.", ""),
    ("number-one-who", "She is the one who came.", ""),
    ("number-one-hand", "On the one hand they left.", ""),
    ("number-one-sided", "It was a one-sided game.", ""),
    ("number-someone", "Someone often tents alone, in a tennis-weight done.", ""),
    ("ordinal", "The 1st, 2nd, third and twenty-first.", ""),
    ("ordinal-century", "The 21st century.", ""),
    ("first-half", "In the first half of the game the half-brother left at half-time.", ""),
    ("age-decade", "A man in his 60s.", ""),
    ("within-word", "The F-16, the A320, the G20, U-17 and COVID-19.", ""),
    ("phone", "Call +254 712 345 678, 0712 345 678 or (202) 555-0143.", ""),
    ("phone-short", "Call 555-0199.", ""),
    ("url", "See https://example.org/2021/03/14/500 and www.example.org/12.", ""),
    ("address", "Write to desk24@example.org or @user99, about #top10.", ""),
    ("isbn", "ISBN 978-3-16-148410-0, version 2.3.1, address 192.168.0.1.", ""),
    ("label", "Article 19, section 5, page 4, No. 7 and Room 12.", ""),
    ("list-numbers", "1. Bread\n2) Milk\n", ""),
    ("round-the-clock", "It is open 24/7, since 9/11.", "number"),
    ("odds", "Odds of 3:1.", ""),
    ("feet-and-inches", "He is 6'2\" tall.", "number"),
    ("millions-of-nothing", "The million-strong hundred left.", ""),
    ("tests", "Their test scores fell, by the tens.", ""),
    ("money-road", "The R21 highway, the N2 and the M25.", ""),
    ("money-summit", "Leaders met at COP27 and COP 26, before Euro 2024.", "money"),
    ("money-verb", "The 12 Democrats won; she won 500 votes.", "money"),
    ("money-weight", "They seized 300 pounds of rice.", "money"),
    ("money-real", "In 2020 real wages fell; 2 crown princes and 5 sum totals.", "money"),
    ("money-zero-sum", "Trade is no zero-sum game.", "money"),
    ("money-no-number", "The dollar, the yuan and the rupee fell.", ""),
    ("money-senator", "Two Sens. and 5 Senators left.", "money"),
    ("date-may", "They may 5 times march, and in May they will.", "date"),
    ("date-plain-year", "They sold 2019 tickets.", "date"),
    ("date-counted", "In 2000 people died.", "date"),
    ("date-year-with-comma", "They died in 2,019.", "date"),
    ("date-no-calendar", "Ratios 45/77/2021 and 99.99.2021 came.", "date"),
    ("date-no-iso", "Form 2021-45-99.", "date"),
    ("date-mondays-name", "She joined Monday Night Football.", "date"),
    ("relative-vague", "They will leave one day, soon, some day, and have not now.", ""),
    ("relative-name", "The Tomorrowland and Yesterdaylike bands.", ""),
    ("relative-last", "The last minute, at long last, next to the past tense.", ""),
    ("relative-plain", "A year has weeks and days; every year, each week.", ""),
    ("relative-long", "The month-long strike, the year-end sale.", ""),
    ("no-break", "They counted 3\n\nyears ago they left.", "quantity"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "words"), cases(PRESENT))
def test_a_figure_is_found_whole(text, kind, words):
    assert [found for found, each in read(text) if each == kind] == words


@pytest.mark.parametrize(("text", "kind"), cases(ABSENT))
def test_what_is_no_figure_is_left(text, kind):
    assert [(words, each) for words, each in read(text) if kind in ("", each)] == []


# id, text, the encoder's marks, all figures.
WITH_MARKS = [
    ("date", "It fell on Easter.", [("Easter", "Date")], [("Easter", "date")]),
    ("money", "They paid in Bitcoin.", [("Bitcoin", "Money")], [("Bitcoin", "money")]),
    ("date-not-number", "The plan 2030 holds.", [("2030", "Date")], [("2030", "date")]),
    ("number-across-date", "On July 14 300 fled.", [("July 14", "Date")], [("July 14", "date")]),
    ("money-longer", "They paid Dh 2.1 billion.", [("Dh 2.1", "Money")], [("Dh 2.1 billion", "money")]),
    ("date-longer", "On June 19 they left.", [("June", "Date")], [("June 19", "date")]),
    ("mark-longer", "Between 3 and 5 July they left.", [("3 and 5 July", "Date")], [("3 and 5 July", "date")]),
    ("relative-stays", "They left today.", [("today", "Date")], [("today", "relative")]),
    ("name-with-number", "Fans of Blink 182 left.", [("Blink 182", "Organization")], []),
    ("name-with-year", "They won the 2022 World Cup.", [("2022 World Cup", "Misc")], []),
    ("name-with-day", "She told USA Today that they left.", [("USA Today", "Organization")], []),
    ("name-with-part-of-figure", "Forty Seven Bank left.", [("Seven Bank", "Organization")], []),
    ("name-with-time", "Midnight Oil played.", [("Midnight Oil", "Organization")], []),
    ("name-beside", "Group 182 of Blink left with 14.", [("Blink", "Organization")], [("14", "number")]),
    ("name-in-money", "It cost US$3m.", [("US", "Location")], [("US$3m", "money")]),
    ("group-in-money", "It cost 500 Kenyan shillings.", [("Kenyan", "NORP")], [("500 Kenyan shillings", "money")]),
    ("number-of-a-product", "The iPhone 14 sold.", [("iPhone 14", "Product")], []),
    ("nothing", "They left.", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "marks", "found"), cases(WITH_MARKS))
def test_marks_of_the_encoder_are_heeded(text, marks, found):
    assert read(text, *marks) == found


def test_a_figure_tells_where_it_comes_from():
    text = "On Easter 14 people left."
    first, second = figures(marked(model()(text), [(3, 9, "Date")]), ENGLISH)
    assert (first.id, first.kind, first.score, first.origin, first.status) == (
        "f1",
        "date",
        0.75,
        ORIGIN,
        "suggested",
    )
    assert (second.id, second.kind, second.score, second.origin) == ("f2", "number", None, ORIGIN)


@pytest.mark.parametrize(
    ("language", "tags"),
    [(ENGLISH, None), (FRENCH, None), (FRENCH, []), (None, None), (None, [])],
    ids=["no-marks", "french", "french-with-marks", "no-language", "no-language-with-marks"],
)
def test_without_marks_or_rules_the_model_s_own_are_taken(language, tags):
    doc = BLANK("Acme paid 14 dollars on Monday to a third of 20 men.")
    labels = {(0, 1): "ORG", (2, 4): "MONEY", (5, 6): "DATE", (8, 9): "ORDINAL", (10, 11): "CARDINAL"}
    doc.ents = [TokenSpan(doc, *place, label=label) for place, label in labels.items()]
    if tags is not None:
        marked(doc, tags)
    found = [(doc.text[f.span.start : f.span.end], f.kind, f.score) for f in figures(doc, language)]
    assert found == [("14 dollars", "money", None), ("Monday", "date", None), ("20", "number", None)]


def test_the_component_puts_figures_on_the_document():
    nlp = spacy.blank("en")
    nlp.add_pipe(FACTORY)
    doc = nlp.get_pipe(FACTORY)(marked(nlp.make_doc("Two years ago 14 left."), []))
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert [f.kind for f in again._.figures] == ["relative", "number"]
    assert again._.figures == doc._.figures


AMOUNTS = st.sampled_from((
    *("14 ", "3-2", "1,234,567 ", "12.5 ", "$", "US$ ", "Rs ", "% ", " percent ", "km", " kilometres ", "- ", "– ", "m "),
    *("three hundred and ", "one ", "One of ", "half a ", "tens of ", "a few ", "million ", "dollars ", " to ", " and "),
    *("Monday, ", "14 March ", "2021", "-07-14 ", " a.m. ", ":30 ", "the last ", "years ", "ago ", "today ", "the weekend"),
    *("½ ", "٣ ", "²", "1 000 ", "\n", "\u00a0", "’", "0712 345 678 ", "https://a.b/1 ", "(", ")", "/"),
))  # fmt: skip
texts = st.lists(AMOUNTS | odd_texts, max_size=12).map("".join)
LABELS = st.sampled_from(("Date", "Money", "Person", "Misc", "Product"))


@settings(max_examples=25)
@given(texts, st.lists(st.tuples(st.integers(0, 200), st.integers(1, 12), LABELS), max_size=5))
def test_figures_lie_in_the_text_in_order_and_apart(text, spots):
    doc = BLANK(text)
    marks, at = [], 0
    for gap, length, label in spots:
        start, end = at + gap % 20, min(at + gap % 20 + length, len(text))
        if start < end:
            marks.append((start, end, label))
            at = end
    found = figures(marked(doc, marks), ENGLISH)
    assert doc.text == text
    assert [f.id for f in found] == [f"f{n}" for n in range(1, len(found) + 1)]
    assert all(0 <= f.span.start < f.span.end <= len(text) for f in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    names = [mark for mark in marks if mark[2] not in ("Date", "Money")]
    for figure in found:
        words = text[figure.span.start : figure.span.end]
        if figure.score is not None:
            assert (*figure.span, figure.kind.capitalize()) in marks
            continue
        assert words == words.strip()
        assert not any(s <= figure.span.start and figure.span.end <= e for s, e, _ in names)
        assert figure.kind != "number" or not any(
            s < figure.span.end and figure.span.start < e for s, e, _ in marks
        )
    assert found == figures(doc, ENGLISH)


@pytest.mark.parametrize(
    "piece",
    ["1", "1,", "1,111", "1-", "1 to ", "10:", "one ", "hundred and ", "half a ", "$", "US$ ", "A. ", "5 A B ", "May 1 ", "the last ", "a few ", "years ", "tens of ", "a.", "a@", "www.", "½", "1\n"],
)  # fmt: skip
def test_no_text_takes_long(piece):
    text = (piece * 10_000)[:10_000]
    doc = Doc(BLANK.vocab, words=re.findall(r"\S{1,100}|\s{1,100}", text) or [text])
    begin = time.perf_counter()
    figures(marked(doc, []), ENGLISH)
    assert time.perf_counter() - begin < 10  # half a second or so; what is quadratic takes far longer

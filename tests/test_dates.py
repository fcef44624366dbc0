"""Dates: when the figures of an article are, seen from its day, and which of them nobody could tell."""

import functools
import re
import time
from datetime import date

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

import toolkit
from toolkit import Article, languages
from toolkit.checks import check
from toolkit.figures import TAGS, figures
from toolkit.figures.calendar import Setting, iso, parse
from toolkit.figures.dates import meaning
from toolkit.figures.dating import PUBLISHED
from toolkit.figures.lexicon import lexicon
from toolkit.model import Figure, Span
from toolkit.pipeline import pipeline

WEDNESDAY = "2025-03-12"


def cases(table):
    return [pytest.param(*row[1:], id=row[0]) for row in table]


@functools.cache
def dated(text, published=WEDNESDAY, language="en"):
    """The dates of a text's figures as (words, date)."""
    notes = toolkit.annotate(Article(text, published=published, language=language))
    return [(notes.text(figure), figure.date) for figure in notes.figures]


def date_of(words, text, published=WEDNESDAY, language="en"):
    return next(told for found, told in dated(text, published, language) if found.lower() == words.lower())


# What words mean by themselves: id, language, words, tense, the date told before, the date. The day is
# Wednesday, 12 March 2025.
MEANINGS = [
    ("weekday-past", "en", "Tuesday", "past", "", "2025-03-11"),
    ("weekday-future", "en", "Tuesday", "future", "", "2025-03-18"),
    ("weekday-same-day", "en", "Wednesday", "past", "", "2025-03-12"),
    ("weekday-same-day-to-come", "en", "Wednesday", "future", "", "2025-03-12"),
    ("weekday-same-day-no-tense", "en", "Wednesday", "", "", "2025-03-12"),
    ("weekday-part", "en", "Monday night", "past", "", "2025-03-10"),
    ("weekday-last", "en", "last Friday", "past", "", "2025-03-07"),
    ("weekday-next", "en", "next Tuesday", "", "", "2025-03-18"),
    ("weekday-this", "en", "this Friday", "", "", "2025-03-14"),
    ("weekday-this-past", "en", "this past Tuesday", "", "", "2025-03-11"),
    ("weekday-of-week", "en", "Tuesday of last week", "", "", "2025-03-04"),
    ("weekday-following", "en", "the following Monday", "past", "2006-07-31", "2006-08-07"),
    ("today", "en", "today", "", "", "2025-03-12"),
    ("yesterday", "en", "yesterday", "", "", "2025-03-11"),
    ("before-yesterday", "en", "the day before yesterday", "", "", "2025-03-10"),
    ("last-night", "en", "late last night", "", "", "2025-03-11"),
    ("week", "en", "last week", "", "", "2025-03-03/2025-03-09"),
    ("week-earlier", "en", "earlier this week", "", "", "2025-03-10/2025-03-16"),
    ("month", "en", "this month", "", "", "2025-03"),
    ("year", "en", "early last year", "", "", "2024"),
    ("ago-days", "en", "two days ago", "", "", "2025-03-10"),
    ("ago-weeks", "en", "two weeks ago", "", "", "2025-02-24/2025-03-02"),
    ("ago-months", "en", "three months ago", "", "", "2024-12"),
    ("ago-years", "en", "twenty-five years ago", "", "", "2000"),
    ("from-now", "en", "six weeks from now", "", "", "2025-04-21/2025-04-27"),
    ("stretch", "en", "the past two years", "", "", "2023/2025"),
    ("stretch-days", "en", "the last three days", "", "", "2025-03-09/2025-03-12"),
    ("stretch-months", "en", "the next two months", "", "", "2025-03/2025-05"),
    ("stretch-decade", "en", "the past decade", "", "", "2015/2025"),
    ("month-of-year", "en", "August 2024", "", "", "2024-08"),
    ("month-last-year", "en", "January last year", "", "", "2024-01"),
    ("month-past", "en", "June", "past", "", "2024-06"),
    ("month-future", "en", "June", "future", "", "2025-06"),
    ("month-near", "en", "mid-January", "", "", "2025-01"),
    ("month-that-year", "en", "December that year", "past", "2006-07-31", "2006-12"),
    ("months", "en", "June to August 2022", "", "", "2022-06/2022-08"),
    ("day-past", "en", "12 December", "past", "", "2024-12-12"),
    ("day-future", "en", "April 3rd", "future", "", "2025-04-03"),
    ("day-year", "en", "Apr. 17 1830", "", "", "1830-04-17"),
    ("day-weekday", "en", "Sunday, July 14", "", "", "2024-07-14"),
    ("days", "en", "March 3-5", "past", "", "2025-03-03/2025-03-05"),
    ("days-of-months", "en", "30 May to 2 June 2019", "", "", "2019-05-30/2019-06-02"),
    ("days-of-years", "en", "30 December to 2 January 2020", "", "", "2019-12-30/2020-01-02"),
    ("leap-day", "en", "29 February", "past", "", "2024-02-29"),
    ("years", "en", "2015-2020", "", "", "2015/2020"),
    ("years-short", "en", "2020-21", "", "", "2020/2021"),
    ("decade", "en", "the 1990s", "", "", "1990/1999"),
    ("season-of-year", "en", "the summer of 2019", "", "", "2019"),
    ("in-figures", "en", "13/4/2021", "", "", "2021-04-13"),
    ("in-figures-same", "en", "4/4/2021", "", "", "2021-04-04"),
    ("in-figures-iso", "en", "2021-04-13", "", "", "2021-04-13"),
    ("in-figures-dots", "en", "3.4.2021", "", "", "2021-04-03"),
    ("in-figures-short-year", "en", "13/4/98", "", "", "1998-04-13"),
    ("following-day", "en", "the following day", "past", "2024-02-29", "2024-03-01"),
    ("week-later", "en", "a week later", "past", "2024-02-29", "2024-03-04/2024-03-10"),
    ("same-year", "en", "the same year", "past", "2024-02-29", "2024"),
    ("next-day", "en", "the next day", "past", "2024-12-31", "2025-01-01"),
    ("next-year-told", "en", "the next year", "past", "2006", "2007"),
    ("feast", "en", "Christmas Eve", "past", "", "2024-12-24"),
    ("fr-weekday", "fr", "mardi", "past", "", "2025-03-11"),
    ("fr-weekday-evening", "fr", "lundi soir", "past", "", "2025-03-10"),
    ("fr-weekday-last", "fr", "mardi dernier", "", "", "2025-03-11"),
    ("fr-weekday-next", "fr", "vendredi prochain", "", "", "2025-03-14"),
    ("fr-weekday-of-week", "fr", "mardi de la semaine dernière", "", "", "2025-03-04"),
    ("fr-yesterday", "fr", "hier soir", "", "", "2025-03-11"),
    ("fr-before-yesterday", "fr", "avant-hier", "", "", "2025-03-10"),
    ("fr-year", "fr", "l'an dernier", "", "", "2024"),
    ("fr-week", "fr", "la semaine prochaine", "", "", "2025-03-17/2025-03-23"),
    ("fr-ago", "fr", "il y a deux ans", "", "", "2023"),
    ("fr-first", "fr", "1er mars", "past", "", "2025-03-01"),
    ("fr-days", "fr", "du 3 au 5 mars", "past", "", "2025-03-03/2025-03-05"),
    ("fr-day-year", "fr", "le mardi 12 mars 2024", "", "", "2024-03-12"),
    ("fr-decade", "fr", "les années 1990", "", "", "1990/1999"),
    ("fr-stretch", "fr", "les deux dernières années", "", "", "2023/2025"),
    ("fr-month-last", "fr", "mars dernier", "", "", "2024-03"),
    ("fr-in-figures", "fr", "13/4/2021", "", "", "2021-04-13"),
    ("fr-day-after", "fr", "le lendemain", "past", "2024-02-29", "2024-03-01"),
    ("fr-that-year", "fr", "cette année-là", "past", "2006-07-31", "2006"),
    ("fr-month-following", "fr", "le mois suivant", "past", "2006-12-31", "2007-01"),
]  # fmt: skip

# The same, of what has no date.
NO_MEANING = [
    ("weekday-no-tense", "en", "Tuesday", "", ""),
    ("weekday-this-or-last-week", "en", "last Tuesday", "past", ""),
    ("weekday-this-or-next-week", "en", "next Friday", "future", ""),
    ("weekdays", "en", "Mondays", "past", ""),
    ("month-far-no-tense", "en", "September", "", ""),
    ("month-this-or-last-year", "en", "last January", "past", ""),
    ("day-of-no-month", "en", "31 April 2024", "", ""),
    ("day-of-no-year", "en", "29 February 2023", "", ""),
    ("day-just-missed", "en", "March 31", "past", ""),
    ("weekday-of-no-such-day", "en", "Thursday, July 14", "past", ""),
    ("days-backwards", "en", "March 5-3", "past", ""),
    ("days-apart", "en", "12 and 15 May", "past", ""),
    ("years-backwards", "en", "2020-2015", "", ""),
    ("century-or-decade", "en", "1900s", "", ""),
    ("in-figures-open", "en", "3/4/2021", "", ""),
    ("in-figures-none", "en", "31/4/2021", "", ""),
    ("weekend-no-tense", "en", "the weekend", "", ""),
    ("weekend-next", "en", "next weekend", "future", ""),
    ("season", "en", "last summer", "past", ""),
    ("vague", "en", "a few days ago", "", ""),
    ("vague-years", "en", "the past years", "", ""),
    ("vague-coming", "en", "the coming weeks", "", ""),
    ("vague-recent", "en", "recent months", "", ""),
    ("decade-ago", "en", "a decade ago", "", ""),
    ("half", "en", "a year and a half ago", "", ""),
    ("before-the-calendar", "en", "30,000 years ago", "", ""),
    ("before-year-one", "en", "999 decades ago", "", ""),
    ("hours", "en", "three hours ago", "", ""),
    ("following-nothing", "en", "the following day", "past", ""),
    ("later-than-a-year", "en", "a week later", "past", "2006"),
    ("that-day-of-a-month", "en", "the same day", "past", "2006-07"),
    ("next-year-no-tense", "en", "the next year", "", "2006"),
    ("fiscal", "en", "next school year", "", ""),
    ("ordinal", "en", "Feb-II", "past", ""),
    ("no-phrase", "en", "the quick brown fox", "", ""),
    ("nothing", "en", "", "", ""),
    ("fr-plural", "fr", "lundis", "past", ""),
    ("fr-vague", "fr", "ces derniers mois", "past", ""),
    ("fr-following-nothing", "fr", "le lendemain", "past", ""),
    ("fr-season", "fr", "l'été dernier", "past", ""),
    ("fr-english", "fr", "last Tuesday", "past", ""),
    ("fr-no-day", "fr", "30 février 2024", "", ""),
]  # fmt: skip


def told(language, words, tense="", before="", near=WEDNESDAY):
    found = meaning(words, lexicon(language))
    period = found and found.period(Setting(parse(near), tense, parse(before)))
    return iso(period) if period else ""


@pytest.mark.parametrize(("language", "words", "tense", "before", "expected"), cases(MEANINGS))
def test_words_mean_a_date(language, words, tense, before, expected):
    assert told(language, words, tense, before) == expected


@pytest.mark.parametrize(("language", "words", "tense", "before"), cases(NO_MEANING))
def test_words_mean_no_date(language, words, tense, before):
    assert told(language, words, tense, before) == ""


# The day of the article, words, tense, the date.
BORDERS = [
    ("monday-past", "2025-03-10", "Monday", "past", "2025-03-10"),
    ("monday-last-week", "2025-03-10", "last week", "", "2025-03-03/2025-03-09"),
    ("monday-earlier", "2025-03-10", "earlier this week", "", "2025-03-10/2025-03-16"),
    ("sunday-this-week", "2025-03-16", "this week", "", "2025-03-10/2025-03-16"),
    ("sunday-next-tuesday", "2025-03-16", "next Tuesday", "", "2025-03-18"),
    ("sunday-weekend", "2025-03-16", "this weekend", "past", "2025-03-15/2025-03-16"),
    ("monday-weekend", "2025-03-17", "the weekend", "past", "2025-03-15/2025-03-16"),
    ("friday-weekend", "2025-03-14", "the weekend", "future", "2025-03-15/2025-03-16"),
    ("new-year-yesterday", "2025-01-01", "yesterday", "", "2024-12-31"),
    ("new-year-week", "2025-01-01", "this week", "", "2024-12-30/2025-01-05"),
    ("new-year-month", "2025-01-01", "last month", "", "2024-12"),
    ("new-year-december", "2025-01-01", "December", "past", "2024-12"),
    ("new-year-day-without-tense", "2025-01-02", "30 December", "", "2024-12-30"),
    ("year-end-january", "2024-12-31", "January 2", "future", "2025-01-02"),
    ("year-end-next-month", "2024-12-31", "next month", "", "2025-01"),
    ("month-end", "2025-03-31", "last month", "", "2025-02"),
    ("leap-day-year-ago", "2024-02-29", "a year ago", "", "2023"),
    ("leap-day-tomorrow", "1904-02-28", "February 29", "past", ""),
    ("leap-day-yesterday", "2024-03-01", "yesterday", "", "2024-02-29"),
    ("leap-day-long-ago", "1904-01-15", "February 29", "past", "1896-02-29"),
    ("month-only-last-year", "2025-03", "last year", "", "2024"),
    ("month-only-this-month", "2025-03", "this month", "", "2025-03"),
    ("month-only-weekday", "2025-03", "Tuesday", "past", ""),
    ("month-only-yesterday", "2025-03", "yesterday", "", ""),
    ("month-only-last-week", "2025-03", "last week", "", ""),
    ("year-only-last-year", "2025", "last year", "", "2024"),
    ("year-only-month", "2025", "last month", "", ""),
    ("year-only-day", "2025", "12 March", "past", "2025-03-12"),
    ("year-only-last-march", "2025", "last March", "", ""),
    ("with-time", "2025-03-12T23:59:59-05:00", "today", "", "2025-03-12"),
    ("with-blank", "2025-03-12 14:05Z", "yesterday", "", "2025-03-11"),
    ("no-such-day", "2025-13-45", "yesterday", "", ""),
    ("no-leap-day", "2025-02-29", "last year", "", ""),
    ("year-zero", "0000", "last year", "", ""),
    ("first-year", "0001", "last year", "", ""),
    ("last-year", "9999-12-31", "tomorrow", "", ""),
    ("last-year-year", "9999", "next year", "", ""),
    ("first-day", "0001-01-01", "yesterday", "", ""),
    ("first-day-weekday", "0001-01-01", "Sunday", "past", ""),
    ("unknown-yesterday", "", "yesterday", "", ""),
    ("unknown-weekday", "", "Tuesday", "past", ""),
    ("unknown-day", "", "12 March", "past", ""),
    ("unknown-full", "", "12 March 2024", "", "2024-03-12"),
    ("unknown-decade", "", "the 1990s", "", "1990/1999"),
    ("unknown-short-year", "", "13/4/21", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("near", "words", "tense", "expected"), cases(BORDERS))
def test_borders_of_weeks_months_and_years_hold(near, words, tense, expected):
    assert told("en", words, tense, near=near) == expected


# In a sentence: id, text, the words, their date.
IN_TEXT = [
    ("past", "Officials said on Tuesday that talks had begun.", "Tuesday", "2025-03-11"),
    ("past-no-preposition", "Officials said late Thursday that talks had begun.", "Thursday", "2025-03-06"),
    ("future", "Officials said that talks will resume on Friday.", "Friday", "2025-03-14"),
    ("two-verbs", "He said Tuesday the talks will resume on Thursday.", "Thursday", "2025-03-13"),
    ("would", "The minister said he would resign on Friday.", "Friday", "2025-03-14"),
    ("plan", "They plan to meet on Friday.", "Friday", "2025-03-14"),
    ("is-to", "The court is to hear the case on Monday.", "Monday", "2025-03-17"),
    ("expected", "He is expected in court on Monday.", "Monday", "2025-03-17"),
    ("present", "The court hears the case on Monday.", "Monday", "2025-03-17"),
    ("progressive", "The summit is being held on Friday.", "Friday", "2025-03-14"),
    ("perfect", "He has been held since Monday.", "Monday", "2025-03-10"),
    ("forced-to", "She was forced to resign on Friday.", "Friday", "2025-03-07"),
    ("participle", "The bill, passed by the Senate on Thursday, goes to the House.", "Thursday", "2025-03-06"),
    ("told-whom", "He told African-Americans Tuesday he would resign.", "Tuesday", "2025-03-11"),
    ("said-then", "She said on Monday the talks would resume.", "Monday", "2025-03-10"),
    ("of-something-else", "Police released a video on Monday of last week's shooting.", "Monday", "2025-03-10"),
    ("front", "On Thursday, the company's shares fell.", "Thursday", "2025-03-06"),
    ("between", "The High Court on Monday granted bail.", "Monday", "2025-03-10"),
    ("agent", "He was killed by gunmen on Monday.", "Monday", "2025-03-10"),
    ("after", "The move comes after Monday's attack.", "Monday", "2025-03-10"),
    ("since-noun", "Protests have spread since the death of a student on Friday.", "Friday", "2025-03-07"),
    ("until", "Workers are on strike until Friday.", "Friday", "2025-03-14"),
    ("subject", "Thursday's fall was the biggest of the year.", "Thursday", "2025-03-06"),
    ("before-noun", "A Monday statement said the ship sank.", "Monday", "2025-03-10"),
    ("night", "Police arrested him on Monday night.", "Monday", "2025-03-10"),
    ("next", "Next Tuesday he returns.", "Tuesday", "2025-03-18"),
    ("following", "He came on Tuesday, following Monday's raid.", "Monday", "2025-03-10"),
    ("following-weekday", "It fell on 3 March 2024, and the following Monday it was opened.", "Monday", "2024-03-04"),
    ("last-week", "It fell on Tuesday last week.", "Tuesday", "2025-03-04"),
    ("month-of-last-year", "The bill was passed in January last year.", "January", "2024-01"),
    ("month-past", "She took office in January.", "January", "2025-01"),
    ("month-future", "The talks will take place in April.", "April", "2025-04"),
    ("day-future", "On March 31 it will be a year since the bridge fell.", "March 31", "2025-03-31"),
    ("since-year", "The gate has been closed since 2006.", "2006", "2006"),
    ("ago", "Two years ago he left.", "Two years ago", "2023"),
    ("earlier", "Troops crossed the border earlier this week.", "earlier this week", "2025-03-10/2025-03-16"),
    ("next-day", "Police caught him on Monday, and the following day he was charged.", "the following day", "2025-03-11"),
    ("week-later", "On 3 March the bridge fell. A week later it was opened.", "A week later", "2025-03-10/2025-03-16"),
    ("same-verb-as-year", "In 2019, he was arrested on March 3 in Lahore.", "March 3", "2019-03-03"),
    ("year-behind", "Between June 3 and July 5, 2019, no ship came.", "June 3", "2019-06-03"),
    ("year-behind-next", "From December 3 to January 5, 2019, no ship came.", "December 3 to January 5, 2019", "2018-12-03/2019-01-05"),
    ("time", "The fire broke out at 9:10pm on Monday.", "9:10pm", "2025-03-10T21:10"),
    ("time-behind", "The fire broke out on Monday at 3 a.m. in a mill.", "3 a.m.", "2025-03-10T03:00"),
    ("time-noon", "The fire broke out at noon on Monday.", "noon", "2025-03-10T12:00"),
    ("time-either-half", "The fire broke out at 9:30 on Monday.", "9:30", "2025-03-10"),
    ("quoted-and-dated", "“We lost it all yesterday,” she said on Monday.", "yesterday", "2025-03-09"),
    ("quoted-weekday", "“We will march on Friday,” he said.", "Friday", "2025-03-14"),
    ("quoted-year", "“We lost it all last year,” she said.", "last year", "2024"),
    ("weekend-past", "Thousands marched at the weekend.", "the weekend", "2025-03-08/2025-03-09"),
    ("weekend-future", "Thousands will march at the weekend.", "the weekend", "2025-03-15/2025-03-16"),
    ("today-past", "He was freed today.", "today", "2025-03-12"),
    ("today-planned", "He is expected in court today.", "today", "2025-03-12"),
    ("behind-a-quotation", "“It is the same shaft,” Vandermeer told a meeting at the hall on Monday evening.", "Monday", "2025-03-10"),
    ("order-of-figures", "It fell on 13/4/2021, and not on 3/4/2021.", "3/4/2021", "2021-04-03"),
    ("order-american", "It fell on 4/13/2021, and not on 3/4/2021.", "3/4/2021", "2021-03-04"),
]  # fmt: skip

NOT_IN_TEXT = [
    ("would-have", "It would have been held on Friday.", "Friday"),
    ("scheduled-and-past", "A vote scheduled for Thursday was put off.", "Thursday"),
    ("due-and-past", "The talks, due on Friday, had been delayed.", "Friday"),
    ("expected-and-past", "They were expected to meet on Thursday.", "Thursday"),
    ("ordered-to", "The court ordered him to appear on Friday.", "Friday"),
    ("ahead-of", "Ahead of Friday's vote, the minister resigned.", "Friday"),
    ("until-and-past", "They were on strike until Friday.", "Friday"),
    ("future-of-a-noun", "The House will debate Monday's attack.", "Monday"),
    ("present-of-a-noun", "The video shows an attack on Monday.", "Monday"),
    ("to-a-noun", "It is his latest effort to answer to Monday's debate.", "Monday"),
    ("for-a-noun-and-past", "Officials prepared for Friday's vote.", "Friday"),
    ("weekend-and-present", "The film opens with a report from the weekend.", "the weekend"),
    ("no-verb", "A mourner in Quetta, Tuesday.", "Tuesday"),
    ("every", "Every Tuesday they closed early.", "Tuesday"),
    ("a-day", "It sank on a Tuesday.", "Tuesday"),
    ("round-the-week", "The shops were open Monday to Friday.", "Monday"),
    ("round-the-week-end", "The shops were open Monday to Friday.", "Friday"),
    ("last-of-two", "Last Tuesday he left.", "Tuesday"),
    ("next-of-two", "Next Friday he returns.", "Friday"),
    ("more-than", "It was more than two years ago.", "two years ago"),
    ("week-of", "It rained in the last week of May 2024.", "the last week"),
    ("few", "They left a few days ago.", "a few days ago"),
    ("later-than-nothing", "A week later it was opened.", "A week later"),
    ("later-than-a-year", "Two years ago he left. A week later he returned.", "A week later"),
    ("far-off", "On 3 March the bridge fell. It was old. It was red. The following day it rained.", "The following day"),
    ("another-year", "The firm was founded in 1999. On March 3, it went bankrupt.", "March 3"),
    ("another-verb", "He was born on May 5, 1960, and married on June 3.", "June 3"),
    ("quoted-yesterday", "“We lost it all yesterday,” she said.", "yesterday"),
    ("quoted-tonight", "“He is not here tonight,” the host told the hall on stage.", "tonight"),
    ("quoted-two-days", "“We lost it yesterday,” she said on Monday, and again on Tuesday.", "yesterday"),
    ("quoted-and-another-day", "“We saw it yesterday,” said Rana, who was shot on Monday.", "yesterday"),
    ("these-days", "Today, it is owned by a trust.", "Today"),
    ("event", "It was the worst since the Sept. 11 attacks.", "Sept. 11"),
    ("event-alone", "The war began on Oct. 7.", "Oct. 7"),
    ("order-open", "It fell on 3/4/2021.", "3/4/2021"),
    ("order-in-conflict", "It fell on 13/4/2021, 4/13/2021 or 3/4/2021.", "3/4/2021"),
    ("recent", "They have left in recent years.", "recent years"),
    ("time-alone", "The fire broke out at 9:10pm.", "9:10pm"),
    ("time-and-week", "He rose at 9:10pm last week.", "9:10pm"),
    ("time-midnight", "The fire broke out at midnight on Monday.", "midnight"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "expected"), cases(IN_TEXT))
def test_a_date_is_told_from_its_sentence(text, words, expected):
    assert date_of(words, text) == expected


@pytest.mark.parametrize(("text", "words"), cases(NOT_IN_TEXT))
def test_a_date_that_nobody_can_tell_is_left(text, words):
    assert date_of(words, text) == ""


FRENCH = [
    ("past", "Le ministre a annoncé mardi la fermeture de la gare.", "mardi", "2025-03-11"),
    ("future", "La réunion aura lieu vendredi.", "vendredi", "2025-03-14"),
    ("passive", "La séance est prévue jeudi.", "jeudi", "2025-03-13"),
    ("conditional", "Il serait entendu jeudi.", "jeudi", "2025-03-13"),
    ("since", "Depuis lundi, la route est coupée.", "lundi", "2025-03-10"),
    ("after", "Après l’attaque de lundi, le maire a fermé la gare.", "lundi", "2025-03-10"),
    ("day", "Samedi 8 mars, des milliers de femmes ont défilé.", "Samedi 8 mars", "2025-03-08"),
    ("day-after", "Le 12 mars 2024, la ville a fermé le pont ; le lendemain, il a rouvert.", "le lendemain", "2024-03-13"),
    ("day-before", "Lundi, le maire a rouvert la gare, fermée la veille.", "la veille", "2025-03-09"),
    ("last-year", "L’an dernier, la gare a brûlé.", "L’an dernier", "2024"),
    ("ago", "Il y a deux ans, il a quitté le pays.", "Il y a deux ans", "2023"),
    ("time", "Le maire a fermé la gare, qui rouvrira vendredi à 8 heures.", "8 heures", "2025-03-14T08:00"),
    ("day-first", "Le pont est tombé le 3/4/2021.", "3/4/2021", "2021-04-03"),
    ("quoted", "« Nous avons tout perdu hier », a-t-elle dit.", "hier", ""),
    ("habit", "Le musée ferme le lundi.", "lundi", ""),
    ("must", "Il devait rencontrer la maire jeudi.", "jeudi", ""),
    ("later-than-nothing", "Le lendemain, il a rouvert.", "Le lendemain", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "expected"), cases(FRENCH))
def test_french_dates_are_told_by_the_same_rules(text, words, expected):
    assert date_of(words, text, language="fr") == expected


# What a weekday, another year or a number beside a date makes of it: id, published, language, text, the
# words, their date.
BESIDE = [
    ("weekday-of-no-day", "2025-03-12", "en", "On Tuesday, March 12, the mayor resigned.", "Tuesday, March 12", ""),
    ("weekday-of-no-past-day", "2025-01-03", "en", "He died on Tuesday, December 30.", "Tuesday, December 30", ""),
    ("weekday-of-no-coming-day", "2025-05-14", "en", "The funeral will be held on Thursday, May 23.", "Thursday, May 23", ""),
    ("weekday-right", "2025-05-14", "en", "The funeral will be held on Thursday, May 22.", "Thursday, May 22", "2025-05-22"),
    ("weekday-of-last-year", "2025-03-20", "en", "He died on Sunday, July 14.", "Sunday, July 14", "2024-07-14"),
    ("fr-weekday-of-no-day", "2025-03-12", "fr", "Il sera reçu lundi 18 mars.", "lundi 18 mars", ""),
    ("fr-weekday-right", "2025-03-12", "fr", "Il sera reçu mardi 18 mars.", "mardi 18 mars", "2025-03-18"),
    ("rolls-into-this-year", "2025-03-12", "en", "Inflation was 3.4% in December 2024, 3.1% in January and 2.8% in February.", "January", "2025-01"),
    ("rolls-on", "2025-03-12", "en", "Inflation was 3.4% in December 2024, 3.1% in January and 2.8% in February.", "February", "2025-02"),
    ("two-of-a-list", "2025-03-12", "en", "The economy grew 3% in 2023 and 2% in the three months to February.", "February", ""),
    ("past-year-and-present", "2025-03-12", "en", "The pool opened on 6 July 1974 and will shut on 31 March.", "31 March", "2025-03-31"),
    ("year-of-a-participle", "2025-01-10", "en", "The council, elected in 2023, meets on 14 January.", "14 January", "2025-01-14"),
    ("year-of-a-birth", "2025-03-12", "en", "Born in 1962, she died on 3 January.", "3 January", "2025-01-03"),
    ("year-of-a-relative-clause", "2025-03-12", "en", "The bridge, which opened in 2019, closed on 3 March.", "3 March", "2025-03-03"),
    ("same-relative-clause", "2025-03-12", "en", "The bridge, which opened in 2019 and closed on 3 March, was red.", "3 March", ""),
    ("year-of-something-far", "2025-03-12", "en", "Born in 1962, she died on 3 August.", "3 August", ""),
    ("fr-year-of-a-birth", "2025-03-12", "fr", "Née en 1962, elle est morte le 3 janvier.", "3 janvier", "2025-01-03"),
    ("fr-year-of-a-participle", "2025-03-12", "fr", "Le conseil, élu en 2023, se réunira le 14 mars.", "14 mars", "2025-03-14"),
    ("between-of-last-year", "2025-05-14", "en", "Sales fell between January and September last year.", "January", "2024-01"),
    ("list-of-last-year", "2025-05-14", "en", "Sales fell in January, March and September last year.", "January", "2024-01"),
    ("over-new-year", "2025-05-14", "en", "Sales fell from November to January last year.", "November", "2023-11"),
    ("of-a-year-not-told", "2025-05-14", "en", "Sales fell between January and September that year.", "January", ""),
    ("of-another-verb", "2025-05-14", "en", "Sales rose in January and fell in September last year.", "January", "2025-01"),
    ("fr-day-last", "2025-03-12", "fr", "Il a été arrêté le 5 mars dernier.", "5 mars dernier", "2025-03-05"),
    ("fr-day-next", "2025-03-12", "fr", "Il sera jugé le 20 mars prochain.", "20 mars prochain", "2025-03-20"),
    ("fr-weekday-and-day", "2024-09-10", "fr", "L’association sera dissoute jeudi 12.", "jeudi 12", "2024-09-12"),
    ("fr-weekday-and-past-day", "2024-09-10", "fr", "Il a été reçu vendredi 6 par le ministre.", "vendredi 6", "2024-09-06"),
    ("fr-weekday-and-no-day", "2024-09-10", "fr", "Il sera reçu mercredi 12.", "mercredi 12", ""),
    ("fr-weekday-and-count", "2025-01-12", "fr", "Mardi 14 personnes sont mortes.", "Mardi", "2025-01-07"),
    ("fr-between", "2025-03-20", "fr", "Il a plu entre le 12 et le 14 mars.", "le 12 et le 14 mars", "2025-03-12/2025-03-14"),
    ("weekday-and-day", "2025-01-12", "en", "The vote will be held on Tuesday the 14th.", "Tuesday the 14th", "2025-01-14"),
    ("weekday-and-no-day", "2025-01-12", "en", "The vote will be held on Tuesday the 15th.", "Tuesday the 15th", ""),
    ("weekday-and-count", "2025-03-12", "en", "On Tuesday 11 people died.", "Tuesday", "2025-03-11"),
    ("month-and-count", "2025-01-12", "en", "In March 45 people died.", "March", "2024-03"),
    ("between", "2025-03-20", "en", "It snowed between 12 and 14 March.", "12 and 14 March", "2025-03-12/2025-03-14"),
    ("military-time", "2025-03-12", "en", "Trading began at 0800 on Tuesday.", "0800", "2025-03-11T08:00"),
]  # fmt: skip


@pytest.mark.parametrize(("published", "language", "text", "words", "expected"), cases(BESIDE))
def test_what_stands_beside_a_date_is_heeded(published, language, text, words, expected):
    assert date_of(words, text, published, language) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Voting ended at ten to eleven at night.", ["time"]),
        ("The match began at half six.", ["time"]),
        ("It was over by ten past nine.", ["time"]),
        ("The toll rose from ten to eleven.", ["number", "number"]),
        ("He has lived here since ’88.", []),
        ("The class of '99 met again.", []),
        ("They counted 88 of them.", ["number"]),
    ],
)
def test_times_in_words_and_short_years_are_no_numbers(text, kinds):
    assert [figure.kind for figure in toolkit.annotate(Article(text, language="en")).figures] == kinds


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "On Tuesday, March 12, the mayor resigned.", ["Tuesday, March 12"]),
        ("en", "He died on Sunday, July 14.", []),
        ("en", "The bridge fell on 30 February.", ["30 February"]),
        ("en", "The pool opened on 6 July 1974 and shuts on 31 March.", []),
        ("fr", "Le maire a été reçu le mardi 12 mars.", ["mardi 12 mars"]),
        ("fr", "Le maire a été reçu le lundi 9 septembre 2024.", []),
        ("fr", "Le pont est tombé le 31 février 2025.", ["31 février 2025"]),
    ],
)
def test_the_check_of_dates_is_told_where_they_contradict_themselves(language, text, words):
    notes = toolkit.annotate(Article(text, published=WEDNESDAY, language=language))
    assert [notes.text(finding.span) for finding in check(notes, only=["wrong-date"])] == words


# id, published, text, the words, their date.
DAYS = [
    ("dateline-with-year", "", "KARACHI, 12 March 2025 (Reuters) — Rebels attacked a train on Tuesday.", "Tuesday", "2025-03-11"),
    ("dateline-and-year-published", "2025", "QUETTA, March 12 (Reuters) — Rebels attacked a train on Tuesday.", "Tuesday", "2025-03-11"),
    ("dateline-itself", "2025-03-13", "QUETTA, March 12 (Reuters) — Rebels attacked a train on Tuesday.", "March 12", "2025-03-12"),
    ("published-before-dateline", "2025-03-13", "QUETTA, March 5 (Reuters) — Rebels attacked a train on Thursday.", "Thursday", "2025-03-13"),
    ("dateline-without-year", "", "QUETTA, March 12 (Reuters) — Rebels attacked a train on Tuesday.", "Tuesday", ""),
    ("dateline-without-year-itself", "", "QUETTA, March 12 (Reuters) — Rebels attacked a train on Tuesday.", "March 12", ""),
    ("dateline-without-day", "", "QUETTA, Pakistan (Reuters) — Rebels attacked a train on Tuesday.", "Tuesday", ""),
    ("none", "", "Rebels attacked a train on Tuesday.", "Tuesday", ""),
    ("none-but-year", "", "Rebels attacked a train in August 2024.", "August 2024", "2024-08"),
    ("year-published", "2025", "Rebels attacked a train last year.", "last year", "2024"),
    ("year-published-weekday", "2025", "Rebels attacked a train on Tuesday.", "Tuesday", ""),
    ("no-such-day", "2025-13-45", "Rebels attacked a train last year.", "last year", ""),
]  # fmt: skip


@pytest.mark.parametrize(("published", "text", "words", "expected"), cases(DAYS))
def test_the_day_of_the_article_is_that_of_publication_else_of_the_dateline(published, text, words, expected):
    assert date_of(words, text, published) == expected


@pytest.mark.parametrize("language", ["und", "es", "xx"])
def test_a_language_without_words_for_dates_has_none(language):
    notes = toolkit.annotate(Article("Fue el 12 March 2024.", published=WEDNESDAY, language=language))
    assert not any(figure.date for figure in notes.figures)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_table_of_words_is_whole(code):
    words = languages.get(code).dates
    for kind, values in (("month", 12), ("weekday", 7)):
        assert sorted(map(int, set(words[kind].values()))) == list(range(1, values + 1))
    assert all(word == word.lower() for table in words.values() for word in table)
    assert {"filler", "within", "ahead", "planned", "open", "joining", "renowned", "definite"} <= set(words)
    assert all(
        re.fullmatch(r"-?[012]", way)
        for kind in ("day", "shift", "ago")
        for way in words.get(kind, {}).values()
    )


WORDS = st.sampled_from((
    *("on ", "last ", "next ", "this ", "the past ", "the ", "of ", "Monday ", "Tuesday night ", "March ", "May 5 ", "29 February "),
    *("12-13 May ", "2024 ", "2020-21 ", "9999 ", "1990s ", "3/4/2021 ", "13/4/98 ", "0001-01-01 ", "yesterday ", "the following day "),
    *("two ", "three hundred ", "999 ", "weeks ", "decades ", "years ", "ago ", "later ", "from now ", "week ", "weekend ", "at 9:10pm "),
    *("that year ", "said ", "will meet ", "“", "” ", ". ", "\n\n", "QUETTA, March 12 (AP) — ", "Christmas Eve ", "to ", "and ", "İ ", "14 h 30 "),
    *("mardi ", "dernier ", "le lendemain ", "1er mars ", "il y a ", "deux ans ", "les années 1990 "),
))  # fmt: skip
published = st.one_of(
    st.sampled_from(
        ("", "2025", "2025-03", "2025-13-45", "0000", "0001-01-01", "9999-12-31", "9999", "2024-02-29")
    ),
    st.dates().map(str),
    st.dates(date(1600, 1, 1)).map(lambda day: f"{day}T23:59:59.5-11:30"),
    st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"),
)


blank = functools.cache(spacy.blank)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=12).map("".join), published, st.sampled_from(("en", "fr")))
def test_dates_are_iso_and_their_intervals_run_forward(text, day, code):
    Article(text, published=day)  # the model takes it

    def read():
        doc = blank(code)(text)
        doc.user_data |= {PUBLISHED: day, TAGS: {"entities": [], "roles": []}}
        return figures(doc, languages.get(code))

    found = read()
    assert found == read()
    for figure in found:
        assert figure.date == "" or figure.kind in ("date", "relative", "time")
        ends = [parse(end) for end in figure.date.split("/") if end]
        assert None not in ends
        assert ends == sorted(ends)
        assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d(T\d\d:\d\d)?)?)?(/\d{4}(-\d\d(-\d\d)?)?)?)?", figure.date)
        assert toolkit.Annotations(Article(text), ENGINE, figures=(figure,))


ENGINE = toolkit.model.Engine("", "", "")


@settings(max_examples=30, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=10).map("".join), published)
def test_a_parsed_text_is_no_different(text, day):
    doc = pipeline("en").make_doc(text)
    doc.user_data[PUBLISHED] = day
    doc = pipeline("en")(doc)
    for figure in doc._.figures:
        assert isinstance(figure, Figure)
        assert isinstance(figure.span, Span)
        assert None not in [parse(end) for end in figure.date.split("/") if end]


@pytest.mark.parametrize(
    "piece",
    ["May 1 ", "today “today ", "“today ” ", "Monday ", "at 9:10pm Monday ", "last last ", "the following day ", "5 May to ", "3/4/2021 ", "in the the "],
)  # fmt: skip
def test_no_text_takes_long(piece):
    text = (piece * 10_000)[:10_000]
    doc = Doc(blank("en").vocab, words=re.findall(r"\S{1,100}|\s{1,100}", text))
    doc.user_data |= {PUBLISHED: WEDNESDAY, TAGS: {"entities": [], "roles": []}}
    begin = time.perf_counter()
    figures(doc, languages.get("en"))
    assert time.perf_counter() - begin < 10  # half a second or so; what is quadratic takes far longer

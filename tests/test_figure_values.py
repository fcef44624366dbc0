"""What figures come to: measures, qualifiers, what they count, whose words they are; and conflicts."""

import math
import re
import time
from dataclasses import replace

import pytest
import spacy
from hypothesis import given, settings
from spacy.tokens import Doc
from test_figures import ENGLISH, cases, marked, model, texts

import toolkit
from toolkit import languages, records
from toolkit.figures import figures
from toolkit.figures.conflicts import conflicts
from toolkit.model import Annotations, Article, Engine, Entity, Measure, Mention, Quote, Span

DATES = ("date", "relative")
BLANK = spacy.blank("en")


def found(text, quotes=(), names=()):
    """The figures of a text but for its dates; ``names`` are marks of the encoder as (words, label)."""
    doc = model()(text)
    records.store(doc, "quotes", tuple(quotes))
    marks = [(start := text.index(words), start + len(words), label) for words, label in names]
    return tuple(f for f in figures(marked(doc, marks), ENGLISH) if f.kind not in DATES)


def told(measures):
    """Measures as a reader would write them: "10..15 USD, 12 EUR"."""

    def one(measure):
        upto = "" if measure.upto is None else f"..{measure.upto:.15g}"
        return f"{measure.value:.15g}{upto} {measure.unit}".strip()

    return ", ".join(map(one, measures))


def words(text, span):
    return text[slice(*span)] if span else None


# id, text, the figure, its measures, qualifier, what it counts.
PRESENT = [
    # Pakistan, as in the sample
    ("hostages", "At least 27 hostages and one paramilitary soldier were killed.", "27", "27", "At least", "hostages"),
    ("one", "At least 27 hostages and one paramilitary soldier were killed.", "one", "1", None, "paramilitary soldier"),
    ("all", "The army said that all 33 attackers were killed.", "33", "33", None, "attackers"),
    ("passengers", "It was carrying more than 400 passengers.", "400", "400", "more than", "passengers"),
    ("two-units", "It was targeted about 160km (100 miles) from Quetta.", "160km (100 miles)", "160 km, 100 mile", "about", None),
    ("population", "Baloch people make up 3.6 percent of Pakistan’s population.", "3.6 percent", "3.6 %", None, "Pakistan’s population"),
    ("of-a-country", "They make up 2 percent of Iran.", "2 percent", "2 %", None, "Iran"),
    ("people", "It is home to around 15 million people.", "15 million", "15000000", "around", "people"),
    ("lakh-crore", "The budget is Rs 2 lakh crore.", "Rs 2 lakh crore", "2000000000000 rupee", None, None),
    ("rupees-dollars", "The bridge cost Rs 2 crore ($240,000).", "Rs 2 crore ($240,000)", "20000000 rupee, 240000 USD", None, None),
    ("rupees-told-elsewhere", "It paid Rs 500 at first, then PKR 900.", "Rs 500", "500 PKR", None, None),
    # India
    ("lakh", "Some 3.5 lakh voters were struck off.", "3.5 lakh", "350000", "Some", "voters"),
    ("indian-commas", "The scheme reached 1,50,000 farmers.", "1,50,000", "150000", None, "farmers"),
    ("range-lakh", "It will help 2 to 3 lakh farmers.", "2 to 3 lakh", "200000..300000", None, "farmers"),
    ("seats", "The party won two-thirds of its seats.", "two-thirds", "66.67 %", None, "seats"),
    ("sign-of-india", "A litre costs ₹105.50 in Mumbai.", "₹105.50", "105.5 INR", None, None),
    ("hyphened", "The seven-member bench sat.", "seven", "7", None, None),
    # Kenya, Uganda, Tanzania
    ("shillings", "Parliament approved KSh 40 million.", "KSh 40 million", "40000000 KES", None, None),
    ("kenyan-shillings", "They sell a bag at 500 Kenyan shillings.", "500 Kenyan shillings", "500 KES", None, None),
    ("governors", "Kenya’s 47 governors met in Naivasha.", "47", "47", None, "governors"),
    ("compound", "Police recovered 300 Kenya Airways tickets.", "300", "300", None, "Kenya Airways tickets"),
    ("part-of-group", "Three of Kenya’s counties are without power.", "Three", "3", None, "Kenya’s counties"),
    # Nigeria, Ghana, South Africa
    ("naira", "Nigeria spent over N1.2 trillion on fuel.", "N1.2 trillion", "1200000000000 NGN", "over", None),
    ("decimal-comma", "The grant of ZAR1,7 million was paid.", "ZAR1,7 million", "1700000 ZAR", None, None),
    ("rand", "She was fined R2 500 in Durban.", "R2 500", "2500 ZAR", None, None),
    ("trillion", "The loan was Rs9.306tr.", "Rs9.306tr", "9306000000000 rupee", None, None),
    ("trillion-dollars", "The debt is $36tr now.", "$36tr", "36000000000000 USD", None, None),
    ("millions-in-capitals", "It cost $4MM.", "$4MM", "4000000 USD", None, None),
    ("milliard", "It cost €5mrd.", "€5mrd", "5000000000 EUR", None, None),
    ("thousands-lent", "Some 2-3,000 people came.", "2-3,000", "2000..3000", "Some", "people"),
    ("thousands-lent-in-words", "It built 4 to 5,000 homes.", "4 to 5,000", "4000..5000", None, "homes"),
    ("thousands-not-lent", "Some 900 to 1,200 people came.", "900 to 1,200", "900..1200", "Some", "people"),
    ("millions-of-people", "The population rose from 1.2m to 2.4m.", "2.4m", "2400000", None, None),
    ("millions-counted", "It drew 1.2m viewers.", "1.2m", "1200000", None, "viewers"),
    ("metres-high", "The wall is 3m high.", "3m", "3 m", None, None),
    ("metres-attributive", "A 2m wall fell.", "2m", "2 m", None, None),
    ("metres-hyphen", "A 3m-deep pit opened.", "3m", "3 m", None, None),
    ("metres-beside-a-length", "It is 40cm wide and 2m back.", "2m", "2 m", None, None),
    ("metres-swum", "He swam 400m.", "400m", "400 m", None, None),
    ("ends-with-scales", "It cost between £18m and £22m.", "£18m and £22m", "18000000..22000000 GBP", None, None),
    ("ends-with-a-sign-each", "Prices vary by 15% to 25% there.", "15% to 25%", "15..25 %", None, None),
    ("ends-in-millions", "It cost $85 million to $110 million.", "$85 million to $110 million", "85000000..110000000 USD", None, None),
    ("ends-with-a-dash", "It cost €5m–€6m.", "€5m–€6m", "5000000..6000000 EUR", None, None),
    ("four-in-ten", "Four in ten voters stayed home.", "Four in ten", "40 %", None, "voters"),
    ("dollars-and-us-cents", "They paid $6 and 20 US cents.", "$6", "6 dollar", None, None),
    ("dollars-of-australia", "It cost A$5 and then $6.", "$6", "6 dollar", None, None),
    ("yen-a-dollar", "It closed at 155 yen to the dollar.", "155 yen", "155 JPY", None, None),
    ("school", "More than half a million children are out of school.", "half a million", "500000", "More than", "children"),
    # Philippines, Indonesia, Malaysia, Japan
    ("dengue", "The Philippines reported 1,234 new dengue cases.", "1,234", "1234", None, "new dengue cases"),
    ("filipinos", "Nearly 2.5 million Filipinos fled the typhoon.", "2.5 million", "2500000", "Nearly", "Filipinos"),
    ("ringgit", "A 336-million-ringgit road opened.", "336-million-ringgit", "336000000 MYR", None, None),
    ("yen", "It fined them 5 billion yen.", "5 billion yen", "5000000000 JPY", None, None),
    ("letters-before", "The ferry cost HK$14m.", "HK$14m", "14000000 HKD", None, None),
    # Brazil, Argentina, Mexico
    ("territory", "Less than 1 percent of Brazil’s territory burned.", "1 percent", "1 %", "Less than", "Brazil’s territory"),
    ("reais", "It paid R$5 million ($1 million).", "R$5 million ($1 million)", "5000000 BRL, 1000000 USD", None, None),
    ("pesos", "It costs 3 million pesos.", "3 million pesos", "3000000 peso", None, None),
    ("pesos-told-elsewhere", "It costs 3 million pesos, then 9 million Mexican pesos.", "3 million pesos", "3000000 MXN", None, None),
    # United Kingdom, United States, Australia, Europe
    ("pounds", "He won £1.2bn in damages.", "£1.2bn", "1200000000 GBP", None, None),
    ("pounds-told-elsewhere", "He won £3m, then 5 million pounds.", "5 million pounds", "5000000 GBP", None, None),
    ("dollars", "The jury awarded him 149 million U.S. dollars.", "149 million U.S. dollars", "149000000 USD", None, None),
    ("dollars-alone", "She paid $5 and left.", "$5", "5 USD", None, None),
    ("dollars-of-two", "She paid US$5 in Sydney, then $4.", "$4", "4 dollar", None, None),
    ("dollars-beside", "It cost A$5m ($3.3m) in Perth.", "A$5m ($3.3m)", "5000000 AUD, 3300000 USD", None, None),
    ("dollars-range", "It cost $10 to $15 million.", "$10 to $15 million", "10000000..15000000 USD", None, None),
    ("dollars-between", "It cost between $1.2 and $1.4 billion.", "$1.2 and $1.4 billion", "1200000000..1400000000 USD", None, None),
    ("sign-unknown", "It cost XY$5 there.", "XY$5", "5 XY$", None, None),
    ("pesos-of-one-land", "A day costs 3 pesos, or 3 Mexican pesos, they say.", "3 pesos", "3 MXN", None, None),
    ("or-other-unit", "A day costs Rs 500, or $6, they say.", "Rs 500, or $6", "500 rupee, 6 USD", None, None),
    ("height", "He is 5 feet 10 inches tall.", "5 feet 10 inches", "5 foot, 10 inch", None, None),
    ("hours-minutes", "It took two hours and 20 minutes.", "two hours and 20 minutes", "2 h, 20 min", None, None),
    ("acres-within-marks", "It burned 8 hectares (about 20 acres).", "8 hectares (about 20 acres)", "8 ha, 20 acre", None, None),
    ("speed", "Winds of 60 miles per hour hit Florida.", "60 miles per hour", "60 mile/h", None, None),
    ("area", "A hall of 3,000 square feet burnt.", "3,000 square feet", "3000 square foot", None, None),
    ("below-zero", "It was -5°C in Oslo.", "-5°C", "-5 °C", None, None),
    ("age", "A 14-year-old boy was found.", "14-year-old", "14 year", None, None),
    ("weight-of", "Police seized 2,000 pounds of rice.", "2,000 pounds", "2000 pound", None, "rice"),
    ("points", "Support fell three percentage points.", "three percentage points", "3 percentage point", None, None),
    ("share-range", "Prices rise 10 to 15 percent a year.", "10 to 15 percent", "10..15 %", None, None),
    ("share-counted", "Just under 40 percent of voters stayed home.", "40 percent", "40 %", "Just under", "voters"),
    ("half", "Nearly half of the voters stayed home.", "half", "50 %", "Nearly", "voters"),
    ("one-in-five", "One in five children goes hungry.", "One in five", "20 %", None, "children"),
    ("spelled", "It has three hundred and five members.", "three hundred and five", "305", None, "members"),
    ("two-and-a-half", "Two and a half million people left.", "Two and a half million", "2500000", None, "people"),
    ("quarter", "Up to a quarter of a million people marched.", "a quarter of a million", "250000", "Up to", "people"),
    ("dozen", "More than two dozen people drowned.", "two dozen", "24", "More than", "people"),
    ("dozens", "Dozens of villagers fled.", "Dozens", "", None, "villagers"),
    ("range-counted", "Some 10–15 women fled.", "10–15", "10..15", "Some", "women"),
    ("range-between", "Between 20,000 and 30,000 fans came.", "20,000 and 30,000", "20000..30000", None, "fans"),
    ("from-to", "Output rose from 3 to 5 million.", "3", "3000000", None, None),
    ("of-the-hostages", "27 of the 33 hostages died.", "27", "27", None, "hostages"),
    ("states", "The blast left 12 dead and 30 injured.", "30", "30", None, "injured"),
    ("as-many-as", "As many as 50 houses fell.", "50", "50", "As many as", "houses"),
    ("estimated", "An estimated 5,000 people marched.", "5,000", "5000", "An estimated", "people"),
    ("another", "Another 30 people were hurt.", "30", "30", "Another", "people"),
    ("or-more", "A fine awaits 5 or more men.", "5", "5", "or more", "men"),
    ("plus-sign", "They counted 300+ people.", "300", "300", "+", "people"),
    ("over-behind-verb", "The gang robbed over 400 shops.", "400", "400", "over", "shops"),
    ("about-in-clause", "He said about 300 people fled.", "300", "300", "about", "people"),
    ("around-misparsed", "Officers detained around 12 protesters.", "12", "12", "around", "protesters"),
    ("above-a-level", "Temperatures rose above 40 degrees.", "40 degrees", "40 degree", "above", None),
    ("under-behind-preposition", "He ran it in under 30 minutes.", "30 minutes", "30 min", "under", None),
    ("after-a-day", "On Tuesday about 300 people fled.", "300", "300", "about", "people"),
]  # fmt: skip

# The same, where what could be taken must not be. No words: there is no figure but dates.
ABSENT = [
    # no figure at all
    ("article", "Article 5 and section 12 apply.", "", "", None, None),
    ("phone", "Call +254 712 345 678 or 0712 345 678.", "", "", None, None),
    ("model-of-a-plane", "The F-16 and the A320 landed, with 5G.", "", "", None, None),
    ("one-of", "One of them came, and no one left.", "", "", None, None),
    ("year", "It began in 2019 and ended in 2021.", "", "", None, None),
    ("address-of-a-page", "See https://example.org/2021/500 for more.", "", "", None, None),
    ("hundred-alone", "The million-strong hundred left.", "", "", None, None),
    # numbers without a value
    ("score", "Brazil won 3-2 on penalties.", "3-2", "", None, None),
    ("score-lost", "Kenya lost 2-3 at home.", "2-3", "", None, None),
    ("score-defeat", "A 10-15 defeat followed.", "10-15", "", None, None),
    ("vote", "The bill passed by a 5-4 vote.", "5-4", "", None, None),
    ("vote-rising", "The bill failed, 49-51, in the Senate.", "49-51", "", None, None),
    ("hundreds", "They walked hundreds of miles.", "hundreds of miles", "", None, None),
    ("tens-of-billions", "It cost tens of billions of dollars.", "tens of billions of dollars", "", None, None),
    ("few-hundred", "A few hundred men fled.", "A few hundred", "", None, "men"),
    ("several", "Several thousand men fled.", "Several thousand", "", None, "men"),
    ("emergency-call", "He dialled nine one one.", "nine one one", "", None, None),
    ("year-as-name", "After the 2024 elections they left.", "2024", "", None, None),
    ("year-round", "After the 2000 elections they left.", "2000", "", None, None),
    ("year-of-a-nation", "Kenya’s 2022 polls were calm.", "2022", "", None, None),
    ("more-than-all", "He gave it ten out of three.", "ten out of three", "", None, None),
    ("third-of-a-million", "A third of a million fled.", "A third", "", None, None),
    ("gazillion", "It was $3 gazillion.", "$3", "", None, None),
    ("power", "It was $1e400.", "$1", "", None, None),
    ("letters-unknown", "It was $3zz.", "$3", "", None, None),
    ("thousands-unsure", "It sold 3 to 12,500 cars.", "3 to 12,500", "", None, "cars"),
    ("millions-or-metres", "The show drew 1.2m.", "1.2m", "", None, None),
    ("a-rise-is-no-length", "A 2m rise came.", "2m", "", None, None),
    ("kina-or-kwacha", "K5 million was lost.", "K5 million", "", None, None),
    ("rate", "The rupee fell to 278.4 to the dollar.", "278.4", "", None, None),
    ("rate-per", "It traded at 83.12 per dollar.", "83.12", "", None, None),
    ("part-of-a-point", "It rose a quarter of a point.", "a quarter", "", None, None),
    ("read-out-twice", "He saw nine hundred nine hundred people.", "nine hundred nine hundred", "", None, "people"),
    ("leading-zero", "Call 0800 now.", "", "", None, None),
    ("short-year", "The class of '99 met.", "", "", None, None),
    ("sections", "He was held under sections 302, 307 and 34 of the IPC.", "", "", None, None),
    ("page-and-people", "On page 3, 12 people died.", "12", "12", None, "people"),
    ("changed-by", "Sales rose 15% to 25%.", "25%", "25 %", None, None),
    ("changed-from", "It fell from 15% to 25%.", "15%", "15 %", None, None),
    ("two-sums", "They paid £18m and £22m.", "£18m", "18000000 GBP", None, None),
    ("won-in-ten", "He won four in ten games.", "ten", "10", None, "games"),
    ("seater", "A 33-seater bus fell.", "33", "33", None, None),
    # wrong qualifiers
    ("about-concerning", "They talked about 300 jobs.", "300", "300", None, "jobs"),
    ("about-film", "A film about two brothers won.", "two", "2", None, "brothers"),
    ("about-is", "The book is about three sisters.", "three", "3", None, "sisters"),
    ("about-told", "They told reporters about 12 cases.", "12", "12", None, "cases"),
    ("about-written", "He wrote about 5,000 cases in the book.", "5,000", "5000", None, "cases"),
    ("about-reports", "Reports about 20 missing girls came.", "20", "20", None, "missing girls"),
    ("over-row", "The row over 300 jobs went on.", "300", "300", None, "jobs"),
    ("over-anger", "Anger over 12 deaths grew.", "12", "12", None, "deaths"),
    ("over-dispute", "A dispute over $5 million ended.", "$5 million", "5000000 USD", None, None),
    ("over-during", "Over two days, leaders met.", "two days", "2 day", None, None),
    ("over-during-rain", "Rain fell over 12 hours.", "12 hours", "12 h", None, None),
    ("over-above", "The plane flew over two villages.", "two", "2", None, "villages"),
    ("over-fought", "They fought over two hectares of land.", "two hectares", "2 ha", None, "land"),
    ("around-place", "They walked around 3 villages.", "3", "3", None, "villages"),
    ("under-rule", "The law applies under 2 presidents.", "2", "2", None, "presidents"),
    ("close-to-place", "The school is close to two markets.", "two", "2", None, "markets"),
    ("above-place", "Smoke rose above 40 homes.", "40", "40", None, "homes"),
    ("up-to-phrasal", "The rate edged up to 5 percent.", "5 percent", "5 %", None, None),
    ("some-of-the", "Some of the 300 jobs went.", "300", "300", None, "jobs"),
    ("more-behind", "They freed 27 more.", "27", "27", None, None),
    ("or-less-word", "Five or lesser men came.", "Five", "5", None, None),
    # what is not counted
    ("of-them", "27 of them died.", "27", "27", None, None),
    ("elliptic", "At least 27 were killed.", "27", "27", "At least", None),
    ("border", "They live within 5km of the border.", "5km", "5 km", None, None),
    ("city", "It lies 5 km of Quetta.", "5 km", "5 km", None, None),
    ("prison", "He got 12 years in prison.", "12 years", "12 year", None, None),
    ("tax", "A 5 percent tax came.", "5 percent", "5 %", None, None),
    ("way", "A three-way race began.", "three", "3", None, None),
    ("times", "He won it five times.", "five", "5", None, None),
    ("mayor", "The mayor, 56, left.", "56", "56", None, None),
    ("cricket", "He scored 45 off 30 balls.", "45", "45", None, None),
    ("street", "They met at 10 Downing Street.", "10", "10", None, None),
    ("day-behind", "12 people Tuesday left.", "12", "12", None, "people"),
    ("marks-within", "He blamed thousands of $12-an-hour” workers.", "thousands", "", None, "workers"),
    ("killed-guards", "The 12 killed three guards.", "12", "12", None, None),
    # what is not one figure
    ("same-unit", "It made a profit of $5m ($3m).", "$5m", "5000000 USD", None, None),
    ("bags", "It sent 20 tonnes (300 bags).", "20 tonnes", "20 t", None, None),
    ("days", "They gave 5kg (10 days) of rice.", "5kg", "5 kg", None, None),
    ("half-open", "They gave 160km (100 miles or so).", "160km", "160 km", None, None),
    ("and", "They gave $5 and €6.", "$5", "5 USD", None, None),
    # no country is guessed
    ("rupees", "They gave 500 rupees.", "500 rupees", "500 rupee", None, None),
    ("rupees-of-two", "They gave PKR 5, INR 6 and Rs 7.", "Rs 7", "7 rupee", None, None),
    ("shillings-alone", "They gave 500 shillings.", "500 shillings", "500 shilling", None, None),
    ("pounds-alone", "They gave 5 million pounds.", "5 million pounds", "5000000 pound", None, None),
    ("francs", "They gave 40,000 CFA francs.", "40,000 CFA francs", "40000 CFA franc", None, None),
    ("pula-or-peso", "They gave P100m.", "P100m", "", None, None),
    ("from-to-done", "It rose from 900 to 1.2 million.", "900", "900", None, None),
    ("large-small", "Some 900 to 1.2 million people.", "900 to 1.2 million", "900..1200000", "Some", "people"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "measures", "qualifier", "counts"), cases(PRESENT + ABSENT))
def test_a_figure_comes_to(text, figure, measures, qualifier, counts):
    each = {words(text, f.span): f for f in reversed(found(text))}
    if not figure:
        assert not each
        return
    assert figure in each
    f = each[figure]
    seen = (told(f.measures), words(text, f.qualifier), words(text, f.counts))
    assert seen == (measures, qualifier, counts)


@pytest.mark.parametrize(
    ("mark", "measures"),
    [
        ("Rs9.306zz", ""),
        ("$3 gazillion", ""),
        ("$5 million in aid", "5000000 USD"),
        ("$20 bills", "20 USD"),
        ("$5 million and $6 million", ""),
        ("between $5m and $6m", "5000000..6000000 USD"),
        ("278.4 to the dollar", ""),
        ("83.12 per dollar", ""),
        ("155 yen to the dollar", "155 JPY"),
        ("500 Kenyan shillings", "500 KES"),
    ],
)
def test_what_is_left_over_of_a_mark(mark, measures):
    seen = found(f"They told of {mark}.", names=[(mark, "Money")])
    assert [told(f.measures) for f in seen] == [measures]


def test_marks_of_the_encoder_have_values_too():
    text = "They paid Dh 2.1 billion, Bitcoin and about $5 million in aid."
    names = [("Dh 2.1 billion", "Money"), ("Bitcoin", "Money"), ("about $5 million in aid", "Money")]
    assert [told(f.measures) for f in found(text, names=names)] == [
        "2100000000 dirham",
        "",
        "5000000 USD",
    ]


def test_a_name_with_a_number_counts_nothing():
    text = "Fans of 3 Idiots and 50 Cent met, all 14 of them."
    names = [("3 Idiots", "Misc"), ("50 Cent", "Person")]
    assert [words(text, f.span) for f in found(text, names=names)] == ["14"]


def quote(text, name, *contents, kind="indirect", act="speech"):
    spans = tuple(Span(text.index(c), text.index(c) + len(c)) for c in contents)
    return Quote(name, kind, spans, act)


SAID = "The mayor said that “about 30 men” of 50 came, the aide wants 12 boats, and 7 left."
WHOLE = "that “about 30 men” of 50 came"


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        ([quote(SAID, "q1", WHOLE)], ["q1", "q1", None, None]),
        ([quote(SAID, "q1", WHOLE), quote(SAID, "q2", "“about 30 men”")], ["q2", "q1", None, None]),
        ([quote(SAID, "q1", "“about 30 men”", kind="scare")], [None] * 4),
        ([quote(SAID, "q1", "12 boats", act="intention")], [None, None, "q1", None]),
        ([quote(SAID, "q1", "that “about", "men” of 50 came")], [None, "q1", None, None]),
        ([quote(SAID, "q1", "3"), quote(SAID, "q2", "0 men")], [None] * 4),
        ([], [None] * 4),
    ],
    ids=["in-it", "smallest", "scare", "any-act", "beside-its-pieces", "not-whole", "own-voice"],
)
def test_whose_words_a_figure_is_in(quotes, expected):
    assert [f.quote for f in found(SAID, quotes)] == expected


def test_dates_and_times_have_no_values():
    text = "At about 10 a.m. on 14 March 2021, two years ago, some left."
    seen = figures(marked(model()(text), []), ENGLISH)
    assert [f.kind for f in seen] == ["time", "date", "relative"]
    assert all(f.measures == () and f.counts is None for f in seen)
    assert [words(text, f.qualifier) for f in seen] == ["about", None, None]


def test_without_a_parse_the_words_still_tell_the_value():
    doc = BLANK("At least 27 hostages and over 12 men left.")
    first, second = figures(marked(doc, []), ENGLISH)
    assert (first.measures, words(doc.text, first.qualifier), first.counts) == (
        (Measure(27),),
        "At least",
        None,
    )
    assert (second.measures, second.qualifier) == ((Measure(12),), None)


@settings(max_examples=40, deadline=None)
@given(texts)
def test_values_are_finite_and_lie_in_the_text(text):
    for figure in figures(marked(BLANK(text), []), ENGLISH):
        for measure in figure.measures:
            assert math.isfinite(measure.value)
            assert measure.upto is None or measure.upto > measure.value
        assert figure.kind in ("number", "money", "percent", "quantity") or not figure.measures
        if figure.qualifier:
            assert 0 <= figure.qualifier.start < figure.qualifier.end <= len(text)
            assert not figure.qualifier.overlaps(figure.span)


def test_the_figures_of_the_sample(samples):
    notes = toolkit.annotate(toolkit.read(samples / "jaffar-express.txt"))
    seen = [f for f in notes.figures if f.kind not in DATES and f.measures and f.measures[0].unit != "month"]
    rows = [
        (told(f.measures), f.qualifier and notes.text(f.qualifier), f.counts and notes.text(f.counts))
        for f in seen
    ]
    assert rows == [
        ("33", None, "attackers"),
        ("27", "At least", "hostages"),
        ("1", None, "paramilitary soldier"),
        ("400", "more than", "passengers"),
        ("160 km, 100 mile", "about", None),
        ("225", None, "people"),
        ("15000000", "around", "people"),
        ("3.6 %", None, "Pakistan’s population"),
        ("2 %", None, "Iran"),
        ("2 %", None, "Afghanistan"),
        ("30", "at least", "people"),
        ("13", "at least", "people"),
    ]
    own_voice = [told(f.measures) for f in seen if f.quote is None]
    assert {"33", "27", "225"}.isdisjoint(own_voice)
    assert {"400", "15000000", "3.6 %", "13"} <= {*own_voice}
    assert conflicts(notes) == ()


# Conflicts


def annotated(text, places=(), quotes=()):
    """A text with its figures, sentences, the places named, and quotes."""
    doc = model()(text)
    records.store(doc, "quotes", tuple(quotes))
    spots = [(name, match.span()) for name in places for match in re.finditer(name, text)]
    return Annotations(
        Article(text, language="en"),
        Engine("", "", ""),
        sentences=tuple(Span(s.start_char, s.end_char) for s in doc.sents),
        entities=tuple(
            Entity(
                name, "PLACE", Span(*spots[0][1]), tuple(Mention(Span(*s), "") for n, s in spots if n == name)
            )
            for name in places
        ),
        quotes=tuple(quotes),
        figures=figures(marked(doc, []), ENGLISH),
    )


# id, text, the places that it names, the figures in conflict.
IN_CONFLICT = [
    ("plain", "The attack killed 27 hostages. The army said that 33 hostages were killed.", [], ["27", "33"]),
    ("other-verb", "Some 12 people died in the blast. Police said 15 people were killed.", [], ["12", "15"]),
    ("above", "It carried more than 400 passengers. It was carrying 380 passengers.", [], ["400", "380"]),
    ("own-verb", "The firm employs 400 workers. It employs 450 workers, its site says.", [], ["400", "450"]),
    ("range", "The fire destroyed 10 to 12 houses. In all, 15 houses were burned.", [], ["10 to 12", "15"]),
    ("same-day", "On Tuesday 12 men were arrested. Officers arrested 17 men on Tuesday.", [], ["12", "17"]),
    ("one-day-told", "Twelve men were arrested on Tuesday. Officers arrested 17 men.", [], ["Twelve", "17"]),
    ("same-place", "In Lahore 12 men died. The toll was 14 men dead in Lahore.", ["Lahore"], ["12", "14"]),
    ("three", "It killed 27 men. It killed 30 men. It killed 33 men.", [], ["27", "30", "33"]),
    ("half-known", "The blast killed up to 30 men. It killed 35 men.", [], ["30", "35"]),
    ("anybody", "Nine workers were killed in the blast. In all, 11 people had died.", [], ["Nine", "11"]),
    ("toll", "The death toll stands at 81. The quake killed 78 people.", [], ["81", "78"]),
    ("again", "It killed 27 men. It killed 27 men. It killed 33 men.", [], ["27", "33"]),
]  # fmt: skip

NO_CONFLICT = [
    ("the-same", "The attack killed 27 hostages. In all, 27 hostages were killed.", []),
    ("at-least", "At least 27 hostages were killed. The army said 33 hostages were killed.", []),
    ("more-than", "It carried more than 400 passengers. It was carrying 450 passengers.", []),
    ("about", "About 400 people died. Police said 410 people died.", []),
    ("in-range", "Between 10 and 15 men died. Police said 12 men died.", []),
    ("rounded", "Some say 1.2 million people fled. In all, 1,230,000 people fled.", []),
    ("other-things", "The attack killed 27 hostages. It killed 33 attackers.", []),
    ("other-event", "The attack killed 27 hostages. It injured 33 hostages.", []),
    ("other-nation", "It killed 27 Thai hostages. It killed 33 Nepali hostages.", []),
    ("other-words", "Police said 12 people were injured. A doctor counted 18 injured men.", []),
    ("another", "The attack killed 27 people. Another 33 people were killed later.", []),
    ("more", "The attack killed 27 people. It killed 33 more people.", []),
    ("including", "It killed 27 people. The dead were soldiers, including 9 people killed in a truck.", []),
    ("of-the", "It killed 27 people. The killing of 12 of the people shocked all.", []),
    ("other-years", "In 2022, 27 people were killed. In 2024, 33 people were killed.", []),
    ("past-year", "Last year 27 people were killed. The attack killed 33 people.", []),
    ("other-days", "On Monday 27 people were killed. On Tuesday 33 people were killed.", []),
    ("other-places", "In Lahore 27 people died. In Karachi 33 people died.", ["Lahore", "Karachi"]),
    ("in-one-sentence", "It killed 12 people in Lahore and 15 people in Karachi.", ["Lahore", "Karachi"]),
    ("other-bombings", "The 2011 bombing killed 36 people. The 2010 bombing killed 40 people.", []),
    ("separate", "The attack killed 27 people. In a separate attack 33 people were killed.", []),
    ("far-apart", "The attack killed 3 people. The war has killed 40,000 people.", []),
    ("money", "It cost $5 million. It cost $6 million.", []),
    ("shares", "It took 5 percent of the vote. It took 6 percent of the vote.", []),
    ("ages", "A 14-year-old was killed. A 15-year-old was killed.", []),
    ("nothing-counted", "At least 27 were killed. In all, 33 were killed.", []),
    ("vague", "Dozens of people were killed. Hundreds of people were killed.", []),
    ("toll-that-rose", "The quake killed 81 people. The death toll rose from 78.", []),
    ("workers-hurt", "Nine workers were hurt. In all, 11 people were hurt.", []),
    ("guards", "It killed 9 guards. It killed 11 people.", []),
    ("no-event", "There are 27 men here. There are 33 men there.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "places", "expected"), cases(IN_CONFLICT))
def test_conflicts_are_told(text, places, expected):
    notes = annotated(text, places)
    assert [[notes.text(f) for f in group] for group in conflicts(notes)] == [expected]


@pytest.mark.parametrize(("text", "places"), cases(NO_CONFLICT))
def test_no_conflict_is_made_up(text, places):
    assert conflicts(annotated(text, places)) == ()


def test_two_voices_in_one_sentence_may_differ():
    text = "Police said 12 men were killed but a doctor said 15 men were killed."
    quotes = [quote(text, "q1", "12 men were killed"), quote(text, "q2", "15 men were killed")]
    notes = annotated(text, quotes=quotes)
    assert [[notes.text(f) for f in group] for group in conflicts(notes)] == [["12", "15"]]
    assert conflicts(annotated(text)) == ()


def test_a_rejected_figure_is_in_no_conflict():
    notes = annotated("It killed 27 men. It killed 33 men.")
    first, *rest = notes.figures
    assert conflicts(replace(notes, figures=(replace(first, status="rejected"), *rest))) == ()
    assert conflicts(replace(notes, article=replace(notes.article, language="und"))) == ()


@pytest.mark.parametrize(
    "piece",
    [
        "1 men killed ",
        "27 hostages were killed. ",
        "(160km (",
        "Rs 5 ($",
        "about over ",
        "5 of the ",
        "1 a ",
        "2 and a half ",
    ],
)
def test_no_text_takes_long(piece):
    text = (piece * 10_000)[:10_000]
    doc = Doc(BLANK.vocab, words=re.findall(r"\S{1,100}|\s{1,100}", text))
    begin = time.perf_counter()
    seen = figures(marked(doc, []), ENGLISH)
    notes = Annotations(
        Article(doc.text, language="en"), Engine("", "", ""), (Span(0, len(doc.text)),), figures=seen
    )
    conflicts(notes)
    assert time.perf_counter() - begin < 10


def test_every_word_of_the_tables_is_written_once():
    """A form that stands for two units or currencies would stand for either by chance."""
    for name in ("numbers", "scales", "parts", "fractions", "units", "currencies", "events"):
        forms = [form for written in ENGLISH.values[name].values() for form in written]
        assert len(forms) == len(set(forms)), name
    codes = {code for members in ENGLISH.values["shared"].values() for code in members}
    assert codes <= set(ENGLISH.values["currencies"])
    assert set(languages.get("en").values["usual"]) <= set(ENGLISH.values["shared"])

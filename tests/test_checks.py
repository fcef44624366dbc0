"""Sourcing checks: what each points at, and what it leaves alone. All copy in here is invented."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import annotations, odd_texts

import toolkit
from toolkit import languages
from toolkit.checks import CHECKS, check
from toolkit.errors import UnknownChoice
from toolkit.model import Annotations, Article, Engine, Entity, Figure, Measure, Mention, Quote, Span, Speaker

CHECKED = Path(__file__).parent / "checked"
FULL = languages.supported()


class Copy:
    """An article marked by hand; words are found in its text, so offsets stay true.

    Sentences end at a stop and its closing mark. A mark stands where its words stand first.
    """

    def __init__(
        self, text: str, *, published: str = "2025-03-12", language: str = "en", headline: str = ""
    ) -> None:
        self.article = Article(text, published=published, language=language, headline=headline)
        self.entities: list[Entity] = []
        self.speakers: dict[str, Speaker] = {}
        self.quotes: list[Quote] = []
        self.figures: list[Figure] = []
        self.numbers = count(1)

    def at(self, words: str, start: int = 0) -> Span:
        start = self.article.text.index(words, start)
        return Span(start, start + len(words))

    def named(self, label, *forms, description=None) -> Copy:
        """An entity by its forms, the fullest first; each stands wherever a longer one does not."""
        found: list[Span] = []
        for form in forms:
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", self.article.text):
                if not any(Span(*match.span()).overlaps(other) for other in found):
                    found.append(Span(*match.span()))
        name = next(s for s in found if self.article.text[slice(*s)] == forms[0])
        mentions = tuple(Mention(s, "") for s in sorted(found))
        described = self.at(description) if description else None
        self.entities.append(Entity(f"e{next(self.numbers)}", label, name, mentions, described))
        return self

    def person(self, *forms, **more) -> Copy:
        return self.named("PERSON", *forms, **more)

    def said(
        self,
        content,
        *,
        by="",
        source="",
        cue="",
        kind="direct",
        act="speech",
        role="",
        unnamed=False,
        **more,
    ) -> Copy:
        """A statement; ``by`` is a name in the text, or with ``unnamed`` a description."""
        text = self.article.text
        if by and by not in self.speakers:
            entity = next((e.id for e in self.entities if text[slice(*e.name)] == by), None)
            role_span = self.at(role) if role else None
            name = f"s{len(self.speakers) + 1}"
            self.speakers[by] = Speaker(name, self.at(by), role_span, entity=entity, anonymous=unnamed)
        self.quotes.append(
            Quote(
                f"q{len(self.quotes) + 1}",
                kind,
                tuple(self.at(piece) for piece in content.split(" / ")),
                act=act,
                cue=(self.at(cue),) if cue else (),
                source=(self.at(source or by),) if source or by else (),
                speakers=(self.speakers[by].id,) if by else (),
                **more,
            )
        )
        return self

    def figure(self, words, kind="number", value=None, *, counts="", date="", upto=None) -> Copy:
        measures = () if value is None else (Measure(value, "%" if kind == "percent" else "", upto),)
        counted = self.at(counts, self.at(words).start) if counts else None
        name = f"f{len(self.figures) + 1}"
        self.figures.append(Figure(name, kind, self.at(words), measures=measures, counts=counted, date=date))
        return self

    def notes(self) -> Annotations:
        sentences = re.finditer(
            r"\S[^.!?]*(?:[.!?](?![\s\"”])[^.!?]*)*(?:[.!?]+[\"”]?|\Z)", self.article.text
        )
        return Annotations(
            self.article,
            Engine("", "", ""),
            tuple(Span(*m.span()) for m in sentences),
            tuple(self.entities),
            tuple(self.speakers.values()),
            tuple(self.quotes),
            tuple(self.figures),
        )

    def found(self, name: str) -> list[str]:
        """The words that a check points at."""
        notes = self.notes()
        return [notes.text(finding.span) for finding in check(notes, only=[name])]


def cases(*rows):
    return pytest.mark.parametrize(("copy", "expected"), [pytest.param(*row[1:], id=row[0]) for row in rows])


# A quotation beside which nobody speaks.

LONG = "“We will not leave before the spring.”"


@cases(
    ("alone", Copy(LONG).said(LONG), [LONG]),
    ("behind-prose", Copy(f"The bridge is shut. {LONG}").said(LONG), [LONG]),
    ("in-pieces", Copy("“We will not leave before spring,” it began. “Not one of us.”").said("“We will not leave before spring,” / “Not one of us.”"), ["“We will not leave before spring,”"]),
    ("known", Copy(f"{LONG} said Ana Díaz.").person("Ana Díaz").said(LONG, by="Ana Díaz"), []),
    ("told-and-not-found", Copy(f"{LONG} she said.").said(LONG, source="she"), []),
    ("a-few-words", Copy("“Never again.”").said("“Never again.”"), []),
    ("within-a-sentence", Copy("It spoke of “a road that nobody has asked for” and of debts.").said("“a road that nobody has asked for”"), []),
    ("somebody-acts-before", Copy(f"Ana Díaz shrugged. {LONG}").person("Ana Díaz").said(LONG), []),
    ("she-acts-before", Copy(f"Then she shrugged. {LONG}").said(LONG), []),
    ("indirect", Copy("We will not leave before the spring.").said("We will not leave before the spring", kind="indirect"), []),
    ("scare", Copy(LONG).said(LONG, kind="scare"), []),
    ("unclosed", Copy(LONG).said(LONG, flags=("unclosed",)), []),
    ("rejected", Copy(LONG).said(LONG, status="rejected"), []),
)  # fmt: skip
def test_a_quotation_of_nobody(copy, expected):
    assert copy.found("no-speaker") == expected


# Persons without a name.


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("A senior official", True),
        ("officials", True),
        ("Two people familiar with the matter", True),
        ("sources close to the minister", True),
        ("health department officials", True),
        ("one of the officials", True),
        ("a number of residents", True),
        ("some of the bank’s lawyers", True),
        ("A military spokesperson", True),
        ("a former manager at the mine", True),
        ("three police officers", True),
        ("analysts", True),
        ("the port authority", False),
        ("the officials", False),
        ("people", False),
        ("prosecutors", False),
        ("his lawyer", False),
        ("the mayor", False),
        ("a report", False),
        ("police", False),
        ("a residents’ association", False),
        ("the teachers union", False),
        ("a study of 200 patients", False),
        ("an advert for the bank", False),
        ("the ministry of the interior", False),
        ("a letter to residents", False),
    ],
)  # fmt: skip
def test_a_source_without_a_name(source, found):
    copy = Copy(f"The road is shut, {source} said.").said(
        "The road is shut", by=source, unnamed=True, kind="indirect"
    )
    assert copy.found("unnamed-source") == ([source] if found else [])


def test_one_unnamed_source_is_told_once_with_all_its_statements():
    copy = Copy("Rain is near, officials said. Roads may close, officials said.")
    copy.said("Rain is near", by="officials", unnamed=True, kind="indirect")
    copy.said("Roads may close", by="officials", source="close, officials", unnamed=True, kind="indirect")
    (finding,) = check(copy.notes(), only=["unnamed-source"])
    assert "2 statements" in finding.message
    assert len(finding.more) == 1


@cases(
    ("named-too", Copy("Rain is near, Ana Díaz said.").person("Ana Díaz").said("Rain is near", by="Ana Díaz"), []),
    ("belief", Copy("Residents fear rain.").said("rain", by="Residents", unnamed=True, kind="indirect", act="belief"), []),
    ("cut-short-before-a-name", Copy("Rain is near, professor Ana Díaz said.").said("Rain is near", by="professor", unnamed=True), []),
    ("no-words-for-the-language", Copy("Llueve, dijeron officials.", language="es").said("Llueve", by="officials", unnamed=True), []),
)  # fmt: skip
def test_no_source_without_a_name(copy, expected):
    assert copy.found("unnamed-source") == expected


# A single source.


def voices(*names: str, unnamed: bool = False) -> Copy:
    """One statement by each name, "" for nobody in particular ("she")."""
    pieces = [
        f"Point number {n} is clear, {name or 'she'} told us in room {n}." for n, name in enumerate(names)
    ]
    copy = Copy(" ".join(pieces))
    for n, name in enumerate(names):
        copy.said(
            f"Point number {n} is clear", by=name, source=name or "she", kind="indirect", unnamed=unnamed
        )
    return copy


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        (voices("Ana Díaz", "Ana Díaz", "Ana Díaz", "Ana Díaz"), True),
        (voices("Ana Díaz", "", "Ana Díaz", "Ana Díaz"), True),
        (voices("an official", "an official", "an official", "an official", unnamed=True), True),
        (voices("Ana Díaz", "Ana Díaz", "a banner", "Ana Díaz", "Ana Díaz", unnamed=True), True),
        (voices("Ana Díaz", "Ana Díaz", "Ana Díaz"), False),
        (voices("Ana Díaz", "Ana Díaz", "Bo Lind", "Ana Díaz"), False),
        (voices("Ana Díaz", "Ana Díaz", "a report", "Ana Díaz", unnamed=True), False),
        (voices("", "", "", ""), False),
        (voices("Ana Díaz", "Ana Díaz", "Ana Díaz").said("room 0", source="told us", kind="indirect"), False),
        (voices(), False),
    ],
)
def test_a_single_source(copy, found):
    assert bool(copy.found("single-source")) == found


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("It rained.", True),
        ("“The road has been shut since May,” read on.", False),
        ("A fan of “The Long Road Home to Averin” came.", True),
        ("According to the port, it rained.", False),
    ],
)
def test_another_voice_of_whom_there_is_no_statement(more, found):
    copy = voices("Ana Díaz", "Ana Díaz", "Ana Díaz", "Ana Díaz")
    other = Copy(f"{copy.article.text} {more}")
    other.speakers, other.quotes = copy.speakers, copy.quotes
    assert bool(other.found("single-source")) == found


# Who somebody is.

SAID = "“It is a long road,”"


def quoted(text: str, name: str = "Joan Pill", **more) -> Copy:
    role = more.pop("role", "")
    return Copy(f"{text} {SAID} said {name.split()[-1]}. It rained.", headline=more.pop("headline", "")).person(
        name, name.split()[-1], **more
    ).said(SAID, by=name, role=role)  # fmt: skip


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        (quoted("Nobody spoke to Joan Pill."), True),
        (quoted("Meanwhile Joan Pill went home."), True),
        (quoted("Among the crowd on the quay in Averin, Joan Pill stood in the rain."), True),
        (quoted("It rained, said Joan Pill, adding that it was cold."), True),
        (quoted("The baker Joan Pill went home."), False),
        (quoted("Councillor Joan Pill went home."), False),
        (quoted("Averin’s Joan Pill went home."), False),
        (quoted("Joan Pill, a baker, went home."), False),
        (quoted("Joan Pill, 45, went home."), False),
        (quoted("Joan Pill, who bakes, went home."), False),
        (quoted("Joan Pill (Labour) went home."), False),
        (quoted("Joan Pill of the bakers’ union went home."), False),
        (quoted("Joan Pill is a baker."), False),
        (quoted("The town’s mayor, Joan Pill, went home."), False),
        (quoted("Nobody spoke to Joan Pill.", description="a long road"), False),
        (quoted("Nobody spoke to Joan Pill.", role="road"), False),
        (quoted("Nobody spoke to Joan Pill.", headline="Pill goes home"), False),
        (quoted("Nobody spoke to Joan Pill." + " Then Pill left." * 6), False),
        (quoted("Nobody spoke to Cher.", "Cher"), False),
        (Copy("It rained, Joan Pill said.").person("Joan Pill").said("It rained", by="Joan Pill", kind="indirect"), False),
        (Copy("“It rains and rains,” said Acme Bread.").named("ORG", "Acme Bread").said("“It rains and rains,”", by="Acme Bread"), False),
    ],
)  # fmt: skip
def test_a_speaker_without_a_role(copy, found):
    assert copy.found("no-role") == (["Joan Pill"] if found else [])


@cases(
    ("surname", Copy("Pill left. Joan Pill is a baker.").person("Joan Pill", "Pill"), ["Pill"]),
    ("courtesy", Copy("Mrs Pill left. Joan Pill is a baker.").person("Joan Pill", "Mrs Pill"), ["Mrs Pill"]),
    ("particle", Copy("Van der Byl left. Pieter van der Byl is a lawyer.").person("Pieter van der Byl", "Van der Byl"), ["Van der Byl"]),
    ("full-first", Copy("Joan Pill is a baker. Pill left.").person("Joan Pill", "Pill"), []),
    ("headline", Copy("Pill leaves town\n\nJoan Pill is a baker. Pill left.").person("Joan Pill", "Pill"), []),
    ("headline-with-a-stop", Copy("What Angry Bakers Want From Pill.\n\nJoan Pill bakes.").person("Joan Pill", "Pill"), []),
    ("capitals", Copy("PILL: It rains.\n\nJoan Pill bakes.").person("Joan Pill", "PILL"), []),
    ("never-full", Copy("Pill left. Pill came back.").person("Pill"), []),
    ("given-name", Copy("Joan left. Joan Pill is a baker.").person("Joan Pill", "Joan"), []),
    ("title-only", Copy("Judge Pill left. Pill came back.").person("Judge Pill", "Pill"), []),
    ("on-something-else", Copy("A Pill presidency is near. Joan Pill is sure of it.").person("Joan Pill", "Pill"), []),
    ("office", Copy("President Pill left. Joan Pill came back.").person("Joan Pill", "Pill"), []),
    ("in-a-quotation", Copy("“Pill knows it all,” said Bo. Joan Pill left.").person("Joan Pill", "Pill").person("Bo").said("“Pill knows it all,”", by="Bo"), []),
    ("a-firm", Copy("Pill fell. Joan Pill plc rose.").named("ORG", "Joan Pill plc", "Pill"), []),
)  # fmt: skip
def test_a_surname_before_the_full_name(copy, expected):
    assert copy.found("surname-first") == expected


# Figures in the article's own voice.


@cases(
    ("money", Copy("The bank lost £41 million.").figure("£41 million", "money", 41e6), ["£41 million"]),
    ("share", Copy("Rents rose 31 per cent.").figure("31 per cent", "percent", 31), ["31 per cent"]),
    ("toll", Copy("The fire killed 27 people.").figure("27", counts="people"), ["27 people"]),
    ("toll-behind", Copy("At least 12 guards were wounded.").figure("12"), ["12"]),
    ("large-count", Copy("Some 18,600 people sleep in schools.").figure("18,600", value=18_600, counts="people"), ["18,600 people"]),
    ("one-a-paragraph", Copy("It cost $2 million and paid 5%.").figure("$2 million", "money", 2e6).figure("5%", "percent", 5), ["$2 million"]),
    ("a-scare-quote-cites-nobody", Copy("The “peace” bridge cost £4 million.").said("“peace”", kind="scare").figure("£4 million", "money", 4e6), ["£4 million"]),
    ("without-a-value", Copy("It cost millions of dollars.").figure("millions of dollars", "money"), []),
    ("vote", Copy("She won 57% of the vote.").figure("57%", "percent", 57), []),
    ("small-sum", Copy("A ticket costs £12.").figure("£12", "money", 12), []),
    ("small-count", Copy("It has 14 ships.").figure("14", value=14, counts="ships"), []),
    ("uncounted", Copy("Flight 2231 landed.").figure("2231", value=2231), []),
    ("one", Copy("One man was killed.").figure("One", value=1), []),
    ("all", Copy("It is 100% wool.").figure("100%", "percent", 100), []),
    ("quantity", Copy("It is 1,400 km away.").figure("1,400 km", "quantity", 1400), []),
    ("date", Copy("It opened in 1962.").figure("1962", "date", date="1962"), []),
    ("other-clause", Copy("It killed nobody, burned 60 homes.").figure("60", value=60), []),
    ("told-before", Copy("The four people killed were young.").figure("four", counts="people"), []),
    ("history", Copy("A storm in 1974 killed 11 people.").figure("11", value=11), []),
    ("attributed", Copy("The bank lost £41 million, Ana said.").said("The bank lost £41 million", by="Ana", kind="indirect").figure("£41 million", "money", 41e6), []),
    ("of-a-statement", Copy("A loss. Ana said £41 million.").said("A loss", by="Ana").figure("£41 million", "money", 41e6), []),
    ("cited", Copy("Rents rose 31 per cent, according to the census.").figure("31 per cent", "percent", 31), []),
    ("goes-on-from-a-source", Copy("The report was clear, Ana said. It spoke of £41 million.").said("The report was clear", by="Ana", kind="indirect").figure("£41 million", "money", 41e6), []),
    ("in-marks", Copy("The sign said nothing of “£41 million”.").figure("£41 million", "money", 41e6), []),
    ("put-at", Copy("The governor put the losses at $85 million.").figure("$85 million", "money", 85e6), []),
    ("learned", Copy("Il y a eu 12 morts, a-t-on appris auprès de la police.", language="fr").figure("12", value=12), []),
    ("market", Copy("Shares fell 31 per cent.").figure("31 per cent", "percent", 31), []),
    ("exchange", Copy("It fell 3 per cent against the dollar.").figure("3 per cent", "percent", 3), []),
    ("expected", Copy("Rents are expected to rise 31 per cent.").figure("31 per cent", "percent", 31), []),
    ("in-a-headline", Copy("Rents rise 31 per cent\n\nIt rained.").figure("31 per cent", "percent", 31), []),
)  # fmt: skip
def test_a_figure_without_a_source(copy, expected):
    found = check(copy.notes(), only=["unsourced-figure"])
    assert [copy.notes().text(f.span) for f in found] == expected


@pytest.mark.parametrize(("other", "found"), [(41e6, False), (43e6, True)])
def test_a_figure_that_somebody_vouches_for_elsewhere_has_its_source(other, found):
    copy = Copy("The bank lost £41 million.\n\nIts loss was 41 million pounds, Ana said.")
    copy.said("Its loss was 41 million pounds", by="Ana", kind="indirect")
    copy.figure("£41 million", "money", 41e6).figure("41 million pounds", "money", other)
    assert bool(copy.found("unsourced-figure")) == found


def two_tolls(first: str, second: str, value: float) -> Copy:
    copy = Copy(f"In the fire {first} guards were killed. Police said {second} guards were killed.")
    return copy.figure(first, value=12, counts="guards").figure(second, value=value, counts="guards")


def test_figures_that_conflict_point_at_each_other():
    copy = two_tolls("12", "15", 15)
    (finding,) = check(copy.notes(), only=["figure-conflict"])
    assert (copy.notes().text(finding.span), [copy.notes().text(s) for s in finding.more]) == ("12", ["15"])
    assert "“12 guards” and “15 guards”" in finding.message
    assert two_tolls("12", "twelve", 12).found("figure-conflict") == []


# Dates.


@cases(
    ("weekday", Copy("It is shut until Tuesday, 11 March 2026.").figure("Tuesday, 11 March 2026", "date"), ["Tuesday, 11 March 2026"]),
    ("weekday-before-the-figure", Copy("It was on Monday, March 11, 2025.").figure("March 11, 2025", "date"), ["Monday, March 11, 2025"]),
    ("weekday-of-this-year", Copy("It is on Friday, March 15.").figure("Friday, March 15", "date", date="2024-03-15"), ["Friday, March 15"]),
    ("weekday-and-numbers", Copy("It is on Monday 11/3/2025.").figure("11/3/2025", "date", date="2025-03-11"), ["Monday 11/3/2025"]),
    ("no-such-day", Copy("It is due by 31 June.").figure("31 June", "date"), ["31 June"]),
    ("no-leap-year", Copy("It is due by February 29, 2025.").figure("February 29, 2025", "date"), ["February 29, 2025"]),
    ("past-that-is-to-come", Copy("The trial opened on 20 March 2025.").figure("20 March 2025", "date"), ["20 March 2025"]),
    ("past-soon", Copy("The trial opened on March 20.").figure("March 20", "date", date="2024-03-20"), ["March 20"]),
    ("right-weekday", Copy("It is shut until Wednesday, 11 March 2026.").figure("Wednesday, 11 March 2026", "date"), []),
    ("right-weekday-before", Copy("It was on Tuesday, March 11.").figure("March 11", "date", date="2025-03-11"), []),
    ("weekday-alone", Copy("It was on Monday.").figure("Monday", "date", date="2025-03-10"), []),
    ("two-days", Copy("It runs from Monday to 12 March.").figure("12 March", "date", date="2025-03-12"), []),
    ("a-stretch", Copy("It ran on Monday, 3-5 March 2025.").figure("3-5 March 2025", "date", date="2025-03-03/2025-03-05"), []),
    ("leap-year", Copy("It was on 29 February 2024.").figure("29 February 2024", "date"), []),
    ("month", Copy("It opened in May 2025.").figure("May 2025", "date", date="2025-05"), []),
    ("future", Copy("The trial will open on 20 March 2025.").figure("20 March 2025", "date"), []),
    ("future-in-the-past", Copy("The trial was due to open on 20 March 2025.").figure("20 March 2025", "date"), []),
    ("present", Copy("The trial opens on 20 March 2025.").figure("20 March 2025", "date"), []),
    ("past", Copy("The trial opened on 3 March 2025.").figure("3 March 2025", "date"), []),
    ("the-day-itself", Copy("The trial opened on 12 March 2025.").figure("12 March 2025", "date"), []),
    ("rather-last-year", Copy("The trial opened on July 20.").figure("July 20", "date", date="2024-07-20"), []),
    ("no-publication-date", Copy("The trial opened on March 20.", published="").figure("March 20", "date"), []),
    ("no-words-for-the-language", Copy("Friday, March 15, 2025.", language="es").figure("Friday, March 15, 2025", "date"), []),
)  # fmt: skip
def test_a_date_that_can_not_be_right(copy, expected):
    assert copy.found("wrong-date") == expected


# Names.


def names(label: str, *forms: str) -> Copy:
    """Each form an entity of its own, in the order given."""
    copy = Copy(" ".join(f"There was {form} in it." for form in forms))
    for form in forms:
        copy.named(label, form)
    return copy


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        ("PERSON", "Wanjiru Kamotho", "Kamoto"),
        ("PERSON", "Kamal Hyder", "Kamal Hayder"),
        ("PERSON", "Mohammed Qureshi", "Muhammad Qureshi"),
        ("PERSON", "Rafael Buencamino", "Rafael Buencamnio"),
        ("PERSON", "Alpha Keïta", "Keita"),
        ("PERSON", "Sinéad Brannigan", "Sinead Brannigan"),
        ("PERSON", "Timothy Sloan", "Timothy Sloane"),
        ("PERSON", "Helen Fitz-Gerald", "Helen Fitzgerald"),
        ("PERSON", "Erik Hansen", "Hanson"),
        ("PERSON", "Tom Aldiss", "Mr Aldis"),
        ("PERSON", "Yann Guivarch", "Guivarc’h"),
        ("PERSON", "Wilfried N’Dong", "Wilfried Ndong"),
        ("PERSON", "Yazid Abubakar", "Abubakar Yazeed"),
        ("PLACE", "Balochistan", "Baluchistan"),
        ("PLACE", "São Paulo", "Sao Paulo"),
        ("ORG", "al-Shabaab", "al Shabaab"),
        ("ORG", "Kestrel Resources", "Kestrell Resources"),
        ("GROUP", "Muslim", "Moslem"),
    ],
)
def test_a_name_in_two_spellings(label, one, other):
    assert names(label, one, other).found("two-spellings") == [other]


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        ("PERSON", "Maria Torres", "Mario Torres"),
        ("PERSON", "Erik Hansen", "Lars Hanson"),
        ("PERSON", "Bill Clinton", "Hillary Clinton"),
        ("PERSON", "Bill Clinton", "Clintons"),
        ("PERSON", "Ali Hassan", "Hassan Omar"),
        ("PERSON", "Sean O’Neill", "Sean Neill"),
        ("PERSON", "Kamal Hyder", "Hyder’s"),
        ("PERSON", "Kamal Hyder", "Mr Hyder"),
        ("PERSON", "Sean O’Neill", "O'Neill"),
        ("PERSON", "Ana Lee", "Ana Lea"),
        ("PERSON", "JOAN PILL", "Joan Pill"),
        ("PERSON", "John Major", "Jon Minor"),
        ("PLACE", "Ireland", "Iceland"),
        ("PLACE", "London", "Linden"),
        ("PLACE", "Pakistan", "Pakistani"),
        ("PLACE", "Nigeria", "Niger"),
        ("PLACE", "Iran", "Iraq"),
        ("PLACE", "U.S.", "US"),
        ("ORG", "World War 1", "World War 2"),
        ("ORG", "North Bank", "South Bank"),
        ("ORG", "Liberal Democrat", "Liberal Democrats"),
        ("GROUP", "Indian", "Indiana"),
        ("WORK", "Kestrel Rising", "Kestrell Rising"),
    ],
)
def test_a_name_in_one_spelling(label, one, other):
    assert names(label, one, other).found("two-spellings") == []


def test_the_rarer_spelling_is_the_one_to_look_at():
    copy = Copy("Kamoto left. Wanjiru Kamotho came. Kamotho sat. Kamoto ate.")
    copy.person("Wanjiru Kamotho", "Kamotho").person("Kamoto")
    (finding,) = check(copy.notes(), only=["two-spellings"])
    assert copy.notes().text(finding.span) == "Wanjiru Kamotho"
    assert "“Kamoto”" in finding.message
    assert len(finding.more) == 2


def test_two_spellings_of_one_entity_are_told():
    copy = Copy("Tom Aldiss left. Mr Aldis came.").person("Tom Aldiss", "Mr Aldis")
    assert copy.found("two-spellings") == ["Mr Aldis"]


def test_many_names_cost_no_more_than_their_number():
    text = " ".join(f"Name{n:04}x" for n in range(600)).translate(str.maketrans("0123456789", "abcdefghij"))
    spans = [Span(*m.span()) for m in re.finditer(r"\S+", text)]
    entities = tuple(Entity(f"e{n}", "PERSON", s, (Mention(s, ""),)) for n, s in enumerate(spans))
    notes = Annotations(Article(text, language="en"), Engine("", "", ""), entities=entities)
    assert check(notes, only=["two-spellings"]) is not None  # all pairs would take minutes


# Quotation marks.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “it is over. Nobody came.", ["“it is over. Nobody came."]),
        ('"It is over,” he said.', ['"It is over,”']),
        ('“It is over," he said.', ['“It is over,"']),
        ("It is over,” he said.", ["”"]),
        ("It is over.»", ["»"]),
        ("“It is over,” he said. “Go.", ["“Go."]),
        ("“It is over,” he said.", []),
        ('"It is over," he said.', []),
        ("„Es ist vorbei“, sagte er. »Geh.«", []),
        ("“It is over.\n\n“Go home.”", []),
        ("“He said ‘no’ and “never” twice,” she said.", []),
        ("A 12” pizza and a 5' 11\" man.", ["”"]),
        ("The workers’ rights and O’Neill’s ’90s.", []),
        ("‘It is over,’ he said.", []),
    ],
)
def test_marks_that_do_not_match(text, expected):
    assert Copy(text).found("quote-marks") == expected


def test_a_quote_that_is_marked_as_unclosed_is_told_once():
    copy = Copy("He said “it is over.").said("“it is over.", flags=("unclosed",))
    assert len(copy.found("quote-marks")) == 1
    assert Copy("It is over, he said.").said("It is over", flags=("unclosed",)).found("quote-marks") == [
        "It is over"
    ]


@cases(
    ("brackets", Copy("“I told [the mayor] so.”").said("“I told [the mayor] so.”"), ["[the mayor]"]),
    ("sic", Copy("“Their [sic] late.”").said("“Their [sic] late.”"), ["[sic]"]),
    ("ellipsis", Copy("“It rained … and rained.”").said("“It rained … and rained.”"), ["…"]),
    ("dots", Copy('"It rained... and rained."').said('"It rained... and rained."'), ["..."]),
    ("spaced-dots", Copy("“It rained . . . and rained.”").said("“It rained . . . and rained.”"), [". . ."]),
    ("partly-quoted", Copy("It had “rained [a lot]” there.").said("It had “rained [a lot]” there", kind="mixed"), ["[a lot]"]),
    ("several", Copy("“[It] rained … and [rained].”").said("“[It] rained … and [rained].”"), ["[It]"]),
    ("trails-off", Copy("“It rained …” he said.").said("“It rained …”"), []),
    ("begins-late", Copy("“… and it rained,” he said.").said("“… and it rained,”"), []),
    ("outside-the-marks", Copy("It rained [a lot] and “rained.”").said("It rained [a lot] and “rained.”", kind="mixed"), []),
    ("indirect", Copy("It rained … and rained.").said("It rained … and rained", kind="indirect"), []),
    ("round-brackets", Copy("“It (the rain) came.”").said("“It (the rain) came.”"), []),
    ("decimals", Copy("“It rose 3.5 points.”").said("“It rose 3.5 points.”"), []),
    ("rejected", Copy("“[It] rained.”").said("“[It] rained.”", status="rejected"), []),
)  # fmt: skip
def test_a_quotation_that_was_changed(copy, expected):
    assert copy.found("altered-quote") == expected


# All of them.

TEXTS = odd_texts | st.sampled_from(
    [path.read_text(encoding="utf-8") for path in sorted(CHECKED.glob("*.txt"))]
)


@settings(max_examples=60)
@given(annotations(TEXTS))
def test_no_annotations_break_a_check_and_each_finding_lies_in_the_text(notes):
    found = check(notes)
    assert list(found) == sorted(found, key=lambda finding: finding.span)
    for finding in found:
        assert finding.check in CHECKS
        assert finding.message.endswith((".", "…", "?"))
        for span in (finding.span, *finding.more):
            assert 0 <= span.start < span.end <= len(notes.article.text)
    assert found == check(notes)


@given(annotations(TEXTS), st.sets(st.sampled_from(sorted(CHECKS))))
@settings(max_examples=60)
def test_a_check_can_be_switched_off(notes, names):
    found = check(notes)
    assert check(notes, only=names) == tuple(f for f in found if f.check in names)
    if len(names) < len(CHECKS):
        assert check(notes, without=names) == tuple(f for f in found if f.check not in names)


@pytest.mark.parametrize("options", [{"without": CHECKS}, {"only": ["no-role"], "without": ["no-role"]}])
def test_that_no_check_is_left_is_told(options):
    with pytest.raises(UnknownChoice, match=r"No check is left to run without .*no-role.*; leave out fewer"):
        check(Copy("It rained.").notes(), **options)


def test_many_figures_in_one_sentence_take_no_longer_than_their_number():
    text = "between 12 and " * 8000
    figures = tuple(Figure(f"f{n}", "number", Span(n * 15 + 8, n * 15 + 10)) for n in range(8000))
    notes = Annotations(
        Article(f"{text}men.", language="en"), Engine("", "", ""), (Span(0, len(text) + 4),), figures=figures
    )
    begin = time.perf_counter()
    check(notes, only=["unsourced-figure"])
    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize("options", [{"only": ["spelling"]}, {"without": ["spelling"]}, {"only": "no-role"}])
def test_a_check_that_there_is_not_is_told_with_those_that_there_are(options):
    with pytest.raises(UnknownChoice, match="no-speaker, unnamed-source"):
        check(Copy("It rained.").notes(), **options)


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_says_in_a_sentence_what_it_asks(name):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert CHECKS[name].asks.endswith(".")
    assert "\n" not in CHECKS[name].asks
    assert CHECKS[name].find.__doc__


@pytest.mark.parametrize("language", FULL, ids=lambda language: language.code)
def test_each_language_brings_the_same_tables_in_small_letters(language):
    assert language.checks.keys() == languages.get("en").checks.keys()
    for words in language.checks.values():
        assert [word for word in words if word != word.strip().lower() or not word] == []
        assert len(set(words)) == len(words)


def test_checks_load_nothing_heavy():
    code = "import sys, toolkit.checks; print(*{'spacy', 'numpy', 'pydantic'}.intersection(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


# From raw text.


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("“The road is closed and nobody will tell us why.”\n\nThe council met on Monday.", "no-speaker", "“The road is closed and nobody will tell us why.”"),
        ("The road is closed, two officials familiar with the plan said on Monday.", "unnamed-source", "two officials familiar with the plan"),
        ("Kamal Hyder said the road was closed. It would open in May, Hayder said.", "two-spellings", "Hayder"),
        ("Holt said the road was closed. Mara Holt is the mayor of Averin.", "surname-first", "Holt"),
        ("“The road [to Averin] is closed,” said Mara Holt, the mayor.", "altered-quote", "[to Averin]"),
        ("“The road is closed, said Mara Holt, the mayor.", "quote-marks", "“The road is closed, said Mara Holt, the mayor."),
        ("The bank lost £41 million in the spring.", "unsourced-figure", "£41 million"),
        ("The council meets on Tuesday, 12 March 2025.", "wrong-date", "Tuesday, 12 March 2025"),
        ("« La route est fermée », a dit un responsable de la mairie.", "unnamed-source", "un responsable de la mairie"),
    ],
)  # fmt: skip
def test_from_raw_text(text, name, words):
    notes = toolkit.annotate(Article(text, language="fr" if "«" in text else "en", published="2025-03-14"))
    assert [notes.text(f.span) for f in check(notes, only=[name])] == [words]


CLEAN = """The harbour of Averin will close on Monday, the port authority said.

“We had no choice,” said Mara Holt, the harbourmaster. “The quay is sinking.”

Three cranes were moved last week. Holt said that the port would open again in May. The mayor, Jonas Reed, told reporters that the town would pay.
"""


def test_sound_copy_gives_no_findings():
    assert check(toolkit.annotate(Article(CLEAN, language="en", published="2025-03-14"))) == ()


# What a careful editor would mark in the five articles, as far as there is a check for it.
WORTH_A_LOOK = {
    "ballyrone-homes": {
        ("surname-first", "Brannigan"),
        ("unsourced-figure", "€1.8 million"),
        ("quote-marks", "“Nobody here is against housing, said Cllr Declan Foley, an independent."),
        ("quote-marks", "“We are against housing in a place with one narrow bridge and no footpath."),
        ("unnamed-source", "One councillor"),
        ("unsourced-figure", "31 per cent"),
        ("two-spellings", "Sinead Brannigan"),
        ("wrong-date", "Monday, October 14"),
    },
    "cold-lake-ward": {
        ("single-source", "“I stood in the corridor and listened,”"),
        ("altered-quote", "..."),
        ("unsourced-figure", "$2.1 million"),
    },
    "lodwe-floods": {
        ("unsourced-figure", "18,600 people"),
        ("unnamed-source", "A senior official in the interior ministry"),
        ("no-role", "Joseph Lekutai"),
        ("unsourced-figure", "46"),
        ("two-spellings", "Kamoto"),
        ("altered-quote", "[will arrive]"),
    },
    "rampura-hospital": {
        ("unnamed-source", "Sources in the health department"),
        ("two-spellings", "Muhammad Aslam Qureshi"),
        ("unsourced-figure", "1.2 billion rupees"),
        ("no-role", "Ritu Bhandari"),
        ("wrong-date", "August 11"),
    },
    "san-isidro-ferry": {
        ("unsourced-figure", "Twenty-three passengers"),
        ("unnamed-source", "Two people familiar with the inquiry"),
        ("altered-quote", "…"),
        ("no-role", "Arnel Quimpo"),
        ("two-spellings", "Rafael Buencamnio"),
    },
}


def test_most_flags_on_the_five_articles_are_worth_a_look_and_few_are_missed():
    right = missed = wrong = 0
    for name, worth in WORTH_A_LOOK.items():
        notes = toolkit.annotate(toolkit.read(CHECKED / f"{name}.txt"))
        found = {(f.check, notes.text(f.span)) for f in check(notes)}
        right += len(found & worth)
        missed += len(worth - found)
        wrong += len(found - worth)
    assert right >= 0.8 * (right + wrong)
    assert right >= 0.8 * (right + missed)

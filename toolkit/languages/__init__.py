"""What the toolkit knows of each language, as data: one TOML file a language.

Marks, verbs of reporting, pronouns, titles, the names that the parser's scheme gives to
subjects and clauses, and the spaCy models to look for. No annotator's code names a
language; only detection does, and the summary, by sumy's names.
"""

from __future__ import annotations

import functools
import importlib.util
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from toolkit.model import Act


@dataclass(frozen=True, slots=True)
class Syntax:
    """Dependency labels, as the language's treebank names them."""

    subject: frozenset[str]
    object: frozenset[str]
    clause: frozenset[str]
    infinitive: frozenset[str]
    preposition: frozenset[str]
    parenthetic: frozenset[str]
    borrows: frozenset[str]
    main: frozenset[str]
    noun_modifier: frozenset[str]
    apposition: frozenset[str]
    possessive: frozenset[str]
    auxiliary: frozenset[str]
    passive: frozenset[str]
    agent: frozenset[str]
    particle: frozenset[str]
    agent_object: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pronoun:
    """Whom a pronoun can mean. ``gender`` is "m", "f" or "" (either), ``number`` "one" or "many"."""

    gender: str
    number: str
    person: bool


@dataclass(frozen=True, slots=True)
class Language:
    """A language with a full pipeline.

    ``models`` are spaCy packages, the one to prefer first. ``cues`` maps a lemma to its frames (what it
    takes as content) and to the act that each expresses. ``according`` maps the first word of a phrase
    to the words (tokens) of each phrase that begins so. ``acts`` tells what kind of act a cue of any
    sort is, by lemma or form, and ``acts_infinitive`` those that are another one before an infinitive
    ("decided to go"); ``bodies`` are nouns for a body, by which it is called again ("the council"),
    ``places`` the same for places, ``ranks`` words that make another office of one ("deputy"),
    ``former`` those that don't, ``offices`` what a country has one of, ``documents`` what speaks for
    its author, ``firm_tails`` words that a firm's name is used without. ``deeds`` are cues that state
    nothing unless what they are about is quoted. ``forms`` are finite forms of verbs of saying, with
    their lemmas, where the tagger is apt to take them for nouns; those of ``naming`` call a thing
    something, with one of ``naming_by`` ("qualifie la loi de …"), and ``viewpoint`` words before a name
    tell whose words are quoted ("pour Omar Sy, c'est « … »"). ``own_subject`` are the words that open a
    clause with a subject of its own ("que Omar Sy soutient"). ``participles`` are the
    past ones of those verbs, behind ``perfect`` a finite form, and ``before_cue`` words that may stand
    before a verb of saying behind the marks ("comme le dit Omar Sy"), ``asides`` those that may stand
    between it and its subject ("regrette pour sa part Omar Sy"). ``agents`` are prepositions of who does what
    is told in the passive ("by"), and ``partners`` of whom else something takes ("to", "with").
    ``encoder`` tells that the encoder reads the language,
    ``given_names`` that our list of given names is of its speakers, ``cue_in_quotation`` that a cue may
    stand between the marks, ``connectives`` are words at the head of a sentence that goes on from
    another, ``dialogue_dash`` that a dash at the head of a paragraph opens a turn, ``inverted_subject``
    that the parser takes the subject of an inversion for an object. ``figures`` are the words that
    dates and amounts are made of, by the part they play, empty where only a model finds them, and
    ``values`` tells what such words come to, each table by what they are worth; ``checks`` are those
    that the sourcing checks go by, and ``summary`` those by which a sentence is kept out of summaries
    or hangs on another. ``dates`` tells what the words of a date mean, by kind, and
    ``day_first`` that 3/4/2021 is in April.
    """

    code: str
    name: str
    models: tuple[str, ...]
    syntax: Syntax
    cues: Mapping[str, Mapping[str, Act]]
    forms: Mapping[str, str]
    viewpoint: frozenset[str]
    own_subject: frozenset[str]
    participles: Mapping[str, str]
    perfect: frozenset[str]
    before_cue: frozenset[str]
    asides: frozenset[str]
    agents: frozenset[str]
    partners: frozenset[str]
    naming: frozenset[str]
    naming_by: frozenset[str]
    according: Mapping[str, tuple[tuple[str, ...], ...]]
    acts: Mapping[str, Act]
    acts_infinitive: Mapping[str, Act]
    deeds: frozenset[str]
    pronouns: Mapping[str, Pronoun]
    titles: Mapping[str, str]
    gendered: Mapping[str, str]
    title_roles: Mapping[str, str]
    roles: frozenset[str]
    no_source: frozenset[str]
    ranks: frozenset[str]
    former: frozenset[str]
    offices: frozenset[str]
    refusals: frozenset[str]
    hearers: frozenset[str]
    not_said: tuple[str, ...]
    definite: frozenset[str]
    indefinite: frozenset[str]
    articles: frozenset[str]
    small_words: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    documents: frozenset[str]
    firm_tails: frozenset[str]
    connectives: frozenset[str]
    relatives: frozenset[str]
    conjunctions: frozenset[str]
    figures: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, tuple[str, ...]]]
    checks: Mapping[str, tuple[str, ...]]
    summary: Mapping[str, tuple[str, ...]]
    dates: Mapping[str, Mapping[str, str]]
    day_first: bool
    encoder: bool
    given_names: bool
    cue_in_quotation: bool
    dialogue_dash: bool
    inverted_subject: bool

    def goes_before_name(self, word: str) -> bool:
        """Whether a word is an article or a title, and no part of the name behind it."""
        return word.lower() in self.articles or word.lower() in self.titles


def supported() -> tuple[Language, ...]:
    """The languages with a full pipeline, by code."""
    return tuple(_load(code) for code in _codes())


def get(code: str) -> Language | None:
    """What is known of a language, or None. ``code`` is ISO 639-1, with or without a region ("en-GB")."""
    code = code.lower().replace("_", "-").partition("-")[0]
    return _load(code) if code in _codes() else None


def installed_model(language: Language) -> str | None:
    """The package that serves a language here: the first of its models that is installed."""
    return next((name for name in language.models if importlib.util.find_spec(name)), None)


@functools.cache
def _codes() -> tuple[str, ...]:
    names = (entry.name for entry in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@functools.cache
def _load(code: str) -> Language:
    data = tomllib.loads((resources.files(__name__) / f"{code}.toml").read_text(encoding="utf-8"))
    words = data["words"]
    return Language(
        code=code,
        name=data["name"],
        models=tuple(data["models"]),
        syntax=Syntax(**{key: frozenset(value) for key, value in data["syntax"].items()}),
        cues=_cues(data["cues"]),
        forms=_forms(data.get("forms", {}), data["cues"]),
        viewpoint=frozenset(words.get("viewpoint", ())),
        own_subject=frozenset(words.get("own_subject", ())),
        participles=_forms(data.get("participles", {}), data["cues"]),
        perfect=frozenset(words.get("perfect", ())),
        before_cue=frozenset(words.get("before_cue", ())),
        asides=frozenset(words.get("asides", ())),
        agents=frozenset(words.get("agents", ())),
        partners=frozenset(words.get("partners", ())),
        naming=frozenset(words.get("naming", ())),
        naming_by=frozenset(words.get("naming_by", ())),
        according=_by_first_word(words["according"]),
        acts=_by_lemma(data.get("acts", {})),
        acts_infinitive=_by_lemma(data.get("acts_infinitive", {})),
        deeds=frozenset(data.get("acts", {}).get("topic", ())),
        pronouns={
            form: Pronoun(gender=row["gender"], number=row["number"], person=row["person"])
            for row in data["pronouns"]
            for form in row["forms"]
        },
        titles={title: gender for gender, titles in data["titles"].items() for title in titles},
        gendered={noun: gender for gender, nouns in data["gendered"].items() for noun in nouns},
        title_roles=data.get("title_roles", {}),
        roles=frozenset(words["roles"]),
        no_source=frozenset(words["no_source"]),
        ranks=frozenset(words["ranks"]),
        former=frozenset(words["former"]),
        offices=frozenset(words["offices"]),
        refusals=frozenset(words["refusals"]),
        hearers=frozenset(words.get("hearers", ())),
        not_said=tuple(words["not_said"]),
        definite=frozenset(words["definite"]),
        indefinite=frozenset(words["indefinite"]),
        articles=frozenset(words["articles"]),
        small_words=frozenset(words["small"]),
        bodies=frozenset(words["bodies"]),
        places=frozenset(words["places"]),
        documents=frozenset(words["documents"]),
        firm_tails=frozenset(words["firm_tails"]),
        connectives=frozenset(words["connectives"]),
        relatives=frozenset(words["relatives"]),
        conjunctions=frozenset(words["conjunctions"]),
        figures={key: tuple(value) for key, value in data.get("figures", {}).items()},
        values={kind: _by_worth(words) for kind, words in data.get("values", {}).items()},
        checks={key: tuple(value) for key, value in data.get("checks", {}).items()},
        summary={key: tuple(value) for key, value in data.get("summary", {}).items()},
        dates={kind: _by_word(words) for kind, words in data.get("dates", {}).items()},
        day_first=data.get("day_first", False),
        encoder=data.get("encoder", False),
        given_names=data.get("given_names", False),
        cue_in_quotation=data.get("cue_in_quotation", False),
        dialogue_dash=data.get("dialogue_dash", False),
        inverted_subject=data.get("inverted_subject", False),
    )


def _by_first_word(phrases: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    split = [tuple(phrase.split()) for phrase in phrases]
    return {first: tuple(p for p in split if p[0] == first) for first in {p[0] for p in split}}


def _forms(table: dict[str, list[str]], cues: dict[str, dict[Act, list[str]]]) -> dict[str, str]:
    """The finite forms of the verbs of saying, with their lemmas: a stem with each of the "endings" of
    its class, or as they are listed."""
    listed = {lemma for frame in ("clause", "beside") for lemma in cues.get(frame, {}).get("speech", ())}
    endings = {key.removeprefix("-"): forms for key, forms in table.items() if key.startswith("-")}
    found = {
        lemma.removesuffix(end) + ending: lemma
        for end, forms in endings.items()
        for lemma in sorted(listed)
        if lemma.endswith(end)
        for ending in forms
    }
    return found | {f: lemma for lemma, forms in table.items() if not lemma.startswith("-") for f in forms}


def _by_worth(words: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {value: tuple(listed) for value, listed in words.items()}


def _by_word(words: dict[str, list[str]] | list[str]) -> dict[str, str]:
    """What each word means; "" where it is enough that it is in the list."""
    if isinstance(words, list):
        return dict.fromkeys(words, "")
    return {word: value for value, listed in words.items() for word in listed}


def _by_lemma(table: dict[Act, list[str]]) -> dict[str, Act]:
    return {lemma: act for act, lemmas in table.items() for lemma in lemmas}


def _cues(table: dict[str, dict[Act, list[str]]]) -> dict[str, dict[str, Act]]:
    cues: dict[str, dict[str, Act]] = {}
    for frame, acts in table.items():
        for act, lemmas in acts.items():
            for lemma in lemmas:
                cues.setdefault(lemma, {})[frame] = act
    return cues

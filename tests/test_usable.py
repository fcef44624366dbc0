"""Which sentences may stand in a summary, and which hang on the one before."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model import Span
from toolkit.standing import hanging, usable

STORY = ("The harbour of Averin closed on Monday.", "Dockers have refused to unload ships since Saturday.")

APART = [
    "Read more: The strike that stopped a town.",
    "READ: Why the dockers walked out.",
    "Watch the video of the blockade here.",
    "Follow @AverinNews on Twitter for the latest.",
    "You can follow her on Twitter and Facebook.",
    "Sign up for our morning newsletter today.",
    "Click here to see pictures of the harbour.",
    "Story highlights: dockers walk out of talks.",
    "E-mail to a friend if you liked this story.",
    "Photo: Mara Holt at the harbour on Monday.",
    "Image source, Getty Images and the harbour authority.",
    "Mara Holt speaks on Monday. Omar Khan/Reuters.",
    "The cranes of Averin at night (file photo).",
    "Mara Holt at the gates (AP Photo/Omar Khan).",
    "Mara Holt at the gates on Monday, via Getty Images.",
    "Reporting by Omar Khan; Editing by Lena Voss.",
    "By Omar Khan and Lena Voss in Averin.",
    "CNN's Omar Khan and Lena Voss contributed to this report.",
    "Omar Khan reported from Averin, and Lena Voss wrote from London.",
    "Copyright 2015 The Averin Post.",
    "©2015 The Averin Post. All rights reserved.",
    "Correction: An earlier version of this article misspelled a name.",
    "Editor's note: Omar Khan is a writer in Averin.",
    "The opinions expressed in this commentary are those of the author.",
]
OF_THE_STORY = [
    "Watch makers in the valley export most of what they make.",
    "Reading has a harbour of its own, the council said.",
    "By Monday the dockers had gone back to work.",
    "By closing the harbour, the authority broke the law.",
    "AVERIN (Reuters) - The harbour closed on Monday after a strike.",
    "The harbour closed on Monday, the authority told Reuters.",
    "Getty Images sued the harbour authority over a picture.",
    "Photographs of the harbour were shown to the jury.",
    "The agency reported from the scene that the gates were shut.",
    "Copyright law protects the harbour's old maps.",
    "The newspaper corrected its story of the strike on Monday.",
    "For more than thirty years the harbour has lost money.",
    "The union contributed to the costs of the study.",
    "The former mayor sailed around the world twice.",
]


def lines(text):
    return [Span(*match.span()) for match in re.finditer(r"\S[^\n]*", text)]


def kept(*sentences, language="en"):
    text = "\n".join(sentences)
    return [text[slice(*span)] for span in usable(text, lines(text), language).spans]


@pytest.mark.parametrize("line", APART)
def test_what_is_no_part_of_the_story(line):
    assert kept(STORY[0], line, STORY[1]) == list(STORY)


@pytest.mark.parametrize("sentence", OF_THE_STORY)
def test_what_only_looks_so(sentence):
    assert sentence in kept(STORY[0], sentence, STORY[1])


@pytest.mark.parametrize(
    "line",
    ["Lire aussi : la grève qui a paralysé une ville.", "Abonnez-vous à notre lettre du matin.", "Photo : le port de Montréval lundi."],
)  # fmt: skip
def test_the_words_are_those_of_the_language(line):
    story = "Le port de Montréval fermera lundi matin."
    assert kept(story, line, language="fr") == [story]
    assert kept(story, line, language="xx") == [story, line]


CROSSHEADS = ["The long road back to work", "1. Reduce the use of cranes .", "More from the harbour: ."]


@pytest.mark.parametrize("line", CROSSHEADS)
def test_a_line_without_a_stop_of_its_own_is_a_crosshead(line):
    assert kept(*STORY, line) == list(STORY)


def test_where_all_stops_are_parted_they_tell_nothing():
    tokenised = [sentence[:-1] + " ." for sentence in STORY]
    assert kept(*tokenised) == tokenised


HALVES = [
    '"We had no choice. We told them so for years. Nobody listened to us," said Mara Holt.',
    'Mara Holt said: "We had no choice. We told them so for years. Nobody listened to us."',
    "“We had no choice. We told them so for years. Nobody listened to us,” said Mara Holt.",
    "«Nous n'avions pas le choix. Nous le disions depuis des années. Personne n'écoutait», dit-elle.",
    "'We had no choice. We told them so for years. Nobody listened to us,' said Mara Holt.",
]


@pytest.mark.parametrize("quotation", HALVES)
def test_no_part_of_a_quotation_stands_as_the_article_s_own_words(quotation):
    text = f"{STORY[0]} {quotation} {STORY[1]}"
    spans = [Span(*m.span()) for m in re.finditer(r"[^\s.][^.]*\.[\"”'»]?(?:, said[^.]*\.)?", text)]
    assert [text[slice(*s)] for s in usable(text, spans, "en").spans] == list(STORY)


def test_a_quotation_over_two_paragraphs_is_a_half_of_one():
    first = '"We had no choice about the harbour, and we said so.'
    second = '"Nobody listened to us for years," said Mara Holt.'
    assert kept(STORY[0], first, second) == [STORY[0], second]


WHOLE = [
    '"We had no choice," said Mara Holt, "and we said so."',
    "The dockers' strike and the workers' wages were 'a scandal' to the mayor.",
    "The mayor called the strike 'a scandal' and the dockers' demands too high.",
    'The 12" gauge and the 5\'11" docker were in "The Docker\'s Tale."',
]


@pytest.mark.parametrize("sentence", WHOLE[:3])
def test_a_sentence_with_the_whole_quotation_stands(sentence):
    assert sentence in kept(STORY[0], sentence, STORY[1])


def test_a_mark_that_is_never_closed_spoils_only_its_own_sentence():
    unclosed = "The mayor said “we had no choice about the harbour."
    text = " ".join((unclosed, *STORY))
    spans = [Span(*m.span()) for m in re.finditer(r"[A-Z][^.]*\.", text)]
    assert [text[slice(*s)] for s in usable(text, spans, "en").spans] == list(STORY)


def test_a_sentence_that_was_broken_at_a_title_is_two_halves():
    halves = ("The gates were shut by Brig.", "Mara Holt at noon, the authority said.")
    assert kept(STORY[0], *halves, STORY[1]) == list(STORY)


def test_what_hangs_is_there_only_with_what_it_hangs_on():
    half, he = '"We had no choice about the harbour.', "He said that the gates were shut."
    assert kept(STORY[0], he) == [STORY[0], he]
    assert kept(STORY[0], half, he, STORY[1]) == list(STORY)


@pytest.mark.parametrize(
    "text", ["Photo: Mara Holt at the harbour.", "Read more: the strike.\nWatch: the strike.", "Yes."]
)
def test_a_text_of_nothing_else_has_its_lines(text):
    assert usable(text, lines(text), "en").spans


HANGING = [
    "He also said that the gates were shut.",
    "But the authority would not say why.",
    "That decision was criticised by the union.",
    "This is why the gates were shut.",
    "Of those cases, 18 went to court.",
    "To reach this goal, the authority hired guards.",
    "For example, the cranes need no drivers.",
    "In the past three days, his letter was read by 30,000 people.",
    "On Monday, he called for talks with the union.",
    "Because, according to her, the cranes are unsafe.",
    "As far as evidence goes, that's about all the police have.",
    "Three were sentenced to death.",
    "Five decades later, the harbour still loses money.",
    "Others blamed the mayor for the strike.",
    "Yes, the harbour authority.",
    '"We had no choice, and we said so."',
    '"He had no choice," said Mara Holt.',
]
STANDING = [
    "The authority would not say why.",
    "This week the dockers go back to work.",
    "Those who work at night get more.",
    "In his letter, Omar Khan asked for talks.",
    "When Mara Holt arrived, she was cheered.",
    "A 19-year-old man was charged after he was arrested.",
    "Police said that the gates were shut.",
    "In real life, it is hard to believe.",
    "Three dockers were arrested at the gates.",
    "After the strike, Mara Holt lost her seat.",
    "The former mayor sailed around the world.",
    "Both Averin and Leeds want the harbour.",
    '"We had no choice," said Mara Holt.',
    "Butter is unloaded at the old harbour.",
    "Mara Holt said he had no choice.",
]


@pytest.mark.parametrize("sentence", HANGING)
def test_hanging(sentence):
    assert hanging(sentence, STORY[0], "en")
    assert not hanging(sentence, "", "en")  # the first of a text hangs on nothing


@pytest.mark.parametrize("sentence", STANDING)
def test_standing(sentence):
    assert not hanging(sentence, STORY[0], "en")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("Il a aussi parlé des salaires.", True), ("Cependant, le port reste fermé.", True), ("Le maire a parlé des salaires.", False), ("Cette semaine, les dockers reprennent le travail.", False),
     ("Aucun convoi ne circulera avant six heures, a-t-elle assuré.", True), ("Le port restera ouvert, a-t-il promis.", True), ("Aucun convoi ne circulera, a assuré Odile Tancrède.", False), ("« Nous irons », a-t-elle dit.", True), ("Odile Tancrède n’ira pas, a-t-elle dit.", False), ("Y a-t-il un port à Averin ?", False), ("Faut-il fermer le port ?", False)],
)  # fmt: skip
def test_hanging_in_french(sentence, expected):
    assert hanging(sentence, "Le port fermera lundi.", "fr") is expected


def test_a_language_without_words_has_its_marks():
    assert not hanging("Alisema pia kwamba bandari imefungwa.", "Bandari imefungwa.", "sw")
    assert hanging("“Bandari imefungwa tangu wikendi.”", "Bandari imefungwa.", "sw")


_words = st.sampled_from(
    [
        "the",
        "He",
        "that",
        "“",
        "”",
        '"',
        "'",
        "Photo:",
        "Read more",
        "port",
        "Averin",
        ".",
        " .",
        "!",
        "©",
        "by",
    ]
)


@settings(max_examples=80)
@given(
    st.lists(st.lists(_words, min_size=1, max_size=12).map(" ".join), max_size=8),
    st.sampled_from(["en", "fr", "sw", ""]),
)
def test_laws(sentences, language):
    text = "\n".join(sentences)
    spans = lines(text)
    found = usable(text, spans, language).spans
    assert found == sorted(set(found))
    assert set(found) <= set(spans)
    assert bool(found) == bool(spans)

"""Languages: those with a full pipeline, and those that are read by their marks alone."""

import re
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit import Article, languages
from toolkit.languages import installed_model
from toolkit.model import Act
from toolkit.pipeline import model_of

FULL = languages.supported()
FRAMES = re.compile(r"clause|infinitive|gerund|object|beside|prep:\w+")


def read(text, language):
    return toolkit.annotate(Article(text, language=language))


# id, code, text, its quotations.
BY_MARKS = [
    ("spanish", "es", "«El puente está cerrado», dijo la alcaldesa, Marta Olmedo.", ["«El puente está cerrado»"]),
    ("spanish-curly", "es", "“El puente está cerrado”, dijo Olmedo. “Abrirá en junio”, agregó.", ["“El puente está cerrado”", "“Abrirá en junio”"]),
    ("german", "de", "„Die Brücke ist gesperrt“, sagte Anke Vollmer.", ["„Die Brücke ist gesperrt“"]),
    ("german-angled", "de", "»Die Brücke ist gesperrt«, sagte Anke Vollmer.", ["»Die Brücke ist gesperrt«"]),
    ("japanese", "ja", "市長は「橋は六月まで閉鎖する」と述べた。", ["「橋は六月まで閉鎖する」"]),
    ("japanese-two", "ja", "「橋は閉鎖した」と市長は述べた。「六月に開く」とも語った。", ["「橋は閉鎖した」", "「六月に開く」"]),
    ("chinese", "zh", "市长说：“这座桥已经关闭。”", ["“这座桥已经关闭。”"]),
    ("russian", "ru", "«Мост закрыт до июня», — сказала мэр.", ["«Мост закрыт до июня»"]),
    ("arabic", "ar", "وقالت رئيسة البلدية: \"الجسر مغلق حتى يونيو\".", ['"الجسر مغلق حتى يونيو"']),
    ("undetermined", "und", "“The bridge is closed,” she said.", ["“The bridge is closed,”"]),
    ("no-code", "", "“The bridge is closed,” she said.", ["“The bridge is closed,”"]),
    ("nonsense-code", "xx-nowhere", "“The bridge is closed,” she said.", ["“The bridge is closed,”"]),
    ("path-as-code", "../en", "“The bridge is closed,” she said.", ["“The bridge is closed,”"]),
    ("none-spanish", "es", "La alcaldesa dijo que el puente está cerrado.", []),
    ("none-japanese", "ja", "市長は橋が閉鎖されたと述べた。", []),
    ("none-italian-elision", "it", "L’alcalde dell’isola dice che l’acqua non c’è.", []),
    ("none-ukrainian-apostrophe", "uk", "П’ять людей з об’єднання прийшли.", []),
    ("none-empty", "es", "", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text", "expected"), [pytest.param(*row[1:], id=row[0]) for row in BY_MARKS]
)
def test_a_language_without_a_pipeline_is_read_by_its_marks(code, text, expected):
    notes = read(text, code)
    assert [notes.text(q) for q in notes.quotes] == expected
    assert notes.engine.model == ""
    assert not notes.speakers
    assert not notes.entities
    assert all(q.how == "unknown" and not q.source and not q.cue for q in notes.quotes)


@pytest.mark.parametrize(
    ("code", "text", "count"),
    [
        ("es", "El puente está cerrado. Abrirá en junio.", 2),
        ("ja", "橋は閉鎖した。六月に開く。", 2),
        ("zh", "桥已经关闭。六月开放！为什么？", 3),
        ("hi", "पुल बंद है। यह जून में खुलेगा।", 2),
        ("ar", "هل الجسر مغلق؟ نعم.", 2),
        ("es", "El puente está cerrado\n\nAbrirá en junio", 2),
        ("es", "El puente está cerrado", 1),
        ("es", "", 0),
    ],
)
def test_its_sentences_are_known_and_summarised(code, text, count):
    notes = read(text, code)
    assert len(notes.sentences) == count
    assert set(notes.summary.sentences) <= set(notes.sentences)
    assert bool(notes.summary.sentences) == bool(text)


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from([*"「」『』«»“”„‟‹›‘’\"'—。！？. \n", "橋は", "El puente", "мост", "جسر", "\x00"])).map("".join),
    st.sampled_from(("es", "ja", "ar", "und")),
)  # fmt: skip
def test_no_text_of_any_language_fails(text, code):
    notes = read(text, code)
    spans = [s for q in notes.quotes for s in q.content]
    assert all(notes.text(s).strip() for s in (*spans, *notes.sentences))
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_english_and_french_have_a_full_pipeline():
    assert {"en", "fr"} <= {language.code for language in FULL}
    assert [language.code for language in FULL] == sorted(language.code for language in FULL)


@pytest.mark.parametrize("code", ["en-GB", "EN", "en_US"])
def test_a_region_is_of_the_language(code):
    assert languages.get(code) is languages.get("en")


@pytest.mark.parametrize("code", ["es", "ja", "und", "", "en.toml", "../en", "__init__"])
def test_no_language_is_known_by_another_code(code):
    assert languages.get(code) is None


@pytest.mark.parametrize("language", FULL, ids=lambda language: language.code)
class TestData:
    """What the components take for granted of each language's file."""

    def test_a_model_is_installed_and_named(self, language):
        package = installed_model(language)
        assert package in language.models
        assert model_of(language.code).startswith(f"{language.code}_")

    def test_cues_have_known_frames_and_acts_and_lemmas_in_lower_case(self, language):
        for lemma, frames in language.cues.items():
            assert lemma == lemma.strip().lower() != ""
            assert frames
            assert all(FRAMES.fullmatch(frame) for frame in frames), lemma
            assert set(frames.values()) <= set(get_args(Act)), lemma

    def test_somebody_can_be_said_to_say_and_to_believe(self, language):
        acts = {act for frames in language.cues.values() for act in frames.values()}
        assert set(get_args(Act)) == acts

    def test_words_that_are_compared_in_lower_case_are_written_so(self, language):
        words = [
            *language.pronouns, *language.titles, *language.roles, *language.no_source,
            *language.definite, *language.articles, *language.small_words, *language.relatives,
            *language.conjunctions, *language.title_roles, *language.according,
        ]  # fmt: skip
        assert [word for word in words if word != word.strip().lower() or not word] == []

    def test_no_title_is_a_pronoun_or_an_article(self, language):
        assert not set(language.titles) & (set(language.pronouns) | language.articles)

    def test_pronouns_of_both_genders_and_of_one_and_many(self, language):
        told = {(p.gender, p.number) for p in language.pronouns.values() if p.person}
        assert {("m", "one"), ("f", "one"), ("", "many")} <= told

    def test_titles_of_both_genders_go_before_a_name(self, language):
        assert {"m", "f"} <= set(language.titles.values()) <= {"m", "f", "any"}
        assert all(language.goes_before_name(title.capitalize()) for title in language.titles)
        assert not any(language.goes_before_name(word) for word in ("Maria", "Torres", "Lyon"))

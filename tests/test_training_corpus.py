"""How the corpora become labels: spans on words, and what each says of the other's head."""

from __future__ import annotations

import numpy as np
import pytest

from toolkit.encoder.labels import ENTITY_TAGS, ROLE_TAGS
from toolkit.encoder.session import load
from training import corpus

TEXT = "Marco Rubio told the Senate he opposes it."


def spans(*words, text=TEXT):
    return [[text.index(w), text.index(w) + len(w)] for w in words]


def tagged(article, tags, names):
    ids = [load().tokenizer.id_to_token(n) for n in article.pieces.ids.tolist()]
    return [(w, names[t] if t >= 0 else "?") for w, t in zip(ids, tags.tolist(), strict=True)]


def attribution(tokens=()):
    row = {
        "id": "a",
        "text": TEXT,
        "attributions": [
            {"source": spans("Marco Rubio"), "cue": spans("told"), "content": spans("he opposes it")}
        ],
    }
    return corpus.attribution_article(load().tokenizer, row, list(tokens), {"Senate": "Organization"}, 0.5)


def spacy_tokens(**labels):
    """A token a word; ``labels`` by word, each a name of its own unless the one before has the same."""
    found, before = [], ""
    for word in TEXT.rstrip(".").split():
        start = TEXT.index(word)
        label = labels.get(word, "")
        found.append([start, start + len(word), "X", label, bool(label) and label != before])
        before = label
    return found


def test_roles_are_bio_on_words():
    found = tagged(attribution(), attribution().roles, ROLE_TAGS)
    tags = [t for _, t in found]
    assert tags[0] == "B-source"
    assert set(tags[1 : tags.index("B-cue")]) == {"I-source"}
    assert ("told", "B-cue") in found
    assert ("he", "B-content") in found
    assert found[-1] == (".", "O")


def test_without_an_opinion_only_cues_are_no_names():
    article = attribution()
    assert [w for w, t in tagged(article, article.entities, ENTITY_TAGS) if t == "O"] == ["told"]


def test_names_need_a_second_reason():
    article = attribution(spacy_tokens(Marco="PERSON", Rubio="PERSON", Senate="ORG"))
    found = dict(tagged(article, article.entities, ENTITY_TAGS))
    assert found["marco"] == "B-Person"
    assert found["senate"] == "B-Organization"
    assert found["the"] == "?"  # may belong to the name
    assert found["opposes"] == "O"
    assert set(article.weights[article.entities > 0].tolist()) == {0.5}
    alone = attribution(spacy_tokens(Rubio="PERSON", Senate="GPE"))
    assert not (alone.entities > 0).any()


def test_names_and_dates_bar_roles():
    text = "Rubio left on 4 March."
    row = {"id": "e", "text": text, "entities": [[0, 5, "Person"], [14, 21, "Date"]]}
    article = corpus.entity_article(load().tokenizer, row)
    barred = dict(
        zip(
            load().tokenizer.encode(text, add_special_tokens=False).tokens,
            article.barred.tolist(),
            strict=True,
        )
    )
    assert barred["4"] == barred["march"] == corpus.CUE | corpus.SOURCE
    assert barred["left"] == 0
    assert article.gold_entities
    assert not attribution().gold_entities


@pytest.mark.parametrize(("name", "votes", "kept"), [("Lagos", 3, True), ("Lagos", 2, False)])
def test_lexicon_wants_votes(name, votes, kept):
    rows = [{"text": name, "entities": [[0, len(name), "Location"]]}] * votes
    assert (name in corpus.lexicon(rows)) is kept
    rows.append({"text": name, "entities": [[0, len(name), "Person"]]})
    assert name not in corpus.lexicon(rows)


def test_saved_and_loaded_is_the_same(tmp_path):
    corpus.save(tmp_path / "train.npz", [attribution(), attribution(spacy_tokens(Senate="ORG"))])
    for before, after in zip(
        [attribution(), attribution(spacy_tokens(Senate="ORG"))],
        corpus.load(tmp_path / "train.npz"),
        strict=True,
    ):
        assert before.id == after.id
        assert np.array_equal(before.entities, after.entities)
        assert np.array_equal(before.pieces.ids, after.pieces.ids)

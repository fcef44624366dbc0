"""Summaries: whole sentences of the article, in its order, within the budget."""

import re
import warnings

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.errors import UnknownChoice
from toolkit.lexrank import lexrank
from toolkit.marked import Marked
from toolkit.model import Budget, Quote, Span
from toolkit.summary import DEFAULT, METHODS, summarise
from toolkit.terms import terms_of, words_of

ENGLISH = """\
The port of Averin will close on Monday, the harbour authority said.
Dockers have refused to unload ships since the weekend over driverless cranes.
“We had no choice,” said Mara Holt, the mayor of the port.
The port of Averin will close on Monday, the harbour authority said.
By Omar Khan
The union of dockers wants higher wages and shorter shifts.
Ships wait outside the harbour, and the authority sends them to other ports."""
FRENCH = """\
Le port de Montréval fermera lundi, a annoncé la direction du port.
Les dockers refusent de décharger les navires depuis samedi.
La maire regrette la fermeture du port, qu’elle juge dangereuse.
Photo : agence
Le syndicat des dockers réclame des salaires plus élevés."""
SWAHILI = """\
Bandari ya Averin itafungwa siku ya Jumatatu, mamlaka ilisema.
Wafanyakazi wa bandari wamekataa kupakua meli tangu wikendi.
Meya alisema kwamba kufungwa kwa bandari ni hatari kwa mji.
Chama cha wafanyakazi kinataka mishahara ya juu."""
RANKED = [method for method in METHODS if method != "lead"]  # the lead takes sentences as they come
ARTICLES = [("en", ENGLISH), ("fr", FRENCH), ("sw", SWAHILI), ("und", ENGLISH)]


def lines(text):
    """The lines of a text as its sentences."""
    return tuple(Span(*match.span()) for match in re.finditer(r"\S[^\n]*", text))


def summary(text, unit="sentences", amount=2, *, method=DEFAULT, language="en"):
    return summarise(text, lines(text), budget=Budget(unit, amount), method=method, language=language)


def texts(text, found):
    return [text[slice(*span)] for span in found.sentences]


def words(text, found):
    return sum(len(sentence.split()) for sentence in texts(text, found))


# All methods.


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("language", "text"), ARTICLES, ids=[code for code, _ in ARTICLES])
def test_whole_sentences_in_order_within_the_budget(method, language, text):
    for amount in (1, 2, 3):
        found = summary(text, "sentences", amount, method=method, language=language)
        assert (found.method, found.budget) == (method, Budget("sentences", amount))
        assert len(found.sentences) == amount
        assert set(found.sentences) <= set(lines(text))
        assert list(found.sentences) == sorted(set(found.sentences))
    for amount in (15, 25, 40):
        found = summary(text, "words", amount, method=method, language=language)
        assert 1 <= words(text, found) <= amount


@pytest.mark.parametrize("method", RANKED)
def test_no_sentence_twice_and_no_fragment(method):
    found = texts(ENGLISH, summary(ENGLISH, "sentences", 99, method=method))
    assert len(found) == len(set(found)) == 5
    assert "By Omar Khan" not in found


@pytest.mark.parametrize("method", RANKED)
def test_sentences_that_differ_only_in_case_and_marks_count_as_one(method):
    text = "The port will close on Monday.\nTHE PORT WILL CLOSE, ON MONDAY!\nThe dockers want higher wages."
    found = texts(text, summary(text, "sentences", 9, method=method))
    assert found == ["The port will close on Monday.", "The dockers want higher wages."]


@pytest.mark.parametrize("method", METHODS)
def test_the_same_input_gives_the_same_summary(method):
    first = summary(ENGLISH, "words", 30, method=method)
    assert all(summary(ENGLISH, "words", 30, method=method) == first for _ in range(3))


LITTLE = [
    ("", []),
    ("Yes.", ["Yes."]),
    ("The port will close on Monday.", ["The port will close on Monday."]),
    ("By Omar Khan\nPhoto\nMore", ["By Omar Khan"]),
    ("…\n!!!\n???", ["…"]),
    ("The the the the the.\nThe the the the the.", ["The the the the the."]),
]


@pytest.mark.parametrize("method", [m for m in RANKED if m != "lsa"])
@pytest.mark.parametrize(("text", "expected"), LITTLE)
def test_texts_with_little_in_them(method, text, expected):
    assert texts(text, summary(text, "sentences", 3, method=method)) == expected


WITHOUT_CONTENT = [
    "Of the and to a is.\nIt was the of to a.",
    "Said said said said.\nSaid said said said said.",
    "1 2 3 4 5.\n6 7 8 9 10.",
    "\x00 \x00 \x00.\nNo no no no.",
    "Ex\u0301 ex\u0302 ex\u0303 ex\u0304.\n👩🏽\u200d🚒 🇵🇰 🇵🇰 🇵🇰 🇵🇰.",
]


@pytest.mark.filterwarnings("ignore::RuntimeWarning:sumy.*", "ignore::UserWarning:sumy.*")
@pytest.mark.parametrize("method", [m for m in RANKED if m != "lsa"])
@pytest.mark.parametrize("language", ["en", "xx"])
@pytest.mark.parametrize("text", WITHOUT_CONTENT)
def test_texts_that_leave_an_algorithm_nothing_to_hold_on_to(method, language, text):
    assert len(summary(text, "sentences", 1, method=method, language=language).sentences) == 1


@pytest.mark.parametrize("text", ["Yes.", "Of the and to a is.\nIt was the of to a."])
def test_lsa_has_a_summary_for_a_text_of_stop_words(text):
    assert len(summary(text, "sentences", 1, method="lsa").sentences) == 1


@pytest.mark.parametrize("text", ["Yes."])
def test_a_short_text_gives_no_warning(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        summary(text, "sentences", 1, method="lexrank")


# Lead and the budget.


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, SWAHILI, "By Omar Khan\nPhoto\nThe port\nThe port"])
@pytest.mark.parametrize("amount", [1, 2, 3, 4])
def test_the_lead_is_the_leading_sentences_whatever_they_are(text, amount):
    assert summary(text, "sentences", amount, method="lead").sentences == lines(text)[:amount]


@pytest.mark.parametrize(("amount", "expected"), [(1, 1), (12, 1), (23, 1), (24, 2), (35, 2), (36, 3)])
def test_the_lead_ends_with_the_first_sentence_that_does_not_fit(amount, expected):
    assert summary(ENGLISH, "words", amount, method="lead").sentences == lines(ENGLISH)[:expected]


def test_a_budget_in_words_is_filled_with_what_still_fits():
    text = (
        "The port of Averin will close on Monday, the port authority said.\n"
        "Dockers of the port have refused to unload ships since the weekend over driverless cranes and wages.\n"
        "The mayor regrets it."
    )
    first, _, third = text.split("\n")
    assert texts(text, summary(text, "words", 16)) == [first, third]


@pytest.mark.parametrize("method", METHODS)
def test_a_budget_that_no_sentence_fits_gets_one_sentence(method):
    assert len(summary(ENGLISH, "words", 1, method=method).sentences) == 1


def test_a_budget_of_exactly_one_sentence_holds_it():
    assert texts(ENGLISH, summary(ENGLISH, "words", 12, method="lead")) == ENGLISH.split("\n")[:1]


def test_the_default_prefers_central_sentences_and_early_ones():
    assert summary(ENGLISH, "sentences", 1).sentences == lines(ENGLISH)[:1]
    text = "Thanks for reading our paper.\n" + ENGLISH
    assert "Thanks" not in texts(text, summary(text, "sentences", 1))[0]


# What is refused.


@pytest.mark.parametrize("method", ["", "LEAD", "lex-rank", "edmundson", "random", " lead"])
def test_an_unknown_method_is_refused_with_the_known_ones(method):
    with pytest.raises(UnknownChoice, match=r"learned, lexrank-position, lead") as raised:
        summary(ENGLISH, method=method)
    assert repr(method) in str(raised.value)


@pytest.mark.parametrize("unit", ["words", "sentences"])
@pytest.mark.parametrize("amount", [0, -1, -60])
def test_a_budget_below_one_is_refused(unit, amount):
    with pytest.raises(UnknownChoice, match=rf"{unit}; {amount} were asked for"):
        summary(ENGLISH, unit, amount)


@pytest.mark.parametrize("unit", ["paragraphs", "Words", "", "characters"])
def test_an_unknown_unit_is_refused(unit):
    with pytest.raises(UnknownChoice):
        summary(ENGLISH, unit, 60)


LONG = "\n".join(f"Ship {i} waits outside the harbour {i % 7} for the crane {i % 31}." for i in range(700))


@pytest.mark.parametrize("method", [m for m in RANKED if m not in (DEFAULT, "lexrank-position")])
def test_a_text_too_long_for_an_algorithm_is_refused_with_the_way_out(method):
    with pytest.raises(UnknownChoice, match=rf"'{method}'.*700.*use 'learned'"):
        summary(LONG, method=method)


@pytest.mark.parametrize("method", [DEFAULT, "lexrank-position", "lead"])
def test_a_text_of_any_length_is_taken(method):
    assert len(summary(LONG * 3, "sentences", 3, method=method).sentences) == 3


# Other scripts.


def test_sentences_written_without_blanks_are_no_fragments():
    text = "東京の港は月曜日に閉鎖される。\n港の労働者は船の荷下ろしを拒否している。\n市長は閉鎖を残念に思うと述べた。"
    assert len(summary(text, "sentences", 2, language="ja").sentences) == 2


def test_sentences_in_arabic_and_in_hindi():
    arabic = "قالت سلطة الميناء إن الميناء سيغلق.\nرفض العمال تفريغ السفن منذ يوم السبت."
    hindi = "बंदरगाह सोमवार को बंद रहेगा।\nमजदूरों ने जहाज खाली करने से इनकार किया।"
    for text in (arabic, hindi):
        assert len(summary(text, "sentences", 2, language="und").sentences) == 2


NEWS = {
    "zh": "东京港口将于星期一关闭，港务局说。\n码头工人自周末以来拒绝卸货。\n市长对港口关闭表示遗憾。\n工会要求提高工资。",
    "ja": "東京の港は月曜日に閉鎖される。\n港の労働者は荷下ろしを拒否している。\n市長は港の閉鎖を残念に思うと述べた。\n労働組合は賃上げを求めている。",
    "th": "ท่าเรือจะปิดในวันจันทร์!\nคนงานท่าเรือปฏิเสธที่จะขนของลงจากเรือ!\nนายกเทศมนตรีเสียใจกับการปิดท่าเรือ!",
    "ar": "قالت سلطة الميناء إن الميناء سيغلق يوم الاثنين.\nرفض عمال الميناء تفريغ السفن منذ السبت.\nأعربت رئيسة البلدية عن أسفها لإغلاق الميناء.",
    "hi": "बंदरगाह सोमवार को बंद रहेगा, प्राधिकरण ने कहा।\nबंदरगाह के मजदूरों ने जहाज खाली करने से इनकार किया।\nमेयर ने बंदरगाह के बंद होने पर दुख जताया।",
    "ru": "Порт закроется в понедельник, сообщили власти порта.\nРабочие порта отказываются разгружать суда.\nМэр сожалеет о закрытии порта.",
    "el": "Το λιμάνι κλείνει τη Δευτέρα, είπαν οι αρχές.\nΟι λιμενεργάτες αρνούνται να ξεφορτώσουν πλοία.\nΗ δήμαρχος λυπάται για το κλείσιμο.",
    "pl": "Port zostanie zamknięty w poniedziałek, podały władze portu.\nDokerzy odmawiają rozładunku statków.\nBurmistrz żałuje zamknięcia portu.",
    "uk": "Порт закриється в понеділок, повідомила влада.\nРобітники порту відмовляються розвантажувати судна.\nМер шкодує про закриття порту.",
    "sv": "Hamnen stänger på måndag, säger hamnmyndigheten.\nHamnarbetarna vägrar lossa fartygen.\nBorgmästaren beklagar att hamnen stänger.",
}


@pytest.mark.parametrize("language", NEWS)
@pytest.mark.parametrize("method", [DEFAULT, "lexrank-position", "textrank"])
def test_a_summary_in_any_language(language, method):
    text = NEWS[language]
    found = summary(text, "sentences", 2, method=method, language=language)
    assert len(found.sentences) == 2
    assert set(found.sentences) <= set(lines(text))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "ports", "port"), ("ru", "портов", "портом"), ("sv", "hamnarna", "hamnar"), ("nl", "boeken", "boek")],
)  # fmt: skip
def test_words_with_other_endings_are_the_same_term(language, one, other):
    assert terms_of(language)(one) == terms_of(language)(other)


@pytest.mark.parametrize(
    ("text", "words"), [("बंदरगाह बंद", 2), ("Don’t stop", 2), ("e\u0301te\u0301", 1), ("東京港", 3), ("", 0)]
)
def test_a_word_is_not_cut_at_its_accents(text, words):
    assert len(words_of(text)) == words


# Laws.

_sentences = st.lists(
    st.lists(st.sampled_from(["the", "port", "dockers", "Averin", "crane", "mayor", "said", "wages,", "Monday", "of", "Été", "№5"]), min_size=1)
    .map(" ".join)
    .flatmap(lambda words: st.sampled_from([words + end for end in (".", "!", "", " ”", ".\u00a0")])),
    max_size=12,
)  # fmt: skip


@settings(max_examples=60)
@given(_sentences, st.sampled_from(METHODS), st.integers(1, 40), st.sampled_from(("words", "sentences")))
@example(["the port"], "lsa", 1, "words")
@example([], "kl", 5, "sentences")
def test_laws(sentences, method, amount, unit):
    text = "\n".join(sentences)
    spans = lines(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = summarise(text, spans, budget=Budget(unit, amount), method=method, language="en")
    assert bool(found.sentences) == bool(spans) or method == "lsa"
    assert set(found.sentences) <= set(spans)
    assert list(found.sentences) == sorted(set(found.sentences))
    if unit == "sentences":
        assert len(found.sentences) <= amount
    else:
        assert words(text, found) <= amount or len(found.sentences) == 1


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), min_size=1, max_size=8), st.randoms())
def test_lexrank_does_not_lean_on_the_order_of_sentences(sentences, random):
    order = list(range(len(sentences)))
    random.shuffle(order)
    scores = lexrank(sentences)
    assert scores.min() > 0
    assert scores.sum() == pytest.approx(1)
    assert lexrank([sentences[i] for i in order]) == pytest.approx([scores[i] for i in order])


def test_lexrank_is_that_of_the_whole_matrix():
    """The product of sparse matrices gives what the matrix of all pairs would."""
    bags = [line.lower().split() for line in dict.fromkeys(ENGLISH.split("\n"))]
    terms = sorted({t for bag in bags for t in bag})
    tf = np.array([[bag.count(t) for t in terms] for bag in bags], dtype=float)
    rows = tf * np.log(len(bags) / (tf > 0).sum(axis=0))
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    similar = rows @ rows.T
    np.fill_diagonal(similar, 0)
    similar += 0.01
    walk = similar / similar.sum(axis=0)
    score = np.full(len(bags), 1 / len(bags))
    for _ in range(200):
        score = 0.15 / len(bags) + 0.85 * walk @ score
    assert lexrank(bags) == pytest.approx(score / score.sum(), rel=1e-3)


# Percent, one line, and what an editor wants in it or not.


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("percent", [20, 50, 100])
def test_percent_are_of_the_words_of_the_article(method, percent):
    every = len(ENGLISH.split())
    assert 1 <= words(ENGLISH, summary(ENGLISH, "percent", percent, method=method)) <= every * percent / 100


@pytest.mark.parametrize("method", METHODS)
def test_a_line_is_one_sentence_that_is_short_enough(method):
    found = texts(ENGLISH, summary(ENGLISH, "line", 12, method=method))
    assert len(found) == 1
    assert len(found[0].split()) <= 12


def test_where_no_sentence_is_short_enough_for_a_line_a_short_one_is_given():
    assert len(summary(FRENCH, "line", 1, language="fr").sentences) == 1


@pytest.mark.parametrize(("unit", "amount"), [("percent", 0), ("percent", 101), ("line", 0), ("pages", 1)])
def test_budgets_that_make_no_sense(unit, amount):
    with pytest.raises(UnknownChoice):
        summary(ENGLISH, unit, amount)


def chosen(pinned=(), dropped=(), unit="sentences", amount=2, method=DEFAULT):
    return summarise(
        ENGLISH, lines(ENGLISH), budget=Budget(unit, amount), method=method, language="en",
        pinned=[lines(ENGLISH)[i] for i in pinned], dropped=[lines(ENGLISH)[i] for i in dropped],
    )  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("unit", "amount"), [("sentences", 1), ("sentences", 3), ("words", 40), ("line", 20)]
)
@pytest.mark.parametrize("pinned", [(2,), (5, 6), (4,)])
def test_what_is_pinned_is_in_it_and_the_rest_is_chosen_around(method, unit, amount, pinned):
    found = chosen(pinned, (), unit, amount, method)
    assert set(found.pinned) <= set(found.sentences)
    assert list(found.sentences) == sorted(set(found.sentences))
    if unit == "sentences":
        assert len(found.sentences) == max(amount, len(pinned))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("unit", "amount"), [("sentences", 3), ("words", 60), ("line", 20)])
def test_what_is_dropped_is_not_in_it_and_others_take_its_place(method, unit, amount):
    before = chosen((), (), unit, amount, method)
    lost = lines(ENGLISH).index(before.sentences[0])
    found = chosen((), (lost,), unit, amount, method)
    assert before.sentences[0] not in found.sentences
    assert found.sentences
    if unit == "sentences":
        assert len(found.sentences) == 3


def test_without_pins_and_drops_nothing_changes():
    assert chosen() == summary(ENGLISH, "sentences", 2)


# What somebody said keeps who said it.

CLAIM = (
    "The harbour of Tarbeg closed on Monday after two cranes fell into the basin.",
    "The minister for transport said that the cranes had never been inspected.",
    "The contractor had been warned three times about rust in the cranes of the harbour.",
    "Two hundred dockers were sent home, and ships wait outside the harbour of Tarbeg.",
    "The harbour is the largest of the coast, with twelve cranes and two basins.",
    "Fishing boats may use the small basin of the harbour from Wednesday on.",
)


def claimed(status="suggested", attributed_by=1, **asked):
    text = "\n".join(CLAIM)
    spans = lines(text)
    quote = Quote(
        "q1", "indirect", (Span(spans[1].start + 31, spans[2].end),),
        cue=(Span(spans[attributed_by].start + 27, spans[attributed_by].start + 31),), status=status,
    )  # fmt: skip
    asked = {"budget": Budget("sentences", 5), "method": DEFAULT, "language": "en", **asked}
    found = summarise(text, spans, marked=Marked(quotes=[quote]), **asked)
    return [spans.index(s) for s in found.sentences]


@pytest.mark.parametrize(("unit", "amount"), [("sentences", n) for n in range(1, 6)] + [("words", n) for n in (15, 30, 45, 60, 90)] + [("line", 20)])  # fmt: skip
@pytest.mark.parametrize("dropped", [(), (0,), (1,), (0, 3)])
def test_a_claim_stands_only_behind_its_attribution(unit, amount, dropped):
    spans = lines("\n".join(CLAIM))
    found = claimed(budget=Budget(unit, amount), dropped=[spans[i] for i in dropped])
    assert found
    assert 2 not in found or 1 in found
    assert not set(found) & set(dropped)


def test_a_claim_whose_attribution_comes_only_later_is_left_out():
    assert 2 not in claimed(attributed_by=3)
    assert 1 not in claimed(attributed_by=3)


def test_a_quote_that_the_editor_rejected_binds_nothing():
    spans = lines("\n".join(CLAIM))
    assert claimed("rejected", dropped=[spans[1]]) == [0, 2, 3, 4, 5]


def test_what_an_editor_pins_stands_alone_if_they_want_it():
    spans = lines("\n".join(CLAIM))
    found = claimed(pinned=[spans[2]], dropped=[spans[1]])
    assert 2 in found
    assert 1 not in found


def test_a_long_summary_says_nothing_twice():
    spans = [
        f"In ward {n} the council of Tarbeg counted {n * 7} empty houses and {n} shops." for n in range(3, 12)
    ]
    said = "The mayor of Tarbeg resigned on Friday over a contract for harbour cranes."
    again = "The mayor of Tarbeg has resigned over a contract for the harbour cranes on Friday."
    text = "\n".join([said, *spans, again])
    found = texts(text, summary(text, "percent", 80))
    assert (said in found) + (again in found) == 1
    assert len(found) >= 7

"""Quotation marks: what stands between them, and what only looks like a mark."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.marks import quotations
from toolkit.paragraphs import paragraphs

# id, text, the quotations with their marks.
FOUND = [
    ("straight", 'The mayor said "no deal is ready" and left.', ['"no deal is ready"']),
    ("straight-comma", '"The bridge is closed," she said.', ['"The bridge is closed,"']),
    ("curly", "“The bridge is closed,” she said.", ["“The bridge is closed,”"]),
    ("angled", "« Le pont est fermé », dit-elle.", ["« Le pont est fermé »"]),
    (
        "angled-no-break-space",
        "«\u00a0Le pont est fermé\u202f», dit-elle.",
        ["«\u00a0Le pont est fermé\u202f»"],
    ),
    ("angled-tight", "«Мост закрыт», — сказала она.", ["«Мост закрыт»"]),
    ("angled-inwards", "»Die Brücke ist gesperrt«, sagte sie.", ["»Die Brücke ist gesperrt«"]),
    ("angled-single", "‹Die Brücke ist gesperrt›, sagte sie.", ["‹Die Brücke ist gesperrt›"]),
    ("german", "Sie sagte: „Die Brücke ist gesperrt.“", ["„Die Brücke ist gesperrt.“"]),
    ("polish", "„Most jest zamknięty”, powiedziała.", ["„Most jest zamknięty”"]),
    ("low-and-straight", '„Die Brücke ist gesperrt", sagte sie.', ['„Die Brücke ist gesperrt"']),
    ("japanese", "市長は「橋は閉鎖した」と述べた。", ["「橋は閉鎖した」"]),
    ("chinese", "市长说：“这座桥已经关闭。”", ["“这座桥已经关闭。”"]),
    ("typewriter", "``The bridge is closed,'' she said.", ["``The bridge is closed,''"]),
    ("single-curly", "‘The bridge is closed,’ she said.", ["‘The bridge is closed,’"]),
    ("single-straight", "'The bridge is closed,' she said.", ["'The bridge is closed,'"]),
    ("single-mid-sentence", "She called it ‘a very bad week’ for the town.", ["‘a very bad week’"]),
    (
        "single-apostrophes",
        "‘We don’t know what’s next,’ she said. ‘It’s early.’",
        ["‘We don’t know what’s next,’", "‘It’s early.’"],
    ),
    (
        "single-straight-apostrophes",
        "'We don't know what's next,' she said.",
        ["'We don't know what's next,'"],
    ),
    (
        "single-plural-possessive",
        "‘The workers’ pay comes first,’ she said.",
        ["‘The workers’ pay comes first,’"],
    ),
    ("two", "“Yes,” said the mayor, “but not now.”", ["“Yes,”", "“but not now.”"]),
    ("slash", 'Tick "yes"/"no" on the form.', ['"yes"', '"no"']),
    ("em-dash", "She asked—“why now?”—and left.", ["“why now?”"]),
    ("brackets", "The plan (“a mess,” in her words) failed.", ["“a mess,”"]),
    ("elision-angled", "Dans l’« affaire » du port, rien.", ["« affaire »"]),
    ("elision-curly", "Dans l’“affaire” du port, rien.", ["“affaire”"]),
    ("elision-straight", 'Un plan d\'"urgence" pour le port.', ['"urgence"']),
    ("typo-two-opening", "“The bridge is closed,“ she said.", ["“The bridge is closed,“"]),
    ("typo-mixed", '“The bridge is closed," she said.', ['“The bridge is closed,"']),
    ("emoji", "“Closed 👩🏽\u200d🚒 for good,” she wrote.", ["“Closed 👩🏽\u200d🚒 for good,”"]),
    ("ends-text", "She said: “We close today”", ["“We close today”"]),
    ("question", "“Why now?” she asked. “Why here?”", ["“Why now?”", "“Why here?”"]),
    ("number-first", "“12 people came,” she said.", ["“12 people came,”"]),
    ("number-last", 'She said "we counted 12" and left.', ['"we counted 12"']),
]

# id, text, the one quotation whose inner marks are part of it.
NESTED = [
    ("single-in-double", "“He said ‘never again’ and left,” she recalled.", "“He said ‘never again’ and left,”"),
    ("single-ends-double", "“He only said ‘never again,’” she recalled.", "“He only said ‘never again,’”"),
    ("straight", "\"He said 'never again' and left,\" she recalled.", "\"He said 'never again' and left,\""),
    ("double-in-double", "“He called it a “disaster” and left,” she said.", "“He called it a “disaster” and left,”"),
    ("straight-in-curly", '“He said "no" to us,” she recalled.', '“He said "no" to us,”'),
    ("curly-in-angled", "« Il parle de “concertation” au port », dit-elle.", "« Il parle de “concertation” au port »"),
    ("german", "„Er sagte ‚nie wieder‘ und ging“, sagte sie.", "„Er sagte ‚nie wieder‘ und ging“"),
    ("dots-first", "“She told me “...we’ll see”, and left,” he said.", "“She told me “...we’ll see”, and left,”"),
    ("german-in-german", "„Er rief: „Nein!““, sagte Brandes.", "„Er rief: „Nein!““"),
    ("closed-behind-a-blank", "„Wir warten “, sagte Brandes.", "„Wir warten “"),
    ("japanese", "「彼は『二度とない』と言った」と述べた。", "「彼は『二度とない』と言った」"),
    ("apostrophe-in-double", "“The workers’ pay can’t wait,” she said.", "“The workers’ pay can’t wait,”"),
    ("decade-in-double", "“Back in the ’80s it was full,” she said.", "“Back in the ’80s it was full,”"),
    ("feet-in-double", "“He is 6'2 and strong,” she said.", "“He is 6'2 and strong,”"),
]  # fmt: skip

# id, text without any quotation.
NO_MARKS = [
    ("none", "The bridge is closed, she said."),
    ("contractions", "It’s late and they don’t know what’s next."),
    ("contractions-straight", "It's late and they don't know what's next."),
    ("possessive", "The mayor’s plan is the town’s only plan."),
    ("plural-possessive", "The workers’ pay and the owners’ profits both rose."),
    ("plural-possessive-straight", "The workers' pay and the owners' profits both rose."),
    ("possessive-name", "James’ brother bought the Jones’ house."),
    ("decades", "Shops of the ’60s and ’70s are gone."),
    ("decades-straight", "Shops of the '60s and '70s are gone."),
    ("elided-words", "Get ’em while they last, ’cause ’tis the season."),
    ("rock-n-roll", "They played rock ’n’ roll until dawn."),
    ("rock-n-roll-straight", "They played rock 'n' roll until dawn."),
    ("names", "Siobhan O’Neill met Carlo D'Amato at N’Djamena’s port."),
    ("feet-inches", "The 6'2\" guard and the 5'11\" forward left."),
    ("inches", 'A 12" pipe and a 3" valve burst.'),
    ("inches-curly", "A 12” pipe and a 3” valve burst."),
    ("feet-inches-curly", "The guard is 6’2” tall and the forward 5’11” tall."),
    ("primes", "The wreck lies at 40°26′46″ N, 3°5′7″ W."),
    ("closing-only", "The bridge is closed,” she said."),
    ("french-elision", "L’eau n’est plus là, et l’été s’annonce aujourd’hui difficile."),
    ("dash", "— The bridge, she said, is closed."),
    ("less-than", "Prices rose <2% in May and >3% in June."),
    ("empty", ""),
]

# id, text, what is read, whether each is closed, whether each goes on in the next paragraph.
OVER_PARAGRAPHS = [
    (
        "two",
        "“The bridge is closed.\n\n“It will open in June,” she said.",
        ["“The bridge is closed.", "“It will open in June,”"],
        [True, True],
        [True, False],
    ),
    (
        "three",
        "“One came.\n“Two came.\n“Three came,” she said.",
        ["“One came.", "“Two came.", "“Three came,”"],
        [True, True, True],
        [True, True, False],
    ),
    (
        "angled",
        "« Le pont est fermé.\n\n« Il ouvrira en juin », dit-elle.",
        ["« Le pont est fermé.", "« Il ouvrira en juin »"],
        [True, True],
        [True, False],
    ),
    (
        "angled-in-spanish",
        "«El puente está cerrado.\n\n»No hay fecha.\n\n»Abrirá en junio», dijo.",
        ["«El puente está cerrado.", "»No hay fecha.", "»Abrirá en junio»"],
        [True, True, True],
        [True, True, False],
    ),
    (
        "inwards-does-not-go-on-angled",
        "«Il est fermé », dit-elle.\n\n»Die Brücke ist gesperrt«, sagte er.",
        ["«Il est fermé »", "»Die Brücke ist gesperrt«"],
        [True, True],
        [False, False],
    ),
    (
        "straight",
        '"The bridge is closed.\n\n"It will open in June," she said.',
        ['"The bridge is closed.', '"It will open in June,"'],
        [True, True],
        [True, False],
    ),
    (
        "after-its-cue",
        "The mayor said: “The bridge is closed.\n\n“It will open in June.”",
        ["“The bridge is closed.", "“It will open in June.”"],
        [True, True],
        [True, False],
    ),
    (
        "closed-does-not-go-on",
        "“The bridge is closed.”\n\n“It will open in June,” she said.",
        ["“The bridge is closed.”", "“It will open in June,”"],
        [True, True],
        [False, False],
    ),
    (
        "forgotten-mark",
        "“The bridge is closed, she said.\n\nThe town waits.",
        ["“The bridge is closed, she said."],
        [False],
        [False],
    ),
    (
        "forgotten-mark-at-the-end",
        "The town waits.\n\nShe said: “The bridge is closed.",
        ["“The bridge is closed."],
        [False],
        [False],
    ),
    (
        "forgotten-mark-then-another-mid-paragraph",
        "“The bridge is closed, she said.\n\nThe town calls it “a shame” and waits.",
        ["“The bridge is closed, she said.", "“a shame”"],
        [False, True],
        [False, False],
    ),
    (
        "forgotten-mark-then-another-in-the-paragraph",
        "“The bridge is closed, she said. “It will open in June.”",
        ["“The bridge is closed, she said.", "“It will open in June.”"],
        [False, True],
        [False, False],
    ),
    (
        "hard-wrapped",
        "The mayor of the town told the council on Monday that “the bridge will\n"
        "stay closed until the end of the summer and nobody can cross it before\n"
        "that” because the piers are cracked, and then she left the council room\n"
        "for another meeting.",
        ["“the bridge will\nstay closed until the end of the summer and nobody can cross it before\nthat”"],
        [True],
        [False],
    ),
]

TURNS = [
    ("turn", "— Elle retarde, a dit le premier.", ["— Elle retarde, a dit le premier."]),
    ("two-turns", "— Elle retarde.\n\n— Toujours.", ["— Elle retarde.", "— Toujours."]),
    ("no-turn", "Le train — il retarde — est vide.", []),
    ("marks-as-well", "Il a dit « non » — puis « oui ».", ["« non »", "« oui »"]),
    ("lone-dash", "—\n\n— —", []),
]


def read(text, **options):
    return [text[slice(*q.span)] for q in quotations(text, **options)]


def cases(table):
    return [pytest.param(*row[1:], id=row[0]) for row in table]


@pytest.mark.parametrize(("text", "expected"), cases(FOUND))
def test_what_stands_between_marks_is_found(text, expected):
    assert read(text) == expected
    assert all(q.closed and not q.continues for q in quotations(text))


@pytest.mark.parametrize(("text", "expected"), cases(NESTED))
def test_inner_marks_belong_to_the_quotation_around_them(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NO_MARKS])
def test_what_only_looks_like_a_mark_is_none(text):
    assert read(text) == []


@pytest.mark.parametrize(("text", "expected", "closed", "continues"), cases(OVER_PARAGRAPHS))
def test_a_quotation_ends_with_its_paragraph_or_goes_on_in_the_next(text, expected, closed, continues):
    found = quotations(text)
    assert [text[slice(*q.span)] for q in found] == expected
    assert [q.closed for q in found] == closed
    assert [q.continues for q in found] == continues


@pytest.mark.parametrize(("text", "expected"), cases(TURNS))
def test_a_dash_at_the_head_of_a_paragraph_opens_a_turn_where_the_language_does_so(text, expected):
    assert read(text, dialogue_dash=True) == expected


def test_inner_leaves_the_marks_out():
    text = "« Le pont est fermé », dit-elle, ou “fermé”."
    assert [text[slice(*q.inner)].strip() for q in quotations(text)] == ["Le pont est fermé", "fermé"]


soups = st.lists(
    st.sampled_from(
        [
            *"“”„‟\"«»‹›‘’'‚「」『』《》`—–.,?!… \n",
            "''",
            "``",
            "\n\n",
            " said ",
            "word",
            "a",
            "7",
            "é",
            "橋",
            "👩🏽",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=200)
@given(soups, st.booleans())
def test_any_soup_of_marks_gives_quotations_in_order_apart_and_within_their_paragraphs(text, dash):
    found = quotations(text, dialogue_dash=dash)
    inside = paragraphs(text)
    end = 0
    for quotation in found:
        span, inner = quotation.span, quotation.inner
        assert end <= span.start <= inner.start <= inner.end <= span.end <= len(text)
        assert span.start < span.end
        assert any(p.contains(span) for p in inside)
        end = span.end


@settings(max_examples=100)
@given(st.lists(st.text("abc .,’'“”\"", max_size=20), max_size=4))
def test_one_odd_mark_spoils_nothing_beyond_its_own_paragraph(lines):
    clean = "The mayor said the plan was “good for the town” and left."
    text = "\n\n".join([*lines, clean])
    assert "“good for the town”" in read(text)

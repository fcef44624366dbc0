"""The subject that stands before a verb, read off the words: « Le maire, que Omar Sy soutient, dénonce « … ».

For languages whose parse is apt to be lost around quotation marks. Commas part the words into
pieces; the piece that begins like a noun phrase is the subject, unless it is set beside one or a
clause of its own stands in it. Where the words leave it open there is none: a name under a
preposition or in a relative clause is not who speaks.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from toolkit.languages import Language

_IN_NOUN = ("NOUN", "ADJ", "PROPN", "NUM", "X")
_BETWEEN_SUBJECT_AND_VERB = ("ADV", "PRON", "AUX", "PART")
_BEFORE_CLAUSE = ("CCONJ", "SCONJ", "ADV")
_PARTS = (";", ":")


def subject_before(tokens: Sequence[Token], language: Language) -> list[Token]:
    """The tokens of the subject of the verb that follows, empty where they don't tell it.

    ``tokens`` are those of the sentence before the verb, without blanks.
    """
    tokens = _own_part(tokens)
    if not tokens:
        return []
    if tokens[-1].text != ",":
        pieces = _pieces(_without_clitics(tokens, language))
        return _of_last(pieces, language) if pieces else []
    return _over_inserts(_pieces(tokens), language)


def _own_part(tokens: Sequence[Token]) -> list[Token]:
    """What stands behind the last colon or semicolon, without what is in parentheses."""
    found: list[Token] = []
    depth = 0
    for token in tokens:
        if token.text in _PARTS:
            found = []
        elif token.text in "()":
            depth = max(depth + (1 if token.text == "(" else -1), 0)
        elif not depth:
            found.append(token)
    return found


def _pieces(tokens: Sequence[Token]) -> list[list[Token]]:
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == ",":
            pieces.append([])
        else:
            pieces[-1].append(token)
    return [piece for piece in pieces if piece]


def _without_clitics(tokens: list[Token], language: Language) -> list[Token]:
    """ "Omar Sy ne lui parle": without what stands between subject and verb."""
    left = list(tokens)
    while len(left) > 1 and left[-1].pos_ in _BETWEEN_SUBJECT_AND_VERB and not _is_name(left[-1], language):
        last, before = left[-1].lower_, left[-2]
        if last in language.relatives or (last in language.pronouns and not _is_name(before, language)):
            break
        left.pop()
    return left


def _of_last(pieces: list[list[Token]], language: Language) -> list[Token]:
    last = pieces[-1]
    listed = last[0].lower_ in language.conjunctions or any(t.pos_ == "CCONJ" for t in last[1:-1])
    if listed and len(pieces) > 1 and _subject(pieces[-2], language):
        return []  # "le maire, Omar Sy et la préfète dénoncent"
    return _subject(last, language)


def _over_inserts(pieces: list[list[Token]], language: Language) -> list[Token]:
    """The subject before a comma: over a relative clause ("qui vit à Sète"), an age or a role without
    an article, and the name beside a noun rather than the noun. "Le plan, dit « vert »" has none."""
    clause = next((n for n, p in enumerate(pieces) if n and _opens_relative(p, language)), None)
    run: list[list[Token]] = []
    over = clause is not None
    for piece in reversed(pieces[:clause]):
        if found := _subject(piece, language, bare=True):
            run.append(found)
        elif run:
            break
        else:
            over = True
    names = [found for found in run if _is_name(found[0], language)]
    if not over and len(run) < 2:
        return []
    if len(names) == 1:
        return names[0]
    return run[0] if len(run) == 1 else []


def _opens_relative(piece: list[Token], language: Language) -> bool:
    words = [t.lower_ for t in piece[:2]]  # "qui", "à qui"
    return any(w in language.relatives or w in language.own_subject for w in words)


def _subject(piece: list[Token], language: Language, *, bare: bool = False) -> list[Token]:
    """A pronoun or the noun phrase that a piece begins with. With ``bare`` it is the whole of it."""
    while piece and not _is_name(piece[0], language) and _leads_in(piece[0], language) and not bare:
        piece = piece[1:]
    if not piece:
        return []
    joined = piece[-1].pos_ == "CCONJ"  # "Omar Sy quitte la salle et dénonce"
    first = piece[0].lower_
    if first in language.relatives or (first in language.pronouns and not bare):
        return piece[:1] if joined or len(piece) == 1 else []
    end = _core(piece, language)
    return _with_tail(piece, end, language, joined=joined) if end else []


def _leads_in(token: Token, language: Language) -> bool:
    if token.lower_ in language.own_subject:
        return True
    return (
        token.pos_ in _BEFORE_CLAUSE
        and token.lower_ not in language.relatives
        and not _is_article(token, language)
    )


def _core(piece: list[Token], language: Language) -> int:
    """How many tokens a noun has with its article, its adjectives and the name behind it; 0 for none."""
    end = 0
    while end < len(piece) and _is_article(piece[end], language):
        end += 1
    bare = end
    while bare and end < len(piece) and not _is_name(piece[end], language) and _is_noun(piece[end]):
        end += 1
    if not bare and len(piece) > 1 and piece[0].pos_ != "PROPN" and not _is_name(piece[1], language):
        return 0  # the first word of a sentence has a capital too
    while end < len(piece) and _is_name(piece[end], language):
        end += 1
    return end if end > bare else 0


def _with_tail(piece: list[Token], end: int, language: Language, *, joined: bool) -> list[Token]:
    """A noun phrase with what hangs on it, where the parse has the same head; else without it."""
    core = piece[:end]
    for n, token in enumerate(piece[end:], end):
        word = token.lower_
        if word in language.relatives or word in language.own_subject:
            return _of_clause(core, piece[n:], language)
        if token.pos_ in ("PUNCT", "SCONJ") and token.text != "-":
            return []
        named = _is_name(token, language)
        if token.pos_ in ("VERB", "AUX") and not named and "VerbForm=Part" not in token.morph:
            return core if joined else []
    if joined or len(piece) == end:
        return core
    if core[0].i <= core[0].doc[core[0].i : piece[-1].i + 1].root.i <= core[-1].i:
        return piece
    return [] if piece[end].pos_ == "CCONJ" else _cut(core, language)


def _of_clause(core: list[Token], clause: list[Token], language: Language) -> list[Token]:
    """The subject where a relative clause follows a noun: "le plan que Omar Sy" is his verb that comes,
    "le plan que Omar Sy soutient" and "le plan que soutient Omar Sy" have theirs already."""
    word, rest = clause[0], clause[1:]
    if not rest:
        return [word] if word.lower_ in language.relatives else []
    within = _subject(rest, language, bare=True) if word.lower_ in language.own_subject else []
    return within if within and within[-1] is rest[-1] else _cut(core, language)


def _cut(core: list[Token], language: Language) -> list[Token]:
    """Without its tail; "le comité" alone would be another's that was named before."""
    words = {t.lower_ for t in core}
    bare = not any(_is_name(t, language) for t in core)
    may_be_another = words & language.definite and words & (language.roles | language.bodies)
    return [] if bare and may_be_another else core


def _is_name(token: Token, language: Language) -> bool:
    """A word with a capital that is not one for standing first: no article, pronoun or preposition."""
    function = (
        token.pos_ in _BEFORE_CLAUSE or token.pos_ in ("ADP", "DET") or token.lower_ in language.pronouns
    )
    return token.text[0].isupper() and not function and not _is_article(token, language)


def _is_article(token: Token, language: Language) -> bool:
    return token.pos_ == "DET" or token.lower_ in language.definite | language.indefinite | language.articles


def _is_noun(token: Token) -> bool:
    return token.text == "-" or (token.pos_ in _IN_NOUN and token.is_alpha)

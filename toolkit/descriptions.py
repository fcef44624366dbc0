"""What the text says a named thing is: the appositive behind one of its mentions.

"Quetta, the provincial capital of Balochistan", "the BLA – a separatist group seeking
independence – said". The first one in the text is taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from toolkit.languages import Language
from toolkit.model import Entity, Span

_LONGEST = 16  # tokens
_OPENS = frozenset({",", "–", "—", "-", "("})
_CLOSES = frozenset({",", "–", "—", ";", ":", ")", "(", ".", "!", "?"})


class Descriptions:
    """The descriptions in one document."""

    def __init__(self, doc: Doc, language: Language | None) -> None:
        self.doc, self.language = doc, language
        self._starts = doc.to_array("IDX").tolist()
        self.read = language is not None and doc.has_annotation("DEP")

    def of(self, entity: Entity) -> Span | None:
        """The first appositive of any of its mentions."""
        return next((found for m in entity.mentions if (found := self._behind(m.span))), None)

    def _behind(self, name: Span) -> Span | None:
        if not self.read or self.language is None:
            return None
        doc = self.doc
        first, stop = bisect_left(self._starts, name.start), bisect_left(self._starts, name.end)
        described = doc[first:stop].root if first < stop else None
        if [t.text for t in doc[stop : stop + 3]][::2] == ["(", ")"]:
            stop += 3  # over the acronym: "… Army (BLA), a separatist group"
        if described is None or stop + 2 >= len(doc) or doc[stop].text not in _OPENS:
            return None
        lead = doc[stop + 1]
        nouns = (t for t in described.children if t.dep_ in self.language.syntax.apposition and t.i > stop)
        noun = next(nouns, None)
        if noun is None or noun.pos_ != "NOUN" or not self._opens(lead, noun):
            return None
        last = noun.right_edge.i
        for token in doc[lead.i : min(last, lead.i + _LONGEST - 1) + 1]:
            if token.text in _CLOSES or token.is_space or self._begins_clause(token):
                last = token.i - 1
                break
        else:
            if last >= lead.i + _LONGEST:
                return None
        if last < noun.i or self._goes_on(last):
            return None
        return Span(lead.idx, doc[last].idx + len(doc[last]))

    def _begins_clause(self, token: Token) -> bool:
        """ "A company that …", "a headteacher in Leeds whose husband …"."""
        assert self.language is not None
        return token.lower_ in self.language.relatives or token.tag_ in ("WDT", "WP", "WP$")

    def _goes_on(self, last: int) -> bool:
        """Whether a verb follows, of which the noun is the subject: "According to Ann Poe, the
        company's chairman was ill"."""
        after = self.doc[last + 1 : last + 2]
        return len(after) > 0 and after[0].pos_ in ("VERB", "AUX") and after[0].tag_ not in ("VBG", "VBN")

    def _opens(self, lead: Token, noun: Token) -> bool:
        """ "a group", "its spokesman", "mayor of Ashby"; not "Friday", not a name, not an age."""
        assert self.language is not None
        words = (*self.language.articles, *self.language.definite, *self.language.indefinite)
        begins = lead.lower_ in words or lead.tag_ == "PRP$" or lead.lower_ in self.language.pronouns
        return lead.i <= noun.i and (begins or noun.lower_ in self.language.roles)


def described(doc: Doc, language: Language | None, entities: Sequence[Entity]) -> list[Span | None]:
    """The description of each entity, None where the text has none."""
    reader = Descriptions(doc, language)
    return [reader.of(entity) for entity in entities]

"""A surname that several people of an article share: whom a place where it stands alone may mean.

Where the words around it settle that, the gathering of names has done it (``toolkit.namesakes``); where
they don't, the mention is less sure, and everybody who reads it can ask here between whom.
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.model import Entity, Mention, Span
from toolkit.namesakes import SHARED, SUFFIXES, WORD, plain


class Bearers:
    """The people of an article by their surnames."""

    def __init__(self, text: str, entities: Iterable[Entity]) -> None:
        self.text, self._people = text, dict[str, list[Entity]]()
        for entity in entities:
            words = self._words(entity.name)
            if entity.label == "PERSON" and len(words) > 1:
                self._people.setdefault(words[-1], []).append(entity)

    def of(self, mention: Mention) -> tuple[Entity, ...]:
        """Between whom a mention leaves the choice, in the order of the text; none where it is settled."""
        words = self._words(mention.span)
        if len(words) != 1 or mention.status != "suggested" or (mention.score or 0) > SHARED:
            return ()
        people = self._people.get(words[0], ())
        return tuple(people) if len(people) > 1 else ()

    def among(self, entities: Iterable[Entity]) -> dict[Span, tuple[Mention, tuple[Entity, ...]]]:
        """The mentions of these that leave a choice, by their places, each with the people."""
        every = ((m, self.of(m)) for e in entities if e.label == "PERSON" for m in e.mentions)
        return {m.span: (m, people) for m, people in every if people}

    def _words(self, span: Span) -> list[str]:
        folded = (plain(w) for w in WORD.findall(self.text[slice(*span)]))
        return [w for w in folded if w not in SUFFIXES]

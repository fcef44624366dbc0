"""How long a text is: in words, or in characters where its letters stand without blanks between words."""

from __future__ import annotations

import re

from toolkit.wording import count

# Thai, Lao, Tibetan, Burmese, Khmer, Japanese, Chinese: nothing in the text parts the words. For use in [].
UNPARTED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNPARTED = re.compile(f"[{UNPARTED}]")


def word_count(text: str) -> int | None:
    """The words of a text, as blanks part them; None where most of it is in letters that none parts."""
    visible = sum(map(len, text.split()))
    return None if 2 * len(_UNPARTED.findall(text)) > visible else len(text.split())


def size(text: str) -> str:
    """ "452 words", "205 characters"; blanks don't count."""
    words = word_count(text)
    if words is not None:
        return count(words, "word", "words")
    return count(sum(map(len, text.split())), "character", "characters")

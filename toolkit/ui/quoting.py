"""Words of the article between quotation marks, as the desk tells of them. Pure."""

from __future__ import annotations

OPENING, CLOSING = "“„«‹\"‘'「『", "”“»›\"’'」』"
_DOUBLE = '“”„«»"「」『』'
_CLOSED_BY = {"“": "”", "„": "“", "«": "»", "»": "«", '"': '"', "「": "」", "『": "』"}


def quoted(words: str) -> str:
    """Words between quotation marks; those that have their own around them get no others, those that have
    some within get single ones, and a mark that was cut off comes back.

    >>> quoted("the bridge"), quoted("“Go home,”"), quoted("a “safe” bridge"), quoted("“Go …")
    ('“the bridge”', '“Go home,”', '‘a “safe” bridge’', '“Go …”')
    """
    if not any(letter in _DOUBLE for letter in words):
        return f"“{words}”"
    closing = _CLOSED_BY.get(words[0])
    if closing is None:
        return f"‘{words}’"
    if words[-1] in CLOSING:
        return words
    # What follows the last closing mark is not quoted: “Go,” he said
    return f"‘{words}’" if closing in words[1:] else f"{words}{closing}"

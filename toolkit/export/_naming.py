"""How an article and its dates are named in the formats that machines read."""

from __future__ import annotations

import base64
import re
from datetime import UTC, date, datetime

from toolkit.model import Article

_ADDRESS = re.compile(r"https?://[\w.~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)


def uri(article: Article) -> str:
    """A name for an article that anyone can make of its text: RFC 6920, of its SHA-256."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(article.sha256)).decode("ascii")
    return f"ni:///sha-256;{digest.rstrip('=')}"


def address(article: Article) -> str:
    """Where on the web the article came from; "" where its source is told otherwise."""
    return article.source if _ADDRESS.fullmatch(article.source) else ""


def iso(known: str) -> str:
    """A date of the model as ISO 8601, as precise as known; "" where no calendar has such a day."""
    try:
        match len(known):
            case 4:
                return date(int(known), 1, 1).isoformat()[:4]
            case 7:
                return date.fromisoformat(f"{known}-01").isoformat()[:7]
            case 0 | 10:
                return known and date.fromisoformat(known).isoformat()
        return datetime.fromisoformat(known).isoformat()
    except ValueError:
        return ""


def moment(known: str) -> str:
    """A date of the model as RFC 3339 wants it: to the second and with its zone; "" if less is known."""
    try:
        when = datetime.fromisoformat(known) if len(known) > 10 else None
    except ValueError:
        return ""
    return when.isoformat() if when and when.tzinfo else ""


def stamp(made: datetime) -> str:
    """The moment of the making, to the second and with its zone; without one it is taken for UTC."""
    return (made if made.tzinfo else made.replace(tzinfo=UTC)).replace(microsecond=0).isoformat()

"""robots.txt, by RFC 9309: the longest rule that fits decides, ``*`` and ``$`` included.

Python's own parser takes the first rule that fits and knows no wildcards. Pure: text in, answer out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")
_PRODUCT = re.compile(r"[A-Za-z_-]+|\*")


def allows(rules: str, agent: str, target: str) -> bool:
    """Whether ``rules`` let the program that calls itself ``agent`` read ``target``, a path with its query.

    A path that can be written in several ways (``/a/../news``, ``/%6eews``) is read only if each may be.
    """
    own = list(_group(rules, agent))
    return all(_is_allowed(own, path) for path in {_written(target), _resolved(target)})


def _group(rules: str, agent: str) -> Iterator[tuple[bool, str]]:
    """The rules for the agent, or else for all: whether each allows, and its pattern."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    agents: list[str] = []
    is_open = False  # another line of agents joins those before
    for line in rules.removeprefix("\ufeff").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        key, value = match[1].lower(), match[2].strip()
        if key == "user-agent":
            product = _PRODUCT.match(value)
            agents = agents if is_open else []
            agents = [*agents, product[0].lower()] if product else agents
            is_open = True
            for each in agents:
                groups.setdefault(each, [])
        elif key in ("allow", "disallow"):
            is_open = False
            for each in agents:
                if value:
                    groups[each].append((key == "allow", value))
    yield from groups.get(agent.lower(), groups.get("*", ()))


def _is_allowed(rules: Iterable[tuple[bool, str]], path: str) -> bool:
    fitting = ((len(pattern), allow) for allow, pattern in rules if _fits(_written(pattern), path))
    return max(fitting, default=(0, True))[1]  # of equal length the one that allows


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says; each star takes the least, so that no pattern costs time."""
    ends = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(others, start=1):
        if ends and number == len(others):
            return len(path) - len(part) >= at and path.endswith(part)
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return not ends or at == len(path)


def _written(path: str) -> str:
    """A path with its octets encoded in one way."""
    return quote(unquote(path, errors="surrogateescape"), safe="/?=&*$:;,@!+~()'", errors="surrogateescape")


def _resolved(target: str) -> str:
    """What a server may take a path for that goes up on its way."""
    path, mark, query = unquote(target, errors="surrogateescape").partition("?")
    tail = "/" if path.endswith(("/", "/.", "/..")) else ""
    whole = "/" + posixpath.normpath(path).lstrip("/.")
    return _written(whole.rstrip("/") + tail + mark + query if whole != "/" else "/" + mark + query)

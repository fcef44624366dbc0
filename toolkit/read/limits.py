"""How much may be read: every limit on what comes in, and the sentence that tells of one.

A limit stands here because somebody sends a file that would exhaust the machine, by accident or
on purpose. Each is far above what an article needs.
"""

from __future__ import annotations

from toolkit.errors import UnreadableArticle

MAX_BYTES = 50_000_000  # of a file; a .docx or a PDF may hold photographs
MAX_TEXT_BYTES = 10_000_000  # of a file that is text or markup all through
MAX_CHARACTERS = 1_000_000  # of an article's text, which is also what spaCy takes at once

# Of an archive (.docx, .odt): its parts, and what they come to unpacked, in bytes.
MAX_PARTS = 5_000
MAX_UNPACKED = 300_000_000
MAX_XML = 60_000_000  # one XML part
MAX_RATIO = 100  # times smaller than its content: no real document is, beyond a few megabytes
RATIO_FROM = 20_000_000

MAX_PAGES = 200  # of a PDF
MAX_NESTING = 200  # elements, groups or messages inside one another
MAX_ELEMENTS = 500_000  # of an XML file
MAX_MESSAGE_PARTS = 500  # of an e-mail
MAX_MULTIPARTS = 50  # of them, each with parts of its own
MAX_BOUNDARIES = 20_000  # lines of it that may divide its parts, and of its headers
MAX_HEADER = 2_000  # characters of one of its headers, and lines; what is beyond is not read
MAX_HEADER_LINES = 50

# Of the process of its own in which a binary format is read, and whatever is larger than APART_FROM
# bytes: the worst file below that is read within seconds (``python -m benchmarks fuzz --worst``).
APART_FROM = 200_000
MARKDOWN_APART_FROM = 50_000  # its parser's time grows with the square of some texts
MAX_SECONDS = 30  # of the processor
MAX_WAIT = 60  # seconds of the clock, on a machine that is busy, or whose system has no such limit
MAX_MEMORY = 1_000_000_000  # bytes of address space, where the system has such a limit


def too_large(label: str, limit: int) -> UnreadableArticle:
    """The error for a file of more than ``limit`` bytes, which ``label`` names."""
    return UnreadableArticle(f"{label} is larger than {limit // 1_000_000} MB; give one article a file.")


def refuse_long(text: str, label: str) -> None:
    """Raise ``UnreadableArticle`` for a text of more characters than an article may have."""
    if len(text) > MAX_CHARACTERS:
        raise UnreadableArticle(
            f"{label} has {len(text):,} characters and at most {MAX_CHARACTERS:,} are read; "
            "split it into articles."
        )


def too_deep(label: str) -> UnreadableArticle:
    """The error for parts inside parts beyond ``MAX_NESTING``."""
    return UnreadableArticle(
        f"{label} is nested more than {MAX_NESTING} deep, which no article is; copy its text and paste it."
    )

"""Archives that are documents (.docx, .odt): whether one is made to exhaust the machine."""

from __future__ import annotations

import lzma
import zipfile
import zlib

from toolkit.errors import UnreadableArticle
from toolkit.read.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, MAX_XML, RATIO_FROM

# What zipfile and zlib raise for a damaged archive, or one that is packed or locked in a strange way.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    KeyError,
    NotImplementedError,
)


def is_crowded(data: bytes) -> bool:
    """Whether an archive lists so many parts that reading the list alone would take seconds."""
    return data.count(b"PK\x01\x02") > 2 * MAX_PARTS  # a part that is an archive itself lists a few more


def check_size(archive: zipfile.ZipFile, name: str, size: int) -> None:
    """Raise ``UnreadableArticle`` if what ``archive``, of ``size`` bytes, unpacks to is beyond the limits."""
    parts = archive.infolist()
    # The archive's own word can be trusted here: zipfile never unpacks more than it declares.
    unpacked = sum(part.file_size for part in parts)
    if (
        len(parts) > MAX_PARTS
        or unpacked > MAX_UNPACKED
        or (unpacked > RATIO_FROM and unpacked > MAX_RATIO * size)
        or any(part.file_size > MAX_XML for part in parts if is_xml(part.filename))
    ):
        raise UnreadableArticle(
            f"{name} would unpack to {unpacked / 1e6:,.0f} MB, which no article needs; "
            "copy its text into a new document."
        )


def is_xml(filename: str) -> bool:
    """Whether a part of an archive is XML, by its name."""
    return filename.lower().endswith((".xml", ".rels"))

"""The annotations inside a Word brief: a custom XML part, which word processors carry along unseen.

The JSON of ``toolkit.schema`` is packed (zlib, base64), for it may hold characters that XML has not, and
has its SHA-256 beside it. What comes back may be anybody's: it is unpacked up to a limit, and
believed only where the sum and the model agree.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import uuid
import zipfile
import zlib
from typing import Any, NamedTuple

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from toolkit.errors import InvalidNotes, UnreadableArticle
from toolkit.model import Annotations
from toolkit.read.archive import DAMAGED
from toolkit.read.word import check
from toolkit.schema import from_json, to_json

NAMESPACE = "urn:newsdesk:notes:1"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_TAG = f"{{{NAMESPACE}}}notes"
_ITEM = re.compile(r"customXml/[^/]+\.xml\Z", re.IGNORECASE)
_MOST_UNPACKED = 100_000_000  # bytes of JSON: thrice what the longest article takes
_DENSE_FROM, _DENSE = 20_000_000, 200  # beyond so many bytes, not so many times smaller than its content
_EXPORT_AGAIN = "export the brief again, or annotate the article anew."


class Sent(NamedTuple):
    """What a brief was made of. ``made`` is the moment as its comments carry it, ``has_article`` whether
    it was written with its article."""

    notes: Annotations
    made: str
    has_article: bool


def attach(document: Any, notes: Annotations, made: str, *, has_article: bool) -> None:
    """Puts the annotations into a document, with the part's properties as Word writes them."""
    content = to_json(notes).encode("utf-8")
    digest = hashlib.sha256(content).hexdigest()
    root = etree.Element(_TAG, nsmap={None: NAMESPACE})
    root.set("made", made)
    root.set("article", "yes" if has_article else "no")
    root.set("sha256", digest)
    root.text = base64.b64encode(zlib.compress(content)).decode("ascii")
    package = document.part.package
    item = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, _xml(root), package)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    properties = Part(
        PackURI("/customXml/itemProps1.xml"),
        CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
        _xml(_properties(digest)),
        package,
    )
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def _properties(digest: str) -> Any:
    root = etree.Element(f"{{{_PROPERTIES}}}datastoreItem", nsmap={"ds": _PROPERTIES})
    # Named after its content, so that the same brief has the same bytes.
    root.set(f"{{{_PROPERTIES}}}itemID", f"{{{uuid.UUID(digest[:32])}}}".upper())
    schemas = etree.SubElement(root, f"{{{_PROPERTIES}}}schemaRefs")
    etree.SubElement(schemas, f"{{{_PROPERTIES}}}schemaRef").set(f"{{{_PROPERTIES}}}uri", NAMESPACE)
    return root


def _xml(root: Any) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=False)
    return data


def sent(data: bytes) -> Sent:
    """What stands inside the bytes of a brief, wherever a word processor has put it.

    Raises ``InvalidNotes`` where there are no annotations, or none to be trusted.
    """
    try:
        check(data, "The document")
    except UnreadableArticle as error:
        raise InvalidNotes(str(error)) from None
    found: dict[str | None, Any] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in filter(_ITEM.match, package.namelist()):
                root = _parsed(package.read(name))
                if root is not None and root.tag == _TAG:
                    found[root.get("sha256")] = root
    except DAMAGED:
        raise InvalidNotes(f"The document's package is damaged where its data lie; {_EXPORT_AGAIN}") from None
    if not found:
        raise InvalidNotes(
            "The document holds no annotations: it is no brief of the toolkit, or a program that saved it "
            "threw them out; read it as an article instead."
        )
    if len(found) > 1:
        raise InvalidNotes(
            "The document holds the annotations of several briefs; give the briefs one by one."
        )
    (root,) = found.values()
    return Sent(_notes(root), root.get("made", ""), root.get("article") != "no")


def _parsed(xml: bytes) -> Any:
    """The root of a part; None for one that can't be read, and is somebody else's."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        return None


def _notes(root: Any) -> Annotations:
    content = _unpacked("".join(root.itertext()))
    if hashlib.sha256(content).hexdigest() != root.get("sha256"):
        raise InvalidNotes(
            "The annotations in the document don't match their SHA-256, so somebody changed them; "
            f"{_EXPORT_AGAIN}"
        )
    return from_json(content)


def _unpacked(text: str) -> bytes:
    try:
        packed = base64.b64decode("".join(text.split()), validate=True)
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, _MOST_UNPACKED + 1)
    except (binascii.Error, zlib.error, ValueError):
        raise InvalidNotes(f"The annotations in the document are damaged; {_EXPORT_AGAIN}") from None
    size = len(content)
    if size > _MOST_UNPACKED or size > max(_DENSE_FROM, _DENSE * len(packed)):
        raise InvalidNotes(
            "The annotations in the document would unpack to more than any article needs, so they were not "
            f"unpacked; {_EXPORT_AGAIN}"
        )
    if not unpacking.eof:
        raise InvalidNotes(f"The annotations in the document break off; {_EXPORT_AGAIN}")
    return content

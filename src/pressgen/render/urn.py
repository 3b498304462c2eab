"""The name by which a made file is known for good, whatever its format: the same in Word's properties and PDF's XMP."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.model.document import leaves

if TYPE_CHECKING:
    from pressgen.model.document import Document


def urn(document: Document) -> str:
    """A name for `document` that changes with its reference, its variant, and any of its words.

    A review copy is called by its edition, as in the line that it shows. What shows changes has a name that no release
    answers to: it says the words of two versions.
    """
    if document.edition and document.edition.since:
        return f"urn:pressgen:{document.reference}:changes:{document.edition.since}:{document.edition.digest}"
    if document.edition:
        made, count = document.edition.digest, document.edition.round
        return f"urn:pressgen:{document.reference}:{document.variant.value}:r{count}:{made}"
    record = "".join(f"{leaf.id}\0{leaf}\0" for leaf in leaves(document.blocks))
    digest = sha256(record.encode()).hexdigest()
    return f"urn:pressgen:{document.reference}:{document.variant.value}:r0:{digest[:12]}"

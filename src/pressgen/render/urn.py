"""Make the permanent name (URN) of a built file.

It is the same in Word's properties and PDF's XMP.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from pressgen.model.document import iter_leaves

if TYPE_CHECKING:
    from pressgen.model.document import Document


def make_urn(document: Document) -> str:
    """Return a name for a document that changes with its words.

    It also depends on the reference and the variant. A review copy is named by its edition, as in the line that it
    shows. A file that shows changes has a name of its own, because it has the words of two versions.
    """
    if document.edition and document.edition.since:
        return f"urn:pressgen:{document.reference}:changes:{document.edition.since}:{document.edition.digest}"
    if document.edition:
        made, count = document.edition.digest, document.edition.round
        return f"urn:pressgen:{document.reference}:{document.variant.value}:r{count}:{made}"
    record = "".join(f"{leaf.id}\0{leaf}\0" for leaf in iter_leaves(document.blocks))
    digest = sha256(record.encode()).hexdigest()
    return f"urn:pressgen:{document.reference}:{document.variant.value}:r0:{digest[:12]}"

"""A Word file as Word saves it as “Strict Open XML Document”: other names, other kinds of relations, other values."""

from __future__ import annotations

import io
import re
import zipfile

NAMES = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml|drawingml)/2006/")
VALUES = (
    (rb'<w:jc w:val="left"/>', rb'<w:jc w:val="start"/>'),
    (rb'<w:jc w:val="right"/>', rb'<w:jc w:val="end"/>'),
    (rb'<w:sz w:val="20"/>', rb'<w:sz w:val="10pt"/>'),
    (rb'(<w:ind [^>]*)w:left="', rb'\1w:start="'),
)


def make_strict(data: bytes) -> bytes:
    """The same file in Strict Open XML."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                part = NAMES.sub(rb"http://purl.oclc.org/ooxml/\1/", part)
                part = part.replace(b"/extended-properties", b"/extendedProperties")
                part = part.replace(b"/custom-properties", b"/customProperties")
                for old_value, new_value in VALUES:
                    part = re.sub(old_value, new_value, part)
            new.writestr(name, part)
    return made.getvalue()

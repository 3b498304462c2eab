"""A PDF's standards and name in its XMP metadata (ISO 16684-1).

WeasyPrint claims one standard a file. PDF/A asks that every property beyond its own list be described within the file
(ISO 19005-3, 6.6.2.3), so the claim of PDF/UA (ISO 14289-1, 5) brings its description along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    import pydyf

END = b"</rdf:RDF>"
CLAIMS = """\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">\
<dc:identifier>{urn}</dc:identifier></rdf:Description>
"""


def declare_standards(pdf: pydyf.PDF, urn: str) -> None:
    """Declare PDF/UA-1 and the URN in the metadata of a PDF.

    The metadata are left uncompressed, so that archives find them in files that they cannot take apart.
    """
    stream = pdf.objects[int(pdf.catalog["Metadata"].partition(b" ")[0])]
    (packet,) = stream.stream
    stream.stream = [packet.replace(END, CLAIMS.format(urn=escape(urn)).encode() + END)]
    stream.compress = False

"""Faults made in a good PDF that only an archive minds, each with the clause that must tell it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from validate.good import paper, spoilt
from validate.pdf_faults import annotation, attachment, characters, drawn, layers, link, metadata

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[pikepdf.Pdf], object]

SHOWN = {"Contents": String("See")}


def put(key: str, value: Any) -> Change:  # noqa: ANN401 - any value of a PDF
    """Give the catalogue an entry."""
    return lambda pdf: pdf.Root.__setitem__(key, value)


def on_page(key: str, value: Any) -> Change:  # noqa: ANN401 - as above
    """Give the first page an entry."""
    return lambda pdf: pdf.pages[0].obj.__setitem__(key, value)


def graphics(**entries: Any) -> Change:  # noqa: ANN401 - as above
    """A state of graphics in which something is drawn on the first page."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Resources.ExtGState = Dictionary(New=Dictionary(**entries))
        drawn(after=b"/Artifact BMC /New gs 0 0 9 9 re f EMC")(pdf)

    return change


def placed(subtype: Name, **entries: Any) -> Change:  # noqa: ANN401 - as above
    """Something placed on the first page."""

    def change(pdf: pikepdf.Pdf) -> None:
        one = pdf.make_stream(b"\0\0\0\0", Type=Name.XObject, Subtype=subtype, **entries)
        pdf.pages[0].Resources.XObject["/New"] = one
        drawn(after=b"/Artifact BMC /New Do EMC")(pdf)

    return change


def picture(**entries: Any) -> Change:  # noqa: ANN401 - as above
    settings = {"Width": 1, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB} | entries
    return placed(Name.Image, **settings)


def external(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"")
    stream.F = String("elsewhere.bin")
    pdf.Root.Elsewhere = stream


def profile(old: bytes, new: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        intent = pdf.Root.OutputIntents[0]
        data = intent.DestOutputProfile.read_bytes()
        intent.DestOutputProfile = pdf.make_stream(data[:12] + data[12:20].replace(old, new) + data[20:], N=3)

    return change


def second_intent(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    pdf.Root.OutputIntents.append(Dictionary(S=Name.GTS_PDFA1, DestOutputProfile=pdf.make_stream(data + b"\0", N=3)))


def looks(pdf: pikepdf.Pdf) -> None:
    link("/AP", Dictionary(N=pdf.make_stream(b""), D=pdf.make_stream(b"")))(pdf)


def action(**entries: Any) -> Change:  # noqa: ANN401 - as above
    return put("/OpenAction", Dictionary(**entries))


CHANGES: dict[str, tuple[str, Change]] = {
    "permissions of an unknown kind": ("A3-6.1.12", put("/Perms", Dictionary(Other=Dictionary()))),
    "a page of two points": ("A3-6.1.13", on_page("/MediaBox", Array([0, 0, 2, 800]))),
    "a stream in another file": ("A3-6.1.7", external),
    "no output intent": ("A3-6.2.4.3", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "an output intent for a camera": ("A3-6.2.3", profile(b"mntr", b"scnr")),
    "two output intents": ("A3-6.2.3", second_intent),
    "text in CMYK": ("A3-6.2.4.3", drawn(after=b"/Artifact BMC 0 0 0 1 k 0 0 9 9 re f EMC")),
    "a colour space of CMYK": ("A3-6.2.4.3", drawn(after=b"/Artifact BMC /DeviceCMYK cs 0 0 9 9 re f EMC")),
    "a picture in CMYK": ("A3-6.2.4.3", picture(ColorSpace=Name.DeviceCMYK)),
    "a transfer function": ("A3-6.2.5", graphics(TR=Name.Identity)),
    "another transfer function": ("A3-6.2.5", graphics(TR2=Name.Identity)),
    "an origin for halftones": ("A3-6.2.5", graphics(HTP=Array([0, 0]))),
    "a rendering intent of its own": ("A3-6.2.6", graphics(RI=Name.Lively)),
    "a picture with a rendering intent of its own": ("A3-6.2.6", picture(Intent=Name.Lively)),
    "a picture that is smoothed": ("A3-6.2.8", picture(Interpolate=True)),
    "a picture with another for print": ("A3-6.2.8", picture(Alternates=Array([]))),
    "a picture of three bits": ("A3-6.2.8", picture(BitsPerComponent=3)),
    "a drawing with a picture for the printer": (
        "A3-6.2.9", placed(Name.Form, BBox=Array([0, 0, 1, 1]), OPI=Dictionary())
    ),
    "PostScript": ("A3-6.2.9", placed(Name.PS)),
    "a way to blend of its own": ("A3-6.2.10", graphics(BM=Name.Glow)),
    "characters of private use": ("A3-6.2.11.7.3", characters(b"e001")),
    "a film": ("A3-6.3.1", annotation(Subtype=Name.Movie, **SHOWN)),
    "an annotation that is hidden": ("A3-6.3.2", link("/F", 4 | 32)),
    "an annotation that is not printed": ("A3-6.3.2", link("/F", 0)),
    "an annotation without looks": ("A3-6.3.3", annotation(Subtype=Name.Stamp, Contents=String("See"))),
    "an annotation that changes under the mouse": ("A3-6.3.3", looks),
    "a field that does something": ("A3-6.4.1", annotation(Subtype=Name.Widget, TU=String("Name"), AA=Dictionary())),
    "a form that readers lay out": ("A3-6.4.1", put("/AcroForm", Dictionary(NeedAppearances=True, Fields=Array([])))),
    "an XFA form": ("A3-6.4.2", put("/AcroForm", Dictionary(XFA=Array([]), Fields=Array([])))),
    "a form that must be computed": ("A3-6.4.2", put("/NeedsRendering", True)),  # noqa: FBT003 - a value of a PDF
    "a script": ("A3-6.5.1", action(S=Name.JavaScript, JS=String("app.alert(1)"))),
    "a program to be started": ("A3-6.5.1", action(S=Name.Launch, F=String("calc.exe"))),
    "an action with a name of its own": ("A3-6.5.1", action(S=Name.Named, N=Name.Print)),
    "a catalogue that does something": ("A3-6.5.2", put("/AA", Dictionary())),
    "a page that does something": ("A3-6.5.2", on_page("/AA", Dictionary())),
    "metadata that do not say what they are": ("A3-6.6.2.1", lambda pdf: pdf.Root.Metadata.__delitem__("/Type")),
    "a property without description": ("A3-6.6.2.3", metadata(b'/ns/schema#"', b'/ns/other#"')),
    "a level that there is not": ("A3-6.6.4", metadata(b'conformance="A"', b'conformance="X"')),
    "a part that there is not": ("A3-6.6.4", metadata(b'pdfaid:part="3"', b'pdfaid:part="9"')),
    "an attachment without a kind": ("A3-6.8", attachment),
    "layers without names": ("A3-6.9", layers),
    "another presentation": (
        "A3-6.10", put("/Names", Dictionary(AlternatePresentations=Dictionary(Names=Array([]))))
    ),
    "a slide show": ("A3-6.10", on_page("/PresSteps", Dictionary())),
    "a wish for a certain reader": ("A3-6.11", put("/Requirements", Array([]))),
}  # fmt: skip


def encrypted() -> bytes:
    """A file that anybody may read, and that is encrypted all the same."""
    lock: Any = pikepdf.Encryption(owner="o", user="")
    return spoilt(lambda _: None, encryption=lock)


def without_id() -> bytes:
    return paper().replace(b"/ID [", b"/IX [", 1) if b"/ID [" in paper() else paper().replace(b"/ID[", b"/IX[", 1)


def packed_otherwise() -> bytes:
    """A file with a stream packed as no archive takes it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        stream = pdf.make_stream(b"")
        stream.write(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", filter=Name.LZWDecode)
        pdf.Root.More = stream
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


WHOLE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "encryption": ("A3-6.1.3", encrypted),
    "bytes after the end": ("A3-6.1.3", lambda: paper() + b"\nmore\n"),
    "no identifier": ("A3-6.1.3", without_id),
    "bytes before the beginning": ("A3-6.1.2", lambda: b"\n" + paper()),
    "LZW": ("A3-6.1.7", packed_otherwise),
}

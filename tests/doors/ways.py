"""The ways in which a file from outside comes to pressgen: which kinds it takes, where they lie, what is run."""

from __future__ import annotations

from dataclasses import dataclass

PICTURES = (".png", ".jpg", ".gif", ".webp", ".svg", ".emf", ".wmf")
TEXTS = (".txt", ".md", ".html", ".eml")


@dataclass(frozen=True, slots=True)
class Way:
    """A way in.

    Attributes:
        endings: of the seeds that are damaged for it.
        path: where the file is put, below the workspace; `{ending}` is the seed's.
        commands: what is run, the next one only if the one before finds nothing wrong.
        weight: how often it is taken, against the others.
        named: what the names of its seeds end in.
        whole: what must not be there after a refusal.
    """

    endings: tuple[str, ...]
    path: str
    commands: tuple[tuple[str, ...], ...]
    weight: int = 2
    named: str = ""
    whole: str = ""


IN = "incoming/in{ending}"
CHECK, FILLED = ("template", "check", "foreign"), ("build", "releases/filled", "--out", "built", "--force")
WAYS = {
    "import": Way((".docx", ".pdf", *TEXTS), IN, (("import", IN, "--into", "out"),), 5, whole="out"),
    "verify": Way((".docx", ".pdf", ".html"), IN, (("verify", IN),), 6),
    "receive": Way((".docx", ".pdf"), IN, (("review", "receive", IN, "--as", "moss"),), 5),
    "trace": Way((".docx", ".pdf", ".html", ".txt"), IN, (("trace", IN),)),
    "template": Way(
        (".docx", ".dotx"), "templates/foreign/release.docx", (CHECK, (*FILLED, "--format", "docx")), 5, whole="built"
    ),
    "house": Way((".yaml",), "templates/foreign/house.yaml", (CHECK, ("check", "releases/filled")), named="house.yaml"),
    "page": Way(
        (".html",), "templates/foreign/release.html", (CHECK, (*FILLED, "--format", "html")), 1, "release.html"
    ),
    "sheet": Way((".css",), "templates/foreign/release.css", (CHECK, (*FILLED, "--format", "html")), 1),
    "mail": Way((".txt",), "templates/foreign/mail.txt", (CHECK, (*FILLED, "--format", "txt")), 1, "mail.txt"),
    "logo": Way((".svg",), "templates/foreign/logo.svg", (CHECK, (*FILLED, "--format", "html")), 1),
    "font": Way((".ttf",), "templates/foreign/fonts/{font}", (CHECK, (*FILLED, "--format", "pdf")), 1),
    "attachment": Way(
        (".docx", ".pdf", ".xlsx", ".zip", ".csv", *PICTURES),
        "releases/attached/in.bin",
        (("check", "releases/attached"),),
        4,
    ),
    "picture": Way(
        PICTURES,
        "releases/pictured/in.png",
        (
            ("check", "releases/pictured"),
            ("build", "releases/pictured", "--format", "docx", "--format", "html", "--out", "built"),
        ),
        3,
    ),
    "release": Way((".yaml",), "releases/bridge/release.yaml", (("check", "releases/bridge"),), 3),
    "office": Way((".yaml",), "releases/pressgen.yaml", (("status",),), 1, "office.yaml"),
    "lists": Way((".xlsx", ".csv", ".vcf"), IN, (("lists", "import", IN, "--list", "national"),), 4),
    "bounces": Way((".eml",), IN, (("bounces", "incoming"),), 2),
}

"""The pinned sources and library versions that the patches need.

Each source is given by its SHA-256.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

VERSIONS = {"weasyprint": "70.0", "pydyf": "0.13.0", "cssselect2": "0.10.1"}
PANGO = frozenset({"1.50.12"})
"""The versions of Pango with line breaks compared to those that WeasyPrint finds by itself."""
SOURCES = {
    "cssselect2": "72a31505ee09e256b373cc2082ef9211dcda9cc22db13a96a3fbeb4b35b4075f",
    "pydyf": "0b10add9e640961db4636205686066e2b955fba63cad51e602a69250ef1df0d6",
    "weasyprint.css": "77ad7287f90d7cfaf85eb00ebe7af47d2bedfb856d7dc68717152f2d8a7605fd",
    "weasyprint.css.computed_values": "0dec45caf60428b168e756a800e8a5cf8f0d836d415d8a5e75b7b88a19ca75d9",
    "weasyprint.css.functions": "38bdeaa9559a347b50d20e04f42833ccc37477894c3f97428c2ff5be7765f33d",
    "weasyprint.css.properties": "872a2e5602b5f52d369c64a808cdb5074b2d6145d71209812da480c1b383dc6d",
    "weasyprint.css.targets": "dc7a175f80bbca473564d4462cc60a240c6f4a45456e83165de73dd2c5d574b8",
    "weasyprint.css.units": "7f2c5900d751be49439a412f540b5a8fb41925c3a1597e5e41ededab4714b883",
    "weasyprint.css.validation": "6edd11aa7e49b7628bafa8c55dabbc427a2c348933f370f14a571ad6dd3ae215",
    "weasyprint.css.validation.properties": "2e66c92d34c3a5e2f96f575999b6e9c0cecc141d49f50a1c3657a8401c7cbae1",
    "weasyprint.draw.text": "c9a450aa209277e760227e1fed2da492647bd28e5a5ebc4c9d8aaedecc400d77",
    "weasyprint.formatting_structure.boxes": "8ffd28ab74a149f0097208fcba6a80df0c8bb01e8fd4f9ced95d11b7e9807e23",
    "weasyprint.formatting_structure.build": "335ad8b541295d6b9c5b71830d5184cd692f730d7b83ba5bac39fdb5aea23c87",
    "weasyprint.layout.absolute": "240e268cec1e66dda1f87aec6bdd671e7bf36439c5fa09de32965f717893ba07",
    "weasyprint.layout.float": "4e6cc308ad2a7d2a1aecb24b8517790fd4e154d839396ebb38dd3674e111c7c3",
    "weasyprint.layout.inline": "0e7c1569330f54734ed61b568789c4f279ba103c0385115efa6444f3c43b96b4",
    "weasyprint.layout.page": "d99c5aceb36d458619a9cecb466a09df8827b9160fafacab7b4972a0d354dcca",
    "weasyprint.layout.percent": "bac190e240dce17b4342feb99423e8232433d3727c0833897f50fed88cb163a2",
    "weasyprint.layout.preferred": "a7973703cd8ac5fada246b35e7fea6e728a364002adc5dbb248ee08f084c0a6e",
    "weasyprint.pdf.fonts": "9ad9a202a416b84585e59d758e6b5e1b35604807dc3fa4472b6829bc5c4cdcb7",
    "weasyprint.pdf.stream": "4faf9169d1970d4688b9cf41f733659ca6b1c4c098707c64f67c47a07309e81e",
    "weasyprint.svg": "eb1ee636d1f85e538a1fc7c71845adead1f58c0f4d8b6d5470e1ffc88f933abd",
    "weasyprint.svg.path": "5139ec67a99ab9fbdb4ebf54b775a96e3b1fca995a18a726786dc3353920f71a",
    "weasyprint.svg.text": "743266ead497a963fa836a0ceb68a8c37bc0be415167c4e10ab2be92ffd30bd8",
    "weasyprint.svg.utils": "6e1d2c4c959b495339b9adecd767d2bd0b77e30d01171eb026b28ea427ae90cb",
    "weasyprint.text.constants": "82d0bdd876f3722d3defa8154dcb77ae854a2dc423356210338df3b8406a22e6",
    "weasyprint.text.ffi": "530e83118f7841d2791678ece23d5e43a7a24150ee1ea64bb4ba70c70b3eb5da",
    "weasyprint.text.fonts": "59d74d0c161349b8416f1d13466e16dd47c1161f0a397ff1e4ca70814eb36091",
    "weasyprint.text.line_break": "1f5a855ad992e0bebaf5512d2b806fd991090e0e91bf79d3d5a3a0176b22af97",
}


@cache
def has_pinned_source(module: str) -> bool:
    """Return whether the source of a module is the pinned one."""
    library, *parts = module.split(".")
    package = import_module(library)
    if package.__version__ != VERSIONS[library] or not package.__file__:
        return False
    file = find_source_file(Path(package.__file__).parent, parts)
    return file.is_file() and sha256(file.read_bytes()).hexdigest() == SOURCES.get(module)


def find_source_file(folder: Path, parts: list[str]) -> Path:
    """Return the source file of a module within a package folder."""
    inner = folder.joinpath(*parts)
    return inner / "__init__.py" if inner.is_dir() else inner.with_suffix(".py")

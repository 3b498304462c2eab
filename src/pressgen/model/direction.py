"""The writing direction of a language."""

from __future__ import annotations

LANGUAGES = frozenset("ar arc ckb dv fa he iw ks ps sd syr ug ur yi".split())
SCRIPTS = frozenset("adlm arab hebr nkoo rohg syrc thaa".split())


def get_direction(language: str) -> str:
    """Return the direction of a language, `rtl` or `ltr`.

    The language is BCP 47; if the tag has a script, that decides.
    """
    first, *others = language.lower().split("-")
    scripts = [each for each in others if len(each) == 4]  # noqa: PLR2004 - a script has four letters (RFC 5646, 2.2.3)
    if scripts:
        return "rtl" if scripts[0] in SCRIPTS else "ltr"
    return "rtl" if first in LANGUAGES else "ltr"

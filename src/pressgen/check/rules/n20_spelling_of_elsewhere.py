"""American spelling in a British house, or the other way round.

The house says `style.spelling`; the list holds the pairs that are commonest and never right in both. Quotations and
names are left alone.

Wrong: `The center closed.` in a house with `spelling: british`

Right: `The centre closed.`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pressgen.check.rule import rule
from pressgen.check.wordlist import find_listed_words, match_case
from pressgen.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pressgen.check.finding import Finding
    from pressgen.check.subject import Subject

PAIRS = (
    "analyse analyze, analysed analyzed, behaviour behavior, catalogue catalog, centre center, centres centers,"
    " colour color, colours colors, defence defense, endeavour endeavor, favour favor, favourite favorite, fibre fiber,"
    " flavour flavor, fulfil fulfill, grey gray, harbour harbor, honour honor, honoured honored, jewellery jewelry,"
    " kilometre kilometer, kilometres kilometers, labour labor, litre liter, litres liters, metre meter, metres meters,"
    " neighbour neighbor, neighbours neighbors, neighbourhood neighborhood, offence offense, paediatric pediatric,"
    " plough plow, rigour rigor, rumour rumor, savour savor, sceptical skeptical, theatre theater, theatres theaters,"
    " travelled traveled, travelling traveling, traveller traveler, cancelled canceled, counsellor counselor,"
    " modelling modeling, labelled labeled, skilful skillful, tonne ton, tyre tire, tyres tires, vapour vapor,"
    " vigour vigor, organised organized, organise organize, organising organizing, organisation organization,"
    " organisations organizations, recognised recognized, recognise recognize, realise realize, realised realized"
)
BRITISH = dict(pair.split() for pair in PAIRS.split(","))
OXFORD = tuple(british for british, american in BRITISH.items() if "iz" in american and "is" in british)
"""-ize is good Oxford English: it is never a fault in a British house."""
AMBIGUOUS = {"ton", "tire", "tires", "meter", "meters"}
"""American forms that are British words of another meaning."""


@rule("N20", "spelling-of-elsewhere", Severity.STYLE, languages=("en",))
def check(subject: Subject) -> Iterator[Finding]:
    """Find spellings of the other country."""
    wanted = subject.house.style.spelling
    if wanted is None:
        return
    if wanted == "british":
        wrong = {a: b for b, a in BRITISH.items() if b not in OXFORD and a not in AMBIGUOUS}
    else:
        wrong = dict(BRITISH)
    for passage, match in find_listed_words(subject, tuple(wrong)):
        inside = match.start() > 0 and passage.text[match.start() - 1] != "." and match[0][0].isupper()
        if inside and not passage.before(match.start()).rstrip().endswith((".", "!", "?", ":", "“", "‘")):
            continue  # a name, such as the Lincoln Center
        right = match_case(match[0], wrong[match[0].lower()])
        yield passage.finding(*match.span(), f"house style: {right}, not {match[0]}", mend=right)

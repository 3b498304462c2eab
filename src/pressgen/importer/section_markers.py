"""The lines that separate the parts of a release.

They are in English, French, German, Spanish, Welsh and Polish.
"""

from __future__ import annotations

import re

LOOSE = re.IGNORECASE | re.VERBOSE

_DECOR = r"[\s*_#=~.<>\[\](){}|/·•–—-]*"
_END = (
    r"ends?(?:\s+of\s+(?:(?:the\s+)?(?:press|media|news)\s+)?(?:release|statement))?|the\s+end|final|fin|ende|fine|diwedd"
    r"|koniec|konec|slut|loppu|einde|fim|fin\s+du\s+communiqu[ée]|fin\s+del\s+comunicado|ende\s+der\s+(?:presse)?mitteilung"
)
END = re.compile(rf"{_DECOR}(?:{_END}){_DECOR}", re.IGNORECASE)
DATED_END = re.compile(rf"{_DECOR}(?:{_END}){_DECOR}\s(?P<date>\S.*)", re.IGNORECASE)
"""An end mark with something after it, such as the day: `ENDS 12 May`."""
SIGN = re.compile(
    r"\s*(?:(?:\#\s*){3,} | [-–—]\s*(?:30|xxx|0)\s*[-–—] | x{3} | \*\s*\*\s*\*)\s*",
    LOOSE,
)
RUN_IN_END = re.compile(r"(?P<sign>[-–—\[*#]*\s?(?:ENDS|Ends)\s?[-–—\]*#.]*)\s+(?=[A-Z])")

_EDITORS = (
    r"(?:the\s+)?(?:news\s*)?"
    r"(?:editors?|media|press|journalists?|broadcasters?|producers?|newsrooms?|newsdesks?|news\s+editors?)"
)
NOTES = re.compile(
    rf"""[\#*_\s]*(?P<heading>
        (?:(?:media|press|additional)\s+)?notes?\s+(?:to|for)\s+(?:the\s+)?{_EDITORS}
            (?:(?:\s*,|\s+and|\s*/|\s*&)\s*{_EDITORS}|\s+only)*
      | editors?['’]?s?['’]?\s+notes? | (?:further|additional|end)\s*notes | notes?
      | background(?:\s+(?:notes?|information))?
      | notes?\s+(?:aux?|à\s+la|à\s+l['’](?:at|in)tention\s+(?:des?|de\s+la)|pour\s+l(?:[ae]s?|a))\s+
            (?:r[ée]dact\w+|journalistes|m[ée]dias|presse|[ée]diteurs?)
      | (?:hinweise?|anmerkung(?:en)?|notiz(?:en)?)\s+(?:für|an|der)\s+(?:die\s+)?
            (?:redaktion(?:en)?|journalist\w+|medien|presse)
      | redaktionelle[rn]?\s+hinweise? | hintergrund(?:informationen)?
      | notas?\s+(?:para|al?|a\s+la|de)\s+(?:los?\s+|las?\s+)?(?:el\s+)?
            (?:editor(?:es)?|redactor(?:es)?|redacci[óo]n(?:es)?|medios|prensa|periodistas)
      | nod(?:iadau|yn|iad)\s+(?:i|ar\s+gyfer)(?:['’]r)?\s+(?:y\s+)?
            (?:olygydd(?:ion)?|golygydd(?:ion)?|wasg|newyddiadurwyr)
      | nodiadau | noty?\s+dla\s+(?:redakcji|medi[óo]w|edytor[óo]w)
      | not[ea]\s+(?:per|ai|alla|agli)\s+(?:i\s+|la\s+|le\s+|gli\s+)?
            (?:redattori|redazioni?|stampa|giornalisti|editori?)
      | notas?\s+(?:aos?|à|para)\s+(?:os\s+|a\s+)?(?:editores|jornalistas|imprensa|reda[çc][ãa]o)
      | (?:noot|noten)\s+voor\s+(?:de\s+)?(?:redactie|redacties|pers|journalisten)
      | noot\s+(?:aan|van)\s+de\s+redactie
      | n[óo]ta[ií]?\s+d['’]eagarth[óo]ir[ií]
    )\s*:?[*_\s]*""",
    LOOSE,
)
RUN_IN_NOTES = re.compile(
    rf"(?P<heading>notes?\s+(?:to|for)\s+{_EDITORS}\s*:?)\s+(?=\S)(?!(?:and|or|&|/)\s)", re.IGNORECASE
)

ABOUT_WORD = (
    r"(?:about|à\s+propos\s+(?:de\s+la|de\s+l['’]|du|des|de|d['’])|über|acerca\s+de|sobre|am|ynghylch|o(?=\s[A-ZŁŚŻ]))"
)
ABOUT = re.compile(rf"[#*_\s]*(?P<heading>{ABOUT_WORD}(?:\s+|(?<=['’]))\S.{{0,90}}?)\s*:?[*_\s]*", re.IGNORECASE)
RUN_IN_ABOUT = re.compile(
    rf"""(?P<heading>{ABOUT_WORD}\s+(?P<name>\S.{{1,80}}?))
         (?:\s*:?\s+(?=(?P=name)\b|(?:The|Le|La|Les|Der|Die|Das|El)\s) | (?=(?P=name)\b) | (?<=\))(?=[A-Z][a-z])
           | (?<=[\w)]):\s+(?=(?-i:[A-ZÀ-Þ])))""",
    LOOSE,
)

_MEDIA = r"(?:media|press|news|presse|prensa|prasowy|y\s+wasg)"
CONTACT = re.compile(
    rf"""[\#*_\s]*(?P<heading>
        for\s+(?:more|further|additional|all)?\s*(?:{_MEDIA}\s+)?
            (?:information|enquiries|inquiries|details|queries|interviews?)
            (?:\s*(?:and|or|&|/)\s*(?:interviews?|information|images|photos|aha\s+expert\s+perspective))?
            (?:,?\s*(?:please\s+)?contact)?
      | (?:{_MEDIA}|further|author|project)?\s*(?:contacts?|enquiries|inquiries|office|officer|adviser|relations)
            (?:\s+(?:details?|information|person|author|for\s+further\s+information))?
      | contacts?\s+{_MEDIA} | contacts?\s+(?:presse|m[ée]dias?) | pressekontakt | ansprechpartner(?:in)? | kontakt
      | contactos?(?:\s+de)?\s*(?:prensa)? | cysylltu | cyswllt(?:\s+y\s+wasg)? | relations\s+(?:presse|m[ée]dias?)
    )\s*:?[*_\s]*""",
    LOOSE,
)
RUN_IN_CONTACT = re.compile(
    rf"""(?P<heading>(?:
        (?:for\s+(?:more|further|additional|all|any|{_MEDIA})[\w\s/&]{{0,40}}?
                (?:information|enquiries|inquiries|interviews?|details)
            | for\s+interviews?)
            [\w\s/&,()]{{0,60}}?(?:please\s+)?(?:contact|call|telephone|phone|ring|e-?mail)\s*:?
      | (?:pour\s+(?:plus\s+d['’]|de\s+plus\s+amples\s+)informations?|für\s+weitere\s+informationen
            |para\s+m[áa]s\s+informaci[óo]n)[\w\s,]{{0,40}}:?
      | am\s+(?:ragor\s+o\s+wybodaeth|ymholiadau)[\w\s,]{{0,40}}?(?:cysylltwch\s+â)
      | (?:{_MEDIA}|author|further|press\s+office)\s+(?:contacts?|enquiries|inquiries|adviser|officer|relations)
            (?:\s+details?|\s+information)?\s*(?::|-|–|(?=[A-Z]))
      | contacts?(?:\s+details?)?\s*: | contact\s+details(?=[A-Z]) | contacts?\s+(?:presse|m[ée]dias?)\s*:
      | pressekontakt\s*: | contacto(?:\s+de\s+prensa)?\s*: | kontakt\s*:
      | ansprechpartner(?:in)?\s*: | cyswllt(?:\s+y\s+wasg)?\s*:
    ))\s*""",
    LOOSE,
)
OTHER_ENQUIRIES = re.compile(
    r"""\b(?:for\s+)?(?:public|general|investors?|sales|customer|reader)\s+(?:enquiries|inquiries|relations)\b
      | \bcompany\s+website | \bview\s+source\b | \bdistributed\s+by\b | \bsource\s*:""",
    LOOSE,
)

_RELEASE = r"""(?:(?:(?:joint|official)\s+)?(?:press|media|news|public)\s+
        (?:releases?|statement|notice|advisory|alert|announcement)
    | (?:media|press)\s+information | release | (?:joint\s+)?statement(?=\s*:)
    | communiqu[ée](?:\s+de\s+presse)? | (?:presse|medien)(?:mitteilung|information|meldung|erklärung|aussendung)
    | nota\s+(?:de\s+(?:prensa|imprensa)|informativa(?=\s*:)|stampa)
    | comunicado(?:\s+(?:de\s+(?:prensa|imprensa)|oficial))?
    | comunicato(?:\s+stampa)? | persbericht | pers(?:mededeling|verklaring)
    | komunikat\s+prasowy | informacja\s+prasowa
    | pressmeddelande | pressemeddelelse | pressemelding | (?:lehdistö)?tiedote(?=\s*:) | tiskov[áa]\s+zpr[áa]va
    | comunicat\s+de\s+pres[ăa] | sajtóközlemény | δελτίο\s+τύπου | пресс-релиз | прес-реліз | basın\s+bülteni
    | datganiad(?:\s+i['’]r\s+wasg|\s+newyddion)? | (?:preas)?r[áa]iteas(?:\s+preasa)?)"""
_NUMBER = r"(?:\s*(?:no|nr|n[º°]|núm|num|number|nummer)?\.?\s*\d[\d/.-]*)"
LABEL = re.compile(
    rf"""[\s*_\#=~.<>\[\](){{}}|·•–—-]*(?:the\s+\w+\s+)?{_RELEASE}{_NUMBER}?
         [\s*_\#=~.<>\[\](){{}}|·•–—-]*:?\s*(?:\s\w{{1,2}}){{0,3}}""",
    LOOSE,
)
GREETING = re.compile(
    r"""(?:dear|hello|hi|good\s+(?:morning|afternoon|evening)|liebe[r]?|sehr\s+geehrte[rn]?|guten\s+(?:tag|morgen)
        |ch(?:er|ère)s?|madame|mesdames|monsieur|messieurs|bonjour|estimad[oa]s?|annwyl)(?:[\s,/]+[\w.]+){0,6}\s*[,:!]?""",
    LOOSE,
)
"""The beginning of the mail around a release."""
LABELLED = re.compile(
    rf"(?P<label>[*_\#\[]*(?:the\s+\w+\s+)?{_RELEASE}{_NUMBER}?\]?[*_]*\s*[:|–—-])[*_]*\s*(?=\S)", LOOSE
)
SUBJECT = re.compile(
    r"(?P<label>(?:subject|objet|betreff|asunto|pwnc|oggetto|assunto|onderwerp)\s*:\s*"
    r"(?:(?:re|fwd?|aw|wg|tr|rv)\s*:\s*)*)(?=\S)",
    re.IGNORECASE,
)
MASTHEAD = re.compile(
    rf"""(?:\S+\s+){{0,8}}{_RELEASE}{_NUMBER}?(?:\s+(?:from|by|of|de|der|des|vom|von)\s+.{{1,60}})?
      | (?:latest\s+)?news\s+(?:from|by)\s+.{{1,60}}
      | (?:\S+\s+){{0,5}}(?:news|newsroom|newswire|press\s+(?:office|room|cent(?:re|er)))
      | (?:news|press|media|presse|actualit[ée]s|aktuelles|noticias|newyddion)""",
    LOOSE,
)
"""A line at the head of a sheet that says what the sheet is."""
SPACED_LABEL = re.compile(r"(?:\S\s){4,}\S")
TITLED = re.compile(
    r"(?P<label>(?:title|headline|titre|titel|überschrift|título|titular|pennawd)\s*:)\s*(?=\S)", re.IGNORECASE
)
SUBTITLED = re.compile(
    r"(?P<label>(?:sub-?title|sub-?head(?:ing|line)?|sous-titre|untertitel|subtítulo)\s*:)\s*(?=\S)", re.IGNORECASE
)
BYLINE = re.compile(
    r"""(?:posted|issued|prepared|published|written|released)\s+(?:by|on|at)\b
      | by\s+\w+\s+\w+$ | --?news\s+direct--?""",
    LOOSE,
)
HOUSEKEEPING = re.compile(
    r"""please\s+(?:click|remember|credit|note\s+that|find|do\s+not|leave)\b | permalink\b | -?\s?see\s+more\s+at\b
      | view\s+source\b | to\s+view\s+the\s+full\b | \[?click\s+(?:here|image) | disclaimer\b | distributed\s+by\b
      | source\s*: | company\s+website | categories\s*: | attachments?\s*:""",
    LOOSE,
)
LETTERHEAD = re.compile(
    r"""\bABN\s+\d | \bP\.?O\.?\s+Box\b | \b(?:tel(?:ephone)?|phone|fax|facsimile|mobile|website|web)\s*[:.]
      | https?:// | www\. | @\w
      | ^(?:from\s+the\s+|the\s+hon\b|senator\s+the\s+hon|hon\.?\s|offices?\s*:|statement\s+by\b|speech\s+by\b
            |(?:\S+\s+)?minister\s+(?:for|of|assisting)\s|(?:media|press|news)\s+release\s+(?:the\s+hon|senator|minister)
            |from\s*:|sent\s*:|to\s*:|cc\s*:|subject\s*:|date\s*:)
      | \bthe\s+hon\.?\s+\w+\s+\w+\s+M[PR]\b | \bNSW\b | \bACT\s+\d{4} | \bQLD\b""",
    LOOSE,
)
REFERENCE = re.compile(
    r"""ref(?:erence)?\s*[:.]\s*\S+ | (?:no\.?\s*|ref(?:erence)?\s*)?[A-Z]{0,5}\s?\d{1,4}\s?/\s?\d{2,4}\.?
      | no\.?\s*\d+ | \W*\d{1,3}\W*""",
    LOOSE,
)
RULE = re.compile(r"[\W_]*")
PAGE = re.compile(r"\W*(?:page\s+)?\d{1,3}(?:\s+of\s+\d{1,3})?\W*|more\s+follows|mf", re.IGNORECASE)

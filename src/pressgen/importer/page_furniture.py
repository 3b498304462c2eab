"""The words of a web page around a release, such as buttons."""

from __future__ import annotations

import re

LOOSE = re.IGNORECASE | re.VERBOSE
NETWORK = r"(?:tweet|facebook|twitter|linkedin|whatsapp|instagram|youtube|x|messenger|reddit|pinterest)"
FURNITURE = re.compile(
    rf"""(?:share(?:\s+(?:on|this|via|with)\b.{{0,40}}|\s*:)? | (?:save\s+as\s+)?pdf
      | print(?:\s+(?:e-?mail|this\s+page|version|friendly))?
      | e-?mail(?:\s+this\s+page)? | {NETWORK}(?:[\s,|·•/]+(?:{NETWORK}|e-?mail|print))*
      | copy\s+(?:link|url)(?:\s+to\s+clipboard)? | link\s+copied!?
      | home | press | news | menu | main\s+menu | close(?:\s+menu)? | search(?:\s+for)?(?:\s+this\s+site)?
      | toggle\s+navigation
      | follow\s+us(?:\s+on\b.*)? | (?:skip|jump)\s+to\b.* | scroll\s+to\s+top
      | (?:latest|recent|related)\s+(?:posts|news|content|articles)
      | author | published | \d+\s+min(?:ute)?s?\s+read | (?:estimated\s+)?read(?:ing)?\s+time\s*:?.{{0,20}}
      | get\s+help | report\s+a\s+crime | contact\s+us | back\s+to\b.* | (?:read|show|load|view)\s+more
      | subscribe(?:\s+to\b.{{0,40}})?
      | sign\s+(?:in|up) | log\s*in | register | donate(?:\s+now)?
      | download(?:\s+(?:pdf|as\s+pdf|this\s+release))? | listen
      | (?:previous|next)(?:\s+(?:article|post|page|release))? | you\s+are\s+here\s*:?.* | breadcrumbs?
      | accessibility | privacy(?:\s+policy)?
      | (?:accept|reject|allow|manage)\s+(?:all\s+)?(?:additional\s+)?cookies
      | cookies?(?:\s+(?:policy|settings|preferences|consent))?
      | zum\s+(?:haupt)?inhalt(?:\s+springen)? | aller\s+au\s+contenu.* | (?:saltar|ir)\s+al\s+contenido.*
      | neidio\s+i['’]r\s+.* | vai\s+al\s+contenuto
      | (?:teilen|partager|compartir|rhannu|condividi|delen|drucken|imprimer|imprimir|argraffu)(?:\s*:)?
      | (?:startseite|accueil|inicio|hafan)
      | (?:share|facebook|twitter)\S*(?:share|twitter|facebook|linkedin)\S*(?:\s\S+){{0,5}}
      | \[\s*avatar\s*\] | unclassified | ```\w* | none | ---\s+\w+:.* | !\[[^\]]*\]\([^)]*\)
      | (?:[^\s»›>/]+(?:\s[^\s»›>/]+){{0,4}}\s[»›>/]\s){{2,}}.* | \S+(?:\s\S+)?\s[»›]\s.*)""",
    LOOSE,
)
"""Words of the page around a release, such as buttons and breadcrumbs."""
COOKIES = re.compile(
    r"(?:this|our|the|we)\b.{0,40}\buses?\s+(?:\w+\s+){0,2}cookies\b"
    r"|(?:wir|diese\s+(?:web)?seite)\s+(?:ver|be)?nutz(?:en|t)\s+cookies|(?:wir\s+)?verwende[nt]\s+.{0,20}cookies"
    r"|(?:nous|ce\s+site)\s+utilis(?:ons|e)\s+.{0,20}cookies"
    r"|(?:utilizamos|este\s+sitio\s+(?:web\s+)?utiliza)\s+.{0,20}cookies|(?:rydym|mae).{0,40}cwcis",
    re.IGNORECASE,
)
"""A notice about cookies."""

"""The words by which a text says who speaks, in five languages.

These are verbs of saying, pronouns, and openings such as “According to”, in English, French, German, Spanish and Welsh.
"""

from __future__ import annotations

import re

ENGLISH = frozenset(
    """said says say saying added adds add adding explained explains explain commented comments comment stated states
    state noted notes note continued continues concluded concludes conclude warned warns warn remarked remarks
    reflected argued argues argue stressed stresses stress emphasised emphasises emphasized emphasizes insisted insists
    urged urges announced confirmed confirms observed observes replied replies responded responds shared writes wrote
    write told tells reported reports claimed claims claim recalled recalls remembers declared declares suggested
    suggests admitted admits agreed agrees maintained maintains predicted predicts asked asks expressed cautioned
    cautions joked jokes acknowledged acknowledges answered answers quipped laughed cried shouted repeated
    enthused mused pleaded countered sums summed points pointed
    affirmed affirms exclaimed concurred echoed opined lamented boasted reiterated reiterates reminded revealed
    disclosed elaborated clarified underlined underlines underscored highlighted highlights assured assures proclaimed
    testified mentioned""".split()
)
FRENCH = frozenset(
    """déclare déclaré dit disent affirme affirmé explique expliqué expliquent ajoute ajouté ajoutent souligne souligné
    soulignent précise précisé précisent indique indiqué commente commenté conclut conclu estime estimé assure assuré
    rappelle rappelé insiste insisté raconte raconté confie confié poursuit poursuivi témoigne témoigné résume résumé
    note noté observe observé répond répondu annonce annoncé avertit averti réagit réagi remarque remarqué
    prévient prévenu demande demandé reconnaît reconnu""".split()
)
GERMAN = frozenset(
    """sagt sagte sagten sagen erklärt erklärte erklärten betont betonte betonten ergänzt ergänzte kommentiert
    kommentierte meint meinte meinen so unterstreicht unterstrich berichtet berichtete erläutert erläuterte bekräftigt
    bekräftigte resümiert warnt warnte fordert forderte fügt fügte freut lobt lobte versichert versicherte antwortet
    antwortete schreibt schreiben schrieb fasst führt führte mahnt mahnte hebt erinnert erinnerte""".split()
)
SPANISH = frozenset(
    """dijo dice dicen dijeron comentó agregó añadió explicó explicaron señaló señalaron afirmó afirmaron aseguró
    declaró destacó indicó diciendo concluyó apuntó subrayó afirma afirman asegura explica explican señala añade agrega
    comenta declara destaca subraya apunta concluye recuerda recordó sostiene sostuvo insistió insiste reconoce
    reconoció manifestó manifiesta expresó respondió responde advirtió advierte precisó precisa resumió relata
    relató cuenta contó""".split()
)
WELSH = frozenset(
    """Dywedodd dywedodd meddai Meddai meddent Ychwanegodd ychwanegodd Esboniodd esboniodd Eglurodd eglurodd Dywed dywed
    Atebodd atebodd Rhybuddiodd rhybuddiodd Pwysleisiodd pwysleisiodd Nododd nododd Cadarnhaodd cadarnhaodd Medd medd
    Ategodd ategodd""".split()
)
VERBS = ENGLISH | FRENCH | GERMAN | SPANISH | WELSH
NEVER_NAMED = frozenset(("we", "i", "you", "wir", "ich", "nous", "je", "vous", "nosotros", "yo", "ni"))
"""Subjects that are not the speaker of a quotation: the text's own author, who asked."""
ONE = "he|she|il|elle|er|sie|él|ella|fe|ef|hi|e|o"
MANY = "they|ils|elles|ellos|ellas|nhw|hwy"
NEUTER = "it|es|on"
MALE, FEMALE = frozenset(("he", "il", "er", "él", "fe", "ef", "e", "o")), frozenset(("she", "elle", "ella", "hi"))
SEVERAL = frozenset(MANY.split("|"))
CONJUNCTION = (
    r"(?:and|but|while|whereas|nevertheless|however|also|further|finally|et|mais|tandis\s+que|und|aber|während|pero"
    r"|mientras(?:\s+que)?|ac|ond|tra)"
)
JOINING = rf"(?:{CONJUNCTION}|y|e|a)"
"""Words that join two sentences; the short ones are articles or verbs elsewhere."""
PRONOUN = re.compile(
    rf"(?:{CONJUNCTION}[,\s]+)?(?P<pronoun>{ONE}|{MANY}|{NEUTER})(?:\s+(?:also|then|later|further|aussi|auch|weiter))?",
    re.IGNORECASE,
)
_WORD = "|".join(sorted({*VERBS, *(verb.capitalize() for verb in VERBS)}, key=len, reverse=True))
VERB = (
    rf"\b(?:(?:a|ont|have|has|had|haben|hat|ha|han|went\s+on\s+to|would\s+later|also|further|later|then|today)\s+){{0,2}}"
    rf"\b(?:{_WORD})\b"
    r"(?:[-\s]+(?:also|further|that|today|yesterday|out|up|auch|dazu|weiter|hinzu|heute|aujourd[’']hui|hoy|hefyd|heddiw))*"
)
INVERTED = re.compile(
    rf"(?P<verb>(?:a-t-(?P<before>ils?|elles?|on)\s+(?:{_WORD}))|(?:ont-(?P<those>ils|elles)\s+(?:{_WORD}))"
    rf"|(?:(?:{_WORD})(?:-t)?-(?P<after>ils?|elles?|on)))",
    re.IGNORECASE,
)
"""French verbs with their pronoun: “a-t-il déclaré”, “ajoute-t-elle”."""
ACCORDING = re.compile(
    r"(?:according\s+to|in\s+the\s+words\s+of|selon|d[’']après|pour|laut|nach\s+(?:Angaben|Worten|Aussage)\s+(?:von|der|des)"
    r"|nach\s+Ansicht\s+(?:von|der|des)|según|en\s+palabras\s+de|yn\s+ôl|yng\s+ngeiriau)\s+(?P<subject>\S.*?)[\s:,.;]*$",
    re.IGNORECASE,
)
STATEMENT = re.compile(
    r"(?:(?:an?\s+|the\s+|joint\s+|full\s+|press\s+)*(?:statement|comment|quote|quotation|message|remarks)\s+(?:by|from|of)"
    r"|attributable\s+to|quote|quotation"
    r"|(?:une\s+)?(?:déclaration|citation|commentaire)\s+(?:de|du|d[’'])|citation"
    r"|(?:eine\s+)?(?:Erklärung|Stellungnahme|Aussage|Zitat)\s+(?:von|der|des)|Zitat"
    r"|(?:una\s+)?(?:declaración|declaraciones|cita|comunicado|comentario)\s+(?:de|del)|cita"
    r"|(?:datganiad|dyfyniad|sylw)\s+(?:gan|oddi\s+wrth)|dyfyniad)\s*(?:[:–—-]\s*)?(?P<subject>\S.*?)\s*[:.]?\s*$",
    re.IGNORECASE,
)
"""“Statement by Name:” and the like; the subject begins with a capital (the caller looks)."""
AFTER_VERB = re.compile(
    r"""(?:(?:in|on|at|to|of|with|during|after|before|about|from|for|dans|lors|à|au|en|auprès|devant|bei|beim|im|am|zum
            |zur|vor|nach|anlässlich|gegenüber|durante|tras|ante|sobre|al|mewn|wrth|yn|ar)\s+[^:“”"„«»]{1,80}
        |that|today|yesterday|later|again|(?:adding|saying|que|dass))?[\s:,;–—.-]*""",
    re.IGNORECASE | re.VERBOSE,
)
ADVERB = re.compile(
    r"(?:dazu|hierzu|darauf|daraufhin|anschließend|zudem|außerdem|weiter|abschließend|al\s+respecto|así|asimismo|además"
    r"|por\s+su\s+parte|par\s+ailleurs|ensuite|enfin|wedyn|then|so)\b[,\s]*",
    re.IGNORECASE,
)
"""Adverbs before an inverted verb: “Dazu erklärte Name”."""
TELLING = frozenset(("told", "tells", "asked", "asks"))
"""Verbs that take the person addressed as an object."""
OPENING = re.compile(
    r"""(?:of|about|by|under|over|within|among|between|despite|beyond|when|while|whilst|after|before|asked|speaking|commenting|responding|reacting|reflecting|announcing|welcoming
        |launching|opening|introducing|praising|thanking|describing|discussing|talking|writing|looking|addressing
        |following|as|in|on|at|for|with|during|from|since|today|yesterday|earlier|later|since|here|meanwhile
        |additionally|finally|however|thanks|lors|dans|en|interrogée?s?|à|au|aux|pour|depuis|après|avant|ce|hier
        |aujourd[’']hui|sur|bei|beim|im|zum|zur|nach|vor|auf|am|heute|gestern|angesichts|anlässlich|mit|durante|al
        |tras|sobre|hoy|ayer|con|por|preguntad[oa]s?|wrth|yn|mewn|ar|heddiw|ddoe|cyn|gan)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words that open a clause before the speaker: “When asked about …, Name said”."""

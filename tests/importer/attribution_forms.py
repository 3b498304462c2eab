"""Attributions in all their forms and in five languages; every person, body and sentence is invented.

Each form has templates. `{name}` is the speaker, `{role}` their role, `{one}` and `{two}` are what they say. A form is
filled in with each speaker of its language.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """The invented people and sentences of a language."""

    title: str
    lead: str
    speakers: tuple[tuple[str, str], ...]
    one: str
    two: str
    she: tuple[str, str, str]
    """The pronouns of the three speakers."""


LANGUAGES = {
    "en": Language(
        "Bridge over the Arl opens after ten years of work",
        "The bridge over the Arl opens today after ten years of work, and the town has paid for half of what it cost.",
        (("Ines Falk", "director of Arl Bridges"), ("Dr Owen M Tarn", "head of roads"),
         ("Mary-Ann O’Dell", "chief engineer at Tarn & Sons")),
        "The river is calm today.", "Nobody has to swim any more.", ("she", "he", "she"),
    ),
    "fr": Language(
        "Le pont sur l’Arle ouvre après dix ans de travaux",
        "Le pont sur l’Arle ouvre aujourd’hui après dix ans de travaux, et la ville en a payé la moitié.",
        (("Claire Aubin", "directrice des ponts"), ("Jean-Luc Méry", "maire de Valbrun"),
         ("Anne de Tarsac", "ingénieure en chef")),
        "La rivière est calme.", "Personne ne devra plus nager.", ("elle", "il", "elle"),
    ),
    "de": Language(
        "Brücke über die Arl öffnet nach zehn langen Jahren",
        "Die Brücke über die Arl wird heute nach zehn Jahren eröffnet, und die Stadt zahlt die Hälfte.",
        (("Jens Oltmann", "Leiter des Bauamts"), ("Dr. Hanna Reuter", "Vorsitzende des Vereins"),
         ("Karl-Heinz von Brede", "Sprecher der Stadt")),
        "Der Fluss ist heute ruhig.", "Niemand muss mehr schwimmen.", ("er", "sie", "er"),
    ),
    "es": Language(
        "El puente sobre el Arla abre tras diez años de obras",
        "El puente sobre el Arla abre hoy tras diez años de obras, y la ciudad ha pagado la mitad de lo que cuesta.",
        (("Lucía Moreno", "directora de puentes"), ("Tomás Ibarra", "alcalde de Alcorán"),
         ("Ana del Valle", "portavoz de la junta")),
        "El río está tranquilo.", "Nadie tendrá que nadar.", ("ella", "él", "ella"),
    ),
    "cy": Language(
        "Pont dros afon Arl yn agor wedi deng mlynedd o waith",
        "Mae’r bont dros afon Arl yn agor heddiw wedi deng mlynedd o waith, ac mae’r dref wedi talu hanner y gost.",
        (("Mared Prys", "cyfarwyddwr y bont"), ("Huw ap Dafydd", "arweinydd y cyngor"),
         ("Dr Siân Lloyd", "pennaeth y ffyrdd")),
        "Mae’r afon yn dawel heddiw.", "Does dim rhaid i neb nofio mwy.", ("hi", "ef", "hi"),
    ),
}  # fmt: skip

FORMS: dict[str, dict[str, tuple[str, ...]]] = {
    "a name, a role and a colon": {
        "en": (
            "{name}, {role}, said: “{one} {two}”",
            "{name}, {role}: “{one} {two}”",
            "{name}, {role}, added, “{one} {two}”",
        ),
        "fr": (
            "{name}, {role}, a déclaré : « {one} {two} »",
            "Pour {name}, {role} : « {one} {two} »",
            "« {one} {two} », a expliqué {name}, {role}.",
        ),
        "de": (
            "{name}, {role}, sagte: „{one} {two}“",
            "{name}, {role}: „{one} {two}“",
            "{name}, {role}, erklärte heute: „{one} {two}“",
        ),
        "es": (
            "{name}, {role}, dijo: «{one} {two}»",
            "{name}, {role}: «{one} {two}»",
            "{name}, {role}, declaró: «{one} {two}»",
        ),
        "cy": (
            "Dywedodd {name}, {role}: “{one} {two}”",
            "Meddai {name}, {role}: “{one} {two}”",
            "{name}, {role}: “{one} {two}”",
        ),
    },
    "the speaker behind the words": {
        "en": (
            "“{one} {two}” said {name}, {role}.",
            "“{one},” said {name}, {role}. “{two}”",
            "“{one} {two}” {name}, {role}, said.",
        ),
        "fr": (
            "« {one} {two} », a déclaré {name}, {role}.",
            "« {one} », explique {name}, {role}. « {two} »",
            "« {one} {two} » affirme {name}, {role}.",
        ),
        "de": (
            "„{one} {two}“, sagte {name}, {role}.",
            "„{one}“, so {name}, {role}. „{two}“",
            "„{one} {two}“, betont {name}, {role}.",
        ),
        "es": (
            "«{one} {two}», dijo {name}, {role}.",
            "«{one}», afirma {name}, {role}. «{two}»",
            "“{one} {two}”, señaló {name}, {role}.",
        ),
        "cy": (
            "“{one} {two}” meddai {name}, {role}.",
            "“{one},” meddai {name}, {role}. “{two}”",
            "“{one} {two}”, ychwanegodd {name}, {role}.",
        ),
    },
    "according to somebody": {
        "en": (
            "According to {name}, {role}, “{one} {two}”",
            "According to {name}, {role}: “{one} {two}”",
            "“{one} {two}”, according to {name}, {role}.",
        ),
        "fr": (
            "Selon {name}, {role}, « {one} {two} »",
            "D’après {name}, {role} : « {one} {two} »",
            "« {one} {two} », selon {name}, {role}.",
        ),
        "de": (
            "Laut {name}, {role}: „{one} {two}“",
            "Nach Angaben von {name}, {role}: „{one} {two}“",
            "„{one} {two}“, so {name}, {role}.",
        ),
        "es": (
            "Según {name}, {role}, «{one} {two}»",
            "En palabras de {name}, {role}: «{one} {two}»",
            "«{one} {two}», según {name}, {role}.",
        ),
        "cy": (
            "Yn ôl {name}, {role}, “{one} {two}”",
            "Yn ôl {name}, {role}: “{one} {two}”",
            "“{one} {two}”, yn ôl {name}, {role}.",
        ),
    },
    "a signature": {
        "en": (
            "“{one} {two}” — {name}, {role}",
            "“{one} {two}”\n\n– {name}, {role}",
            "Statement by {name}, {role}:\n\n“{one} {two}”",
        ),
        "fr": (
            "« {one} {two} » — {name}, {role}",
            "« {one} {two} »\n\n— {name}, {role}",
            "Déclaration de {name}, {role} :\n\n« {one} {two} »",
        ),
        "de": (
            "„{one} {two}“ – {name}, {role}",
            "„{one} {two}“\n\n— {name}, {role}",
            "Stellungnahme von {name}, {role}:\n\n„{one} {two}“",
        ),
        "es": (
            "«{one} {two}» — {name}, {role}",
            "«{one} {two}»\n\n— {name}, {role}",
            "Declaración de {name}, {role}:\n\n«{one} {two}»",
        ),
        "cy": (
            "“{one} {two}” — {name}, {role}",
            "“{one} {two}”\n\n— {name}, {role}",
            "Datganiad gan {name}, {role}:\n\n“{one} {two}”",
        ),
    },
    "a line that leads the speech": {
        "en": (
            "{name}, {role}, said:\n\n“{one} {two}”",
            "Commenting today, {name}, {role}, said:\n\n“{one} {two}”",
            "{name}, {role}, said:\n\n“{one}\n\n“{two}”",
        ),
        "fr": (
            "{name}, {role}, a déclaré :\n\n« {one} {two} »",
            "{name}, {role}, souligne :\n\n« {one} {two} »",
            "{name}, {role}, a déclaré :\n\n« {one}\n\n« {two} »",
        ),
        "de": (
            "{name}, {role}, sagte:\n\n„{one} {two}“",
            "Dazu erklärte {name}, {role}:\n\n„{one} {two}“",
            "{name}, {role}, sagte:\n\n„{one}\n\n„{two}“",
        ),
        "es": (
            "{name}, {role}, dijo:\n\n«{one} {two}»",
            "{name}, {role}, añadió:\n\n«{one} {two}»",
            "{name}, {role}, dijo:\n\n«{one}\n\n«{two}»",
        ),
        "cy": (
            "Dywedodd {name}, {role}:\n\n“{one} {two}”",
            "Ychwanegodd {name}, {role}:\n\n“{one} {two}”",
            "Dywedodd {name}, {role}:\n\n“{one}\n\n“{two}”",
        ),
    },
    "words inside one sentence": {
        "en": (
            "“{one}” {name}, {role}, said. “{two}”",
            "“{one}” says {name}, {role}. “{two}”",
            "“{one},” added {name}, {role}. “{two}”",
        ),
        "fr": (
            "« {one} » a déclaré {name}, {role}. « {two} »",
            "« {one} », ajoute {name}, {role}. « {two} »",
            "« {one} », a souligné {name}, {role}, avant d’ajouter : « {two} »",
        ),
        "de": (
            "„{one}“, sagte {name}, {role}. „{two}“",
            "„{one}“, erklärt {name}, {role}. „{two}“",
            "„{one}“, betonte {name}, {role}. „{two}“",
        ),
        "es": (
            "«{one}», dijo {name}, {role}. «{two}»",
            "—{one} —dijo {name}, {role}—. {two}",
            "«{one}», explica {name}, {role}. «{two}»",
        ),
        "cy": (
            "“{one}” meddai {name}, {role}. “{two}”",
            "“{one}” ychwanegodd {name}, {role}. “{two}”",
            "“{one}” esboniodd {name}, {role}. “{two}”",
        ),
    },
}


@dataclass(frozen=True)
class Scene:
    """A passage with what is to be found in it.

    `found` names the speakers, with the words of each; `sure` says whether the importer may be sure of all of them.
    """

    text: str
    found: tuple[tuple[str, str], ...]
    sure: bool = True


ONE = (("{name}", "{one} {two}"),)
TWO = (("{name}", "{one}"), ("{other}", "{two}"))
HIS = (("{name}", "{one}"), ("{name}", "{two}"))
SCENES: dict[str, dict[str, tuple[Scene, ...]]] = {
    "when asked": {
        "en": (
            Scene("When asked about the work {name}, {role}, said: “{one} {two}”", ONE),
            Scene("Speaking at the opening, {name}, {role}, said: “{one} {two}”", ONE),
            Scene("In a speech today, {name}, {role}, added: “{one} {two}”", ONE),
        ),
        "fr": (
            Scene("Interrogée sur le chantier, {name}, {role}, a déclaré : « {one} {two} »", ONE),
            Scene("Lors de l’inauguration, {name}, {role}, a souligné : « {one} {two} »", ONE),
            Scene("Dans son discours, {name}, {role}, explique : « {one} {two} »", ONE),
        ),
        "de": (
            Scene("Bei der Eröffnung sagte {name}, {role}: „{one} {two}“", ONE),
            Scene("Zur Eröffnung erklärte {name}, {role}: „{one} {two}“", ONE),
            Scene("Heute betonte {name}, {role}: „{one} {two}“", ONE),
        ),
        "es": (
            Scene("Preguntado por las obras, {name}, {role}, dijo: «{one} {two}»", ONE),
            Scene("Durante la apertura, {name}, {role}, señaló: «{one} {two}»", ONE),
            Scene("En su discurso, {name}, {role}, afirmó: «{one} {two}»", ONE),
        ),
        "cy": (
            Scene("Wrth agor y bont, dywedodd {name}, {role}: “{one} {two}”", ONE),
            Scene("Yn yr agoriad, dywedodd {name}, {role}: “{one} {two}”", ONE),
            Scene("Heddiw, ychwanegodd {name}, {role}: “{one} {two}”", ONE),
        ),
    },
    "few words": {
        "en": (
            Scene("“At last,” said {name}, {role}.", (("{name}", "At last."),)),
            Scene("“We did it!” said {name}, {role}.", (("{name}", "We did it!"),)),
            Scene("{name}, {role}, said: “No.”", (("{name}", "No."),)),
        ),
        "fr": (
            Scene("« Enfin ! » a dit {name}, {role}.", (("{name}", "Enfin !"),)),
            Scene("« C’est fait », a déclaré {name}, {role}.", (("{name}", "C’est fait."),)),
            Scene("{name}, {role}, a répondu : « Non. »", (("{name}", "Non."),)),
        ),
        "de": (
            Scene("„Endlich!“, sagte {name}, {role}.", (("{name}", "Endlich!"),)),
            Scene("„Geschafft“, sagte {name}, {role}.", (("{name}", "Geschafft."),)),
            Scene("{name}, {role}, antwortete: „Nein.“", (("{name}", "Nein."),)),
        ),
        "es": (
            Scene("«¡Por fin!», dijo {name}, {role}.", (("{name}", "¡Por fin!"),)),
            Scene("«Ya está», dijo {name}, {role}.", (("{name}", "Ya está."),)),
            Scene("{name}, {role}, respondió: «No.»", (("{name}", "No."),)),
        ),
        "cy": (
            Scene("“O’r diwedd,” meddai {name}, {role}.", (("{name}", "O’r diwedd."),)),
            Scene("“Diolch!” meddai {name}, {role}.", (("{name}", "Diolch!"),)),
            Scene("Dywedodd {name}, {role}: “Na.”", (("{name}", "Na."),)),
        ),
    },
    "a pronoun, one person": {
        "en": (
            Scene("“{one}” said {name}, {role}.\n\n“{two}” {she} added.", HIS),
            Scene("{name}, {role}, said: “{one}”\n\n{She} added: “{two}”", HIS),
            Scene("{name}, {role}, said: “{one}”\n\nOf the cost, {she} said: “{two}”", HIS),
        ),
        "fr": (
            Scene("« {one} », a déclaré {name}, {role}.\n\n« {two} », ajoute-t-{she}.", HIS),
            Scene("{name}, {role}, a déclaré : « {one} »\n\n{She} ajoute : « {two} »", HIS),
            Scene("« {one} », a déclaré {name}, {role}.\n\n« {two} », a-t-{she} expliqué.", HIS),
        ),
        "de": (
            Scene("„{one}“, sagte {name}, {role}.\n\n„{two}“, ergänzte {she}.", HIS),
            Scene("{name}, {role}, sagte: „{one}“\n\n{She} betonte: „{two}“", HIS),
            Scene("„{one}“, so {name}, {role}.\n\n„{two}“, sagte {she} weiter.", HIS),
        ),
        "es": (
            Scene("«{one}», dijo {name}, {role}.\n\n«{two}», añadió {she}.", HIS),
            Scene("{name}, {role}, dijo: «{one}»\n\nY añadió: «{two}»", HIS),
            Scene("«{one}», afirma {name}, {role}.\n\n{She} explicó: «{two}»", HIS),
        ),
        "cy": (
            Scene("“{one}” meddai {name}, {role}.\n\n“{two}” meddai {she}.", HIS),
            Scene("Dywedodd {name}, {role}: “{one}”\n\nYchwanegodd {she}: “{two}”", HIS),
            Scene("Dywedodd {name}, {role}: “{one}”\n\nYchwanegodd: “{two}”", HIS),
        ),
    },
    "a pronoun, two people": {
        "en": (
            Scene("“{one}” said {name}, {role}.\n\n{other} also welcomed it:\n\n“{two}” {he} said.", TWO, sure=False),
            Scene("“{one}” said {name}, {role}.\n\n{other} agreed. {He} added: “{two}”", TWO, sure=False),
            Scene("“{one}” said {name}, {role}.\n\n{other} swam across. “{two}” {he} said.", TWO, sure=False),
        ),
        "fr": (
            Scene(
                "« {one} », a déclaré {name}, {role}.\n\n{other} est venu aussi. « {two} », a-t-{he} dit.",
                TWO,
                sure=False,
            ),
            Scene(
                "« {one} », dit {name}, {role}.\n\n{other} est du même avis. {He} ajoute : « {two} »", TWO, sure=False
            ),
            Scene("« {one} », dit {name}, {role}.\n\n{other} a nagé :\n\n« {two} », explique-t-{he}.", TWO, sure=False),
        ),
        "de": (
            Scene("„{one}“, sagte {name}, {role}.\n\n{other} kam ebenfalls. „{two}“, sagte {he}.", TWO, sure=False),
            Scene("„{one}“, so {name}, {role}.\n\n{other} stimmt zu. {He} betonte: „{two}“", TWO, sure=False),
            Scene("„{one}“, so {name}, {role}.\n\n{other} schwamm:\n\n„{two}“, erklärte {he}.", TWO, sure=False),
        ),
        "es": (
            Scene("«{one}», dijo {name}, {role}.\n\n{other} también vino. «{two}», dijo {he}.", TWO, sure=False),
            Scene("«{one}», dijo {name}, {role}.\n\n{other} está de acuerdo. Y añadió: «{two}»", TWO, sure=False),
            Scene("«{one}», dijo {name}, {role}.\n\n{other} nadó hoy:\n\n«{two}», explicó {he}.", TWO, sure=False),
        ),
        "cy": (
            Scene("“{one}” meddai {name}, {role}.\n\nDaeth {other} hefyd. “{two}” meddai {he}.", TWO, sure=False),
            Scene(
                "“{one}” meddai {name}, {role}.\n\nMae {other} yn cytuno. Ychwanegodd {he}: “{two}”", TWO, sure=False
            ),
            Scene("“{one}” meddai {name}, {role}.\n\nNofiodd {other}:\n\n“{two}” meddai {he}.", TWO, sure=False),
        ),
    },
    "two speakers in one paragraph": {
        "en": (
            Scene("“{one}” said {name}, {role}, while {other}, {office}, said: “{two}”", TWO),
            Scene("“{one}” said {name}, {role}. “{two}” said {other}, {office}.", TWO),
            Scene("{name}, {role}, said: “{one}” {other}, {office}, added: “{two}”", TWO),
        ),
        "fr": (
            Scene("« {one} », a déclaré {name}, {role}, tandis que {other}, {office}, a dit : « {two} »", TWO),
            Scene("« {one} », dit {name}, {role}. « {two} », ajoute {other}, {office}.", TWO),
            Scene("{name}, {role}, a dit : « {one} » {other}, {office}, a ajouté : « {two} »", TWO),
        ),
        "de": (
            Scene("„{one}“, sagte {name}, {role}, und {other}, {office}, sagte: „{two}“", TWO),
            Scene("„{one}“, so {name}, {role}. „{two}“, so {other}, {office}.", TWO),
            Scene("{name}, {role}, sagte: „{one}“ {other}, {office}, ergänzte: „{two}“", TWO),
        ),
        "es": (
            Scene("«{one}», dijo {name}, {role}, mientras que {other}, {office}, dijo: «{two}»", TWO),
            Scene("«{one}», dijo {name}, {role}. «{two}», añadió {other}, {office}.", TWO),
            Scene("{name}, {role}, dijo: «{one}» {other}, {office}, añadió: «{two}»", TWO),
        ),
        "cy": (
            Scene("“{one}” meddai {name}, {role}. “{two}” meddai {other}, {office}.", TWO),
            Scene("Dywedodd {name}, {role}: “{one}” Ychwanegodd {other}, {office}: “{two}”", TWO),
            Scene("“{one}” meddai {name}, {role}, ac “{two}” meddai {other}, {office}.", TWO),
        ),
    },
}
COLLECTIVES: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("“{one} {two}” write {who}.", "the researchers"),
        ("{Who} said: “{one} {two}”", "A spokesperson for Arl Bridges"),
        ("“{one}” said {who}. “{two}” they warn.", "the authors"),
        ("{Who} said: “{one} {two}”", "The council"),
        ("“{one} {two}” said {who}.", "an Arl Bridges spokesman"),
        ("{Who} said, “{one} {two}”", "The Wren Trust"),
        ("{Who} added: “{one} {two}”", "The bridge team"),
        ("“{one} {two}” say {who}.", "the campaigners"),
    ),
    "fr": (
        ("« {one} {two} », expliquent {who}.", "les chercheurs"),
        ("{Who} a déclaré : « {one} {two} »", "Un porte-parole de la ville"),
        ("« {one} {two} », a indiqué {who}.", "la mairie"),
        ("{Who} expliquent : « {one} {two} »", "Les auteurs"),
        ("« {one} {two} », ajoute {who}.", "une porte-parole du musée"),
        ("Selon {who} : « {one} {two} »", "l’association"),
        ("{Who} a précisé : « {one} {two} »", "Le ministère"),
        ("« {one} {two} », soulignent {who}.", "les organisateurs"),
    ),
    "de": (
        ("„{one} {two}“, schreiben {who}.", "die Forscher"),
        ("{Who} sagte: „{one} {two}“", "Eine Sprecherin der Stadt"),
        ("„{one} {two}“, erklärte {who}.", "das Ministerium"),
        ("{Who} betonten: „{one} {two}“", "Die Veranstalter"),
        ("„{one} {two}“, so {who}.", "die Gewerkschaft"),
        ("„{one} {two}“, sagte {who}.", "ein Sprecher des Vereins"),
        ("{Who} erklärten: „{one} {two}“", "Die Wissenschaftler"),
        ("Laut {who}: „{one} {two}“", "der Polizei"),
    ),
    "es": (
        ("«{one} {two}», señalaron {who}.", "los investigadores"),
        ("{Who} dijo: «{one} {two}»", "Un portavoz del museo"),
        ("«{one} {two}», dijo {who}.", "la empresa"),
        ("{Who} dijeron: «{one} {two}»", "Los autores"),
        ("«{one} {two}», indicó {who}.", "el ayuntamiento"),
        ("Según {who}: «{one} {two}»", "la asociación"),
        ("«{one} {two}», explicaron {who}.", "los organizadores"),
        ("{Who} añadió: «{one} {two}»", "El sindicato"),
    ),
    "cy": (
        ("“{one} {two}” meddai {who}.", "yr ymchwilwyr"),
        ("Dywedodd {who}: “{one} {two}”", "llefarydd ar ran y cyngor"),
        ("“{one} {two}” meddai {who}.", "y cyngor"),
        ("Dywedodd {who}: “{one} {two}”", "yr elusen"),
        ("Ychwanegodd {who}: “{one} {two}”", "y trefnwyr"),
        ("“{one} {two}” meddai {who}.", "yr undeb"),
        ("Yn ôl {who}: “{one} {two}”", "y llywodraeth"),
        ("Dywedodd {who}: “{one} {two}”", "y cwmni"),
    ),
}

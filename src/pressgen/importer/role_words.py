"""The words that name a role or a body, in five languages."""

from __future__ import annotations

import re

ROLES = frozenset(
    """Minister Secretary Director President Chair Chairman Chairwoman Chairperson Chief Executive Officer CEO CTO
    CFO COO Head Inspector Manager Professor Judge Attorney General Mayor Councillor Leader Commissioner Editor
    Founder Cofounder Partner Spokesman Spokeswoman Spokesperson Coordinator Co-ordinator Vice Deputy Senior
    Lead Author Governor Ambassador Scientist Researcher Fellow Lecturer Consultant Adviser Advisor Physician
    Dean Principal Rector Provost Superintendent Sergeant Captain Colonel Major Representative Senator
    Congressman Congresswoman Treasurer Premier Prime Assistant Associate Executive HM Criminal District County
    State State’s Company Group Department University Global National International Operations Communications
    Health Education Immigration Citizenship Foreign Affairs Media Press Public Relations Financial Institutions
    Jefe Ventas Gerente Fundador Cofundador Leiter Leiterin Sprecher Sprecherin Mitbegründer Mitgründer Porte-
    parole Pennaeth Llefarydd Présidente Président Directeur Directrice Geschäftsführer Vorsitzender Presidente
    Directora Directeur Cyfarwyddwr Prif Weithredwr Gweinidog Officer
    Teacher Headteacher Headmaster Headmistress Nurse Doctor Surgeon Engineer Architect Analyst Economist Farmer
    Curator Archivist Librarian Owner Chancellor Constable Detective Sheriff Prosecutor Ombudsman Trustee Campaigner
    Ministre Maire Sénateur Sénatrice Député Députée Préfet Préfète Conseiller Conseillère Professeur Professeure
    Directrice-générale Fondateur Fondatrice Responsable Chef Cheffe Porte-parole
    Ministerin Bürgermeister Bürgermeisterin Oberbürgermeister Oberbürgermeisterin Landrat Landrätin Geschäftsführerin
    Vorsitzende Vorstandsvorsitzender Vorstandsvorsitzende Präsident Präsidentin Direktor Direktorin Staatssekretär
    Staatssekretärin Professorin Bundesminister Bundesministerin Senatorin Abgeordnete Abgeordneter Projektleiter
    Projektleiterin Gründer Gründerin Vorstand
    Ministra Ministro Alcalde Alcaldesa Concejal Concejala Consejero Consejera Director Fundadora Portavoz
    Secretario Secretaria Rector Rectora Profesor Profesora Presidenta
    Arweinydd Aelod Cadeirydd Maer Gweinidog Cyfarwyddwraig Swyddog""".split()
)
ROLE_PREFIX = re.compile(r"(?:Co|Vice|Ex|Sub|Mid|Non|Pre|Vize)-[^\W\d_]")
"""The beginning of a word such as “Co-author”, which is no first name."""
BODIES = frozenset(
    """University College Institute School Hospital Council Trust Foundation Society Association Department
    Ministry Court Psychiatry Medicine Centre Center Office Board Agency Authority Committee Commission Union
    Corporation Company Ltd Inc Limited Group Service Services Party Parliament Press News Journal Universität
    Université Universidad Prifysgol Street Road House Library Museum Bank Fund Day Project Programme Program
    Research Study Genetics Nature Medical Parkway Avenue Lane Drive Boulevard Place Floor Suite Square Details
    Website""".split()
)
BODY_NOUNS = BODIES | frozenset(
    """Partnership Alliance Coalition Network Federation Forum Campaign Charity Church Cathedral Club Theatre Theater
    Gallery Gardens Festival Orchestra Ensemble Band Team Games Studios Studio Labs Laboratories Laboratory Systems
    Technologies Technology Solutions Software Industries Energy Power Water Railways Rail Airways Airlines Airport
    Homes Housing Holdings Partners Ventures Capital Insurance Pharmaceuticals Pharma Therapeutics Biosciences
    Publishing Books Times Herald Echo Gazette Tribune Chronicle Telegraph Post Mail Review Magazine Radio Television
    Police Army Navy Force Government Cabinet Senate Congress Assembly Treasury Bureau Register Registry Exchange
    Wales Scotland England Ireland Britain Europe America Africa Asia Zealand Kingdom States Islands York Delhi
    Works Stores Foods Farms Brewery Hotel Hotels Motors Logistics Consulting Advisors Associates Initiative
    Stiftung Verein Verband Gesellschaft Stadtwerke Bundesamt Landesamt Ministerium Amt Kammer Gewerkschaft Werke
    Mairie Musée Ville Région Département Fondation Institut Ministère Société Conseil Banque
    Ayuntamiento Museo Fundación Ministerio Gobierno Instituto Asociación Sociedad Junta Diputación Consejo
    Cyngor Llywodraeth Amgueddfa Ymddiriedolaeth Cymdeithas Llyfrgell Ysgol Bwrdd Comisiwn Sefydliad Senedd
    DNA GmbH AG SE KG PLC SA SL LLC LLP""".split()
)
"""Words that end the name of a body, a place or a publication."""
GERMAN_ROLE = re.compile(
    r"[A-ZÄÖÜ][\w-]{2,}(?:minister|leiter|sprecher|meister|direktor|präsident|professor|forscher|führer|gründer"
    r"|sekretär|berater|beauftragter?|vorsitzender?|vorstand|chef|schaftler|wart)(?:in)?"
)
"""A German compound that ends in a role, such as “Abteilungsleiterin”."""
ROLE = re.compile(
    r"""\b(?:(?:co|vice|ex|deputy)-?)?(?:
        minister|secretary|director|president|chair(?:man|woman|person)?|chief|executive|officer|c\.?e\.?o|cto|cfo|coo|cmo
        |head|inspector|manager|professor|judge|justice|attorney|lawyer|solicitor|barrister|counsel|mayor|councill?or
        |leader|commissioner|editor|(?:co-?)?founder|partner|spokes(?:man|woman|person)|coordinator|co-ordinator
        |author|governor|ambassador|scientist|researcher|fellow|lecturer|consultant|advis[eo]r|physician|dean|principal
        |rector|provost|superintendent|sergeant|captain|colonel|representative|senator|congress(?:man|woman)
        |treasurer|premier|associate|assistant|analyst|economist|engineer|architect|designer|developer|teacher
        |headteacher|nurse|midwife|doctor|surgeon|dentist|vet|farmer|owner|boss|resident|volunteer|student|pupil
        |trustee|patron|campaigner|activist|curator|archivist|librarian|keeper|conservator|artist|writer|poet|actor
        |actress|singer|musician|composer|conductor|producer|presenter|journalist|historian|archaeologist|biologist
        |chemist|physicist|ecologist|geologist|psychologist|astronomer|mathematician|statistician|expert|specialist
        |investigator|chancellor|constable|detective|sheriff|prosecutor|ombudsman|member|mp|chaplain|bishop|priest
        |vicar|imam|rabbi|coach|player|skipper|pilot|driver|builder|baker|butcher|chef|gardener|forester|ranger|warden
        |mother|father|mum|dad|parent|grandmother|grandfather|grandson|granddaughter|widow|brother|sister|son|daughter
        |host|anchor|blogger|intern|guide|drummer|guitarist|comedian|filmmaker|photographer|illustrator|retailer
        |survivor|patient|carer|customer|lead|supervisor|organi[sz]er|planner|strategist|buyer|trader|investor
        |alumn(?:a|us|i|ae)|graduate|undergraduate|postgraduate|apprentice|trainee
        |entrepreneur|inventor|winner|novelist|translator|speaker|convenor|convener|whip|clerk|registrar|bursar
        |ministre|maire|sénat(?:eur|rice)|députée?|préf[eè]te?|conseill(?:er|ère)|professeure?|directeur|directrice
        |fondat(?:eur|rice)|présidente?|responsable|cheffe?|porte-parole|cherch(?:eur|euse)|enseignante?|médecin|auteure?
        |\w*(?:minister|leiter|sprecher|meister|direktor|präsident|professor|forscher|führer|gründer|sekretär|rektor
            |autor|ärzt|lehrer|berater|beauftragte[rn]?|vorsitzende[rn]?|rat|rät|vorstand|senator|abgeordnete[rn]?
            |schaftler|chef|wart|schreiber)(?:in)?
        |ministr[oa]|alcalde(?:sa)?|concejala?|consejer[oa]|directora?|fundadora?|portavoz|secretari[oa]|rectora?
        |profesora?|president[ea]|jefe|jefa|gerente|investigadora?|autora?|médic[oa]|responsable|coordinadora?
        |gweinidog|cyfarwyddwr|cadeirydd|arweinydd|cynghorydd|athro|athrawes|prif|pennaeth|llefarydd|aelod|maer
        |swyddog|rheolwr|llyfrgellydd|ymchwilydd|awdur|curadur
    )s?\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A word of a role within a text, capitalised or not."""
PEOPLE = (
    r"(?:authors?|researchers?|scientists?|writers?|team|experts?|organi[sz]ers?|campaigners?|investigators?|officials?"
    r"|residents|students|teachers|parents|farmers|police|council|government|charity|trust|company|firm|university|union"
    r"|museum|ministry|department|office|agency|group|committee|board|party|coalition|alliance|association|foundation"
    r"|family|families|court|bank|club|society|institute|network|federation|partners|founders|directors|ministers"
    r"|leaders|judges|engineers|editors|publishers?|doctors|nurses|workers|members|developers|project|organi[sz]ation"
    r"|auteurs?|chercheurs|chercheuses|scientifiques|équipe|association|ministère|entreprise|société|mairie|ville|syndicat"
    r"|fondation|organisateurs|Forscher|Forscherinnen|Forschenden|Autoren|Autorinnen|Wissenschaftler|Veranstalter"
    r"|Ministerium|Unternehmen|Verein|Verband|Stadt|Gewerkschaft|Stiftung|Polizei|autores|autoras|investigadores"
    r"|científicos|organizadores|ministerio|empresa|asociación|ayuntamiento|sindicato|fundación|ymchwilwyr|awduron"
    r"|cyngor|elusen|llywodraeth|trefnwyr|undeb|cwmni)"
)
GROUP = re.compile(
    rf"""(?:the|these|two|three|four|les|la|le|l[’']|die|der|das|los|las|el|yr|y|['’]r)\s*
         (?:(?!(?:that|which|who|of|and)\b)[\w’'-]+\s+){{0,4}}(?:\w+s|{PEOPLE})
         (?:\s+(?:of|from|at|behind|de|der|du|von)\s+[^,;:]{{1,80}})?""",
    re.IGNORECASE | re.VERBOSE,
)
SPOKESPERSON = re.compile(
    r"""(?:(?:an?|the|une?|le|la|ein|eine|der|die|un|una|el)\s+)?(?:[^\s,;:]+\s+){0,7}?
        (?:spokes\w+|representative|source|porte-parole|\w*sprecher(?:in)?|portavoz|llefarydd)
        (?:\s+(?:for|of|from|at|on\s+behalf|de|du|des|del|der|vom|von|ar\s+ran|yn)\b[^,;:]{0,100})?""",
    re.IGNORECASE | re.VERBOSE,
)
"""“A spokesperson for Name”, who is not named."""
OFFICE = re.compile(
    rf"(?:the|le|la|der|die|el|yr?)\s+\d+[\s-](?:year-old|ans|jährige|años)|(?:the|el|la|le|der|die|y|yr)\s+(?:(?!(?:that|which|who|and)\b)\S+\s+){{0,3}}?(?:{ROLE.pattern}|Court)"
    r"(?:\s+(?:of|for|de|del|du|der|yr)\s+.{1,80})?",
    re.IGNORECASE | re.VERBOSE,
)
LEFT_OVER = re.compile(
    r"[\s,(]*(?:who|whose|which|that|qui|dont|lequel|quien|que|cuyo|cuya|der\s+(?!\w+[rn]?\s)|adding|and\s+(?!\w+\s*$)"
    r"|but|while|avant|after|before|además|bevor|wobei|tout\s+en|en\s+\w+ant|as\s+(?:he|she|they)|\w+ed\b|\w+ing\b|also\b|is|was|are|were|has|have|had|ist|war|est|es|fue|mae|in\s+an?\b)\b",
    re.IGNORECASE,
)
"""The beginning of words behind a name that are no role."""
FINITE = re.compile(r"\b(?:is|was|are|were|has|have|had|will|can|ist|war|hat|est|es|fue|mae|welcomed|adding)\b")
TAIL = re.compile(
    r"weiter|hinzu|abschließend|later|again|further|encore"
    r"|(?:in|at|on|to|during|after|dans|lors|bei|beim|im|am|en|durante|mewn|wrth)\s+(?:\S+\s*){1,10}|today|yesterday"
    r"|hoy|ayer|heute|gestern|heddiw|hier|aujourd[’']hui",
    re.IGNORECASE,
)
BEHIND_ROLE = re.compile(r"(?:\(|of|from|at|for|de|du|des|von|vom|der|del|o|yn|MP|MS|MEP|AM|OBE|CBE|MBE|KC|QC)\b|\(")

"""The words of an office's notices by language; where a language has none, notices are in English.

A further language is a further entry of `SPOKEN`. See that somebody who speaks it reads the whole: a notice that is
misunderstood is worse than one in English.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """What notices say in a language.

    `{when}`, `{headline}` and the like stand for what is told; days are patterns of Unicode UTS 35, part 4.

    Attributes:
        language: in which it is said.
        when: an hour with its zone, its day, and the same in UTC.
        day, utc_day: how days are written.
    """

    language: str = "en-GB"
    day: str = "EEEE d MMMM y"
    utc_day: str = "EEEE d MMMM"
    when: str = "{time} {zone} on {day} ({utc} UTC, {utc_day})"
    embargo: str = "EMBARGO"
    reason: str = "Reason: {reason}"
    replaces: str = "What is attached takes the place of what you have. Please delete the earlier files."
    no_longer: str = "These files no longer hold, by SHA-256 (a marked copy has another):"
    moved_label: str = "ADVISORY {number}, EMBARGO MOVED"
    moved_title: str = "ADVISORY {number}: EMBARGO MOVED"
    moved_to: str = "“{headline}” may now be used from {when}. Until then it stays under embargo."
    moved_from: str = "It was to be used from {when}. That time no longer holds."
    public: str = "Public now:"
    over: str = "The embargo until {when} has ended:"
    ended_title: str = "EMBARGO ENDED"
    ended: str = "“{headline}” is public, and may be used from now on."
    ended_early: str = "The embargo until {when} no longer holds."
    here: str = "It is here:"
    corrected: str = "CORRECTED"
    refile: str = "REFILE"
    repeat: str = "REPEAT"
    correction: str = "“{headline}”: {line}."
    withdrawn_label: str = "WITHDRAWN, DO NOT USE"
    withdrawn_title: str = "WITHDRAWN – DO NOT USE"
    withdrawn: str = (
        "“{headline}” ({reference}) is withdrawn. Do not publish, broadcast or post it, nor any part of it."
    )
    take_down: str = "If it has been used, please take it down, and tell your readers so."
    delete: str = "Please delete every file of it that you have."
    locked: str = (
        "The release is in the attached PDF. It opens with a password, which the press office gives you by another way;"
        " so the text does not stand in this mail, and the PDF is not an archival one (PDF/A)."
    )


ENGLISH = NoticeWords()
SPOKEN = {
    "en": ENGLISH,
    "en-us": NoticeWords(day="EEEE, MMMM d, y", utc_day="EEEE, MMMM d"),
    "cy": NoticeWords(
        when="{time} {zone} {day} ({utc} UTC, {utc_day})",
        reason="Rheswm: {reason}",
        replaces="Mae’r hyn sydd ynghlwm yn cymryd lle’r hyn sydd gennych. Dilëwch y ffeiliau cynharach.",
        no_longer="Nid yw’r ffeiliau hyn yn ddilys mwyach, yn ôl SHA-256 (mae un gwahanol gan gopi wedi’i farcio):",
        moved_label="HYSBYSIAD {number}, NEWID AMSER YR EMBARGO",
        moved_title="HYSBYSIAD {number}: NEWID AMSER YR EMBARGO",
        moved_to="Gellir defnyddio “{headline}” bellach o {when}. Tan hynny mae o dan embargo o hyd.",
        moved_from="Yr amser blaenorol oedd {when}. Nid yw’r amser hwnnw’n ddilys mwyach.",
        public="Yn gyhoeddus nawr:",
        over="Mae’r embargo tan {when} wedi dod i ben:",
        ended_title="EMBARGO WEDI DOD I BEN",
        ended="Mae “{headline}” yn gyhoeddus, a gellir ei ddefnyddio o hyn ymlaen.",
        ended_early="Nid yw’r embargo tan {when} yn ddilys mwyach.",
        here="Mae ar gael yma:",
        corrected="CYWIRWYD",
        refile="AILANFON",
        repeat="AILADRODD",
        withdrawn_label="TYNNWYD YN ÔL, PEIDIWCH Â’I DDEFNYDDIO",
        withdrawn_title="TYNNWYD YN ÔL – PEIDIWCH Â’I DDEFNYDDIO",
        withdrawn="Tynnwyd “{headline}” ({reference}) yn ôl. Peidiwch â’i gyhoeddi, ei ddarlledu na’i bostio,"
        " nac unrhyw"
        " ran ohono.",
        take_down="Os yw wedi’i ddefnyddio, tynnwch ef i lawr, a rhowch wybod i’ch darllenwyr.",
        delete="Dilëwch bob ffeil ohono sydd gennych.",
        locked="Mae’r datganiad yn y PDF sydd ynghlwm. Mae angen cyfrinair i’w agor, a gewch gan swyddfa’r wasg mewn"
        " ffordd arall; felly nid yw’r testun yn yr e-bost hwn, ac nid PDF archifol (PDF/A) mohono.",
    ),
    "de": NoticeWords(
        day="EEEE, d. MMMM y",
        utc_day="EEEE, d. MMMM",
        when="{day}, {time} Uhr {zone} ({utc_day}, {utc} Uhr UTC)",
        embargo="SPERRFRIST",
        reason="Grund: {reason}",
        replaces="Die Anlagen ersetzen, was Sie bisher haben. Bitte löschen Sie die früheren Dateien.",
        no_longer="Diese Dateien gelten nicht mehr, nach SHA-256 (eine markierte Kopie hat eine andere Prüfsumme):",
        moved_label="HINWEIS {number}, SPERRFRIST GEÄNDERT",
        moved_title="HINWEIS {number}: SPERRFRIST GEÄNDERT",
        moved_to="„{headline}“ ist jetzt frei ab {when}. Bis dahin gilt die Sperrfrist.",
        moved_from="Die frühere Sperrfrist bis {when} gilt nicht mehr.",
        public="Jetzt öffentlich:",
        over="Die Sperrfrist bis {when} ist abgelaufen:",
        ended_title="SPERRFRIST AUFGEHOBEN",
        ended="„{headline}“ ist öffentlich und ab sofort frei.",
        ended_early="Die Sperrfrist bis {when} gilt nicht mehr.",
        here="Hier steht es:",
        corrected="BERICHTIGUNG",
        refile="NEUFASSUNG",
        repeat="WIEDERHOLUNG",
        correction="„{headline}“: {line}.",
        withdrawn_label="ZURÜCKGEZOGEN, NICHT VERWENDEN",
        withdrawn_title="ZURÜCKGEZOGEN – NICHT VERWENDEN",
        withdrawn="„{headline}“ ({reference}) ist zurückgezogen. Bitte nicht veröffentlichen, senden oder"
        " posten, auch nicht"
        " in Teilen.",
        take_down="Falls Sie es schon verwendet haben, nehmen Sie es bitte zurück und sagen Sie es Ihrem Publikum.",
        delete="Bitte löschen Sie alle Dateien, die Sie davon haben.",
        locked="Die Mitteilung steht im angehängten PDF. Es öffnet sich mit einem Passwort, das Sie von der"
        " Pressestelle auf"
        " anderem Weg bekommen; deshalb steht der Text nicht in dieser Mail, und das PDF ist kein Archiv-PDF (PDF/A).",
    ),
    "es": NoticeWords(
        day="EEEE d 'de' MMMM 'de' y",
        utc_day="EEEE d 'de' MMMM",
        when="las {time} {zone} del {day} ({utc} UTC, {utc_day})",
        reason="Motivo: {reason}",
        replaces="Los archivos adjuntos sustituyen a los que tiene. Por favor, borre los anteriores.",
        no_longer="Estos archivos ya no son válidos, por SHA-256 (una copia marcada tiene otro):",
        moved_label="AVISO {number}, CAMBIO DE EMBARGO",
        moved_title="AVISO {number}: CAMBIO DE EMBARGO",
        moved_to="«{headline}» puede usarse ahora a partir de {when}. Hasta entonces sigue bajo embargo.",
        moved_from="Antes podía usarse a partir de {when}. Esa hora ya no es válida.",
        public="Ya es público:",
        over="El embargo hasta {when} ha terminado:",
        ended_title="FIN DEL EMBARGO",
        ended="«{headline}» es público y puede usarse desde ahora.",
        ended_early="El embargo hasta {when} ya no es válido.",
        here="Está aquí:",
        corrected="CORRECCIÓN",
        refile="REENVÍO",
        repeat="REPETICIÓN",
        correction="«{headline}»: {line}.",
        withdrawn_label="RETIRADO, NO USAR",
        withdrawn_title="RETIRADO – NO USAR",
        withdrawn="«{headline}» ({reference}) queda retirado. No lo publique, emita ni difunda, ni entero ni en parte.",
        take_down="Si ya se ha usado, por favor, retírelo y avise a sus lectores.",
        delete="Por favor, borre todos los archivos que tenga de él.",
        locked="El comunicado está en el PDF adjunto. Se abre con una contraseña que la oficina de prensa le da"
        " por otra vía;"
        " por eso el texto no está en este correo, y el PDF no es de archivo (PDF/A).",
    ),
    "fr": NoticeWords(
        when="{day} à {time} {zone} ({utc_day}, {utc} UTC)",
        reason="Motif\u00a0: {reason}",
        replaces="Les pièces jointes remplacent ce que vous avez. Merci de supprimer les fichiers précédents.",
        no_longer="Ces fichiers ne sont plus valables, par SHA-256 (une copie marquée en a une autre)\u00a0:",
        moved_label="AVIS {number}, EMBARGO DÉPLACÉ",
        moved_title="AVIS {number}\u00a0: EMBARGO DÉPLACÉ",
        moved_to="«\u00a0{headline}\u00a0» peut désormais être utilisé à partir du {when}. D’ici là, il reste"
        " sous embargo.",
        moved_from="L’heure annoncée auparavant, le {when}, n’est plus valable.",
        public="Désormais public\u00a0:",
        over="L’embargo jusqu’au {when} est levé\u00a0:",
        ended_title="EMBARGO LEVÉ",
        ended="«\u00a0{headline}\u00a0» est public et peut être utilisé dès maintenant.",
        ended_early="L’embargo jusqu’au {when} n’est plus valable.",
        here="À lire ici\u00a0:",
        corrected="CORRECTION",
        refile="RENVOI",
        repeat="RÉPÉTITION",
        correction="«\u00a0{headline}\u00a0»\u00a0: {line}.",
        withdrawn_label="RETIRÉ, NE PAS UTILISER",
        withdrawn_title="RETIRÉ – NE PAS UTILISER",
        withdrawn="«\u00a0{headline}\u00a0» ({reference}) est retiré. Ne pas publier, diffuser ni partager,"
        " même en partie.",
        take_down="S’il a déjà été utilisé, merci de le retirer et d’en informer vos lecteurs.",
        delete="Merci de supprimer tous les fichiers que vous en avez.",
        locked="Le communiqué est dans le PDF joint. Il s’ouvre avec un mot de passe, que le service de presse"
        " vous donne par"
        " un autre moyen\u00a0; le texte n’est donc pas dans ce courriel, et le PDF n’est pas un PDF"
        " d’archivage (PDF/A).",
    ),
    "ar": NoticeWords(
        when="الساعة {time} {zone} يوم {day} ({utc} UTC، {utc_day})",
        embargo="محظور النشر حتى",
        reason="السبب: {reason}",
        replaces="تحل الملفات المرفقة محل ما لديكم. يرجى حذف الملفات السابقة.",
        no_longer="لم تعد هذه الملفات صالحة، بحسب SHA-256 (للنسخة المعلَّمة رقم آخر):",
        moved_label="تنبيه {number}، تغيير موعد حظر النشر",
        moved_title="تنبيه {number}: تغيير موعد حظر النشر",
        moved_to="يمكن الآن استخدام «{headline}» ابتداءً من {when}. وحتى ذلك الحين يبقى النشر محظورًا.",
        moved_from="كان الموعد السابق {when}. لم يعد ذلك الموعد قائمًا.",
        public="متاح للنشر الآن:",
        over="انتهى حظر النشر الذي كان حتى {when}:",
        ended_title="انتهى حظر النشر",
        ended="أصبح «{headline}» متاحًا للنشر، ويمكن استخدامه من الآن.",
        ended_early="لم يعد حظر النشر حتى {when} قائمًا.",
        here="تجدونه هنا:",
        corrected="تصحيح",
        refile="إعادة إرسال",
        repeat="تكرار",
        correction="«{headline}»: {line}.",
        withdrawn_label="مسحوب، لا تستخدموه",
        withdrawn_title="مسحوب – لا تستخدموه",
        withdrawn="سُحب «{headline}» ({reference}). يرجى عدم نشره أو بثه أو مشاركته، لا كله ولا جزء منه.",
        take_down="إذا سبق استخدامه فيرجى إزالته وإبلاغ قرائكم بذلك.",
        delete="يرجى حذف كل ما لديكم من ملفاته.",
        locked="البيان في ملف PDF المرفق، ويُفتح بكلمة مرور يعطيكم إياها المكتب الصحفي بطريقة أخرى؛ لذلك لا"
        " يظهر النص في هذه"
        " الرسالة، وليس الملف نسخة أرشيفية (PDF/A).",
    ),
}


def notice_words(language: str) -> NoticeWords:
    """Return the words of a BCP 47 language with its region's dates, or the English ones."""
    found = SPOKEN.get(language.lower()) or SPOKEN.get(language.partition("-")[0].lower())
    return replace(found, language=language) if found else ENGLISH

"""The words of an office's notices by language, else English.

A further language is a further entry of `SPOKEN`. Make sure that somebody who speaks it reads the whole: a notice that
is misunderstood is worse than one in English.
"""

from __future__ import annotations

from dataclasses import replace

from pressgen.text.notice_words import ENGLISH, NoticeWords

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
        same_words="Yr un yw’r geiriau",
        should_read="dylai “{was}” ddarllen “{now}”",
        missing="roedd “{now}” ar goll",
        taken_out="mae “{was}” wedi’i dynnu allan",
        withdrawn_label="TYNNWYD YN ÔL, PEIDIWCH Â’I DDEFNYDDIO",
        withdrawn_title="TYNNWYD YN ÔL – PEIDIWCH Â’I DDEFNYDDIO",
        withdrawn="Tynnwyd “{headline}” ({reference}) yn ôl. Peidiwch â’i gyhoeddi, ei ddarlledu na’i bostio,"
        " nac unrhyw"
        " ran ohono.",
        take_down="Os yw wedi’i ddefnyddio, tynnwch ef i lawr, a rhowch wybod i’ch darllenwyr.",
        delete="Dilëwch bob ffeil ohono sydd gennych.",
        locked="Mae’r datganiad yn y PDF sydd ynghlwm. Mae angen cyfrinair i’w agor, a gewch gan swyddfa’r wasg mewn"
        " ffordd arall; felly nid yw’r testun yn yr e-bost hwn, ac nid PDF archifol (PDF/A) mohono.",
        review_label="I’w adolygu, rownd {number}",
        review_title="I’W ADOLYGU – NID I’W GYHOEDDI",
        draft="Drafft yw “{headline}” ({reference}), yn rownd {number} yr adolygu. Peidiwch â’i anfon ymlaen at neb.",
        change="Newidiwch y ffeil Word fel y mynnwch: mae’n cofnodi’r hyn a wnewch. Neu marciwch y PDF, mewn unrhyw"
        " raglen. Yna anfonwch y naill neu’r llall yn ôl i’r cyfeiriad hwn. Neu atebwch y neges hon, a newidiwch"
        " y testun a ddyfynnir. Cewch wybod beth ddaeth o bob newid a sylw.",
        attached="Ynghlwm: {files}",
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
        same_words="Der Wortlaut ist derselbe",
        should_read="statt „{was}“ muss es heißen „{now}“",
        missing="„{now}“ fehlte",
        taken_out="„{was}“ entfällt",
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
        review_label="Zur Durchsicht, Runde {number}",
        review_title="ZUR DURCHSICHT – NICHT ZUR VERÖFFENTLICHUNG",
        draft="„{headline}“ ({reference}) ist ein Entwurf, in Runde {number} der Durchsicht. Bitte geben Sie ihn nicht"
        " weiter.",
        change="Ändern Sie die Word-Datei, wie Sie möchten: Sie zeichnet auf, was Sie tun. Oder markieren Sie das PDF,"
        " in einem beliebigen Programm. Schicken Sie dann eines von beiden an diese Adresse zurück. Oder"
        " antworten Sie auf diese Mail, und ändern Sie den zitierten Text. Sie erfahren, was aus jeder Änderung"
        " und Anmerkung geworden ist.",
        attached="Anlagen: {files}",
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
        same_words="El texto es el mismo",
        should_read="donde dice «{was}» debe decir «{now}»",
        missing="faltaba «{now}»",
        taken_out="se suprime «{was}»",
        withdrawn_label="RETIRADO, NO USAR",
        withdrawn_title="RETIRADO – NO USAR",
        withdrawn="«{headline}» ({reference}) queda retirado. No lo publique, emita ni difunda, ni entero ni en parte.",
        take_down="Si ya se ha usado, por favor, retírelo y avise a sus lectores.",
        delete="Por favor, borre todos los archivos que tenga de él.",
        locked="El comunicado está en el PDF adjunto. Se abre con una contraseña que la oficina de prensa le da"
        " por otra vía;"
        " por eso el texto no está en este correo, y el PDF no es de archivo (PDF/A).",
        review_label="Para revisión, ronda {number}",
        review_title="PARA REVISIÓN – NO PUBLICAR",
        draft="«{headline}» ({reference}) es un borrador, en su ronda {number} de revisión. Por favor, no lo"
        " pase a nadie.",
        change="Cambie el archivo de Word como quiera: registra lo que usted hace. O marque el PDF, con cualquier"
        " programa. Después devuelva uno de los dos a esta dirección. O responda a este correo y cambie el texto"
        " citado. Sabrá qué ha sido de cada cambio y de cada comentario.",
        attached="Adjuntos: {files}",
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
        same_words="le texte est le même",
        should_read="au lieu de «\u00a0{was}\u00a0», lire «\u00a0{now}\u00a0»",
        missing="«\u00a0{now}\u00a0» manquait",
        taken_out="«\u00a0{was}\u00a0» est supprimé",
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
        review_label="À relire, tour {number}",
        review_title="À RELIRE – NE PAS PUBLIER",
        draft="«\u00a0{headline}\u00a0» ({reference}) est un projet, au tour {number} de relecture. Merci de ne le"
        " transmettre à personne.",
        change="Modifiez le fichier Word comme vous le souhaitez\u00a0: il enregistre ce que vous faites. Ou annotez le"
        " PDF, avec n’importe quel programme. Renvoyez ensuite l’un ou l’autre à cette adresse. Ou répondez à ce"
        " courriel et modifiez le texte cité. Vous saurez ce que devient chaque modification et chaque remarque.",
        attached="Pièces jointes\u00a0: {files}",
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
        same_words="النص نفسه لم يتغير",
        should_read="الصواب «{now}» بدلًا من «{was}»",
        missing="سقطت عبارة «{now}»",
        taken_out="حُذفت عبارة «{was}»",
        withdrawn_label="مسحوب، لا تستخدموه",
        withdrawn_title="مسحوب – لا تستخدموه",
        withdrawn="سُحب «{headline}» ({reference}). يرجى عدم نشره أو بثه أو مشاركته، لا كله ولا جزء منه.",
        take_down="إذا سبق استخدامه فيرجى إزالته وإبلاغ قرائكم بذلك.",
        delete="يرجى حذف كل ما لديكم من ملفاته.",
        locked="البيان في ملف PDF المرفق، ويُفتح بكلمة مرور يعطيكم إياها المكتب الصحفي بطريقة أخرى؛ لذلك لا"
        " يظهر النص في هذه"
        " الرسالة، وليس الملف نسخة أرشيفية (PDF/A).",
        review_label="للمراجعة، الجولة {number}",
        review_title="للمراجعة – ليس للنشر",
        draft="«{headline}» ({reference}) مسودة في الجولة {number} من المراجعة. يرجى عدم إرسالها إلى أحد.",
        change="عدّلوا ملف Word كما تشاؤون: فهو يسجل ما تفعلونه. أو ضعوا ملاحظاتكم على ملف PDF بأي برنامج. ثم أعيدوا"
        " أحدهما إلى هذا العنوان. أو ردّوا على هذه الرسالة وعدّلوا النص المقتبس. وسنخبركم بما آل إليه كل تعديل"
        " وكل ملاحظة.",
        attached="المرفقات: {files}",
    ),
}


def get_notice_words(language: str) -> NoticeWords:
    """Return the words of notices in a language, else in English.

    Dates follow the language's region.
    """
    found = SPOKEN.get(language.lower()) or SPOKEN.get(language.partition("-")[0].lower())
    return replace(found, language=language) if found else ENGLISH

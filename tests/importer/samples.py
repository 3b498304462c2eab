"""Old releases in five languages and several manners; every body and person in them is invented."""

from __future__ import annotations

GERMAN = """\
Pressemitteilung

Sperrfrist: Mittwoch, 14. Mai 2025, 10 Uhr

Stadtwerke Brunnfeld senken den Strompreis zum Sommer

Neuer Tarif gilt für 40.000 Haushalte

Brunnfeld, 12. Mai 2025 – Die Stadtwerke Brunnfeld senken zum Juli den Strompreis um acht Prozent.

„Wir geben weiter, was wir am Markt sparen“, sagte Vorstandsvorsitzende Dr. Hanna Reuter. „Das sind wir schuldig.“

Der Betriebsratsvorsitzende Jens Oltmann erklärte: „Für die Beschäftigten ändert sich nichts. Die Arbeit bleibt hier.“

Die wichtigsten Punkte:

• acht Prozent weniger für alle Haushalte
• kein Wechsel des Vertrags nötig

Über die Stadtwerke Brunnfeld

Die Stadtwerke Brunnfeld versorgen seit 1903 die Stadt mit Strom, Gas und Wasser.

Hinweise für die Redaktion

1. Der Aufsichtsrat hat 14 Mitglieder.
2. Bilder finden Sie unter https://stadtwerke.example/bilder.

Pressekontakt:
Lena Vogt
Telefon: +49 30 5550 1234
E-Mail: presse@stadtwerke.example
"""

FRENCH = """\
COMMUNIQUÉ DE PRESSE

Sous embargo jusqu'au jeudi 5 juin 2025 à 6 h 00

Le musée de Valbrun rouvre ses portes après trois ans de travaux

Valbrun, le 3 juin 2025 – Le musée accueillera de nouveau le public samedi, après trois ans de travaux.

« Nous retrouvons nos visiteurs avec une joie immense », a déclaré Claire Dubreuil, directrice du musée.

« Les salles sont plus claires et plus calmes », ajoute-t-elle. « Chacun y trouvera sa place. »

Le maire de Valbrun, Paul Ferrand, a souligné : « Ce musée est la mémoire de notre ville. »

FIN

Notes aux rédactions

1) Le musée est ouvert tous les jours sauf le mardi.
2) L'entrée est gratuite le premier dimanche du mois.

Contact presse :
Marc Aubry – 01 55 55 01 23 – presse@valbrun.example

À propos du musée de Valbrun
Fondé en 1872, le musée conserve 8 000 œuvres.
"""

SPANISH = """\
NOTA DE PRENSA

Embargado hasta las 09:00 del lunes 3 de marzo de 2025

La biblioteca de Alcorán abrirá también por la noche

Alcorán, 28 de febrero de 2025.- La biblioteca municipal abrirá hasta medianoche desde el lunes, durante un año.

«Muchos vecinos trabajan de día y estudian de noche», dijo la concejala de Cultura, Lucía Moreno. «Se lo debíamos.»

Según el director, Tomás Ibarra, la prueba costará 90.000 euros.

Ibarra añadió: «No cerraremos ninguna otra sala para pagarla.

»Queremos que la noche sea de todos.»

Notas para los editores

- La biblioteca tiene 220 plazas.
- Abrió en 1964.

Contacto de prensa: Ana Ruiz, 910 555 123, prensa@alcoran.example
"""

WELSH = """\
DATGANIAD I'R WASG

Embargo tan 00.01 ddydd Iau 6 Mehefin 2024

Llyfrgell Llanferin yn agor ei drysau bob dydd Sul

Bydd llyfrgell Llanferin yn agor bob dydd Sul o fis Medi ymlaen, meddai'r cyngor heddiw, am y tro cyntaf.

Dywedodd Cynghorydd Mared Prys, Aelod Cabinet dros Ddiwylliant: “Mae pobl wedi gofyn am hyn. Rydym wedi gwrando.

“Bydd croeso i bawb yma.”

Ychwanegodd y llyfrgellydd Huw Pari: “Rydyn ni'n barod i agor.”

DIWEDD

Nodiadau i olygyddion

1. Mae'r llyfrgell wedi bod ar agor ers 1921.
2. Am ymholiadau gan y cyfryngau, cysylltwch â Nia Rowlands ar 01632 960 456 neu wasg@llanferin.example
"""

COUNCIL = """\
NEWS RELEASE
Thornbeck Borough Council
Ref: TBC/24/117
For immediate release: Tuesday 9 January 2024

Council to plant 10,000 trees along the A617
- Work begins in February
- Residents can adopt a tree

Thornbeck Borough Council will plant 10,000 trees along the A617 this winter to cut noise and clean the air.

Cllr Dev Anand, Cabinet Member for the Environment, said the trees were “long overdue”.

"This is the largest planting in our history," Cllr Anand said. "It will be felt for a century."

He added: "I would urge everybody to take part."

Ruth Ekwall, 43, of Mill Lane, said: "About time."

-ends-

Note to Editors:
(1) The trees are oak, hornbeam and wild cherry.
(2) Cllr Anand is available for interview; please contact the press office.
(3) Pictures: a photocall will be held at 10am on 12 February.

Media contact: Joan Petrie, Senior Communications Officer
T: 01632 960 777
Out of hours: 07700 900 111
E: press@thornbeck.example
"""

AMERICAN = """\
FOR IMMEDIATE RELEASE

Contact: Dana Whitfield
(555) 555-0142
dana@harborlight.example

Harborlight Foundation Awards $2 Million to Rural Clinics

Grants will reach 14 counties over three years

PORTLAND, Maine, March 4, 2025 -- The Harborlight Foundation today awarded $2 million to clinics in 14 rural counties.

"Nobody should have to drive for a blood test," said Maria Delgado, president of the Foundation. "We bring it home."

According to Delgado, the first payments will be made in May.

"We have waited a long time," said Dr. Peter Oakes, who runs a clinic, adding that he hoped others would follow.

About the Harborlight Foundation
The Harborlight Foundation was established in 1988. It has given $90 million.

###
"""

CHARITY = """\
STRICTLY EMBARGOED UNTIL 9.30AM (BST), FRIDAY 12 JULY 2024

One in three young carers miss school each week, survey finds

New figures from the Wren Trust show that one in three young carers in Wales miss at least a day of school each week.

The survey of 1,204 carers aged 11 to 17 found:
* 34% miss a day a week or more
* 21% have been bullied
  - most of them at school
* 8% have left education

Gwen Harries, Chief Executive of the Wren Trust, said:

"Children are being asked to choose between their family and their future.

"That is not a choice any child should face."

A Department for Learning spokesperson said: "We are investing £4m in support."

Ends

Notes for editors:

• The survey was carried out online between 1 and 20 May 2024.
• The Wren Trust is a registered charity (no. 1234567).

For further information, interviews or case studies please contact:
Iolo Penry, Media Manager, 029 2055 5123, iolo@wrentrust.example
Out of hours: 07700 900 222
"""

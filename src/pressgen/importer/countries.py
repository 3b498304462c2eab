"""Countries, and how their offices can be told apart.

Each has its dialling code, its zone and the names of it and of its towns. Sources: ISO 3166-1, ITU-T E.164, the IANA
time zone database, and the postal abbreviations of states and provinces.
"""

from __future__ import annotations

from typing import NamedTuple


class Country(NamedTuple):
    """A country.

    Attributes:
        name: in English.
        dialling: its code, without “+”.
        zone: the zone of most of its people.
        places: names of the country, its people and its towns, in several languages.
    """

    name: str
    dialling: str
    zone: str
    places: str


COUNTRIES = {
    "GB": Country("United Kingdom", "44", "Europe/London", "UK|U.K.|Britain|British|England|Scotland|Scottish|Wales"
        "|Welsh"
        "|Northern Ireland|London|Manchester|Edinburgh|Glasgow|Cardiff|Belfast|Leeds|Liverpool|Bristol|Sheffield"
        "|Nottingham|Leicester|Swansea|Aberdeen|Oxford|Southampton|Whitehall|Westminster|Cymru|Caerdydd|Llundain"
        "|Royaume-Uni|Großbritannien|Reino Unido|Londres"),
    "IE": Country("Ireland", "353", "Europe/Dublin", "Ireland|Irish|Dublin|Galway|Limerick|Waterford|Éireann"),
    "US": Country("United States", "1", "America/New_York", "United States|U.S.|USA|U.S.A.|America|États-Unis|USA"),
    "CA": Country("Canada", "1", "America/Toronto", "Canada|Canadian|Canadians|Canadien|Canadienne|canadien"
        "|canadienne"),
    "AU": Country("Australia", "61", "Australia/Sydney", "Australia|Australian|Australians|Commonwealth Government"),
    "NZ": Country("New Zealand", "64", "Pacific/Auckland", "New Zealand|New Zealanders|Aotearoa|Auckland|Christchurch"
        "|Wellington"),
    "ZA": Country("South Africa", "27", "Africa/Johannesburg", "South Africa|South African|Johannesburg|Cape Town"
        "|Pretoria|Durban"),
    "IN": Country("India", "91", "Asia/Kolkata", "India|Indian|New Delhi|Mumbai|Bengaluru|Bangalore|Hyderabad|Chennai"),
    "FR": Country("France", "33", "Europe/Paris", "France|français|française|Paris|Lyon|Marseille|Toulouse|Bordeaux"
        "|Lille|Nantes|Strasbourg|Frankreich|Francia"),
    "BE": Country("Belgium", "32", "Europe/Brussels", "Belgium|Belgian|Belgique|belge|België|Brussels|Bruxelles|Brussel"
        "|Anvers|Antwerpen|Liège|Gent"),
    "CH": Country("Switzerland", "41", "Europe/Zurich", "Switzerland|Swiss|Suisse|suisse|Schweiz|Schweizer|Svizzera"
        "|Zürich"
        "|Zurich|Genève|Geneva|Genf|Lausanne|Basel|Bâle|Bern|Berne|Luzern"),
    "LU": Country("Luxembourg", "352", "Europe/Luxembourg", "Luxembourg|Luxemburg"),
    "DE": Country("Germany", "49", "Europe/Berlin", "Germany|German|Deutschland|deutsche|deutschen|Berlin|München"
        "|Munich"
        "|Hamburg|Köln|Frankfurt|Stuttgart|Düsseldorf|Leipzig|Dresden|Hannover|Nürnberg|Bonn|Allemagne|Alemania"),
    "AT": Country("Austria", "43", "Europe/Vienna", "Austria|Austrian|Österreich|österreichische|österreichischen"
        "|Wien|Vienna"
        "|Graz|Linz|Salzburg|Innsbruck"),
    "ES": Country("Spain", "34", "Europe/Madrid", "Spain|Spanish|España|español|española|Madrid|Barcelona|Sevilla"
        "|Bilbao"
        "|Zaragoza|Málaga|Espagne|Spanien"),
    "MX": Country("Mexico", "52", "America/Mexico_City", "Mexico|México|mexicano|mexicana|Ciudad de México|Monterrey"
        "|Guadalajara|Jalisco"),
    "AR": Country("Argentina", "54", "America/Argentina/Buenos_Aires", "Argentina|argentino|argentina|Buenos Aires"),
    "CL": Country("Chile", "56", "America/Santiago", "Chile|chileno|chilena|Santiago de Chile"),
    "CO": Country("Colombia", "57", "America/Bogota", "Colombia|colombiano|colombiana|Bogotá|Medellín"),
    "PE": Country("Peru", "51", "America/Lima", "Perú|Peru|peruano|peruana|peruanos|Lima|Cusco|Machupicchu"),
    "SV": Country("El Salvador", "503", "America/El_Salvador", "El Salvador|San Salvador|salvadoreño|salvadoreña"),
    "BR": Country("Brazil", "55", "America/Sao_Paulo", "Brasil|Brazil|brasileiro|brasileira|São Paulo|Rio de Janeiro"
        "|Brasília"),
    "PT": Country("Portugal", "351", "Europe/Lisbon", "Portugal|português|portuguesa|Lisboa|Lisbon|Porto"),
    "IT": Country("Italy", "39", "Europe/Rome", "Italy|Italian|Italia|italiano|italiana|Roma|Rome|Milano|Milan|Torino"
        "|Napoli|Bologna|Firenze"),
    "NL": Country("Netherlands", "31", "Europe/Amsterdam", "Netherlands|Dutch|Nederland|Nederlandse|Amsterdam|Rotterdam"
        "|Den Haag|Utrecht|Eindhoven"),
    "PL": Country("Poland", "48", "Europe/Warsaw", "Poland|Polish|Polska|Polski|Polsce|Warszawa|Warsaw|Kraków|Gdańsk"),
    "CZ": Country("Czechia", "420", "Europe/Prague", "Czechia|Czech|Česko|Praha|Prague|Brno"),
    "SE": Country("Sweden", "46", "Europe/Stockholm", "Sweden|Swedish|Sverige|Stockholm|Göteborg|Malmö"),
    "NO": Country("Norway", "47", "Europe/Oslo", "Norway|Norwegian|Norge|Oslo|Bergen|Trondheim"),
    "DK": Country("Denmark", "45", "Europe/Copenhagen", "Denmark|Danish|Danmark|København|Copenhagen|Aarhus"),
    "FI": Country("Finland", "358", "Europe/Helsinki", "Finland|Finnish|Suomi|Suomen|Helsinki|Tampere|Turku"),
    "GR": Country("Greece", "30", "Europe/Athens", "Greece|Greek|Athens|Ελλάδα|Αθήνα"),
    "RO": Country("Romania", "40", "Europe/Bucharest", "Romania|România|București|Bucharest"),
    "HU": Country("Hungary", "36", "Europe/Budapest", "Hungary|Magyarország|Budapest"),
    "UA": Country("Ukraine", "380", "Europe/Kyiv", "Ukraine|Ukrainian|Kyiv|Київ|Україна"),
    "RU": Country("Russia", "7", "Europe/Moscow", "Russia|Russian|Россия|России|Москва|Moscow"),
    "TR": Country("Turkey", "90", "Europe/Istanbul", "Turkey|Türkiye|Istanbul|Ankara"),
    "IL": Country("Israel", "972", "Asia/Jerusalem", "Israel|Israeli|Tel Aviv|Jerusalem"),
    "AE": Country("United Arab Emirates", "971", "Asia/Dubai", "UAE|United Arab Emirates|Dubai|Abu Dhabi"),
    "BH": Country("Bahrain", "973", "Asia/Bahrain", "Bahrain|Manama"),
    "NG": Country("Nigeria", "234", "Africa/Lagos", "Nigeria|Nigerian|Lagos|Abuja"),
    "GH": Country("Ghana", "233", "Africa/Accra", "Ghana|Ghanaian|Accra"),
    "KE": Country("Kenya", "254", "Africa/Nairobi", "Kenya|Kenyan|Nairobi"),
    "JP": Country("Japan", "81", "Asia/Tokyo", "Japan|Japanese|Tokyo|Osaka|日本|東京"),
    "CN": Country("China", "86", "Asia/Shanghai", "China|Chinese|Beijing|Shanghai|Shenzhen|中国"),
    "HK": Country("Hong Kong", "852", "Asia/Hong_Kong", "Hong Kong"),
    "SG": Country("Singapore", "65", "Asia/Singapore", "Singapore"),
    "KR": Country("South Korea", "82", "Asia/Seoul", "South Korea|Seoul|대한민국|서울"),
    "PK": Country("Pakistan", "92", "Asia/Karachi", "Pakistan|Pakistani|Karachi|Islamabad|Lahore"),
    "MY": Country("Malaysia", "60", "Asia/Kuala_Lumpur", "Malaysia|Malaysian|Kuala Lumpur"),
}  # fmt: skip

EASTERN, CENTRAL, MOUNTAIN, PACIFIC = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
)  # fmt: skip
REGIONS: dict[str, dict[str, str]] = {
    "US": {
        EASTERN: "New York|Boston|Miami|Atlanta|Philadelphia|Pittsburgh|Baltimore|Detroit|Orlando|Tampa|Brooklyn"
        "|Manhattan|Charlotte|Washington|WASHINGTON|Washington, D.C.|Capitol Hill"
        "|Connecticut|Delaware|Florida|Georgia|Kentucky|Maine|Maryland|Massachusetts|Michigan|New Hampshire|New Jersey"
        "|North Carolina|Ohio|Pennsylvania|Rhode Island|South Carolina|Vermont|Virginia|West Virginia|Indiana"
        "|Conn.|Del.|Fla.|Ga.|Ind.|Ky.|Mass.|Md.|Mich.|N.C.|N.H.|N.J.|N.Y.|Pa.|R.I.|S.C.|Va.|Vt.|W.Va.|D.C.",
        CENTRAL: "Chicago|Dallas|Houston|Austin|San Antonio|Fort Worth|Milwaukee|Minneapolis|St. Louis|Nashville"
        "|New Orleans|Memphis|Kansas City|Alabama|Arkansas|Illinois|Iowa|Kansas|Louisiana|Minnesota|Mississippi"
        "|Missouri|Nebraska|North Dakota|Oklahoma|South Dakota|Tennessee|Texas|Wisconsin"
        "|Ala.|Ark.|Ill.|Kan.|La.|Minn.|Miss.|Mo.|N.D.|Neb.|Okla.|S.D.|Tenn.|Wis.",
        MOUNTAIN: "Denver|Salt Lake City|Albuquerque|Boise|Colorado|Idaho|Montana|New Mexico|Utah|Wyoming"
        "|Colo.|Mont.|N.M.|Wyo.",
        "America/Phoenix": "Phoenix|Tucson|Scottsdale|Arizona|Ariz.",
        PACIFIC: "Los Angeles|San Francisco|San Diego|San Jose|Silicon Valley|Orange County|Seattle|Las Vegas"
        "|California|Nevada|Oregon|Washington State|Calif.|Nev.|Ore.|Wash.",
        "America/Anchorage": "Anchorage|Alaska",
        "Pacific/Honolulu": "Honolulu|Hawaii",
    },
    "CA": {
        "America/Toronto": "Toronto|Ottawa|Montreal|Montréal|Quebec|Québec|Ontario|Mississauga|Ont.|Que.",
        "America/Winnipeg": "Winnipeg|Manitoba",
        "America/Regina": "Regina|Saskatoon|Saskatchewan",
        "America/Edmonton": "Calgary|Edmonton|Alberta",
        "America/Vancouver": "Vancouver|British Columbia|B.C.",
        "America/Halifax": "Nova Scotia|New Brunswick|Prince Edward Island|Fredericton|Moncton",
        "America/St_Johns": "Newfoundland|St. John's|St. John’s",
    },
    "AU": {
        "Australia/Sydney": "Canberra|Sydney|New South Wales|NSW|Newcastle NSW|Wollongong",
        "Australia/Melbourne": "Melbourne|Geelong|Ballarat|Victorian Government",
        "Australia/Hobart": "Hobart|Launceston|Tasmania|Tasmanian|Tasmanians",
        "Australia/Brisbane": "Brisbane|Queensland|Queenslanders|Cairns|Townsville|Gold Coast",
        "Australia/Adelaide": "Adelaide|South Australia|South Australian|SOUTH AUSTRALIA",
        "Australia/Darwin": "Darwin|Northern Territory",
        "Australia/Perth": "Perth|Western Australia|Western Australian|WESTERN AUSTRALIA",
    },
    "BR": {
        "America/Sao_Paulo": "São Paulo|Rio de Janeiro|Brasília|Belo Horizonte|Curitiba|Porto Alegre|Salvador",
        "America/Manaus": "Manaus|Amazonas",
    },
    "MX": {"America/Mexico_City": "Ciudad de México|Guadalajara|Monterrey|CDMX", "America/Tijuana": "Tijuana"},
    "RU": {"Europe/Moscow": "Москва|Москве"
        "|Moscow", "Asia/Novosibirsk": "Новосибирск", "Asia/Vladivostok": "Владивосток"},
}  # fmt: skip
"""The parts of countries whose clocks differ, by zone."""
SAME_CLOCK = (("Australia/Sydney", "Australia/Melbourne", "Australia/Hobart"),)
"""Zones whose clocks have agreed since 2008."""
STATES: dict[str, dict[str, str]] = {
    "US": {
        EASTERN: "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
        CENTRAL: "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
        MOUNTAIN: "CO ID MT NM UT WY", "America/Phoenix": "AZ", PACIFIC: "CA NV OR WA",
        "America/Anchorage": "AK", "Pacific/Honolulu": "HI",
    },
    "CA": {
        "America/Toronto": "ON QC", "America/Winnipeg": "MB", "America/Regina": "SK", "America/Edmonton": "AB",
        "America/Vancouver": "BC", "America/Halifax": "NS NB PE", "America/St_Johns": "NL",
    },
    "AU": {
        "Australia/Sydney": "NSW ACT", "Australia/Melbourne": "VIC Vic", "Australia/Hobart": "TAS Tas",
        "Australia/Brisbane": "QLD Qld", "Australia/Adelaide": "SA", "Australia/Darwin": "NT", "Australia/Perth": "WA",
    },
}  # fmt: skip
"""Abbreviations of states and provinces in addresses, by zone."""
CANADIAN_CODES = frozenset(
    """204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 438 450 468 474 506 514
    519 537 548 579 581 584 587 604 613 639 647 672 683 705 709 742 753 778 780 782 807 819 825 867 873 879 902
    905 942""".split()
)
"""The area codes of the North American plan that belong to Canada."""
AUSTRALIAN_AREAS = {"02": "Australia/Sydney", "03": "Australia/Melbourne", "07": "Australia/Brisbane"}
LANGUAGE_COUNTRIES = {
    "de": "DE AT CH", "fr": "FR BE CA CH", "es": "ES MX AR CO PE CL", "pt": "PT BR", "it": "IT CH", "nl": "NL BE",
    "cy": "GB", "pl": "PL", "cs": "CZ", "sv": "SE", "no": "NO", "da": "DK", "fi": "FI", "el": "GR", "ro": "RO",
    "hu": "HU", "uk": "UA", "ru": "RU", "tr": "TR", "ja": "JP", "zh": "CN HK", "ko": "KR", "ur": "PK", "he": "IL",
}  # fmt: skip
"""The countries where a language is spoken, most speakers of press releases first."""
ENGLISH = "GB IE US CA AU NZ ZA IN"
"""The countries whose English has a tag of its own."""
PLACE_NAMES = frozenset(
    name for names in [*(each.places for each in COUNTRIES.values()), *(
        names for zones in REGIONS.values() for names in zones.values())] for name in names.split("|")
)  # fmt: skip
"""All names of countries and towns."""

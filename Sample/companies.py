"""Invented companies and the people who work there, from seven countries. None is meant to be a real one."""

import dataclasses

from people import plain


@dataclasses.dataclass(frozen=True)
class Country:
    """What differs from country to country. `patterns` are (industry, name); {f} is a family, {p} a place."""

    currency: str
    language: str
    zones: tuple
    hours_from_utc: int
    patterns: tuple
    families: tuple
    places: tuple
    women: tuple
    men: tuple
    surnames: tuple
    towns: tuple
    division: str
    legal: str
    phone: str


# Industry: its name, how much more or less it buys in each month, and the families of products it likes best.
INDUSTRIES = {
    "dairy": ("Dairy", "wave-spring", ("Dosing pumps", "Seals and spare parts", "Filtration")),
    "brewing": ("Brewing and beverages", "wave-summer", ("Valves", "Centrifugal pumps", "Filtration")),
    "chemicals": ("Fine chemicals", "flat", ("Dosing pumps", "Sensors and control", "Valves")),
    "pharma": ("Pharmaceuticals", "flat", ("Dosing pumps", "Filtration", "Sensors and control")),
    "paper": ("Pulp and paper", "flat", ("Centrifugal pumps", "Seals and spare parts", "Valves")),
    "water": ("Water and wastewater", "wave-autumn", ("Centrifugal pumps", "Sensors and control", "Services")),
    "food": ("Food processing", "wave-autumn", ("Centrifugal pumps", "Seals and spare parts", "Valves")),
    "textiles": ("Textile finishing", "wave-spring", ("Dosing pumps", "Valves", "Filtration")),
    "energy": ("District heating and energy", "wave-autumn", ("Valves", "Centrifugal pumps", "Services")),
    "machinery": ("Machine building", "flat", ("Seals and spare parts", "Sensors and control", "Centrifugal pumps")),
    "minerals": ("Quarrying and minerals", "wave-summer", ("Centrifugal pumps", "Seals and spare parts", "Services")),
    "irrigation": ("Irrigation and horticulture", "wave-summer", ("Centrifugal pumps", "Filtration", "Valves")),
    "ships": ("Shipbuilding", "flat", ("Centrifugal pumps", "Valves", "Services")),
    "ceramics": ("Ceramics", "flat", ("Filtration", "Centrifugal pumps", "Seals and spare parts")),
}

COUNTRIES = {
    "FR": Country(
        "EUR", "fr", ("Europe/Paris",), 1,
        (
            ("dairy", "Laiteries {p}"), ("dairy", "Fromageries {f}"), ("brewing", "Brasserie {f}"),
            ("brewing", "Cidrerie {p}"), ("chemicals", "Chimie fine {p}"), ("pharma", "Laboratoires {f}"),
            ("paper", "Papeteries {f}"), ("paper", "Cartonneries {p}"), ("water", "Régie des eaux {p}"),
            ("food", "Conserveries {f}"), ("food", "Biscuiterie {f}"), ("food", "Minoterie {p}"),
            ("textiles", "Tissages {f}"), ("energy", "Chaleur urbaine {p}"), ("machinery", "Ateliers {f}"),
            ("machinery", "Mécanique {f} et Fils"), ("minerals", "Carrières {p}"),
            ("irrigation", "Coopérative agricole {p}"),
        ),
        (
            "Brenac", "Tessandier", "Marcillon", "Vauquelle", "Lhermine", "Duvergey", "Ormières", "Chastagnol",
            "Bellencourt", "Grandvaux", "Faucheray", "Quéméner", "Ménétrel", "Thévenaz", "Aubrespy", "Coudrelle",
            "Malvézin", "Sérignol", "Boisgarnier", "Éparvier", "Œuvrard", "Plouvan",
        ),
        (
            "du Val d’Orbise", "de Marsonne", "d’Issandre", "de la Brenaie", "des Trois-Chênes", "du Haut-Servant",
            "de Courbelle", "de Roche-Avril", "du Pays de Lienne", "de Saint-Arcel", "de Vernelle", "des Sablières",
        ),
        (
            "Camille", "Élodie", "Sandrine", "Aurélie", "Nathalie", "Maëlle", "Fatima", "Delphine", "Anaïs", "Solène",
            "Véronique",
        ),
        (
            "Guillaume", "Frédéric", "Benoît", "Karim", "Stéphane", "Loïc", "Étienne", "Jérôme", "Pascal", "Rémy",
            "Cédric",
        ),
        (
            "Berthelin", "Caradec", "Dumontel", "Esnaud", "Fouquières", "Garnaudet", "Hamelin", "Joubertie",
            "Lacassin", "Mérigot", "Noblecourt", "Pasquereau", "Rivoallan", "Sauvageot", "Touzelin", "Vigneau",
            "Zerrouki", "Bensalem",
        ),
        (
            "Nantes", "Lille", "Rouen", "Metz", "Dijon", "Tours", "Brest", "Caen", "Valence", "Roanne", "Laval",
            "Cholet", "Mâcon", "Nîmes", "Troyes", "Colmar",
        ),
        "Usine de {town}", "SIREN 000 {a} {b}", "+33 1 99 00 {c} {d}",
    ),
    "DE": Country(
        "EUR", "en", ("Europe/Berlin",), 1,
        (
            ("dairy", "Molkerei {f} GmbH"), ("brewing", "Brauerei {f} KG"), ("chemicals", "{f} Chemie GmbH"),
            ("paper", "Papierfabrik {p} AG"), ("water", "Wasserverband {p}"), ("energy", "Stadtwerke {p}"),
            ("energy", "Fernwärme {p} GmbH"), ("machinery", "{f} Maschinenbau GmbH & Co. KG"),
            ("textiles", "Textilveredelung {f} GmbH"), ("food", "Zuckerfabrik {p} AG"), ("pharma", "{f} Pharma GmbH"),
            ("ceramics", "Keramik {f} GmbH"), ("minerals", "Kieswerke {p} GmbH"),
        ),
        (
            "Osterkamp", "Weidlinger", "Tannhoff", "Stüvermann", "Großkreutz", "Haldenrieth", "Mühlbrandt",
            "Reiffscheidt", "Jägersbacher", "Lübbenow", "Querfurther", "Wölkner", "Zaunreiter", "Ellersieck",
            "Föhrenbach", "Grümmer",
        ),
        (
            "Altwiesen", "Eschenrode", "Niederfelden", "Rabenstätt", "Oberlinach", "Seewalde", "Kreuzmühl",
            "Hohenbrück", "Birkenforst", "Wendlau", "Lindenhorst", "Steinquell",
        ),
        ("Anke", "Birgit", "Silke", "Ute", "Friederike", "Jana", "Heike", "Svenja", "Gül", "Marlene"),
        ("Dirk", "Jürgen", "Holger", "Matthias", "Sven", "Uwe", "Lukas", "Emre", "Rainer", "Torsten"),
        (
            "Ackermann", "Brüggemann", "Dietzel", "Eickhoff", "Fahrenholz", "Götze", "Hülsmann", "Jansohn", "Kettler",
            "Löwenthal", "Möllering", "Oppermann", "Riedesel", "Schönfeldt", "Trautwein", "Yıldırım", "Wachholz",
        ),
        (
            "Kassel", "Bremen", "Ulm", "Halle", "Erfurt", "Siegen", "Trier", "Passau", "Lübeck", "Hagen", "Chemnitz",
            "Bochum",
        ),
        "Werk {town}", "HRB 000{a}{b}", "+49 69 90009 {b}",
    ),
    "ES": Country(
        "EUR", "en", ("Europe/Madrid",), 1,
        (
            ("dairy", "Lácteos {f}, S.L."), ("brewing", "Cervezas {f}, S.A."), ("chemicals", "Químicas {p}, S.A."),
            ("paper", "Papelera {p}, S.A."), ("water", "Aguas {p}, S.A."), ("food", "Conservas {f}, S.L."),
            ("food", "Aceites {f}, S.L."), ("ceramics", "Cerámicas {f}, S.L."),
            ("irrigation", "Riegos {p}, S. Coop."), ("machinery", "Talleres {f}, S.L."),
        ),
        (
            "Peñalosa", "Ibarguren", "Castañeira", "Núñez-Orrio", "Villaseca", "Montalbán", "Etxegarai", "Salgueiro",
            "Urrutikoa", "Bermejales", "Llanos y Ríu", "Quiñonero",
        ),
        (
            "del Valle Alto", "de Sierra Clara", "de Fuentelmonte", "de Ribera Nueva", "del Alto Tormal",
            "de Monteagudillo", "de la Vega Honda",
        ),
        ("Begoña", "Lucía", "Marta", "Nuria", "Itziar", "Rocío", "Pilar", "Amaia", "Montserrat"),
        ("Iñaki", "Álvaro", "Jordi", "Rubén", "Gonzalo", "Ignacio", "Xabier", "Andrés", "Fermín"),
        (
            "Aguirrezabal", "Bustamante", "Cañizares", "Domènech", "Escribano", "Ferrándiz", "Goñi", "Iturralde",
            "Lorenzana", "Muñoyerro", "Olavarría", "Peñaranda", "Rebolledo", "Sanjurjo", "Valdés",
        ),
        ("Burgos", "Zaragoza", "Murcia", "Vitoria", "Lugo", "Huelva", "Castellón", "Girona", "Palencia", "Jaén"),
        "Planta de {town}", "CIF B-00{a}{b}", "+34 555 0{c} {b}",
    ),
    "NL": Country(
        "EUR", "en", ("Europe/Amsterdam",), 1,
        (
            ("dairy", "Zuivel {f} B.V."), ("brewing", "Brouwerij {f} B.V."), ("chemicals", "{f} Chemie B.V."),
            ("paper", "Papierfabriek {p} B.V."), ("water", "Waterbedrijf {p}"), ("ships", "Scheepswerf {f} B.V."),
            ("food", "Aardappelverwerking {f} B.V."), ("irrigation", "Kwekerij {f} B.V."),
            ("energy", "Warmtenet {p} B.V."), ("pharma", "{f} Life Sciences B.V."),
        ),
        (
            "Hoogendries", "Ter Braakhuis", "Kuipenburg", "Oostindië", "De Vlieghe", "Van der Slootweg",
            "Brouwershoek", "Noordveen", "Wijngaerd", "Zevenhuyzen",
        ),
        ("Oosterdam", "Veenwoude", "Waterhuizen", "Nieuw-Heerland", "Laagkerk", "Zuidermeer"),
        ("Anouk", "Marijke", "Saskia", "Fleur", "Hanneke", "Yasmina", "Ilse"),
        ("Joost", "Sjoerd", "Wouter", "Maarten", "Ruben", "Thijs", "Youssef"),
        (
            "Aalbers", "Boersma", "De Wildt", "Groeneveld", "Hofstra", "Kempenaar", "Lankhorst", "Nieuwenhuis",
            "Postma", "Schellevis", "Terpstra", "Van Oirschot", "Zijlmans",
        ),
        ("Zwolle", "Breda", "Venlo", "Deventer", "Dordrecht", "Leeuwarden", "Emmen", "Delfzijl"), "Vestiging {town}",
        "KvK 00{a}{b}", "+31 99 000 {c} {d}",
    ),
    "GB": Country(
        "GBP", "en", ("Europe/London",), 0,
        (
            ("dairy", "{f} Dairies Ltd"), ("brewing", "{f} & Sons Brewery Ltd"), ("water", "{p} Water Services plc"),
            ("paper", "{f} Paper Mills Ltd"), ("chemicals", "{f} Fine Chemicals Ltd"),
            ("energy", "{p} District Heating Ltd"), ("ships", "{f} Marine Engineering Ltd"),
            ("food", "{f} Biscuits Ltd"), ("ceramics", "{f} Ceramics Ltd"), ("minerals", "{p} Quarries Ltd"),
            ("pharma", "{f} Pharma Ltd"),
        ),
        (
            "Pennyfeather", "Thistlewick", "Trevanion", "Wetherall", "Merrifold", "Langstrothe", "Quillfeather",
            "Hartlebury", "O’Hanlon", "MacAuslan", "Penhallow", "Dunscombe",
        ),
        ("Aldermere", "Wrenholt", "Stonecastle Vale", "Saltmarsh Bay", "Oakmere", "Dunholme Fells"),
        ("Charlotte", "Imogen", "Priya", "Siobhán", "Rebecca", "Harriet", "Moira", "Ayesha"),
        ("Alistair", "Callum", "Dominic", "Rhys", "Graham", "Imran", "Toby", "Neil"),
        (
            "Ackroyd", "Blenkinsop", "Chowdhury", "D’Arcy-Hughes", "Eccleston", "Fairweather", "Hargreave",
            "Kavanagh", "Llewellyn", "McAllister", "Oyelaran", "Ravenscroft", "Satterthwaite", "Tregenza",
            "Whitcombe",
        ),
        ("Leeds", "Swindon", "Hull", "Burton", "Dundee", "Newport", "Preston", "Norwich"), "{town} plant",
        "Company no. 00{a}{b}", "+44 20 7946 0{b}",
    ),
    "US": Country(
        "USD", "en", ("America/Chicago", "America/New_York", "America/Denver"), -6,
        (
            ("dairy", "{f} Dairy Cooperative"), ("brewing", "{f} Brewing Company, Inc."),
            ("chemicals", "{p} Specialty Chemicals LLC"), ("paper", "{f} Paper Products, Inc."),
            ("water", "{p} Water District"), ("food", "{f} Food Processing LLC"), ("pharma", "{f} Biologics, Inc."),
            ("minerals", "{f} Aggregates LLC"), ("energy", "{p} Utilities Authority"),
        ),
        ("Hollenbeck", "Tallgrass", "Kittredge", "Papenfuss", "Dunleavy", "Sagewater", "Whitlock Creek", "Ostrander"),
        ("Cedar Bluff", "Prairie Fork", "Lake Osseo", "Iron Hollow", "Buckthorn County"),
        ("Denise", "Latoya", "Megan", "Guadalupe", "Brooke", "Kimberly", "Thuy"),
        ("Brandon", "Darnell", "Kyle", "Miguel", "Scott", "Vinh", "Wade"),
        (
            "Abernathy", "Castellanos", "Drummond", "Eriksen", "Guidry", "Hathaway", "Jankowski", "Lindgren",
            "Nakamura-Bell", "Pruitt", "Quintanilla", "Strickland", "Tran", "Van Houten",
        ),
        ("Toledo", "Omaha", "Duluth", "Macon", "Tulsa", "Fresno"), "{town} plant", "EIN 00-0{a}{b}",
        "+1 202 555 01{c}",
    ),
    "JP": Country(
        "JPY", "en", ("Asia/Tokyo",), 9, (), (), (),
        (("恵子", "Keiko"), ("直美", "Naomi"), ("由美", "Yumi"), ("さくら", "Sakura"), ("明日香", "Asuka")),
        (("健一", "Kenichi"), ("大輔", "Daisuke"), ("浩", "Hiroshi"), ("拓也", "Takuya"), ("誠", "Makoto")),
        (
            ("田中", "Tanaka"), ("渡辺", "Watanabe"), ("小川", "Ogawa"), ("長谷川", "Hasegawa"), ("松本", "Matsumoto"),
            ("石井", "Ishii"), ("三浦", "Miura"), ("藤田", "Fujita"), ("岡村", "Okamura"),
        ),
        (("浜松", "Hamamatsu"), ("富山", "Toyama"), ("岡山", "Okayama"), ("仙台", "Sendai"), ("熊本", "Kumamoto")), "{town}工場",
        "法人番号 000{a}{b}", "+81 3 0000 {b}",
    ),
}

JAPANESE = [
    ("machinery", "三日月精機株式会社", "Mikazuki Seiki"), ("paper", "株式会社青嶺製紙", "Aone Seishi"),
    ("food", "白波水産加工株式会社", "Shiranami Suisan Kako"), ("pharma", "霧峰薬品工業株式会社", "Kirimine Yakuhin"),
    ("dairy", "夕凪乳業株式会社", "Yunagi Nyugyo"), ("brewing", "株式会社雲雀醸造", "Hibari Jozo"),
    ("chemicals", "蒼天化学工業株式会社", "Soten Kagaku"), ("ceramics", "銀鈴製陶株式会社", "Ginrei Seito"),
    ("food", "早瀬川食品株式会社", "Hayasegawa Shokuhin"), ("ships", "浜千鳥造船株式会社", "Hamachidori Zosen"),
    ("water", "月見坂水道サービス株式会社", "Tsukimizaka Suido"), ("food", "楓浜精糖株式会社", "Kaedehama Seito"),
]

# The first account of a manager, where a name is to try what programs do with names.
SPECIAL = {
    "claire": ("machinery", "L'Atelier d'Orvanne"),
    "katrin": (
        "water",
        "Gesellschaft für wasserwirtschaftliche Anlagenplanung, Betriebsführung und Instandhaltung "
        "Oberlinach-Nordwald mbH & Co. Kommanditgesellschaft",
    ),
    "gareth": ("brewing", "O’Hanlon & Daughters Brewery Ltd"),
    "carlos": ("food", "Conservas Núñez-Orrio e Hijas, S.L."),
    "julien": ("dairy", "Fromageries Éparvier"),
}
SPECIAL_SLUGS = {"katrin": "gwab-oberlinach"}

# Leaves room for a number at the end.
SLUG_LENGTH_MAX = 36

# What a counterpart is that is no customer, and what it is called.
PARTNERS = [
    ("supplier", "machinery", "Fonderie Garlaban & Cie", "FR"),
    ("supplier", "machinery", "Dichtungswerk Aulendorff GmbH", "DE"),
    ("financial-partner", "machinery", "Caisse de leasing industriel du Morvan", "FR"),
    ("economic-partner", "water", "Clúster del Agua de Fuentelmonte", "ES"),
    ("social-partner", "water", "Stichting Schoon Water Veenwoude", "NL"),
    ("supplier", "machinery", "Brightwater Castings Ltd", "GB"),
    ("other", "chemicals", "Buckthorn State Pump Institute", "US"),
    ("economic-partner", "energy", "Pôle Fluides et Énergie de Marsonne", "FR"),
]

CONTACT_TITLES = [
    ("Managing director", "Directeur général", "Directrice générale", "management"),
    ("Head of purchasing", "Directeur des achats", "Directrice des achats", "purchasing"),
    ("Plant manager", "Directeur de site", "Directrice de site", "operations"),
    ("Head of maintenance", "Responsable maintenance", "Responsable maintenance", "operations"),
    ("Process engineer", "Ingénieur procédés", "Ingénieure procédés", "engineering"),
    ("Finance director", "Directeur financier", "Directrice financière", "finance"),
    ("Buyer, technical goods", "Acheteur technique", "Acheteuse technique", "purchasing"),
    ("Quality manager", "Responsable qualité", "Responsable qualité", "operations"),
    ("Warehouse manager", "Responsable magasin", "Responsable magasin", "operations"),
    (
        "Project manager, investments", "Chef de projet investissements", "Cheffe de projet investissements",
        "engineering",
    ),
    ("Accounts payable", "Comptable fournisseurs", "Comptable fournisseurs", "finance"),
    ("Legal counsel", "Juriste", "Juriste", "management"),
    ("Shift supervisor", "Chef d’équipe", "Cheffe d’équipe", "operations"),
    (
        "Energy and environment manager", "Responsable énergie et environnement",
        "Responsable énergie et environnement", "engineering",
    ),
]


class Names:
    """Gives out company names, each once."""

    def __init__(self, random):
        self._left = {}
        for code, country in COUNTRIES.items():
            names = [
                (industry, pattern.format(f=word, p=word))
                for industry, pattern in country.patterns
                for word in (country.families if "{f}" in pattern else country.places)]
            random.shuffle(names)
            self._left[code] = names
        self._japanese = list(JAPANESE)
        self._slugs = set()

    def company(self, code, special=None):
        """Industry, name, and the name in Latin letters."""
        if special in SPECIAL:
            industry, name = SPECIAL[special]
            return industry, name, name
        if code == "JP" and self._japanese:
            return self._japanese.pop(0)
        # A country whose names are used up lends some of the American ones.
        left = self._left[code] or self._left["US"] or self._left["FR"]
        industry, name = left.pop()
        return industry, name, name

    def slug(self, latin, special=None):
        """A short name that nobody has; legal forms are left out, as people do."""
        words = plain(SPECIAL_SLUGS.get(special, latin)).split("-")
        forms = {"gmbh", "kg", "ag", "co", "ltd", "plc", "inc", "llc", "mbh", "s", "l", "a", "b", "v", "coop",
                 "company"}
        while len(words) > 1 and words[-1] in forms:
            words.pop()
        while len("-".join(words)) > SLUG_LENGTH_MAX and len(words) > 1:
            words.pop()
        slug, number = "-".join(words)[:SLUG_LENGTH_MAX], 2
        while slug in self._slugs:
            slug, number = f"{slug.rstrip('0123456789').rstrip('-')}-{number}", number + 1
        self._slugs.add(slug)
        return slug


def person_name(random, code):
    """Full name, name in Latin letters, how one writes of them in a sentence, whether it is a woman."""
    country = COUNTRIES[code]
    is_woman = random.random() < 0.45
    first = random.choice(country.women if is_woman else country.men)
    last = random.choice(country.surnames)
    if code == "JP":
        return f"{last[0]} {first[0]} ({first[1]} {last[1]})", f"{first[1]} {last[1]}", f"{last[1]}-san", is_woman
    civility = ("Mme" if is_woman else "M.") if country.language == "fr" else "Ms" if is_woman else "Mr"
    return f"{first} {last}", f"{first} {last}", f"{civility} {last}", is_woman


def filled(pattern, random, number=None):
    """A registration or telephone number; the ranges used are set aside, or given to nobody.

    `number` makes it differ from those of others.
    """
    last = random.randrange(1000) if number is None else number % 1000
    return pattern.format(a=f"{random.randrange(1000):03d}", b=f"{last:03d}",
                          c=f"{random.randrange(100):02d}", d=f"{random.randrange(100):02d}")

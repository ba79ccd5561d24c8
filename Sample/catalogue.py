"""The directory: what Vernoux Fluides sells, what it does to sell it, and what it asks, scores and measures."""

import dataclasses
import datetime

import plan_templates
from people import ADMIN, STAFF
from records import EUROS, milliseconds, money, period

# Family: share of revenue that stays, and the French for one of it.
FAMILIES = {
    "Centrifugal pumps": (0.27, "pompes centrifuges"), "Dosing pumps": (0.34, "pompes doseuses"),
    "Valves": (0.30, "vannes"), "Seals and spare parts": (0.46, "pièces de rechange"),
    "Filtration": (0.36, "filtration"), "Sensors and control": (0.40, "capteurs et régulation"),
    "Services": (0.52, "prestations"),
}

# Sku, name, how one says it in French (with its article), list price in euros.
PRODUCTS = {
    "Centrifugal pumps": [
        ("CX-25", "CX 25 close-coupled pump", "la pompe CX 25", 980),
        ("CX-40", "CX 40 close-coupled pump", "la pompe CX 40", 1460),
        ("CX-65", "CX 65 close-coupled pump", "la pompe CX 65", 2350),
        ("CX-100", "CX 100 long-coupled pump", "la pompe CX 100", 4890),
        ("CM-4", "CM 4 multistage pump", "la pompe CM 4", 1720),
        ("CM-8", "CM 8 multistage pump", "la pompe CM 8", 2640),
        ("SB-50", "SB 50 submersible pump", "la pompe SB 50", 1890),
        ("SB-80", "SB 80 submersible pump", "la pompe SB 80", 3120),
        ("HY-32", "HY 32 hygienic pump", "la pompe HY 32", 2980),
        ("HY-50", "HY 50 hygienic pump", "la pompe HY 50", 4150),
    ],
    "Dosing pumps": [
        ("DM-6", "DM 6 diaphragm dosing pump", "la doseuse DM 6", 640),
        ("DM-15", "DM 15 diaphragm dosing pump", "la doseuse DM 15", 890),
        ("DM-60", "DM 60 diaphragm dosing pump", "la doseuse DM 60", 1580),
        ("DP-5", "DP 5 peristaltic pump", "la doseuse DP 5", 1120),
        ("DP-20", "DP 20 peristaltic pump", "la doseuse DP 20", 2240),
        ("DK-100", "DK 100 dosing skid", "le skid de dosage DK 100", 8900),
        ("DK-300", "DK 300 dosing skid", "le skid de dosage DK 300", 16800),
    ],
    "Valves": [
        ("VB-25", "VB 25 ball valve", "la vanne VB 25", 85), ("VB-50", "VB 50 ball valve", "la vanne VB 50", 160),
        ("VB-80", "VB 80 ball valve", "la vanne VB 80", 290),
        ("VP-50", "VP 50 butterfly valve", "la vanne VP 50", 130),
        ("VP-100", "VP 100 butterfly valve", "la vanne VP 100", 245),
        ("VP-200", "VP 200 butterfly valve", "la vanne VP 200", 520),
        ("VR-40", "VR 40 control valve", "la vanne VR 40", 1340),
        ("VR-65", "VR 65 control valve", "la vanne VR 65", 1890),
        ("VC-50", "VC 50 check valve", "le clapet VC 50", 110),
        ("VA-1", "VA 1 pneumatic actuator", "l’actionneur VA 1", 310),
    ],
    "Seals and spare parts": [
        ("JS-25", "JS 25 mechanical seal", "la garniture JS 25", 145),
        ("JS-43", "JS 43 mechanical seal", "la garniture JS 43", 210),
        ("JS-65", "JS 65 cartridge seal", "la garniture JS 65", 480),
        ("KR-CX", "Repair kit CX", "le kit de réparation CX", 190),
        ("KR-CM", "Repair kit CM", "le kit de réparation CM", 260),
        ("KR-DM", "Diaphragm set DM", "le jeu de membranes DM", 75),
        ("TU-DP", "Hose set DP", "le jeu de tubes DP", 95),
        ("RO-40", "Impeller 40, stainless", "la roue inox 40", 320),
        ("PA-6", "Bearing set 6", "le jeu de paliers 6", 120),
        ("MO-7", "IE4 motor 7.5 kW", "le moteur IE4 7,5 kW", 1150),
    ],
    "Filtration": [
        ("FC-10", "FC 10 cartridge housing", "le boîtier FC 10", 210),
        ("FC-40", "FC 40 multi-cartridge housing", "le boîtier FC 40", 1680),
        ("CA-5", "Cartridge 5 µm", "la cartouche 5 µm", 14), ("CA-1", "Cartridge 1 µm", "la cartouche 1 µm", 19),
        ("FP-2", "FP 2 bag filter", "le filtre à poche FP 2", 740),
        ("FA-3", "FA 3 self-cleaning filter", "le filtre FA 3", 5400),
        ("PO-25", "Filter bag 25 µm", "la poche 25 µm", 6),
        ("UF-20", "UF 20 ultrafiltration module", "le module UF 20", 3950),
    ],
    "Sensors and control": [
        ("SD-50", "SD 50 flow sensor", "le débitmètre SD 50", 760),
        ("SP-10", "SP 10 pressure sensor", "le capteur SP 10", 185),
        ("SL-3", "SL 3 level sensor", "le capteur SL 3", 420),
        ("SC-4", "SC 4 conductivity sensor", "le capteur SC 4", 390),
        ("AR-20", "AR 20 pump controller", "le régulateur AR 20", 1240),
        ("VF-11", "VF 11 frequency drive", "le variateur VF 11", 980),
        ("IQ-1", "IQ 1 condition monitor", "le moniteur IQ 1", 690),
    ],
    "Services": [
        ("S-MEX", "Maintenance contract, yearly", "le contrat de maintenance annuel", 2400),
        ("S-MES", "Commissioning, one day", "la mise en service", 1150),
        ("S-FOR", "Operator training, one day", "la formation opérateurs", 1350),
        ("S-AUD", "Pump efficiency audit", "l’audit énergétique des pompes", 2900),
        ("S-REP", "Workshop repair", "la réparation en atelier", 680),
        ("S-LOC", "Loan pump, per week", "la pompe de prêt", 240),
        ("S-DEP", "Field service call-out", "le dépannage sur site", 540),
        ("S-SUR", "Remote monitoring, yearly", "la télésurveillance annuelle", 780),
    ],
}

# Since when it is sold; until when. The rest was always there.
LAUNCHED = {"IQ-1": (2025, 3, 1), "S-SUR": (2025, 3, 1), "HY-50": (2024, 9, 1), "VF-11": (2024, 2, 1)}
WITHDRAWN = {"CX-25": (2026, 3, 31)}


UNSPOKEN = {"close-coupled", "long-coupled", "multistage", "submersible", "hygienic", "diaphragm", "peristaltic",
            "multi-cartridge", "self-cleaning", "ultrafiltration"}


@dataclasses.dataclass
class Product:
    """Something that is sold, and what the rest of the sample asks about it."""

    sku: str
    name: str
    french: str
    family: str
    price: float
    margin: float
    sold_from: datetime.date
    sold_until: datetime.date
    id: str = ""

    @property
    def is_service(self):
        return self.family == "Services"

    @property
    def spoken(self):
        """ "CX 40 pump", as people at work say it."""
        return " ".join(word for word in self.name.split(" ") if word not in UNSPOKEN)


# Name, type, from, to, budget in euros, goal, families it moves (none: all), countries (none: all), chance that a sale
# in reach comes from it, part of the budget that was spent, whose it is.
STRATEGIES = [
    (
        "Smart monitoring launch", "marketing", (2025, 3, 1), (2026, 2, 28), 180000,
        "300 monitored pumps in a year, half of them with the yearly remote service.", ("Sensors and control",), (),
        0.3, 0.9, 0,
    ),
    (
        "Spare parts within 48 hours", "commercial", (2024, 6, 1), (2026, 12, 31), 140000,
        "Delivery promise for the 40 most ordered parts; win back what customers buy from copies.",
        ("Seals and spare parts",), (), 0.12, 0.8, 0,
    ),
    (
        "Hygienic line for dairies", "commercial", (2024, 9, 1), (2025, 12, 31), 120000,
        "Replace rotary lobe pumps in dairies and breweries with HY pumps.", ("Centrifugal pumps",), (), 0.15, 1.0, 0,
    ),
    (
        "Salon Eau & Procédés 2024", "marketing", (2024, 4, 1), (2024, 9, 30), 95000,
        "Stand, lectures, 120 qualified talks; orders within six months.", (), ("FR",), 0.07, 1.1, 1,
    ),
    (
        "Salon Eau & Procédés 2026", "marketing", (2026, 4, 1), (2026, 9, 30), 110000,
        "Stand with the IQ 1, customers as speakers; orders within six months.", (), ("FR",), 0.08, 1.0, 1,
    ),
    (
        "Iberia distributors", "commercial", (2024, 1, 15), (2025, 6, 30), 160000,
        "Two distributors who keep stock; delivery in three days everywhere in Spain.", (), ("ES",), 0.05, 1.2, 0,
    ),
    (
        "Service contracts for key accounts", "commercial", (2024, 1, 1), (2026, 12, 31), 90000,
        "A yearly maintenance contract with every key account; fewer unplanned stops.", ("Services",), (), 0.25, 0.8,
        0,
    ),
    (
        "Energy audit campaign", "marketing", (2025, 1, 1), (2025, 12, 31), 70000,
        "60 audits, at least every third followed by a retrofit with a frequency drive.",
        ("Services", "Sensors and control"), (), 0.1, 0.9, 1,
    ),
    (
        "Loyalty bonus on volumes", "commercial", (2023, 11, 1), (2026, 12, 31), 210000,
        "Two per cent at the year's end for those who buy from four families.", (), (), 0.04, 0.7, 0,
    ),
    (
        "Webshop onboarding", "marketing", (2024, 3, 1), (2025, 2, 28), 65000,
        "Move small orders to the webshop: less work per order, open day and night.", ("Filtration", "Valves"), (),
        0.1, 1.0, 1,
    ),
]

TEMPLATES = [
    (
        "NPS, relation", "nps", "en", 10,
        "How likely are you to recommend Vernoux Fluides to a colleague?\nWhat is the main reason for your score?",
    ),
    (
        "NPS, relation commerciale", "nps", "fr", 10,
        "Recommanderiez-vous Vernoux Fluides à un confrère ?\nQuelle est la raison principale de votre note ?",
    ),
    (
        "NPS, Geschäftsbeziehung", "nps", "de", 10,
        "Würden Sie Vernoux Fluides einer Kollegin oder einem Kollegen empfehlen?\nWas ist der Hauptgrund?",
    ),
    (
        "NPS, relación comercial", "nps", "es", 10,
        "¿Recomendaría Vernoux Fluides a un colega?\n¿Cuál es el motivo principal?",
    ),
    (
        "Satisfaction after service", "csat", "en", 5,
        "How satisfied are you with the service you got?\nWas the technician on time?\nIs the problem solved?",
    ),
    (
        "Satisfaction après intervention", "csat", "fr", 5,
        "Êtes-vous satisfait de notre intervention ?\nLe technicien était-il à l’heure ?\nLe problème est-il résolu ?",
    ),
    (
        "Effort to order", "ces", "en", 7,
        "How easy was it to get what you needed from us?\nWhat took longer than it should?",
    ),
    (
        "Effort pour commander", "ces", "fr", 7,
        "A-t-il été facile d’obtenir ce dont vous aviez besoin ?\nQu’est-ce qui a pris trop de temps ?",
    ),
]

GUIDES = [
    (
        "Needs and plans, yearly", "en",
        "What will you build or replace in the next two years?\nWho decides, and by what?\n"
        "What keeps your maintenance busy?\nWhat should we do differently?",
    ),
    (
        "Besoins et projets, entretien annuel", "fr",
        "Quels investissements sur deux ans ?\nQui décide, et sur quels critères ?\n"
        "Qu’est-ce qui occupe votre maintenance ?\nQue devons-nous changer ?",
    ),
    ("After a lost order", "en", "Who won, and why?\nWhen did we lose it?\nWhat would bring us back?"),
    (
        "Après une commande perdue", "fr",
        "Qui a gagné, et pourquoi ?\nÀ quel moment l’avons-nous perdue ?\nQu’est-ce qui nous ferait revenir ?",
    ),
]

CRITERIA = [
    (
        "Revenue potential", "attractiveness", 3500,
        "1 below 20 k€ a year\n2 to 50 k€\n3 to 150 k€\n4 to 400 k€\n5 more",
    ),
    ("Growth of their market", "attractiveness", 2500, "1 shrinks\n3 stands\n5 grows by 5 % or more"),
    ("Margin we can earn", "attractiveness", 2500, "1 below 15 %\n3 about 30 %\n5 above 40 %"),
    ("Weight as a reference", "attractiveness", 1500, "1 unknown\n3 known in its region\n5 others follow it"),
    ("Access to those who decide", "strength", 3000, "1 buyer only\n3 plant manager\n5 board"),
    ("Share of wallet", "strength", 2500, "1 below 5 %\n3 about 25 %\n5 above 60 %"),
    ("Satisfaction", "strength", 2500, "1 complains often\n3 content\n5 recommends us"),
    ("Technical fit", "strength", 2000, "1 we cover a part\n3 most of it\n5 all, and know their plants"),
]

# Name, rule (none: chosen by hand), description.
SEGMENTS = [
    ("Key accounts", "key-account = yes", "Accounts that get a plan, a team and a review every quarter."),
    ("Loyal in France", "stage = loyal and country = FR", "They have bought regularly for years."),
    ("Sleeping", "stage = dormant", "Bought before, silent now; a call is due."),
    ("Top tier", "tier = 1", "The accounts that bring most of the margin."),
    ("Hygienic processes", None, "Dairies, breweries and pharma plants that clean in place and need certificates."),
    ("Prefers the webshop", None, "Orders small and often, wants no calls."),
    ("Energy savers", None, "Has a target for energy and a budget to reach it."),
    ("Reference customers", None, "Agreed to be visited and quoted."),
]

HEALTH = ("Health of an account",
          "satisfaction 25\nresponse 15\nresolution 20\nvalue-trend 20\nplan-progress 10\ncontact-cadence 10")

KPI_TARGETS = [
    ("Recommendation", "nps", "40", "10", "points"), ("Satisfaction after service", "csat", "85", "70", "%"),
    ("Easy to order from", "ces", "80", "60", "%"), ("Answers to surveys", "survey-response-rate", "40", "20", "%"),
    ("Problems resolved", "resolution-rate", "90", "75", "%"),
    ("Requests answered", "response-rate", "95", "80", "%"), ("First answer", "response-time", "4", "12", "hours"),
    ("Accounts kept", "retention-rate", "92", "85", "%"), ("Margin", "margin-rate", "35", "28", "%"),
    ("Revenue target reached", "attainment", "100", "85", "%"),
    ("Contact in time", "contact-cadence", "90", "70", "%"),
    ("Return of strategies", "strategy-effect", "1", "0", ""),
]

# Name, type (none: every), severity (none: however bad), hours to answer, hours to settle.
SERVICE_LEVELS = [
    ("Every request", None, None, 24, 240), ("High severity", None, "high", 8, 96),
    ("Critical: a plant stands still", None, "critical", 4, 48), ("Complaints", "complaint", None, 16, 168),
]


class Catalogue:
    """Products and the rest, with their ids once `record` has put them into the book."""

    def __init__(self, first_day, last_day):
        self.first_day, self.last_day = first_day, last_day
        self.products = [
            Product(sku, name, french, family, price, FAMILIES[family][0],
                    datetime.date(*LAUNCHED[sku]) if sku in LAUNCHED else datetime.date.min,
                    datetime.date(*WITHDRAWN[sku]) if sku in WITHDRAWN else last_day)
            for family, rows in PRODUCTS.items() for sku, name, french, price in rows]
        self.strategies = []
        self.templates, self.guides, self.criteria, self.segments = {}, {}, [], {}

    def record(self, book):
        """Everything that an admin imports before anybody else imports anything."""
        at = milliseconds(self.first_day, 7)
        admin = ADMIN.folder
        for product in self.products:
            product.id = book.add(
                admin, "product", product.sku, milliseconds(max(product.sold_from, self.first_day), 7),
                sku=product.sku, name=product.name, family=product.family,
                type="service" if product.is_service else "product", price=money(round(product.price * 100), "EUR"),
                active=product.sold_until >= self.last_day)
        self._strategies(book, admin)
        for title, kind, language, highest, questions in TEMPLATES:
            self.templates[kind, language] = book.add(
                admin, "survey-template", title, at, title=title, type=kind, questions=questions, scale_max=highest,
                language=language, edition=1, published=True)
        for title, language, questions in GUIDES:
            key = ("lost" if "lost" in title or "perdue" in title else "needs", language)
            self.guides[key] = book.add(
                admin, "interview-guide", title, at, title=title, questions=questions, language=language)
        for name, axis, weight, anchors in CRITERIA:
            self.criteria.append((name, book.add(
                admin, "selection-criterion", name, at, name=name, axis=axis, weight=weight, scale_max=5,
                anchors=anchors, active=True)))
        for name, rule, description in SEGMENTS:
            self.segments[name] = book.add(admin, "segment", name, at, name=name, rule=rule, description=description)
        book.add(admin, "health-definition", HEALTH[0], at, name=HEALTH[0], components=HEALTH[1], active=True)
        for name, indicator, good, warning, unit in KPI_TARGETS:
            book.add(
                admin, "kpi-target", name, at, name=name, indicator=indicator, good=good, warning=warning,
                unit=unit or None, active=True)

        for name, kind, severity, respond, resolve in SERVICE_LEVELS:
            book.add(
                admin, "service-level", name, at, name=name, type=kind, severity=severity, respond_hours=respond,
                resolve_hours=resolve, active=True)
        for currency, worth in EUROS.items():
            if currency != "EUR":
                book.add(
                    admin, "exchange-rate", currency, at, currency=currency, into="EUR", rate=f"{1 / worth:.9f}",
                    since=self.first_day.isoformat())
        book.add(
            admin, "import-mapping", "Support", at, name="Ancien support", description="Les tickets d’avant 2025",
            rules="kind service-request\nsystem old-desk\nmap Niveau=severity\nmap Niveau:Rouge=critical\nmap Texte=detail")
        plan_templates.record(book, admin, at)

    def _strategies(self, book, admin):
        """Their budgets are what was planned; what was spent are cost events (figures.py)."""
        leads = [next(person for person in STAFF if f"{department}:lead" in person.departments)
                 for department in ("sales", "marketing")]
        for name, kind, first, last, budget, goal, families, countries, chance, spent, owner in STRATEGIES:
            first, last = datetime.date(*first), datetime.date(*last)
            strategy = Strategy(name, first, last, budget, families, countries, chance, spent)
            strategy.id = book.add(
                admin, "strategy", name, milliseconds(max(first, self.first_day), 7), name=name, type=kind,
                period=period(first, last), budget=money(budget * 100, "EUR"), goal=goal, owner=leads[owner].email)
            self.strategies.append(strategy)


@dataclasses.dataclass
class Strategy:
    """An effort, and which sales may come from it."""

    name: str
    first: datetime.date
    last: datetime.date
    budget: float
    families: tuple
    countries: tuple
    chance: float
    spent: float
    id: str = ""

    def reaches(self, day, product, country):
        """Whether a sale may have come from it."""
        return (self.first <= day <= self.last and (not self.families or product.family in self.families)
                and (not self.countries or country in self.countries))

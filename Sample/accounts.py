"""The accounts: who they are, who of us answers for them, and how they came and went."""

import dataclasses
import datetime

import buying
from companies import COUNTRIES, INDUSTRIES, PARTNERS, Names, filled
from people import MANAGERS, STAFF
from records import KIND_NUMBERS, after, milliseconds, minor, rounded_money, stream

ACCOUNTS_MIN = len(MANAGERS)


@dataclasses.dataclass
class Contact:
    """Somebody of theirs, as later parts need them."""

    id: str
    name: str
    latin: str
    short: str
    title: str
    area: str
    consents: bool
    since: datetime.date
    left_on: datetime.date = None
    division: str = None

    def is_there(self, day):
        """Whether they worked there on that day."""
        return self.since <= day and (self.left_on is None or day < self.left_on)


@dataclasses.dataclass
class Account:
    """An account, with what the rest of the sample is derived from.

    `quality` is how well it is served, in standard deviations: delays, scores and losses follow from it.
    """

    index: int
    id: str
    slug: str
    name: str
    latin: str
    country: str
    industry: str
    manager: object
    counterpart: str
    quality: float
    margin_shift: float
    zone: str
    seed: int
    # How it buys (buying.py).
    rate: float = 0.0
    weekly_rate: float = 0.0
    nu: float = 1.0
    risk: float = 0.0
    growth: float = 0.0
    basket: float = 1.0
    is_old: bool = False
    begins_at: float = 0.0
    is_lost: bool = False
    orders: list = dataclasses.field(default_factory=list)
    favourites: list = dataclasses.field(default_factory=list)
    # What follows from that.
    stage: str = "prospect"
    tier: int = 3
    is_key: bool = False
    weight: float = 0.5
    first_contact: datetime.date = None
    # What belongs to it, as the parts of the sample add it.
    divisions: list = dataclasses.field(default_factory=list)
    contacts: list = dataclasses.field(default_factory=list)
    plans: list = dataclasses.field(default_factory=list)
    projects: list = dataclasses.field(default_factory=list)
    events: list = dataclasses.field(default_factory=list)

    @property
    def is_customer(self):
        return self.counterpart == "customer"

    @property
    def currency(self):
        return COUNTRIES[self.country].currency

    @property
    def language(self):
        return COUNTRIES[self.country].language

    @property
    def folder(self):
        return self.manager.folder

    def random(self, *purpose):
        """A generator for one purpose and this account."""
        return stream(self.seed, *purpose, self.slug)

    def choose_lines(self, order, count):
        """Fills an order with so many lines, the same ones for the same order."""
        buying.lines_of(stream(self.seed, "lines", order.number), self, order, count)

    def revenue(self, first=None, last=None):
        """Euros of the orders from one day to another."""
        return sum(order.euros for order in self.orders if (not first or first <= order.day)
                   and (not last or order.day <= last))

    def instant(self, day, random):
        """A moment of that day's working hours, where they are."""
        return milliseconds(day, random.randint(8, 16) - buying.hours_from_utc(self), random.randrange(60))

    def people(self, day, area=None):
        """Their people on that day; of another area when the wanted one has nobody."""
        there = [contact for contact in self.contacts if contact.is_there(day)] or self.contacts[:1]
        return [contact for contact in there if contact.area == area] or there

    def note_for(self, kind, record_id, instant, title):
        """Remembers what people may comment on."""
        self.events.append((KIND_NUMBERS[kind], record_id, instant, title))


def found(world):
    """Makes the accounts with names and temper, not yet with figures."""
    random = stream(world.seed, "accounts")
    names = Names(stream(world.seed, "names"))
    accounts, partners = [], list(PARTNERS)
    mood = {manager.folder: random.gauss(0, 0.35) for manager in MANAGERS}
    for index in range(world.account_count):
        is_first = index < len(MANAGERS)
        manager = MANAGERS[index] if is_first else random.choices(MANAGERS, [person.weight for person in MANAGERS])[0]
        country = manager.countries[0] if is_first or random.random() < 0.4 else manager.countries[-1]
        counterpart = "customer"
        # One in twenty-five is no customer; the last of the first dozen is, so that small samples have one too.
        if index % 25 == 11 and partners:
            counterpart, industry, name, country = partners.pop(0)
            latin = name
            if not is_first:
                manager = next(person for person in MANAGERS if country in person.countries)
        else:
            industry, name, latin = names.company(country, manager.folder if is_first else None)
        slug = names.slug(latin, manager.folder if is_first else None)
        at = milliseconds(world.first_day, 8) + index
        accounts.append(Account(
            index, world.book.new_id("account", slug, at), slug, name, latin, country, industry, manager, counterpart,
            quality=mood[manager.folder] + random.gauss(0, 0.93), margin_shift=random.gauss(0, 0.045),
            zone=random.choice(COUNTRIES[country].zones), seed=world.seed))
    return accounts


def is_buyer(account):
    """Of the customers, every twelfth has not bought yet."""
    return account.is_customer and account.index % 12 != 10


def grow(world, accounts):
    """Lets them buy, and derives stage, tier and weight from how they did."""
    buyers = [account for account in accounts if is_buyer(account)]
    buying.give_traits(world.seed, buyers)
    for account in buyers:
        account.favourites = buying.favourites(account.random("favourites"), account, world.catalogue.products)
    buying.simulate(world.seed, buyers, world.first_day, world.today, world.sale_count - world.credit_note_count)
    _rank(buyers)
    for account in accounts:
        _place(world, account)


def _rank(buyers):
    """Tiers, weights and key accounts, by what they brought."""
    ordered = sorted(buyers, key=lambda account: -account.revenue())
    mean = sum(account.revenue() for account in buyers) / len(buyers)
    for place, account in enumerate(ordered):
        share = place / len(ordered)
        account.tier = 1 if share < 0.1 else 2 if share < 0.3 else 3 if share < 0.6 else 4
        account.is_key = share < 0.14 or account.index % 40 == 17
        account.weight = min(4.0, max(0.35, (account.revenue() / mean) ** 0.5))


def _place(world, account):
    """Stage and first contact."""
    random = account.random("stage")
    if not account.orders:
        account.first_contact = after(world.today, -random.randint(30, 500))
        account.stage = random.choice(["potential", "prospect", "prospect"]) if account.is_customer else "loyal"
        account.tier = random.choice([3, 4, 5])
        account.is_key = account.is_customer and account.index % 72 == 10
        if not account.is_customer:
            account.first_contact = after(world.first_day, -random.randint(200, 3000))
        return
    silent = (world.today - account.orders[-1].day).days
    usual = max(20, 7 / account.weekly_rate)
    if account.is_lost and silent > 270:
        account.stage = "lost"
    elif silent > max(100, 5 * usual):
        account.stage = "dormant"
    elif len(account.orders) >= 40 and (account.is_old or account.quality > 0.3):
        account.stage = "loyal"
    else:
        account.stage = "buyer"
    before = random.randint(300, 4500) if account.is_old else random.randint(20, 200)
    account.first_contact = after(account.orders[0].day, -before)


NOTES = {
    "en": [
        "Orders by phone, confirms in writing.", "Wants one invoice a month, per plant.",
        "Deliveries only before noon.", "Their new director came from a competitor; ask for an introduction.",
        "Audits suppliers every second year.",
        "Purchasing is central, but plants may order up to 5,000 by themselves.",
        "Plans a second line; budget round in September.", "Prefers e-mail; answers within the day.",
        "Safety briefing needed before every visit.", "Pays on the day, wants a discount for it.",
        "Sister company buys the same from somebody else.", "Stops for three weeks in summer: plan service then.",
    ],
    "fr": [
        "Commande par téléphone, confirme par écrit.", "Une facture par mois et par site.",
        "Livraisons le matin uniquement.", "La nouvelle direction vient d’un concurrent : demander à être présenté.",
        "Audite ses fournisseurs un an sur deux.",
        "Achats centralisés, mais chaque site commande seul jusqu’à 5 000 €.",
        "Deuxième ligne en projet, budget arbitré en septembre.", "Préfère le courriel, répond dans la journée.",
        "Accueil sécurité obligatoire avant chaque visite.", "Paie à l’échéance et demande un escompte.",
        "La société sœur achète la même chose ailleurs.",
        "Arrêt de trois semaines en août : y placer la maintenance.",
    ],
}

STAGE_NOTES = {
    "lost": (
        "Lost: buys elsewhere since {month}. Complaints stayed open too long.",
        "Perdu : achète ailleurs depuis {month}. Des réclamations sont restées trop longtemps ouvertes.",
    ),
    "dormant": (
        "No order since {month}. Find out why before the year ends.",
        "Plus de commande depuis {month}. À comprendre avant la fin de l’année.",
    ),
}


def record(world, accounts):
    """The accounts' own records, parents before their subsidiaries, and their privileged contacts."""
    parents = _parents(accounts)
    for account in accounts:
        random = account.random("account")
        year = max(account.revenue(after(world.today, -365)), account.revenue() / 3)
        notes = random.sample(NOTES[account.language], random.randint(1, 3))
        if account.stage in STAGE_NOTES:
            said = STAGE_NOTES[account.stage][account.language == "fr"]
            notes.insert(0, said.format(month=account.orders[-1].day.strftime("%m/%Y")))
        parent = parents.get(account.index)
        spend = rounded_money(max(15_000, year) * random.uniform(1.3, 4), account.currency)
        world.book.add(
            account.folder, "account", account.slug, 0, record_id=account.id, depth=0 if parent is None else 1,
            name=account.name, slug=account.slug, counterpart=account.counterpart, stage=account.stage,
            tier=account.tier, legal_id=filled(COUNTRIES[account.country].legal, random, account.index),
            website=f"https://www.{account.slug}.example", country=account.country, time_zone=account.zone,
            currency=account.currency, industry=INDUSTRIES[account.industry][0],
            purchasing_power=spend if account.is_customer else None,
            first_contact_on=account.first_contact.isoformat(), notes="\n".join(notes), key_account=account.is_key,
            manager=account.manager.email, parent=parent)
        _privileged_contact(world, account, random)


def _parents(accounts):
    """Some accounts belong to the biggest of the same manager and country."""
    parents, heads = {}, {}
    for account in sorted(accounts, key=lambda account: (-account.revenue(), account.index)):
        head = heads.setdefault((account.folder, account.country), account)
        if head is not account and account.is_customer and account.index % 16 == 3:
            parents[account.index] = head.id
    return parents


def _privileged_contact(world, account, random):
    """One record an account. Every replica derives its id: the account's, with the kind's number in the last byte."""
    # A few have none, as in life; `kam contact gaps` tells them.
    if account.index % 23 == 19:
        return
    last = int(account.id[-2:], 16) ^ 38
    deputy = random.choice([person for person in STAFF if person.belongs_to("sales")])
    days = {1: 14, 2: 30, 3: 60}.get(account.tier, 90)
    world.add(
        account, "privileged-contact", account.slug, 0, record_id=f"{account.id[:-2]}{last:02x}",
        person=account.manager.email, deputy=deputy.email,
        since=max(account.first_contact, after(world.first_day, -random.randint(0, 900))).isoformat(),
        cadence_days=days)


def amount(euros, account):
    """Minor units of the account's currency."""
    return minor(euros, account.currency)

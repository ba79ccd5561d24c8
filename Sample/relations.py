"""The people at the counterpart: divisions, contacts, how to reach them, what they decide, and who of us knows them."""

import dataclasses

from accounts import Contact
from companies import CONTACT_TITLES, COUNTRIES, filled, person_name
from people import DEPARTMENT_PEOPLE, plain
from records import after, clamp, milliseconds, poisson

OFFICES = {"fr": [("Siège", ""), ("Direction des achats", "")], "en": [("Head office", ""), ("Group purchasing", "")]}
ROLES = {
    "management": ["decision-maker", "sponsor", "economic-buyer", "legal"],
    "purchasing": ["procurement", "economic-buyer", "gatekeeper"],
    "operations": ["user", "champion", "influencer", "coach"],
    "engineering": ["technical-evaluator", "champion", "influencer", "blocker"],
    "finance": ["economic-buyer", "gatekeeper", "influencer"],
}


# Which of our departments works with whom.
MEETS = {"finance": "finance", "operations": "support", "engineering": "support", "purchasing": "sales"}


@dataclasses.dataclass
class Division:
    """A plant or an office of theirs."""

    id: str
    name: str
    # As one says it in a sentence: "the Leeds plant"; none for offices.
    spoken: str


def record(world, account):
    """Divisions, contacts and their points, and coverage. Roles and influences need plans, and come later."""
    _divisions(world, account)
    _contacts(world, account)


def record_roles(world, account):
    """What contacts are in decisions, and how they bear on each other."""
    random = account.random("roles")
    here = [contact for contact in account.contacts if contact.left_on is None]
    for contact in here:
        if random.random() > (0.85 if account.is_key else 0.45):
            continue
        seen = after(world.today, -random.randint(5, 500))
        at = milliseconds(seen)
        world.add(
            account, "stakeholder-role", contact.id, at, contact=contact.id,
            plan=random.choice(account.plans).id if account.plans else None, role=random.choice(ROLES[contact.area]),
            influence={"management": 5, "purchasing": 4, "finance": 3}.get(contact.area, random.randint(1, 4)),
            support=int(clamp(round(account.quality + random.gauss(0.2, 0.9)), -2, 2)), verified_on=seen.isoformat())
    for contact in here[1:]:
        if random.random() > 0.35:
            continue
        other = random.choice([other for other in here if other is not contact])
        world.add(
            account, "influence", f"{contact.id}{other.id}", milliseconds(contact.since), from_contact=contact.id,
            to_contact=other.id,
            type=random.choice(["influences", "influences", "reports-to", "mentors", "conflicts"]),
            strength=random.randint(1, 3))


def _divisions(world, account):
    """An office, and plants as the account has weight."""
    random = account.random("divisions")
    country = COUNTRIES[account.country]
    at = milliseconds(world.first_day, 10) + account.index
    head, _ = OFFICES[account.language][0]
    head_id = world.add(account, "division", f"{account.slug}|{head}", at, name=head)
    account.divisions.append(Division(head_id, head, ""))
    if account.is_key:
        office, _ = OFFICES[account.language][1]
        office_id = world.add(
            account, "division", f"{account.slug}|{office}", at, depth=1, name=office, parent=head_id)
        account.divisions.append(Division(office_id, office, ""))
    count = int(clamp(1 + account.weight + random.random(), 1, 5))
    for town in random.sample(country.towns, min(count, len(country.towns))):
        native, latin = town if isinstance(town, tuple) else (town, town)
        name = country.division.format(town=native)
        spoken = f"usine de {latin}" if account.language == "fr" else f"the {latin} plant"
        division_id = world.add(account, "division", f"{account.slug}|{name}", at, depth=1, name=name, parent=head_id)
        account.divisions.append(Division(division_id, name, spoken))


def _contacts(world, account):
    """Three to twelve people, with somebody who decides and somebody who buys in any case."""
    random = account.random("contacts")
    count = int(clamp(random.gauss(3.2 + 2.2 * account.weight, 1), 3, 12))
    titles = [CONTACT_TITLES[0], CONTACT_TITLES[1]] + random.sample(CONTACT_TITLES[2:], count - 2)
    names = set()
    for place, (title, monsieur, madame, area) in enumerate(titles):
        name, latin, short, is_woman = person_name(random, account.country)
        while latin in names:
            name, latin, short, is_woman = person_name(random, account.country)
        names.add(latin)
        met = after(world.first_day, random.randint(-400, 0) if place < 3 else random.randint(-200, 700))
        since = min(max(account.first_contact, met), after(world.today, -10))
        # Somebody always stays.
        left = after(since, random.randint(200, 1200)) if place > 2 and random.random() < 0.1 else None
        if left and left > world.today:
            left = None
        at = milliseconds(max(since, world.first_day), 9, place)
        plants = [division for division in account.divisions if division.spoken]
        division = random.choice(plants) if area in ("operations", "engineering") else account.divisions[0]
        # The first is the head; two report to the head, the others to one of these three.
        boss = random.choice(account.contacts[:1] if place < 3 else account.contacts[:3]).id if place else None
        contact = Contact(
            "", name, latin, short, (madame if is_woman else monsieur) if account.language == "fr" else title, area,
            random.random() < 0.72, since, left, division.id)
        contact.id = world.add(
            account, "contact", f"{account.slug}|{latin}", at, depth=0 if not place else 1 if place < 3 else 2,
            name=name, title=contact.title, language=_tongue(account), consent=contact.consents, reports_to=boss,
            left_on=left.isoformat() if left else None, division=division.id,
            notes=_note(random, account) if random.random() < 0.2 else None)
        account.contacts.append(contact)
        _points(world, account, contact, random, at)
        _coverage(world, account, contact, random, at)


def _tongue(account):
    """What they speak, as BCP 47 has it."""
    return {"GB": "en-GB", "US": "en-US", "JP": "ja", "NL": "nl"}.get(account.country, account.country.lower())


def _note(random, account):
    """Something worth knowing of somebody."""
    return random.choice({
        "fr": ["Appeler plutôt le matin.", "Vient de la maintenance, parle technique.",
               "Décide vite si les chiffres sont là.",
               "Ne pas appeler en août.", "A visité nos ateliers."],
        "en": ["Best reached in the morning.", "Came from maintenance, talks pumps.",
               "Decides fast when the figures are there.",
               "Not in the office on Wednesdays.", "Visited our factory."]}[account.language])


def _points(world, account, contact, random, at):
    """An address always, a number mostly."""
    first, _, last = contact.latin.partition(" ")
    address = f"{plain(first)}.{plain(last)}@{account.slug}.example"
    points = [("email", address, "bureau" if account.language == "fr" else "office")]
    if random.random() < 0.7:
        mobile = random.random() < 0.5
        label = ("portable" if account.language == "fr" else "mobile") if mobile else points[0][2]
        points.append(("phone", filled(COUNTRIES[account.country].phone, random), label))
    if random.random() < 0.06:
        points.append(("other", f"https://portal.{account.slug}.example", "portal"))
    for kind, value, label in points:
        world.add(
            account, "contact-point", f"{contact.id}|{value}|{label}", at, contact=contact.id, type=kind, value=value,
            label=label)


def _coverage(world, account, contact, random, at):
    """The manager knows those who decide; departments know whom they work with."""
    if contact.left_on:
        return
    knows = []
    if contact.area in ("management", "purchasing") or random.random() < 0.25:
        knows.append(account.manager)
    department = MEETS.get(contact.area)
    if department and random.random() < 0.35:
        knows.append(random.choice(DEPARTMENT_PEOPLE[department]))
    for person in knows:
        level = clamp(account.quality * 0.6 + account.weight * 0.3 + random.gauss(0.2, 0.7), -1, 2.4)
        strength = ["none", "weak", "working", "strong"][int(clamp(round(level + 1), 0, 3))]
        world.add(
            account, "coverage", f"{contact.id}|{person.folder}", at, person=person.email, contact=contact.id,
            strength=strength, cadence_days=random.choice([14, 30, 30, 60, 90]))


def extra_contacts_of(account, day, random, most):
    """Some of their people who would be asked, each once."""
    people = [contact for contact in account.contacts if contact.is_there(day) and contact.consents]
    random.shuffle(people)
    return people[:max(1, min(most, 1 + poisson(random, most / 2)))]

"""What is said: the communication register and what was sent, meetings and calls, and remarks on records.

Such events are told by who imports them, so each goes into the folder of the person whose words they are.
"""

from people import DEPARTMENT_PEOPLE, DEPARTMENTS, STAFF
from records import KIND_NUMBERS, after, clamp, day_of, milliseconds, poisson
from wording import LANGUAGES, Scene

SALES_DESK = [person for person in STAFF if person.belongs_to("sales")]


def record(world, account):
    """What was said to one account and about it."""
    _communication(world, account)
    _interactions(world, account)
    _comments(world, account)


def _is_silent(account, day):
    """Whether they had stopped buying by that day."""
    return bool(account.orders) and account.stage in ("lost", "dormant") and (day - account.orders[-1].day).days > 60


# --- Communication ---------------------------------------------------------------------------------------------------


def _communication(world, account):
    """The register: what is to be said to whom, how often."""
    random = account.random("communication")
    if not (account.is_key or random.random() < 0.55):
        return
    scene = Scene(world, account, world.first_day, random)
    lines = random.sample(scene.words.COMMUNICATION, random.randint(2, 4) if account.is_key else random.randint(1, 2))
    for place, (objective, audience, message) in enumerate(lines):
        begins = max(after(world.today, -random.randint(120, 900)), account.first_contact, world.first_day)
        begins = min(begins, after(world.today, -5))
        cadence = random.choice([30, 90, 90, 180])
        contact = random.choice(account.contacts) if random.random() < 0.3 else None
        segment = None
        if contact is None and random.random() < 0.25:
            segment = random.choice(list(world.catalogue.segments.values()))
        at = milliseconds(begins, 12, place)
        item = world.add(
            account, "communication-item", f"{account.slug}|{place}", at, objective=objective, audience=audience,
            contact=contact.id if contact else None, segment=segment, message=message,
            channel=random.choice(["email", "email", "letter", "meeting", "event", "portal", "social"]),
            cadence_days=cadence, owner=account.manager.email,
            strategy=random.choice(world.catalogue.strategies).id if random.random() < 0.3 else None)
        _sent(world, account, item, begins, cadence, contact, random)


def _sent(world, account, item, begins, cadence, contact, random):
    """Every so many days, not always in time; only managers and contributors may write it down."""
    day = after(begins, random.randint(1, 20))
    while day < world.today and not _is_silent(account, day):
        scene = Scene(world, account, day, random)
        told = contact or random.choice(account.people(day))
        if told.is_there(day):
            scene["contact"] = told.short
            instant = account.instant(day, random)
            world.add(
                account, "communication-sent", f"{item}|{day}", instant, item=item, contact=told.id,
                occurred_at=instant,
                note=(scene.one(scene.words.SENT_NOTES) or None) if random.random() < 0.5 else None)
        day = after(day, int(cadence * clamp(random.gauss(1.1 - 0.1 * account.quality, 0.2), 0.6, 2)))


# --- Meetings and calls ----------------------------------------------------------------------------------------------


def _interactions(world, account):
    """The manager's, about as often as the account's cadence asks, and some of the departments' people."""
    random = account.random("interactions")
    usual = {1: 16, 2: 32, 3: 60}.get(account.tier, 85) * clamp(1 - 0.2 * account.quality, 0.7, 1.7)
    day = max(account.first_contact, world.first_day)
    place = 0
    while True:
        day = after(day, max(2, round(random.gammavariate(3, usual / 3) * (3 if _is_silent(account, day) else 1))))
        if day > world.today:
            break
        _interaction(world, account, day, account.folder, place, random)
        place += 1
    for _ in range(poisson(random, 2.2 * account.weight)):
        department = random.choice(DEPARTMENTS)
        person = random.choice(SALES_DESK if department == "sales" else DEPARTMENT_PEOPLE[department])
        first = max(account.first_contact, world.first_day)
        told = after(first, random.randint(0, max(1, (world.today - first).days - 1)))
        if not _is_silent(account, told):
            _interaction(world, account, told, person.folder, place, random, department)
            place += 1


def _interaction(world, account, day, folder, place, random, department=None):
    """One meeting, call or mail."""
    if day.weekday() > 4:
        day = after(day, -2)
    scene = Scene(world, account, day, random, department)
    channel = random.choices(["call", "email", "meeting", "event", "portal"], [42, 28, 22, 5, 3])[0]
    silent = _is_silent(account, day)
    known = scene.words.INTERACTIONS[channel] if account.is_customer else scene.words.PARTNER_INTERACTIONS
    summary = scene.one(scene.words.LATE_INTERACTIONS if silent else known)
    instant = account.instant(day, random)
    interaction = world.book.add(
        folder, "interaction", f"{account.slug}|{place}", instant, account=account.slug, summary=summary,
        channel="call" if silent else channel, direction="outbound" if silent or random.random() < 0.6 else "inbound",
        contact=scene["contact_record"].id, occurred_at=instant,
        next_step=scene.one(scene.words.NEXT_STEPS) if random.random() < 0.6 else None)
    # Who else sat at the table, told by the manager as part of the plan.
    if channel == "meeting" and not silent and folder == account.folder and random.random() < 0.5:
        for contact in random.sample(account.people(day), min(2, len(account.people(day)))):
            world.add(
                account, "participant", f"{interaction}|{contact.id}", instant, about=interaction, contact=contact.id)


# --- Remarks ---------------------------------------------------------------------------------------------------------


def _comments(world, account):
    """Remarks of managers and departments, some hours or days after what they are about."""
    random = account.random("comments")
    # What is talked about: tasks most, then requests and chances.
    known = LANGUAGES[account.language].COMMENTS
    about = [event for event in account.events if event[0] in known]
    if not about:
        return
    more = {KIND_NUMBERS["opportunity"]: 4, KIND_NUMBERS["business-review"]: 3}
    weights = [more.get(event[0], 1) for event in about]
    for place in range(poisson(random, 8 * account.weight) + 1):
        kind, record_id, instant, _ = random.choices(about, weights)[0]
        written = int(min(instant + random.lognormvariate(3.3, 1) * 3_600_000, milliseconds(world.today, 15)))
        if written <= instant:
            continue
        department = random.choice(DEPARTMENTS)
        scene = Scene(world, account, day_of(written), random, department)
        folder = account.folder if random.random() < 0.35 else random.choice(DEPARTMENT_PEOPLE[department]).folder
        world.book.add(
            folder, "comment", f"{account.slug}|{place}", written, account=account.slug, about=record_id,
            about_kind=kind, text=scene.one(known[kind]), written_ms=written)

"""What customers ask and say of us: requests with what became of them, surveys, reviews in public."""

import datetime
import math

from buying import hours_from_utc
from people import DEPARTMENT_PEOPLE
from records import after, clamp, day_of, milliseconds, office_hours, period, poisson, shares
from relations import extra_contacts_of
from wording import REVIEW_SITES, Scene

HOUR = 3_600_000
TYPES = {"information": 33, "guidance": 14, "complaint": 20, "technical": 29, "other": 4}
SEVERITIES = ["low", "normal", "high", "critical"]
FIRST_ANSWER_HOURS = 2.2
"""Median for a request of normal severity at an account that is served as most are."""


# --- Requests --------------------------------------------------------------------------------------------------------


def record_requests(world, accounts):
    """Who buys more asks more; who is served badly complains more."""
    customers = [account for account in accounts if account.orders]
    weights = [account.weight * math.exp(-0.25 * account.quality) + 0.1 for account in customers]
    for account, count in zip(customers, shares(world.request_count, weights)):
        for place in range(count):
            _request(world, account, place, account.random("request", place))


def _request(world, account, place, random):
    """One request, and what became of it."""
    day = _asked_on(world, account, random)
    opened = account.instant(day, random)
    weights = dict(TYPES, complaint=TYPES["complaint"] * math.exp(-0.45 * account.quality))
    kind = random.choices(list(weights), list(weights.values()))[0]
    problem = kind in ("complaint", "technical")
    severity = random.choices(SEVERITIES, [10, 50, 30, 10] if problem else [35, 55, 9, 1])[0]
    scene = Scene(world, account, day, random)
    subject, department = random.choice(scene.words.REQUESTS[kind])
    subject = scene.fill(subject)
    answerer = random.choice(DEPARTMENT_PEOPLE[department])
    # What has lain for half a year was mostly settled at some time.
    neglect = 0.4 if (world.today - day).days > 180 else 1.0
    events = _course(world, account, opened, severity, problem, neglect, random)
    # What nobody has looked at yet has no assignee either.
    assignee = answerer.email if events or random.random() < 0.3 else None
    request = world.add(
        account, "service-request", f"{account.slug}|{place}", opened, subject=subject[:300], type=kind,
        problem=problem, channel=random.choice(["email", "email", "call", "call", "portal", "chat", "meeting"]),
        severity=severity, contact=scene["contact_record"].id if random.random() < 0.9 else None, opened_at=opened,
        department=department, assignee=assignee,
        detail=scene.some(scene.words.REQUEST_DETAILS[problem], 1, 2) if random.random() < 0.75 else None)
    account.note_for("service-request", request, opened, subject)
    scene.department = department
    for number, (what, instant) in enumerate(events):
        # Now and then the manager steps in; events are told by who imports them.
        who = account.folder if random.random() < (0.3 if what == "escalated" else 0.12) else answerer.folder
        scene.forget("colleague")
        world.book.add(
            who, "request-event", f"{request}|{number}", instant, account=account.slug, request=request, type=what,
            occurred_at=instant, note=scene.one(scene.words.EVENT_NOTES[what]) if random.random() < 0.8 else None)


def _asked_on(world, account, random):
    """A day while they bought from us, or soon after."""
    first = max(account.orders[0].day, world.first_day)
    last = min(world.today, after(account.orders[-1].day, 120))
    day = after(first, random.randint(0, max(0, (last - first).days)))
    return day if day.weekday() < 5 or random.random() < 0.15 else after(day, -2)


def _course(world, account, opened, severity, problem, neglect, random):
    """Responded, escalated, resolved, reopened, closed, with delays that fit how the account is served.

    What would lie after today has not happened yet: so there are always some that are open.
    """
    slowness = math.exp(-0.55 * account.quality)
    urgency = {"low": 2.2, "normal": 1.0, "high": 0.6, "critical": 0.35}[severity]
    answer = random.lognormvariate(math.log(FIRST_ANSWER_HOURS * slowness * urgency), 0.9)
    events = []
    # Some are never answered: more of them where service is bad.
    if random.random() < neglect * clamp(0.02 * slowness, 0.005, 0.12):
        return events

    def past(events):
        now, hours = milliseconds(world.today, 16), hours_from_utc(account)
        # Nobody works at night but for what is critical.
        told = [(what, int(at) if severity == "critical" else office_hours(int(at), hours)) for what, at in events]
        return sorted((event for event in told if event[1] < now), key=lambda event: event[1])

    at = opened + answer * HOUR
    events.append(("responded", at))
    if (severity == "critical" and random.random() < 0.35) or (answer > 24 and random.random() < 0.3):
        events.append(("escalated", opened + answer * HOUR * random.uniform(0.7, 1.6)))
    if random.random() < 0.03:
        events.append(("reclassified", at + random.uniform(0.2, 3) * HOUR))
    if problem and random.random() < neglect * clamp(0.06 * slowness, 0.01, 0.3):
        return past(events)
    hours = random.lognormvariate(math.log((30 if problem else 5) * slowness * urgency ** 0.5), 0.8)
    at += hours * HOUR
    events.append(("resolved", at))
    if random.random() < clamp(0.07 * slowness, 0.01, 0.3):
        at += random.uniform(8, 90) * HOUR
        events.append(("reopened", at))
        at += hours * random.uniform(0.5, 1.5) * HOUR
        events.append(("resolved", at))
    if random.random() < 0.7:
        events.append(("closed", at + random.uniform(24, 140) * HOUR))
    return past(events)


# --- Surveys ---------------------------------------------------------------------------------------------------------


def record_surveys(world, account):
    """Recommendation once a year, in autumn this year still open; satisfaction after service; effort now and then."""
    if not account.orders:
        return
    random = account.random("surveys")
    for year in range(world.first_day.year + 1, world.today.year + 1):
        _campaign(world, account, "nps", datetime.date(year, 10, 26), 35, random, 7)
        for quarter in (1, 2, 3, 4):
            if random.random() < (0.45 if account.is_key else 0.1):
                _campaign(world, account, "csat", datetime.date(year, quarter * 3 - 2, 8), 60, random, 5)
        if account.is_key or random.random() < 0.2:
            _campaign(world, account, "ces", datetime.date(year, 5, 12), 28, random, 4)


def _campaign(world, account, kind, opens, days, random, most):
    """One survey of one account, who was asked, and who answered."""
    closes = after(opens, days)
    silent = (opens - account.orders[-1].day).days
    if opens < account.orders[0].day or opens > world.today or (silent > 150 and account.stage in ("lost", "dormant")):
        return
    templates = world.catalogue.templates
    scene = Scene(world, account, opens, random)
    language = {"DE": "de", "ES": "es", "FR": "fr"}.get(account.country, "en")
    template = templates.get((kind, language)) or templates[kind, account.language]
    at = milliseconds(opens, 7)
    campaign = world.add(
        account, "survey-campaign", f"{account.slug}|{kind}|{opens}", at,
        title=scene.fill(scene.words.CAMPAIGNS[kind]), template=template, population=scene.words.POPULATION[kind],
        period=period(opens, closes), status="open" if closes >= world.today else "closed")
    for contact in extra_contacts_of(account, opens, random, most):
        invited = milliseconds(opens, 8, random.randrange(60))
        world.add(
            account, "survey-invitation", f"{campaign}|{contact.id}", invited, campaign=campaign, contact=contact.id,
            channel=random.choice(["email", "email", "email", "email", "call", "portal"]), invited_at=invited)
        # Those who are content answer more readily.
        if random.random() < clamp(0.42 + 0.08 * account.quality, 0.15, 0.7):
            _response(world, account, kind, campaign, contact, invited, scene, random)


def _response(world, account, kind, campaign, contact, invited, scene, random):
    """An answer some days later, if today is not before it."""
    instant = office_hours(invited + int(random.lognormvariate(math.log(40), 1.1) * HOUR), hours_from_utc(account))
    if instant > milliseconds(world.today, 16):
        return
    mood = account.quality + random.gauss(0, 0.75)
    score = {"nps": clamp(round(7.6 + 1.9 * mood), 0, 10), "csat": clamp(round(4.0 + 0.75 * mood), 1, 5),
             "ces": clamp(round(5.3 + 1.0 * mood), 1, 7)}[kind]
    good, bad = {"nps": (9, 6), "csat": (5, 3), "ces": (6, 4)}[kind]
    word = "good" if score >= good else "bad" if score <= bad else "fair"
    scene.forget("colleague")
    world.add(
        account, "survey-response", f"{campaign}|{contact.id}", instant, campaign=campaign, contact=contact.id,
        score=int(score), answers=scene.words.ANSWERS[word] if random.random() < 0.6 else None,
        remark=(scene.one(scene.words.REMARKS[word]) or None) if random.random() < 0.65 else None,
        occurred_at=instant, external_id=f"{kind.upper()}-{campaign[-6:]}-{contact.id[-6:]}")


# --- Reviews in public -----------------------------------------------------------------------------------------------


def record_reviews(world, account):
    """What they wrote where others read it: more when they are very content, or not at all."""
    random = account.random("public")
    if not account.orders:
        return
    first = account.orders[0].day
    for place in range(poisson(random, 0.7 + 0.35 * abs(account.quality))):
        day = after(first, random.randint(0, max(1, (world.today - first).days)))
        instant = account.instant(min(day, after(world.today, -1)), random)
        mood = account.quality + random.gauss(0, 0.6)
        word = "good" if mood > 0.2 else "fair" if mood > -0.6 else "bad"
        stars = clamp(round(2 * (3.9 + 0.8 * mood)) / 2, 1, 5)
        site = random.choice(REVIEW_SITES)
        number = f"{random.randrange(10**6):06d}"
        world.add(
            account, "external-review", f"{account.slug}|{place}", instant, site=site,
            url=f"https://{site.lower().replace(' ', '-')}.example/reviews/{number}", stars=f"{stars:g}", scale_max=5,
            text=random.choice(Scene(world, account, day_of(instant), random).words.REVIEWS[word]),
            occurred_at=instant, external_id=number)

"""Interviews and business reviews with the counterpart, and who took part."""

import datetime

from people import DEPARTMENT_PEOPLE
from records import after, clamp, period, poisson
from wording import Scene, quarter


def record(world, account):
    """Talks that somebody prepared, with who took part."""
    _interviews(world, account)
    _reviews(world, account)


def _interviews(world, account):
    """By a guide; the lost ones are asked why, and what is fresh is not final yet."""
    random = account.random("interviews")
    is_lost = account.stage in ("lost", "dormant")
    for place in range(poisson(random, 1.6 if account.is_key else 0.45)):
        day = max(after(world.today, -random.randint(3, 1000)), account.first_contact)
        if is_lost and place == 0:
            day = min(after(account.orders[-1].day, random.randint(40, 120)), after(world.today, -2))
        scene = Scene(world, account, day, random)
        contact, words = scene["contact_record"], scene.words.INTERVIEWS
        about = "lost" if is_lost and place == 0 else "needs"
        title = scene.one(words["lost" if about == "lost" else "title"])
        instant = account.instant(day, random)
        is_final = (world.today - day).days > 14
        interview = world.add(
            account, "interview", f"{account.slug}|{place}", instant, title=title[:200],
            guide=world.catalogue.guides[about, account.language], contact=contact.id, occurred_at=instant,
            answers=scene.some(words["answers"], 2, 5, "\n"),
            insights=scene.some(words["insights"], 1, 2, "\n") if is_final else None,
            finalised=True if is_final else None)
        account.note_for("interview", interview, instant, title)
        _participants(world, account, interview, day, instant, random, contact)


def _reviews(world, account):
    """Every quarter for key accounts, once a year for some others; the next one stands as a draft."""
    random = account.random("reviews")
    if not account.orders:
        return
    for year in range(world.first_day.year, world.today.year + 2):
        for last_month in (3, 6, 9, 12):
            first = datetime.date(year, last_month - 2, 1)
            last = datetime.date(year, last_month, 31 if last_month in (3, 12) else 30)
            if not account.is_key and (last_month != 12 or random.random() > 0.25):
                continue
            held = after(last, random.randint(8, 40))
            is_draft = held > world.today
            if first < world.first_day or held < account.orders[0].day or first > world.today:
                continue
            if (held - account.orders[-1].day).days > 150 and account.stage in ("lost", "dormant"):
                continue
            _review(world, account, first, last, held, is_draft, random)


def _review(world, account, first, last, held, is_draft, random):
    """One review; what was said follows from how they are served."""
    made = after(world.today, -3) if is_draft else held
    scene = Scene(world, account, made, random)
    scene["quarter"] = quarter(last, account.language)
    scene["next_year"] = str(last.year + 1)
    instant = account.instant(made, random)
    minutes = None
    if not is_draft:
        mood = "good" if account.quality + random.gauss(0, 0.6) > -0.2 else "bad"
        minutes = scene.some(scene.words.MINUTES[mood], 2, 3, "\n") + "\n" + scene.one(scene.words.MINUTES["any"])
    title = scene.fill(scene.words.REVIEW_TITLE)
    review = world.add(
        account, "business-review", f"{account.slug}|{last}", instant, title=title, period=period(first, last),
        agenda=scene.fill(scene.words.AGENDA), minutes=minutes,
        rating=None if is_draft else int(clamp(round(7.2 + 1.3 * account.quality + random.gauss(0, 0.8)), 1, 10)),
        held_on=None if is_draft else held.isoformat(), finalised=None if is_draft else True,
        digest=None if is_draft else account.random("digest", last).randbytes(32).hex())
    account.note_for("business-review", review, instant, title)
    if not is_draft:
        _participants(world, account, review, held, instant, random, None, 3)


def _participants(world, account, about, day, instant, random, contact, most=1):
    """Theirs and ours, each as a record."""
    theirs = [contact] if contact else random.sample(account.people(day), min(most, len(account.people(day))))
    ours = [account.manager]
    if most > 1 and random.random() < 0.5:
        ours.append(random.choice(DEPARTMENT_PEOPLE["support"]))
    for person in theirs:
        world.add(account, "participant", f"{about}|{person.id}", instant, about=about, contact=person.id)
    for person in ours:
        world.add(account, "participant", f"{about}|{person.folder}", instant, about=about, person=person.email)

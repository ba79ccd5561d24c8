"""Tasks: ten thousand things that somebody asked a department to do, most of them done by now."""

import datetime

from people import DEPARTMENT_PEOPLE, DEPARTMENTS
from records import after, milliseconds, shares, working
from wording import Scene

DEPARTMENT_WEIGHTS = {"sales": 34, "support": 26, "finance": 12, "logistics": 18, "marketing": 10}


def record(world, accounts):
    """Splits all tasks among the accounts: key accounts and big ones have more."""
    weights = [account.weight * (1.6 if account.is_key else 1) + 0.25 for account in accounts]
    for account, count in zip(accounts, shares(world.task_count, weights)):
        _tasks(world, account, count)


def _tasks(world, account, count):
    """The tasks of one account, and what waits for what."""
    made = []
    for place in range(count):
        random = account.random("task", place)
        made.append((*_task(world, account, place, random), random))
    _dependencies(world, account, made)


def _task(world, account, place, random):
    """One task: when it was asked for, to whom it went, and what became of it."""
    asked = _asked_on(world, account, random)
    department = random.choices(DEPARTMENTS, [DEPARTMENT_WEIGHTS[name] for name in DEPARTMENTS])[0]
    due = working(after(asked, int(random.gammavariate(1.6, 20)) + 2))
    at = milliseconds(asked, random.randint(6, 16), random.randrange(60))
    scene = Scene(world, account, asked, random, department)
    silent = account.orders and (asked - account.orders[-1].day).days > 45 and account.stage in ("lost", "dormant")
    known = scene.words.TASKS if account.is_customer else scene.words.PARTNER_TASKS
    title = scene.one(scene.words.RISK_TASKS if silent and department == "sales" else known[department])
    plan, objective = _served(account, asked, department, random)
    has_detail = account.is_customer and random.random() < 0.7
    asker = account.manager if random.random() < 0.75 else random.choice(DEPARTMENT_PEOPLE[department])
    project = next((project for project, first, last in account.projects if first <= asked <= last), None)
    task = world.add(
        account, "task", f"{account.slug}|{place}", at, title=title[:300],
        detail=scene.some(scene.words.DETAILS[department], 1, 3) if has_detail else None,
        department=department, due=due.isoformat() if random.random() < 0.95 else None,
        priority=random.choices(["low", "normal", "high", "urgent"], [18, 52, 23, 7])[0],
        side="theirs" if random.random() < 0.11 else "ours", plan=plan, objective=objective, requested_by=asker.email,
        project=project if random.random() < 0.3 else None,
        **_state(world, account, asked, due, department, scene, random))
    account.note_for("task", task, at, title)
    return task, asked, department


def _asked_on(world, account, random):
    """Any day of the three years since we know them, somewhat more often lately; little once they are lost."""
    first = max(world.first_day, account.first_contact)
    span = max(1, (world.today - first).days)
    day = after(first, int(span * random.random() ** 0.9))
    if random.random() < 0.08:
        day = after(world.today, -random.randint(0, min(40, span)))
    if account.stage == "lost" and random.random() < 0.9:
        end = min(after(account.orders[-1].day, 120), world.today)
        day = after(first, int(max(1, (end - first).days) * random.random()))
    # Plans for the next months are made now.
    return min(working(day), world.today)


def _served(account, asked, department, random):
    """The plan of that time, and an objective of it that the department works on."""
    plan = next((plan for plan in account.plans if plan.first <= asked <= plan.last), None)
    if plan is None or random.random() > 0.6:
        return None, None
    fitting = [objective for objective, owner in plan.objectives if owner == department]
    return plan.id, random.choice(fitting) if fitting and random.random() < 0.8 else None


def _state(world, account, asked, due, department, scene, random):
    """Status with what belongs to it."""
    late = (world.today - due).days
    people = DEPARTMENT_PEOPLE[department]
    holder = account.manager if department == "sales" and random.random() < 0.7 else random.choice(people)
    # Who is served badly waits longer.
    slip = 1.5 if account.quality < -0.7 else 1.0
    if late > 60:
        weights = [93, 5.5, 0.4 * slip, 0.2 * slip, 0.2 * slip, 0]
    elif late > 0:
        weights = [84, 3, 5 * slip, 3 * slip, 3 * slip, 3 * slip]
    else:
        weights = [22, 0, 24, 18, 30, 6] if late > -20 else [5, 0, 15, 18, 58, 4]
    status = random.choices(["done", "cancelled", "in-progress", "claimed", "open", "blocked"], weights)[0]
    fields = {"status": status}
    if status == "open":
        return fields
    words = scene.words
    if status != "cancelled":
        fields["claimed_by"] = holder.email
    if status == "done":
        fields["done_on"] = _done_on(world, account, asked, due, random).isoformat()
        fields["evidence"] = scene.one(words.EVIDENCE[department])[:500] if random.random() < 0.8 else None
    elif status == "cancelled":
        fields["progress_note"] = scene.one(words.CANCELLED)
    elif status == "blocked":
        fields["blocked_reason"] = scene.one(words.BLOCKED)[:500]
        fields["progress_note"] = scene.one(words.PROGRESS)
    elif status == "in-progress" or random.random() < 0.2:
        fields["progress_note"] = scene.one(words.PROGRESS)
    return fields


def _done_on(world, account, asked, due, random):
    """Mostly a little before it was due; later where service is slow."""
    lead = (due - asked).days
    day = after(due, round(random.gauss(-0.15 * lead - 3 * account.quality, 0.25 * lead + 2)))
    return min(max(day, asked, datetime.date(2000, 1, 1)), world.today)


def _dependencies(world, account, made):
    """A task may wait for one that was asked for before it, so there are no circles; some have roles, too."""
    ordered = sorted(made, key=lambda row: row[1])
    for place, (task, asked, department, random) in enumerate(ordered):
        at = milliseconds(asked, 17)
        if place and random.random() < 0.09:
            needs = random.choice(ordered[max(0, place - 6):place])[0]
            world.add(account, "task-dependency", f"{task}|{needs}", at, task=task, needs=needs)
        if random.random() < 0.1:
            _roles(world, account, task, department, at, random)


def _roles(world, account, task, department, at, random):
    """Who answers for a task, does it, and has to hear of it."""
    roles = {account.manager.email: "accountable", random.choice(DEPARTMENT_PEOPLE[department]).email: "responsible"}
    if random.random() < 0.4:
        other = random.choice([name for name in DEPARTMENTS if name != department])
        roles.setdefault(random.choice(DEPARTMENT_PEOPLE[other]).email, random.choice(["consulted", "informed"]))
    for email, role in roles.items():
        world.add(account, "task-role", f"{task}|{email}", at, task=task, person=email, role=role)

"""What we want with an account: plans with objectives, projects, and what is expected of departments."""

import dataclasses
import datetime

from people import DEPARTMENT_PEOPLE, DEPARTMENTS
from records import after, clamp, milliseconds, period, rounded_money
from wording import LANGUAGES, Scene, quarter


@dataclasses.dataclass
class Plan:
    """A plan with its objectives' ids, for the tasks that serve them."""

    id: str
    first: datetime.date
    last: datetime.date
    objectives: list = dataclasses.field(default_factory=list)


def record(world, account):
    """What the manager plans for one account."""
    _plans(world, account)
    _projects(world, account)
    _expectations(world, account)


def _plans(world, account):
    """Key accounts have one every year, and a draft for the next; others one now and then."""
    random = account.random("plans")
    if not account.is_customer and random.random() < 0.5:
        return
    for year in range(world.first_day.year + 1, world.today.year + 2):
        is_next = year > world.today.year
        chance = (1 if account.is_key else 0.33) * (0.6 if is_next else 1) * (0.2 if account.stage == "lost" else 1)
        if random.random() > chance or account.first_contact.year > year:
            continue
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        made = max(after(first, -random.randint(20, 50)), world.first_day)
        made = min(made, after(world.today, -random.randint(1, 12)))
        at = milliseconds(made, 13)
        scene = Scene(world, account, made, random)
        scene["next_year"], scene["quarter"] = str(year + 1), quarter(after(last, -60), account.language)
        kind = _plan_type(account, random)
        if is_next:
            status = random.choice(["draft", "draft", "submitted"])
        elif random.random() < 0.04:
            status = "rejected"
        else:
            status = "archived" if year < world.today.year else "approved"
        plan = Plan(world.add(
            account, "plan", f"{account.slug}|{year}", at,
            title=f"{scene.one(scene.words.PLAN_TITLES[kind])}, {year}"[:200], period=period(first, last), type=kind,
            vision=scene.fill(scene.words.VISIONS[kind]), status=status, owner=account.manager.email), first, last)
        account.plans.append(plan)
        _objectives(world, account, plan, at, status)


def _plan_type(account, random):
    """Won, kept or grown: by how it stands."""
    if not account.orders:
        return "acquire" if account.is_customer else "partnership"
    if account.stage in ("lost", "dormant") or account.quality < -0.8:
        return "retain"
    return random.choice(["expand", "expand", "retain", "partnership"] if account.is_key else ["expand", "retain"])


def _objectives(world, account, plan, at, status):
    """Some of the known ones, as far along as time and service allow."""
    random = account.random("objectives", plan.first.year)
    scene = Scene(world, account, min(plan.first, world.today), random)
    chosen = random.sample(scene.words.OBJECTIVES, random.randint(3, 5) if account.is_key else random.randint(2, 3))
    weights = _weights(random, len(chosen))
    elapsed = clamp((world.today - plan.first).days / (plan.last - plan.first).days, 0, 1)
    for place, (title, department, metric, unit, low, high, gain_low, gain_high) in enumerate(chosen):
        baseline = random.randint(low, high)
        target = max(0, baseline + random.randint(gain_low, gain_high))
        # Where one should be by now, better or worse as the account is served.
        reached = elapsed * clamp(0.85 + 0.25 * account.quality + random.gauss(0, 0.25), -0.2, 1.3)
        current = round(baseline + (target - baseline) * reached, 1)
        if gain_low < 0:
            current = max(0, current)
        state = _objective_status(random, elapsed, reached, status)
        due = datetime.date(plan.first.year, random.choice([6, 9, 12, 12]), 30)
        people = DEPARTMENT_PEOPLE[department]
        scene.forget("family_name", "family", "families")
        text = scene.fill(title)
        objective = world.add(
            account, "objective", f"{plan.id}|{place}", at, plan=plan.id, title=text[:200], department=department,
            metric=metric, baseline=str(baseline), target=str(target), current=str(current), unit=unit,
            due=due.isoformat(), owner=(account.manager if department == "sales" else random.choice(people)).email,
            weight=weights[place], status=state,
            shared=True if department in ("logistics", "support", "marketing") else None)
        plan.objectives.append((objective, department))
        if at < milliseconds(world.today):
            account.note_for("objective", objective, max(at, milliseconds(plan.first, 9)), text)


def _weights(random, count):
    """Basis points in steps of five per cent that sum to 10,000."""
    parts = [random.randint(2, 6) for _ in range(count)]
    weights = [part * 10_000 // sum(parts) // 500 * 500 for part in parts]
    weights[0] += 10_000 - sum(weights)
    return weights


def _objective_status(random, elapsed, reached, status):
    """What fits how much was reached of it, and how much of the plan's time is over."""
    if status in ("draft", "submitted", "rejected"):
        return "not-started"
    if reached >= 1:
        return "achieved"
    if elapsed >= 1:
        return "achieved" if reached > 0.93 else random.choice(["deferred", "deferred", "cancelled"])
    return "in-progress" if reached > 0.05 else "not-started"


def _projects(world, account):
    """Of key accounts mostly; by their days planned, running or done."""
    random = account.random("projects")
    for place in range(random.randint(1, 3) if account.is_key else int(random.random() < 0.16)):
        first = after(world.today, random.randint(-800, 60))
        last = after(first, random.randint(90, 400))
        made = min(after(first, -random.randint(5, 60)), after(world.today, -2))
        made = max(made, world.first_day)
        status = "planned" if first > world.today else "running" if last > world.today else "done"
        if status != "planned" and (account.stage == "lost" or random.random() < 0.07):
            status = "stopped"
        scene = Scene(world, account, made, random)
        name, expectations = random.choice(scene.words.PROJECTS)
        project = world.add(
            account, "project", f"{account.slug}|{place}", milliseconds(made, 11), name=scene.fill(name)[:200],
            period=period(first, last),
            budget=rounded_money(random.uniform(8_000, 60_000) * account.weight, account.currency), status=status,
            expectations=scene.fill(expectations), owner=account.manager.email, shared=True)
        account.projects.append((project, made, last))


def _expectations(world, account):
    """What they expect of our departments, met more often where they are served well."""
    random = account.random("expectations")
    known = [(department, *words) for department in DEPARTMENTS
             for words in LANGUAGES[account.language].EXPECTATIONS[department]]
    count = random.randint(2, 5) if account.is_key else random.randint(0, 2)
    for place, (department, statement, measure) in enumerate(random.sample(known, count)):
        made = after(world.today, -random.randint(20, 700))
        due = after(made, random.randint(60, 360))
        scene = Scene(world, account, made, random, department)
        good = 0.5 + 0.25 * account.quality
        status = "met" if random.random() < good else random.choice(["missed", "missed", "dropped"])
        if due > world.today:
            status = "open"
        world.add(
            account, "department-expectation", f"{account.slug}|{place}", milliseconds(made, 11),
            department=department, statement=scene.fill(statement), measure=measure, due=due.isoformat(),
            status=status, note=scene.one(scene.words.EXPECTATION_NOTES[status]) if random.random() < 0.6 else None)

"""What we know of an account: strengths and threats, white space, chances, observations, scores and segments."""

from records import after, clamp, milliseconds, poisson, rounded_money
from wording import COMPETITORS, Scene


def record(world, account):
    """What the manager wrote down when thinking about one account."""
    _swot(world, account)
    _whitespace(world, account)
    _opportunities(world, account)
    _observations(world, account)
    _scores(world, account)
    _segments(world, account)


def _swot(world, account):
    """For key accounts and some others; the latest plan is what it belongs to."""
    random = account.random("swot")
    if not (account.is_key or random.random() < 0.4):
        return
    plan = account.plans[-1] if account.plans else None
    for quadrant in ("strength", "weakness", "opportunity", "threat"):
        made = after(world.today, -random.randint(30, 600))
        scene = Scene(world, account, made, random)
        lines = random.sample(scene.words.SWOT[quadrant], random.randint(1, 3) if account.is_key else 1)
        for rank, text in enumerate(lines, 1):
            scene.forget("contact", "contact_record")
            world.add(
                account, "swot-item", f"{account.slug}|{quadrant}|{rank}", milliseconds(made, 14, rank),
                quadrant=quadrant, text=scene.fill(text),
                evidence=scene.one(scene.words.SWOT_EVIDENCE) if random.random() < 0.6 else None, rank=rank,
                plan=plan.id if plan else None)


def _whitespace(world, account):
    """By plant and article: what they buy is won; of the rest some is a chance, and some a competitor's."""
    random = account.random("whitespace")
    if not (account.is_key or (account.is_customer and random.random() < 0.2)):
        return
    bought = {product.sku for product, _ in account.favourites}
    plants = [division for division in account.divisions if division.spoken]
    for division in plants[:3]:
        for product in random.sample(world.catalogue.products, random.randint(4, 8)):
            state = "won" if product.sku in bought and account.orders else random.choice(
                ["potential", "potential", "open", "competitor", "competitor", "none"])
            if state == "won" and account.stage in ("lost", "dormant"):
                state = "competitor"
            at = milliseconds(after(world.today, -random.randint(10, 500)), 14)
            potential = rounded_money(random.lognormvariate(8.6, 0.9) * account.weight, account.currency)
            world.add(
                account, "whitespace-cell", f"{division.id}|{product.sku}", at, division=division.id,
                product=product.id, state=state, potential=None if state == "none" else potential,
                competitor=random.choice(COMPETITORS) if state == "competitor" else None)


def _opportunities(world, account):
    """What may come is still open; what should have come was won or lost, or forgotten."""
    random = account.random("opportunities")
    if not account.is_customer:
        return
    chances = {"identified": (5, 20), "qualified": (20, 40), "proposed": (35, 60), "negotiating": (55, 85)}
    for place in range(poisson(random, 1.2 + 1.8 * account.weight)):
        made = after(world.today, -random.randint(2, 1000))
        made = max(made, after(account.first_contact, 3), world.first_day)
        closes = after(made, random.randint(40, 260))
        if closes > world.today:
            # What is young is not far yet.
            ripe = (world.today - made).days / max(1, (closes - made).days)
            stage = list(chances)[int(clamp(ripe * 4 + random.gauss(0, 0.6), 0, 3.99))]
            if account.stage == "lost" and random.random() < 0.8:
                stage = "lost"
        else:
            wins = random.random() < clamp(0.42 + 0.15 * account.quality, 0.1, 0.8)
            stage = "won" if wins and account.orders else "lost"
            if random.random() < 0.05:
                stage = "negotiating"
        likelihood = {"won": 100, "lost": 0}.get(stage)
        if likelihood is None:
            likelihood = random.randint(*chances[stage]) // 5 * 5
        scene = Scene(world, account, made, random)
        title = scene.one(scene.words.OPPORTUNITIES)
        instant = milliseconds(made, 10, place)
        product = scene["product_record"]
        opportunity = world.add(
            account, "opportunity", f"{account.slug}|{place}", instant, title=title[:200],
            division=scene["division"].id, product=product.id,
            amount=rounded_money(random.lognormvariate(9.4, 0.8) * account.weight, account.currency),
            stage=f"{stage} {likelihood}%", closes_on=closes.isoformat(), owner=account.manager.email)
        account.note_for("opportunity", opportunity, instant, title)


def _observations(world, account):
    """Seen on visits, in orders, in surveys: more of it where there is more to do."""
    random = account.random("observations")
    for place in range(poisson(random, 1.5 + 2.2 * account.weight)):
        seen = max(after(world.today, -random.randint(1, 1050)), world.first_day)
        about = random.choice(["behaviour", "habit", "preference", "need", "expectation"])
        scene = Scene(world, account, seen, random)
        world.add(
            account, "observation", f"{account.slug}|{place}", milliseconds(seen, 15, place),
            type=random.choice(["observation", "observation", "observation", "study", "research"]), about=about,
            statement=scene.one(scene.words.OBSERVATIONS[about]), source=scene.one(scene.words.OBSERVATION_SOURCES),
            confidence=random.choice([40, 50, 60, 70, 80, 90, 95]),
            contact=scene["contact_record"].id if random.random() < 0.6 else None, observed_on=seen.isoformat())


def _scores(world, account):
    """Every customer has been scored; their score follows from what they are."""
    random = account.random("scores")
    if not account.is_customer:
        return
    size = {1: 4.6, 2: 3.8, 3: 2.9}.get(account.tier, 2.0)
    means = {"Revenue potential": size, "Growth of their market": 3 + 5 * account.growth,
             "Margin we can earn": 3 + 14 * account.margin_shift,
             "Weight as a reference": size - 0.3, "Access to those who decide": size - 0.6 + 0.4 * account.quality,
             "Share of wallet": size - 1 + 0.5 * account.quality, "Satisfaction": 3.1 + 0.9 * account.quality,
             "Technical fit": 3.6 + 0.3 * account.quality}
    scored = max(after(world.today, -random.randint(20, 420)), account.first_contact)
    scene = Scene(world, account, scored, random)
    for name, criterion in world.catalogue.criteria:
        if not account.orders and name in ("Satisfaction", "Share of wallet"):
            continue
        scene.forget("colleague", "contact", "contact_record")
        world.add(
            account, "criterion-score", f"{account.slug}|{name}", milliseconds(scored, 16), criterion=criterion,
            score=int(clamp(round(means[name] + random.gauss(0, 0.6)), 1, 5)),
            rationale=scene.one(scene.words.RATIONALES) if random.random() < 0.6 else None,
            scored_on=scored.isoformat())


def _segments(world, account):
    """Those segments that have no rule."""
    random = account.random("segments")
    wanted = []
    if account.industry in ("dairy", "brewing", "pharma"):
        wanted.append("Hygienic processes")
    if account.tier >= 3 and account.orders and random.random() < 0.3:
        wanted.append("Prefers the webshop")
    if account.industry in ("energy", "water", "paper") and random.random() < 0.6:
        wanted.append("Energy savers")
    if account.is_key and account.quality > 0.4 and account.stage == "loyal":
        wanted.append("Reference customers")
    for name in wanted:
        made = after(world.today, -random.randint(20, 600))
        scene = Scene(world, account, made, random)
        world.add(
            account, "segment-member", f"{account.slug}|{name}", milliseconds(made, 16, 30),
            segment=world.catalogue.segments[name], reason=scene.one(scene.words.SEGMENT_REASONS[name]))

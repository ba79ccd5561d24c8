"""The figures: sales with credit notes, costs, targets and contracts."""

import datetime

from accounts import amount
from records import after, milliseconds, minor, money, period, poisson, rounded_money, shares, stream
from wording import Scene

OLD_SYSTEM_UNTIL = datetime.date(2024, 5, 31)


# --- Sales -----------------------------------------------------------------------------------------------------------


def record_sales(world, accounts):
    """Each line of each order, attributed to strategies, and the credit notes on some of them."""
    sold = []
    for account in accounts:
        random = account.random("sales")
        # Some order through the webshop once there is one.
        shop = random.random() < 0.45
        for order in account.orders:
            source = "ERP" if order.day > OLD_SYSTEM_UNTIL else "Old ERP"
            if shop and order.day > datetime.date(2024, 9, 1) and len(order.lines) <= 4 and random.random() < 0.5:
                source = "Webshop"
            for number, line in enumerate(order.lines, 1):
                line.strategy = _strategy(world, account, order.day, line.product, random)
                revenue = max(1, amount(line.euros, account))
                cost = max(0, amount(line.cost, account))
                # Order numbers are unique with their source, so a line has its own.
                reference = f"{order.number}/{number}"
                sold.append((account, order, line, revenue, cost, reference))
                _sale(world, account, reference, order.day, line, "sale", revenue, cost, source)
    _credit_notes(world, sold)


def _sale(world, account, reference, day, line, kind, revenue, cost, source):
    """One sale or credit note; the table names article and strategy as people do."""
    world.book.sold[account.currency] += revenue
    strategy = line.strategy
    extra = {"csv:product": line.product.sku, "csv:strategy": strategy.name if strategy else None}
    world.add(
        account, "sale", reference, milliseconds(day, 12), occurred_on=day.isoformat(), product=line.product.id,
        type=kind, revenue=money(revenue, account.currency), cost=money(cost, account.currency), order=reference,
        source=source, strategy=strategy.id if strategy else None, **extra)


def _strategy(world, account, day, product, random):
    """The effort that a sale came from, if any."""
    for strategy in world.catalogue.strategies:
        if strategy.reaches(day, product, account.country) and random.random() < strategy.chance:
            return strategy
    return None


def _credit_notes(world, sold):
    """More of them where service is bad; each takes back a line, or a part of it, a few weeks later."""
    random = stream(world.seed, "credit-notes")
    old_enough = [row for row in sold if (world.today - row[1].day).days > 45]
    weights = [max(0.2, 1 - 0.4 * account.quality) for account, *_ in old_enough]
    chosen, left = {}, list(range(len(old_enough)))
    while len(chosen) < min(world.credit_note_count, len(left)):
        for place in random.choices(left, weights, k=world.credit_note_count - len(chosen)):
            chosen[place] = True
    for place in sorted(chosen):
        account, order, line, revenue, cost, reference = old_enough[place]
        day = after(order.day, random.randint(4, 40))
        part = 1.0 if random.random() < 0.4 else random.choice([0.1, 0.2, 0.25, 0.5])
        # Goods that come back are worth what they cost; a rebate brings nothing back.
        back = cost * part if random.random() < 0.6 else 0
        revenue = max(1, round(revenue * part))
        _sale(world, account, f"CN-{reference}", day, line, "credit-note", revenue, round(back), "ERP")


# --- Costs -----------------------------------------------------------------------------------------------------------


def record_costs(world, accounts):
    """Of strategies, and of single accounts."""
    _strategy_costs(world, accounts)
    for account in accounts:
        if account.is_customer:
            _own_costs(world, account)


def _strategy_costs(world, accounts):
    """What each strategy spent, split among the accounts it turned to, in proportion to the sale of samples at hand."""
    part_of_organisation = world.sale_count / 100_000
    for strategy in world.catalogue.strategies:
        random = stream(world.seed, "strategy-costs", strategy.name)
        reached = [account for account in accounts if account.is_customer
                   and (not strategy.countries or account.country in strategy.countries) and random.random() < 0.6]
        if not reached:
            continue
        last = min(strategy.last, world.today)
        first = max(strategy.first, world.first_day)
        done = (last - first).days / max(1, (strategy.last - strategy.first).days)
        cents = int(strategy.budget * strategy.spent * done * part_of_organisation * 100)
        for account, share in zip(reached, shares(cents, [account.weight + 0.2 for account in reached])):
            day = after(first, random.randint(0, max(1, (last - first).days - 1)))
            kind = "acquisition" if not account.orders or day < account.orders[0].day else "retention"
            if share > 0:
                world.add(
                    account, "cost-event", f"{account.slug}|{strategy.name}", milliseconds(day, 12), type=kind,
                    occurred_on=day.isoformat(),
                    amount=money(max(1, minor(share / 100, account.currency)), account.currency),
                    strategy=strategy.id, note=strategy.name)


def _own_costs(world, account):
    """What winning, keeping and serving one account cost besides strategies."""
    random = account.random("costs")
    begins = account.orders[0].day if account.orders else world.today
    events = []
    if begins > after(world.first_day, 60):
        for _ in range(random.randint(1, 4)):
            events.append(("acquisition", after(begins, -random.randint(5, 150)), random.uniform(200, 2500)))
    for _ in range(poisson(random, 1.5 * account.weight) if account.orders else 0):
        day = _between(begins, account.orders[-1].day, random)
        events.append(("retention", day, random.uniform(150, 2200) * account.weight))
    for _ in range(poisson(random, 2.5 * account.weight * (1.3 - 0.3 * account.quality)) if account.orders else 0):
        events.append(("service", _between(begins, account.orders[-1].day, random), random.lognormvariate(6.1, 0.7)))
    for place, (kind, day, euros) in enumerate(events):
        day = min(max(day, world.first_day), world.today)
        scene = Scene(world, account, day, random)
        world.add(
            account, "cost-event", f"{account.slug}|own|{place}", milliseconds(day, 12, place), type=kind,
            occurred_on=day.isoformat(), amount=money(max(1, amount(euros, account)), account.currency),
            note=scene.one(scene.words.COSTS[kind])[:500])


def _between(first, last, random):
    """Some day from the first to the last."""
    return after(first, random.randint(0, max(0, (last - first).days)))


# --- Targets and contracts -------------------------------------------------------------------------------------------


def record_targets(world, account):
    """By the year before, with some ambition; past years are locked. Contracts for those who buy much."""
    random = account.random("targets")
    if not account.orders:
        return
    for year in range(world.first_day.year + 1, world.today.year + 2):
        _targets(world, account, year, random)
    _contracts(world, account)


def _targets(world, account, year, random):
    """One year's targets."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    is_next = year > world.today.year
    # Of the first and of the running year only a part is known.
    known_from = max(datetime.date(year - 1, 1, 1), world.first_day)
    known_to = min(datetime.date(year - 1, 12, 31), world.today)
    before, known = account.revenue(known_from, known_to), (known_to - known_from).days / 365
    if before and known > 0.2:
        expected = before / max(0.3, known)
    else:
        expected = account.revenue(first, last) * random.uniform(0.8, 1.25)
    if expected < 3_000 or (is_next and account.stage in ("lost", "dormant")) or (is_next and not account.is_key):
        return
    goal = expected * random.uniform(1.0, 1.15)
    rate = 0.34 + account.margin_shift
    at = milliseconds(max(after(first, -20) if not is_next else after(world.today, -6), world.first_day), 12)
    world.add(
        account, "revenue-target", f"{account.slug}|{year}", at, period=period(first, last),
        revenue=rounded_money(goal, account.currency), margin=rounded_money(goal * rate, account.currency),
        locked=False if is_next else True)
    if account.is_key and not is_next and random.random() < 0.5:
        product = random.choice(account.favourites)[0]
        world.add(
            account, "revenue-target", f"{account.slug}|{year}|{product.sku}", at, period=period(first, last),
            product=product.id, revenue=rounded_money(goal * 0.1, account.currency), locked=True)
    if account.is_key or random.random() < 0.35:
        scene = Scene(world, account, min(first, world.today), random)
        world.add(
            account, "profitability-target", f"{account.slug}|{year}", at, period=period(first, last),
            margin_rate=round(rate * 10_000 / 50) * 50,
            margin=rounded_money(goal * rate, account.currency) if random.random() < 0.5 else None,
            note=scene.one(scene.words.PROFITABILITY_NOTES))


def _contracts(world, account):
    """One after the other, cancelled when they left; sometimes a draft for the next year."""
    random = account.random("contracts")
    if not (account.is_key or random.random() < 0.3):
        return
    begins = max(account.orders[0].day, world.first_day)
    first = datetime.date(begins.year, random.choice([1, 1, 4, 7, 10]), 1)
    place = 0
    while first < world.today and place < 4:
        last = after(datetime.date(first.year + random.choice([1, 1, 2]), first.month, 1), -1)
        silent = account.stage in ("lost", "dormant") and last > account.orders[-1].day
        status = "cancelled" if silent else "ended" if last < world.today else "active"
        scene = Scene(world, account, max(first, world.first_day), random)
        title = random.randrange(len(scene.words.CONTRACT_TITLES))
        year = max(2_000, account.revenue(first, last) / max(1, (last - first).days / 365))
        world.add(
            account, "contract", f"{account.slug}|{place}", milliseconds(max(first, world.first_day), 12),
            title=scene.fill(scene.words.CONTRACT_TITLES[title])[:200], period=period(first, last),
            value=rounded_money(year * (0.06 if title == 2 else 1), account.currency),
            notice_days=random.choice([30, 60, 90, 90, 180]), renews=random.random() < 0.5, status=status)
        if silent:
            break
        first, place = after(last, 1), place + 1
    if account.is_key and random.random() < 0.4:
        first = datetime.date(world.today.year + 1, 1, 1)
        scene = Scene(world, account, world.today, random)
        world.add(
            account, "contract", f"{account.slug}|next", milliseconds(after(world.today, -8), 12),
            title=scene.one(scene.words.CONTRACT_TITLES)[:200],
            period=period(first, datetime.date(first.year, 12, 31)), notice_days=90, renews=False, status="draft")

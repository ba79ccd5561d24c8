"""When and what accounts buy: the process that the usual models of buying assume, with seasons and trends on top.

An account buys at random moments at a rate of its own (Poisson), rates differ between accounts (gamma), and after
each purchase it may be lost for good, with a probability of its own (beta): BG/NBD, as Fader, Hardie and Lee describe
it in "Counting Your Customers the Easy Way" (2005). What an order is worth is gamma-distributed around the account's
own mean, and one over that mean is gamma-distributed too (Gamma-Gamma). A fit comes near the numbers below, apart from
the scale of the rates, which follows from how many sales are wanted.
"""

import dataclasses
import datetime
import math

from companies import COUNTRIES, INDUSTRIES
from records import after, clamp, shares, stream, working

RATE_SHAPE = 1.2            # r
LOSS_A, LOSS_B = 0.4, 45.0  # a, b
SPEND_P, SPEND_Q, SPEND_V = 5.0, 2.7, 2000.0

LINES_PER_ORDER = 7.0
CREDIT_NOTE_SHARE = 0.02
OLD_CUSTOMERS_SHARE = 0.65

# By month, January first; each has the mean 1.
SEASONS = {
    "flat": (1.02, 1.02, 1.06, 1.02, 1.00, 1.02, 0.97, 0.88, 1.04, 1.06, 1.03, 0.88),
    "wave-spring": (1.00, 1.06, 1.16, 1.14, 1.08, 1.02, 0.92, 0.84, 0.97, 0.99, 0.97, 0.85),
    "wave-summer": (0.84, 0.90, 1.04, 1.14, 1.20, 1.22, 1.14, 0.96, 0.96, 0.92, 0.88, 0.80),
    "wave-autumn": (0.96, 0.94, 0.96, 0.96, 0.94, 0.96, 0.94, 0.90, 1.16, 1.22, 1.14, 0.92),
}


@dataclasses.dataclass
class Order:
    """What was bought on one day."""

    day: datetime.date
    euros: float
    number: str = ""
    lines: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Line:
    """One article of an order, in euros."""

    product: object
    euros: float
    cost: float
    strategy: object = None


def give_traits(seed, buyers):
    """Rates, values and risks. Risk goes with satisfaction: who is served badly is lost more often.

    Risks are drawn by themselves and then handed out by rank, so that their distribution stays exactly what the model
    assumes, however they hang together with the rest.
    """
    random = stream(seed, "traits")
    count = len(buyers)
    rates = [random.gammavariate(RATE_SHAPE, 1) for _ in range(count)]
    # One over the mean of an order's value.
    nus = [random.gammavariate(SPEND_Q, 1 / SPEND_V) for _ in range(count)]
    risks = sorted(random.betavariate(LOSS_A, LOSS_B) for _ in range(count))
    dissatisfied = [(-0.85 * account.quality + 0.53 * random.gauss(0, 1), place)
                    for place, account in enumerate(buyers)]
    for risk, (_, place) in zip(risks, sorted(dissatisfied)):
        buyers[place].risk = risk
    for account, rate, nu in zip(buyers, rates, nus):
        account.rate, account.nu = rate, nu
        account.growth = random.gauss(0.02 + 0.05 * account.quality, 0.12)
        account.basket = random.gammavariate(10, 1 / 10)
        account.is_old = random.random() < OLD_CUSTOMERS_SHARE
        account.begins_at = 0.0 if account.is_old else random.random() * 0.85
    rarest = min(buyers, key=lambda account: account.rate)
    rarest.rate = max(rarest.rate, 0.02)


def simulate(seed, buyers, first_day, last_day, sales_wanted):
    """Fills in every buyer's orders with lines, `sales_wanted` lines together."""
    wanted = sales_wanted / LINES_PER_ORDER
    scale = wanted / max(1, len(buyers)) / RATE_SHAPE / ((last_day - first_day).days / 7)
    for _ in range(25):
        days = [_purchase_days(seed, account, first_day, last_day, scale) for account in buyers]
        count = sum(len(found) for found, _ in days)
        if abs(count / wanted - 1) < 0.02:
            break
        scale *= clamp(wanted / count, 0.5, 2)
    for account, (found, is_lost) in zip(buyers, days):
        account.weekly_rate = account.rate * scale
        account.is_lost = is_lost
        random = stream(seed, "spend", account.slug)
        account.orders = [Order(day, _spend(random, account, day, last_day)) for day in found]
    _number(buyers)
    _fill_lines(seed, buyers, sales_wanted)


def _purchase_days(seed, account, first_day, last_day, scale):
    """The working days on which an account buys, and whether it was lost before the end."""
    random = stream(seed, "purchases", account.slug)
    span = (last_day - first_day).days
    season = SEASONS[INDUSTRIES[account.industry][1]]
    daily = account.rate * scale / 7
    # An old customer's next purchase is as far away as after any other; a new one begins on its day.
    at = account.begins_at * span
    if account.is_old:
        at += min(random.expovariate(daily), span * random.random())
    days = [working(after(first_day, int(at)))]
    taken = set(days)
    while random.random() >= account.risk:
        # Candidates come at the greatest rate there can be, and are kept as often as the season says.
        while True:
            at += random.expovariate(daily * 1.8)
            if at > span - 1:
                return sorted(days), False
            day = after(first_day, int(at))
            wave = season[day.month - 1] * math.exp(clamp(account.growth, -0.25, 0.25) * (at - span / 2) / 730)
            if random.random() < wave / 1.8 and not _is_holiday(day):
                break
        free = _free(working(day), taken, last_day)
        if free < days[0]:
            break
        days.append(free)
    return sorted(days), (last_day - max(days)).days > 30


def _free(day, taken, last_day):
    """The day, or the next working day without an order of that account: what is bought on one day is one purchase."""
    while day in taken:
        day = working(after(day, 1))
    # At the end of the time there is none after it, so it is one before.
    while day > last_day or day in taken or day.weekday() > 4:
        day = after(day, -1)
    taken.add(day)
    return day


def _is_holiday(day):
    """Days on which nobody orders."""
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1)


def _spend(random, account, day, last_day):
    """Euros of an order; prices rise, and what grows grows in value too."""
    years = (day - last_day).days / 365
    trend = math.exp((0.02 + account.growth / 2) * (years + 1.5))
    return max(20.0, random.gammavariate(SPEND_P, 1 / account.nu) * trend)


def _number(buyers):
    """Orders are numbered by day, as one counter for all customers does it."""
    ordered = sorted(((order.day, account.index, place, order) for account in buyers
                      for place, order in enumerate(account.orders)), key=lambda row: row[:3])
    counters = {}
    for day, _, _, order in ordered:
        counters[day.year] = counters.get(day.year, 0) + 1
        order.number = f"SO{day.year % 100}-{counters[day.year]:05d}"


def _fill_lines(seed, buyers, sales_wanted):
    """Each order has one line at least; the others fall to the orders of those who buy many things at once."""
    random = stream(seed, "lines")
    orders = [(account, order) for account in buyers for order in account.orders]
    weights = [account.basket * random.gammavariate(2.5, 1) for account, _ in orders]
    for (account, order), extra in zip(orders, shares(max(0, sales_wanted - len(orders)), weights)):
        account.choose_lines(order, 1 + extra)


def favourites(random, account, products):
    """What an account buys again and again: its industry's families most, a few articles far more than the rest."""
    liked = INDUSTRIES[account.industry][2]
    weights = {}
    for product in products:
        weight = random.paretovariate(1.1) * (4 if product.family in liked else 1)
        weight *= 0.5 if product.is_service else 1
        # Who orders for 500 euros does not buy skids.
        weight /= 1 + (product.price / (0.4 * SPEND_P / account.nu)) ** 2
        weights[product.sku] = weight
    kept = sorted(products, key=lambda product: -weights[product.sku])[:random.randint(12, 34)]
    return [(product, weights[product.sku]) for product in kept]


def lines_of(random, account, order, count):
    """Articles of an order, its value split among them by what they cost."""
    sold = [(product, weight) for product, weight in account.favourites
            if product.sold_from <= order.day <= product.sold_until]
    # Each article once, as long as there are others: what is dear for this order comes into it less often.
    budget = 1.5 * order.euros / count
    weights = {product.sku: weight / (1 + (product.price / budget) ** 3) for product, weight in sold}
    # Whose exponential clock rings first: a choice by weight without putting back (Efraimidis and Spirakis, 2006).
    ranked = sorted(sold, key=lambda pair: random.expovariate(1) / max(weights[pair[0].sku], 1e-12))
    chosen = [ranked[place % len(ranked)][0] for place in range(count)]
    parts = [product.price ** 0.5 * random.lognormvariate(0, 0.5) for product in chosen]
    # Whole pieces, at list price; what the order is worth besides is its discount, or its freight.
    listed = [product.price * max(1, round(order.euros * part / sum(parts) / product.price))
              for product, part in zip(chosen, parts)]
    for product, price in zip(chosen, listed):
        euros = order.euros * price / sum(listed)
        margin = product.margin + account.margin_shift + random.gauss(0, 0.05)
        order.lines.append(Line(product, euros, euros * (1 - clamp(margin, -0.15, 0.75))))


def hours_from_utc(account):
    """Of their country, in winter: summer time would change nothing that a sample shows."""
    return COUNTRIES[account.country].hours_from_utc

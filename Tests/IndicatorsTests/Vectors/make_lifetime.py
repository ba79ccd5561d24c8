#!/usr/bin/env python3
"""Writes lifetime.csv, gamma_gamma.csv, simulated.csv and simulated_fit.csv next to this file. Needs mpmath only.

Every number is worked out here from the definitions of the models with at least 50 digits, and again by numerical
integration over the customer's unknown rates; the script stops where the two ways differ. The parameters in the files
are decimal, but what is computed is the answer for the double nearest to each of them, which is what a reader holds.
"""

import csv
import pathlib
import random

from mpmath import mp, mpf

HERE = pathlib.Path(__file__).resolve().parent
DIGITS = 50
AGREE = mpf("1e-18")


def number(text):
    return mpf(float(text))


def show(value, digits=15):
    return mp.nstr(value, digits, strip_zeros=False, min_fixed=-5, max_fixed=digits)


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as out:
        lines = csv.writer(out, lineterminator="\n")
        lines.writerow(header)
        lines.writerows(rows)


def same(one, other, what):
    if abs(one - other) > AGREE * max(abs(one), abs(other), AGREE):
        raise SystemExit(f"the two ways differ for {what}: {mp.nstr(one, 25)} and {mp.nstr(other, 25)}")


# BG/NBD. A customer buys at rate l ~ Gamma(shape r, rate alpha) and after each repeat purchase leaves for good with
# probability p ~ Beta(a, b). Seen: x repeat purchases in (0, T], the last of them at t_x.


def alive_odds_against(r, alpha, a, b, x, t_x, T):
    """How many times likelier it is that the customer left after the last purchase than that it is still there."""
    if x == 0:
        return mpf(0)
    return a / (b + x - 1) * ((alpha + T) / (alpha + t_x)) ** (r + x)


def probability_alive(*given):
    return 1 / (1 + alive_odds_against(*given))


def log_likelihood(r, alpha, a, b, x, t_x, T):
    rate = mp.loggamma(r + x) - mp.loggamma(r) + r * mp.log(alpha) - (r + x) * mp.log(alpha + T)
    stay = mp.loggamma(a + b) - mp.loggamma(b) + mp.loggamma(b + x) - mp.loggamma(a + b + x)
    return rate + stay + mp.log1p(alive_odds_against(r, alpha, a, b, x, t_x, T))


def purchases_if_alive(r, alpha, a, b, x, T, t):
    """The closed form. It has holes, with limits, at a = 1 and at a + b + x = 1."""
    if a == 1 or a + b + x == 1:
        with mp.workdps(3 * DIGITS):
            step = mpf(10) ** -DIGITS
            return sum(purchases_if_alive(r, alpha, a + s, b, x, T, t) for s in (step, -step)) / 2
    with mp.workdps(3 * DIGITS):
        total = alpha + T + t
        curve = mp.hyp2f1(r + x, b + x, a + b + x - 1, t / total)
        return (a + b + x - 1) / (a - 1) * (1 - ((alpha + T) / total) ** (r + x) * curve)


def purchases_if_alive_integrated(r, alpha, a, b, x, T, t):
    """Of a customer with l and p, (1 - exp(-l p t)) / p more are expected; l integrates away, p is done numerically."""
    reach = t / (alpha + T)

    def more(p):
        return -mp.expm1(-(r + x) * mp.log1p(p * reach)) / p if p else (r + x) * reach

    low, half = mpf("1e-9"), mpf("0.5")
    cuts = [low * 10**k for k in range(9)] + [half]
    left, right = a, b + x
    near_zero = mp.quad(lambda u: more(u ** (1 / left)) * (1 - u ** (1 / left)) ** (right - 1), [0, low**left]) / left
    middle = mp.quad(lambda p: more(p) * p ** (left - 1) * (1 - p) ** (right - 1), cuts)
    near_one = mp.quad(
        lambda u: more(1 - u ** (1 / right)) * (1 - u ** (1 / right)) ** (left - 1), [0, half**right]) / right
    return (near_zero + middle + near_one) / mp.beta(left, right)


def log_likelihood_by_beta(r, alpha, a, b, x, t_x, T):
    """The same from complete beta functions: still there after x purchases, or gone at the last of them."""
    there = mp.beta(a, b + x) * (alpha + T) ** -(r + x)
    gone = mp.beta(a + 1, b + x - 1) * (alpha + t_x) ** -(r + x) if x else 0
    return mp.log(mp.gamma(r + x) / mp.gamma(r) * alpha**r / mp.beta(a, b) * (there + gone))


CDNOW = ("0.243", "4.414", "0.793", "2.426")
PURCHASES = [
    # The published parameters. The first row is the worked example of Fader, Hardie and Lee.
    (*CDNOW, "2", "30.43", "38.86", "39"),
    (*CDNOW, "1", "1.71", "38.86", "39"),
    (*CDNOW, "0", "0", "38.86", "39"),
    (*CDNOW, "7", "29.43", "38.86", "39"),
    (*CDNOW, "29", "37.71", "38.86", "39"),
    (*CDNOW, "2", "30.43", "38.86", "1"),
    (*CDNOW, "2", "30.43", "38.86", "104"),
    # Ordinary shops of other kinds.
    ("0.75", "6", "0.65", "2.8", "4", "51.5", "60", "13"),
    ("1.8", "20", "0.4", "5", "10", "80", "104", "52"),
    ("3.2", "9.5", "1.7", "4.1", "12", "44.25", "52", "26"),
    ("0.5", "2", "2.5", "6", "3", "10", "75", "52"),
    # Nothing bought again; a customer of this moment; nothing ahead.
    (*CDNOW, "0", "0", "0", "39"),
    (*CDNOW, "0", "0", "0.01", "5200"),
    (*CDNOW, "0", "0", "1000", "39"),
    (*CDNOW, "2", "30.43", "38.86", "0"),
    # The last purchase is at the end of what was seen.
    (*CDNOW, "1", "38.86", "38.86", "39"),
    (*CDNOW, "12", "38.86", "38.86", "39"),
    # A thousand purchases: to the end; silent since shortly before, since a while, and since nearly the start. The
    # last probability is below the smallest double.
    (*CDNOW, "1000", "38.86", "38.86", "39"),
    (*CDNOW, "1000", "38.5", "38.86", "39"),
    (*CDNOW, "1000", "30", "38.86", "39"),
    (*CDNOW, "1000", "20", "38.86", "39"),
    (*CDNOW, "1000", "4", "38.86", "39"),
    (*CDNOW, "1000", "38.86", "38.86", "5200"),
    (*CDNOW, "1000", "38.86", "38.86", "0.001"),
    ("0.243", "4.414", "1", "2.426", "1000", "38.86", "38.86", "39"),
    ("2", "10", "1.5", "0.05", "1000", "150", "150", "52"),
    ("2", "10", "0.05", "2", "1000", "149.9", "150", "5200"),
    # Very long and very short times ahead.
    (*CDNOW, "2", "30.43", "38.86", "5200"),
    (*CDNOW, "2", "30.43", "38.86", "0.001"),
    (*CDNOW, "0", "0", "38.86", "5200"),
    (*CDNOW, "0", "0", "38.86", "0.001"),
    ("0.243", "4.414", "3.5", "2.426", "2", "30.43", "38.86", "5200"),
    # a around 1, where the closed form is 0 / 0.
    *(("0.243", "4.414", a, "2.426", "2", "30.43", "38.86", "39")
      for a in ("0.9", "0.999", "0.999999", "0.999999999", "0.999999999999", "1", "1.000000000001", "1.000000001",
                "1.000001", "1.001", "1.1", "2", "3")),
    ("0.243", "4.414", "1", "2.426", "0", "0", "38.86", "39"),
    ("0.243", "4.414", "1", "2.426", "2", "30.43", "38.86", "5200"),
    ("0.243", "4.414", "1", "2.426", "2", "30.43", "38.86", "0.001"),
    ("0.243", "4.414", "1", "1", "1", "20", "38.86", "39"),
    # b small.
    ("0.243", "4.414", "0.793", "0.05", "0", "0", "38.86", "39"),
    ("0.243", "4.414", "0.793", "0.05", "1", "38", "38.86", "39"),
    ("0.243", "4.414", "0.793", "0.05", "5", "38", "38.86", "39"),
    ("0.243", "4.414", "0.793", "0.05", "2", "30.43", "38.86", "5200"),
    ("0.243", "4.414", "1", "0.05", "1", "30.43", "38.86", "39"),
    ("0.243", "4.414", "0.05", "0.05", "1", "30.43", "38.86", "39"),
    # a + b + x = 1, where the closed form is 0 times infinity, and close to it.
    ("0.243", "4.414", "0.5", "0.5", "0", "0", "38.86", "39"),
    ("0.243", "4.414", "0.5", "0.500000001", "0", "0", "38.86", "39"),
    ("0.243", "4.414", "0.25", "0.75", "0", "0", "38.86", "5200"),
    # r large with a small alpha: everyone buys often, so silence says much.
    ("50", "0.1", "0.793", "2.426", "0", "0", "0.5", "1"),
    ("50", "0.1", "0.793", "2.426", "0", "0", "38.86", "39"),
    ("50", "0.1", "0.793", "2.426", "1", "0.02", "38.86", "39"),
    ("50", "0.1", "1.2", "30", "200", "10", "10", "52"),
    ("50", "0.1", "1.2", "30", "200", "9.5", "10", "52"),
    ("50", "0.01", "1", "3", "40", "12", "12.5", "5200"),
    # Few buy at all; nearly nobody leaves; nearly everybody leaves.
    ("0.01", "100", "0.793", "2.426", "1", "5", "38.86", "39"),
    ("0.243", "4.414", "0.001", "50", "3", "20", "38.86", "39"),
    ("0.243", "4.414", "40", "0.5", "1", "20", "38.86", "39"),
]


def lifetime():
    rows = []
    for given in PURCHASES:
        r, alpha, a, b, x, t_x, T, t = map(number, given)
        seen = (r, alpha, a, b, x, t_x, T)
        alive, likelihood = probability_alive(*seen), log_likelihood(*seen)
        same(likelihood, log_likelihood_by_beta(*seen), f"the likelihood of {given}")
        ahead = purchases_if_alive(r, alpha, a, b, x, T, t) if t else mpf(0)
        if t:
            same(ahead, purchases_if_alive_integrated(r, alpha, a, b, x, T, t), f"the purchases of {given}")
        rows.append([*given, show(ahead * alive), show(alive), show(likelihood)])
    assert abs(mpf(rows[0][8]) - mpf("1.226")) < mpf("0.0005")
    write("lifetime.csv", "r,alpha,a,b,x,t_x,T,t,expected_purchases,probability_alive,log_likelihood".split(","), rows)


# Gamma-Gamma. A customer's transactions are worth Gamma(shape p, rate n) each, n ~ Gamma(shape q, rate v). Seen: the
# mean m of x of them.


def spend(p, q, v, x, m):
    """The expected mean value of a transaction, and the log of the density of m."""
    expected = p * (v + m * x) / (p * x + q - 1)
    if x == 0:
        return expected, mpf(0)
    shape = p * x
    density = mp.loggamma(shape + q) - mp.loggamma(shape) - mp.loggamma(q) + q * mp.log(v)
    return expected, density + (shape - 1) * mp.log(m) + shape * mp.log(x) - (shape + q) * mp.log(v + m * x)


def spend_integrated(p, q, v, x, m):
    """The same by integrating over n."""
    shape, rate = p * x + q, v + m * x
    constant = mp.exp(q * mp.log(v) - mp.loggamma(q))
    if x:
        constant *= mp.exp(p * x * mp.log(x) + (p * x - 1) * mp.log(m) - mp.loggamma(p * x))

    def area(power):
        # Scaled to 1 at its peak; in the logarithm of n it falls off on both sides.
        peak = power / rate
        top = power * mp.log(peak) - power
        width = 1 / mp.sqrt(power)

        def inside(s):
            return mp.exp(power * (mp.log(peak) + s) - rate * peak * mp.exp(s) - top)

        cuts = [width * k for k in range(-12, 13, 2)]
        cuts = [-(60 / power) - 20 * width - 5] + cuts + [20 * width + 5]
        return mp.quad(inside, cuts) * mp.exp(top)

    return p * area(shape - 1) / area(shape), mp.log(constant * area(shape))


HARDIE = ("6.25", "3.74", "15.44")
SPEND = [
    # The published parameters. For the first two 24.65 and 18.91 are published: that is 24.6586 and 18.9115, from
    # parameters before rounding, cut off after two decimals. With the rounded ones the answers are 24.6637 and 18.9169.
    (*HARDIE, "2", "22.35"),
    (*HARDIE, "1", "11.77"),
    (*HARDIE, "7", "73.74"),
    (*HARDIE, "29", "40.5"),
    (*HARDIE, "0", ""),
    # Other shops.
    ("2.1", "4.4", "60", "3", "45.9"),
    ("12", "2.2", "5.5", "6", "61.25"),
    # A thousand transactions, cheap and dear ones.
    (*HARDIE, "1000", "22.35"),
    (*HARDIE, "1000", "0.01"),
    (*HARDIE, "1000", "250000"),
    (*HARDIE, "1", "0.01"),
    (*HARDIE, "1", "1000000"),
    # The mean of the population is only just finite, or is infinite, while that of a customer is finite.
    ("6.25", "1.001", "15.44", "1", "30"),
    ("6.25", "1.001", "15.44", "0", ""),
    ("6.25", "1", "15.44", "1", "30"),
    ("6.25", "0.5", "15.44", "1", "30"),
    # p small (one transaction says little), p large (one says nearly all).
    ("0.2", "3", "100", "1", "3"),
    ("0.2", "3", "100", "40", "3"),
    ("500", "3.74", "0.2", "1", "40"),
    ("500", "3.74", "0.2", "1000", "40"),
    # q large: everyone alike. v tiny and huge.
    ("6.25", "400", "2200", "5", "34"),
    ("6.25", "3.74", "0.000001", "2", "22.35"),
    ("6.25", "3.74", "10000000", "2", "22.35"),
]


def gamma_gamma():
    rows = []
    for given in SPEND:
        values = [number(each or "0") for each in given]
        expected, density = spend(*values)
        if values[3]:
            again = spend_integrated(*values)
            same(expected, again[0], f"the value of {given}")
            same(density, again[1], f"the density of {given}")
        rows.append([*given, show(expected), show(density)])
    write("gamma_gamma.csv", "p,q,v,x,m,expected_value,log_likelihood".split(","), rows)


# Simulated customers. The process that made them: r = 0.75, alpha = 6, a = 0.65, b = 2.8; p = 5, q = 4, v = 20;
# T uniform in 20 to 150 weeks; 1,200 customers; seed 20050401. t_x, T and m are rounded to two decimals, as a shop
# would have them, and the fit is of the rounded values.
SEED = 20050401
CUSTOMERS = 1200
TRUE_PURCHASES = (0.75, 6.0, 0.65, 2.8)
TRUE_SPEND = (5.0, 4.0, 20.0)


def simulated():
    chance = random.Random(SEED)
    r, alpha, a, b = TRUE_PURCHASES
    p, q, v = TRUE_SPEND
    rows = []
    for _ in range(CUSTOMERS):
        T = round(chance.uniform(20, 150), 2)
        rate, leaving = chance.gammavariate(r, 1 / alpha), chance.betavariate(a, b)
        worth = chance.gammavariate(q, 1 / v)
        now, last, values = 0.0, 0.0, []
        while True:
            now += chance.expovariate(rate)
            if now > T:
                break
            last = now
            values.append(chance.gammavariate(p, 1 / worth))
            if chance.random() < leaving:
                break
        x = len(values)
        t_x = max(round(last, 2), 0.01) if x else 0.0
        m = f"{max(sum(values) / x, 0.01):.2f}" if x else ""
        rows.append([str(x), f"{t_x:.2f}", f"{T:.2f}", m])
    write("simulated.csv", "x,t_x,T,m".split(","), rows)
    return rows


def climb(value, start):
    """The maximum of value over positive parameters, by Newton's method in their logarithms."""
    at = [mp.log(each) for each in start]
    count, small, wide = len(at), mpf("1e-12"), mpf("1e-9")

    def moved(*moves):
        point = list(at)
        for place, by in moves:
            point[place] += by
        return value(*(mp.exp(each) for each in point))

    for _ in range(50):
        here = value(*(mp.exp(each) for each in at))
        slope = mp.matrix([(moved((i, small)) - moved((i, -small))) / (2 * small) for i in range(count)])
        bend = mp.matrix(count, count)
        for i in range(count):
            bend[i, i] = (moved((i, wide)) - 2 * here + moved((i, -wide))) / wide**2
            for j in range(i):
                corners = sum(s * z * moved((i, s * wide), (j, z * wide)) for s in (1, -1) for z in (1, -1))
                bend[i, j] = bend[j, i] = corners / (4 * wide**2)
        step = -mp.lu_solve(bend, slope)
        part = mpf(1)
        while value(*(mp.exp(at[i] + part * step[i]) for i in range(count))) < here - mpf("1e-25") and part > 1e-6:
            part /= 2
        at = [at[i] + part * step[i] for i in range(count)]
        if max(abs(each) for each in step) < mpf("1e-14"):
            mp.cholesky(-bend)  # fails unless this is a maximum
            return [mp.exp(each) for each in at]
    raise SystemExit("the fit does not settle")


def fit(rows, start, start_spend):
    """r, alpha, a, b, the log likelihood, p, q, v and its log likelihood, of rows of x, t_x, T and m."""
    seen = [(int(x), number(t_x), number(T)) for x, t_x, T, _ in rows]
    spent = [(int(x), number(m)) for x, _, _, m in rows if int(x)]
    counts = {}
    for x, _, _ in seen:
        counts[x] = counts.get(x, 0) + 1

    def purchases(r, alpha, a, b):
        total = len(seen) * (r * mp.log(alpha) - mp.loggamma(r) + mp.loggamma(a + b) - mp.loggamma(b))
        for x, many in counts.items():
            total += many * (mp.loggamma(r + x) + mp.loggamma(b + x) - mp.loggamma(a + b + x))
        for x, t_x, T in seen:
            late = mp.log(alpha + T)
            total -= (r + x) * late
            if x:
                total += mp.log1p(a / (b + x - 1) * mp.exp((r + x) * (late - mp.log(alpha + t_x))))
        return total

    def values(p, q, v):
        total = len(spent) * (q * mp.log(v) - mp.loggamma(q))
        for x, many in counts.items():
            if x:
                total += many * (mp.loggamma(p * x + q) - mp.loggamma(p * x) + p * x * mp.log(x))
        for x, m in spent:
            total += (p * x - 1) * mp.log(m) - (p * x + q) * mp.log(v + m * x)
        return total

    with mp.workdps(DIGITS):
        best, best_spend = climb(purchases, start), climb(values, start_spend)
        return [*best, purchases(*best), *best_spend, values(*best_spend)]


def simulated_fit(rows):
    fitted = fit(rows, TRUE_PURCHASES, TRUE_SPEND)
    digits = [show(each, 8) for each in fitted]
    for place in (4, 8):  # a total has digits before the point to spare
        digits[place] = show(fitted[place], 12)
    write("simulated_fit.csv", "r,alpha,a,b,log_likelihood,p,q,v,gamma_gamma_log_likelihood".split(","), [digits])


if __name__ == "__main__":
    mp.dps = DIGITS
    lifetime()
    gamma_gamma()
    simulated_fit(simulated())

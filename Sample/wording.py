"""Fills in sentences: whom, where, what, when, as fits the account and the day."""

import wording_en
import wording_fr
from people import DEPARTMENT_PEOPLE, STAFF
from records import after, money

LANGUAGES = {"en": wording_en, "fr": wording_fr}
COMPETITORS = ["Kolbenwerk Sündal", "HydroNovia", "Pumptekk", "Oriel Flow", "Bombas Lanzuela", "Garonne Pompage",
               "Nagisa Pump"]
REVIEW_SITES = ["SupplierScore", "Avis Fournisseurs", "Industriebewertung", "PlantPeers"]


class Scene(dict):
    """The words of one record: each is chosen once, so that title and detail speak of the same contact and plant."""

    def __init__(self, world, account, day, random, department=None):
        super().__init__()
        self.world, self.account, self.day, self.random, self.department = world, account, day, random, department
        self.words = LANGUAGES[account.language]

    def fill(self, sentence):
        """One sentence; the first letter of what was filled in becomes a capital one."""
        text = sentence.format_map(self)
        return text[:1].upper() + text[1:]

    def one(self, sentences):
        """One of several sentences, filled in."""
        return self.fill(self.random.choice(sentences))

    def some(self, sentences, least, most, separator=" "):
        """Several different ones, or None for none."""
        count = min(len(sentences), self.random.randint(least, most))
        return separator.join(map(self.fill, self.random.sample(sentences, count))) or None

    def forget(self, *names):
        """Chooses these anew for the next sentence."""
        for name in names:
            self.pop(name, None)

    def __missing__(self, name):
        value = self[name] = getattr(self, "_" + name)()
        return value

    # --- Words in braces ---

    def _contact_record(self):
        area = {"finance": "finance", "logistics": "operations", "support": "operations",
                "marketing": "engineering"}.get(self.department)
        people = self.account.people(self.day, area if self.random.random() < 0.6 else None)
        return self.random.choice(people)

    def _contact(self):
        return self["contact_record"].short

    def _colleague(self):
        return self.random.choice(DEPARTMENT_PEOPLE.get(self.department) or STAFF).name

    def _division(self):
        """A plant, where the account has one."""
        plants = [division for division in self.account.divisions if division.spoken] or self.account.divisions
        return self.random.choice(plants)

    def _site(self):
        return self["division"].spoken or self["division"].name

    def _product_record(self):
        return self._bought("Centrifugal pumps", "Dosing pumps", "Filtration")

    def _bought(self, *families):
        """One of the machines of these families that they buy, or at least one that there is."""
        def fit(products):
            return [product for product in products if product.family in families and product.price > 500
                    and product.sold_from <= self.day]

        return self.random.choice(fit(product for product, _ in self.account.favourites)
                                  or fit(self.world.catalogue.products))

    def _product(self):
        record = self["product_record"]
        return record.french if self.account.language == "fr" else record.spoken

    def _pump_record(self):
        return self._bought("Centrifugal pumps", "Dosing pumps")

    def _pump(self):
        return self["pump_record"].spoken

    def _pump_sku(self):
        return self["pump_record"].sku.replace("-", " ")

    def _doser_record(self):
        return self._bought("Dosing pumps")

    def _doser(self):
        return self["doser_record"].spoken

    def _doser_sku(self):
        return self["doser_record"].sku.replace("-", " ")

    def _sku(self):
        return self["product_record"].sku.replace("-", " ")

    def _sensor(self):
        sensors = [product for product in self.world.catalogue.products
                   if product.family == "Sensors and control" and product.sold_from <= self.day]
        record = self.random.choice(sensors)
        return record.french if self.account.language == "fr" else record.name

    def _family_name(self):
        return self.random.choice([family for family in self.words.FAMILY_WORDS if family != "Services"])

    def _family(self):
        return self.words.FAMILY_WORDS[self["family_name"]]

    def _families(self):
        """With its article, for languages that need one."""
        return self.words.FAMILIES_WITH_ARTICLE[self["family_name"]]

    def _service(self):
        return self.random.choice(list(self.words.SERVICE_WORDS.values()))

    def _competitor(self):
        return self.random.choice(COMPETITORS)

    def _order(self):
        near = [order.number for order in self.account.orders if after(self.day, -120) <= order.day <= self.day]
        return self.random.choice(near) if near else f"SO{self.day.year % 100}-{self.random.randrange(1, 9000):05d}"

    def _invoice(self):
        letters = "F" if self.account.language == "fr" else "INV"
        return f"{letters}-{self.day.year % 100}-{self.random.randrange(1, 9000):05d}"

    def _quote(self):
        return f"Q{self.day.year % 100}-{self.random.randrange(1, 3000):04d}"

    def _ticket(self):
        return f"T-{self.random.randrange(20_000, 60_000)}"

    def _number(self):
        return f"{self.random.randrange(1000, 99_999):05d}"

    def _amount(self):
        euros = self.random.uniform(80, 9_000)
        currency = self.account.currency
        minor = round(euros * 100) if currency != "JPY" else round(euros * 160)
        return money(minor, currency, "," if self.account.language == "fr" else ".")

    def _date(self):
        day = after(self.day, -self.random.randint(0, 20))
        return day.strftime("%d/%m/%Y") if self.account.language == "fr" else day.isoformat()

    def _month(self):
        return self.words.MONTHS[(self.day.month + self.random.randint(-3, 3)) % 12]

    def _quarter(self):
        return quarter(self.day, self.account.language)

    def _year(self):
        return str(self.day.year)

    def _next_year(self):
        return str(self.day.year + 1)

    def _week(self):
        return str(after(self.day, self.random.randint(7, 60)).isocalendar()[1])

    def _days(self):
        return str(self.random.choice([30, 45, 60, 60, 90]))

    def _n(self):
        return str(self.random.randint(2, 14))

    def _bar(self):
        return str(self.random.randint(1, 4))

    def _pct(self):
        return str(self.random.randint(3, 25))

    def _temp(self):
        return str(self.random.choice([4, 20, 40, 60, 75, 85]))

    def _name(self):
        return self.account.name if len(self.account.name) < 60 else self.account.slug.upper()

    def _clause(self):
        return self.random.choice(self.words.CLAUSES)

    def _medium(self):
        return self.random.choice(self.words.MEDIA)

    def _event(self):
        return self.random.choice(self.words.EVENTS)

    def _review_site(self):
        return self.random.choice(REVIEW_SITES)

    def _strategy(self):
        return self.random.choice(self.world.catalogue.strategies).name


def quarter(day, language):
    """ "Q3 2026", in French "T3 2026"."""
    return f"{'T' if language == 'fr' else 'Q'}{(day.month + 2) // 3} {day.year}"

"""The forty people of the sample organisation, Vernoux Fluides, which sells pumps and what belongs to them."""

import dataclasses
import functools
import unicodedata

ORGANIZATION = "Vernoux Fluides"
DOMAIN = "vernoux.example"
DEPARTMENTS = ["sales", "support", "finance", "logistics", "marketing"]


@dataclasses.dataclass(frozen=True)
class Person:
    """One of ours. `departments` are as `kam user edit --department` takes them."""

    name: str
    role: str = "member"
    departments: tuple = ()
    countries: tuple = ()
    weight: float = 1.0

    @functools.cached_property
    def folder(self):
        return plain(self.name.split(" ")[0])

    @functools.cached_property
    def email(self):
        first, _, last = self.name.partition(" ")
        return f"{plain(first)}.{plain(last)}@{DOMAIN}"

    def belongs_to(self, department):
        """Whether they are a member or the lead of that department."""
        return any(word.split(":")[0] == department for word in self.departments)


def plain(text):
    """Lower-case ASCII letters and hyphens: "Agnès Le Goff" is "agnes-le-goff"."""
    for letter, letters in (("ß", "ss"), ("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("ø", "o"), ("ł", "l")):
        text = text.replace(letter, letters)
    split = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in split
                   if not unicodedata.combining(letter))
    return "-".join(kept.split())


ADMIN = Person("Agnès Morel", role="admin")

EXECUTIVES = [Person("Hélène Vernoux", role="executive"), Person("Thomas Brandt", role="executive")]

# `weight` is how many accounts they answer for, beside the others. Three of them work in the sales department too.
MANAGERS = [
    Person("Claire Vasseur", departments=("sales",), countries=("FR",), weight=15),
    Person("Katrin Hollweg", departments=("sales",), countries=("DE",), weight=14),
    Person("Naomi Ashikaga", countries=("JP", "US"), weight=22),
    Person("Gareth Pembroke", departments=("sales",), countries=("GB",), weight=18),
    Person("Julien Pradel", countries=("FR",), weight=16),
    Person("Carlos Ibarra", countries=("ES",), weight=23),
    Person("Sofia Lemaire", countries=("FR",), weight=15),
    Person("Jonas Reitmayr", countries=("DE",), weight=14),
    Person("Femke Oosterhuis", countries=("NL",), weight=18),
    Person("Mathieu Kerboul", countries=("FR",), weight=15),
    Person("Lena Dürnberg", countries=("DE",), weight=14),
    Person("Inès Baudry", countries=("FR",), weight=16),
]

STAFF = [
    Person("Didier Roussel", departments=("sales:lead",)),
    Person("Amélie Joubert", departments=("sales",)),
    Person("Piet Verhagen", departments=("sales",)),
    Person("Sara Quintela", departments=("sales",)),
    Person("Nadia Benslimane", departments=("support:lead",)),
    Person("Erik Sandvik", departments=("support",)),
    Person("Paula Figueira", departments=("support",)),
    Person("Tobias Kranz", departments=("support",)),
    Person("Yann Le Goff", departments=("support",)),
    Person("Mina Okada", departments=("support",)),
    Person("Oliver Stanhope", departments=("support",)),
    Person("Béatrice Langevin", departments=("finance:lead",)),
    Person("Hugo Castan", departments=("finance",)),
    Person("Ulrike Ahrens", departments=("finance",)),
    Person("Rachel Winthrop", departments=("finance",)),
    Person("Leo Marchetti", departments=("logistics:lead",)),
    Person("Dan Kowalczyk", departments=("logistics",)),
    Person("Eva Lindqvist", departments=("logistics",)),
    Person("Rémi Chauvet", departments=("logistics",)),
    Person("Bart Hendrikx", departments=("logistics",)),
    Person("Pilar Montoya", departments=("logistics",)),
    Person("Charlotte Emery", departments=("marketing:lead",)),
    Person("Victor Nadal", departments=("marketing",)),
    Person("Zoe Hartwell", departments=("marketing",)),
    Person("Florian Gessner", departments=("marketing",)),
]

EVERYBODY = [ADMIN, *EXECUTIVES, *MANAGERS, *STAFF]

DEPARTMENT_PEOPLE = {
    department: [person for person in STAFF if person.belongs_to(department)] for department in DEPARTMENTS}

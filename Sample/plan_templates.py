"""What new plans may begin with: three templates with their steps."""

# Of each: type, days, description, steps. Of a step: type, title, department, days until due, and what its type adds:
# an objective's measure, where it starts and should get, unit and weight; of a task the place of the objective that it
# serves, its priority and detail; an expectation's measure.
PLAN_TEMPLATES = {
    "First year of a key account": (
        "expand", 365, "From a customer that buys now and then to one that plans with us.",
        [
            ("objective", "All who decide are known", "sales", 120, ("contacts met", 1, 5, "contacts", 2500)),
            (
                "objective", "A second family at every plant", "sales", 330,
                ("families bought", 1, 2, "families", 4500),
            ),
            (
                "objective", "Requests are answered in time", "support", 240,
                ("answered within four hours", 70, 95, "%", 3000),
            ),
            (
                "task", "Map decisions and influence", "sales", 21,
                (1, "high", "Who decides, who blocks, who helps; by plant."),
            ),
            (
                "task", "Walk through every plant with maintenance", "support", 60,
                (2, "normal", "List pumps by type and age."),
            ),
            ("task", "Work out what they buy elsewhere", "marketing", 75, (2, "normal", "By family and plant.")),
            ("task", "Agree credit limit and terms for the year", "finance", 30, (2, "normal", None)),
            ("task", "Agree delivery days and a list of stocked parts", "logistics", 45, (3, "high", None)),
            ("expectation", "One contact person who knows the plants", "sales", 30, ("Named, with a deputy",)),
            ("expectation", "Spare parts within 48 hours", "logistics", 180, ("For the listed parts",)),
        ],
    ),
    "Win back": (
        "retain", 180, "For accounts that stopped ordering or complain: find out why, mend it, be asked again.",
        [
            ("objective", "We know why, from three people", "sales", 30, ("talks held", 0, 3, "talks", 4000)),
            ("objective", "Nothing is open any more", "support", 60, ("open complaints", 4, 0, "complaints", 3000)),
            ("objective", "A first order again", "sales", 170, ("orders", 0, 1, "orders", 3000)),
            (
                "task", "Talk with purchasing and maintenance, apart", "sales", 14,
                (1, "urgent", "Listen; promise nothing yet."),
            ),
            ("task", "Settle open complaints and credit notes", "finance", 30, (2, "high", None)),
            (
                "task", "Free inspection of the plant that suffered most", "support", 45,
                (2, "high", "Report to the plant manager."),
            ),
            ("task", "Offer with a guaranteed lead time", "sales", 90, (3, "high", None)),
            ("expectation", "A call before a delay, not after", "logistics", 30, ("Every time",)),
        ],
    ),
    "Nouveau client": (
        "acquire", 240, "Du premier rendez-vous à la première commande.",
        [
            ("objective", "Un essai sur un site", "sales", 120, ("essais lancés", 0, 1, "essais", 5000)),
            ("objective", "Une première commande", "sales", 230, ("commandes", 0, 1, "commandes", 5000)),
            (
                "task", "Préparer le premier rendez-vous", "sales", 10,
                (1, "high", "Sites, procédés, concurrents, personnes."),
            ),
            ("task", "Choisir la pompe d’essai", "support", 45, (1, "normal", None)),
            ("task", "Ouvrir le compte et fixer l’encours", "finance", 60, (2, "normal", None)),
            ("task", "Envoyer les références du secteur", "marketing", 30, (1, "normal", None)),
            ("expectation", "Une offre sous trois jours ouvrés", "sales", 60, ("9 sur 10 à temps",)),
        ],
    ),
}


def record(book, importer, at):
    """Adds the templates and their steps."""
    for name, (kind, days, description, steps) in PLAN_TEMPLATES.items():
        template = book.add(
            importer, "plan-template", name, at, name=name, type=kind, description=description, days=days)
        for place, (step, title, department, due, rest) in enumerate(steps, 1):
            book.add(
                importer, "template-step", f"{name}|{place}", at, template=template, type=step, title=title,
                department=department, due_days=due, place=place, **_rest(step, rest))


def _rest(step, rest):
    """The fields that only this type of step has."""
    if step == "objective":
        measure, baseline, target, unit, weight = rest
        return {"measure": measure, "baseline": str(baseline), "target": str(target), "unit": unit, "weight": weight}
    return dict(zip(("serves", "priority", "detail") if step == "task" else ("measure",), rest))

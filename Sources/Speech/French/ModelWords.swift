extension FrenchTables {
  /// Labels of fields, choices, roles and departments; those that are nouns too stand in ``nouns``. A status is
  /// masculine, as « statut » and « stade » are; priority and severity are feminine, as « priorité » and « gravité ».
  static let words: StaticString = #"""
    # Fields

    about | sujet
    about kind | type du sujet
    active | actif
    agenda | ordre du jour
    amount | montant
    anchors | repères
    answers | réponses
    assignee | suivi
    audience | public
    author | auteur
    axis | axe
    baseline | départ
    blocked reason | motif du blocage
    budget | budget
    by | par
    cadence days | cadence (jours)
    campaign | campagne
    channel | canal
    claimed by | prise par
    closes on | clôture
    code | code
    competitor | concurrent
    components | composantes
    confidence | confiance
    consent | consentement
    cost | coût
    counterpart | relation
    country | pays
    criterion | critère
    currency | devise
    current | actuel
    deputy | suppléant
    description | description
    detail | détail
    devices | appareils
    digest | empreinte
    direction | sens
    disengaged | pôles à l’écart
    done on | terminée le
    due | échéance
    due days | délai (jours)
    edition | édition
    email | e-mail
    evidence | preuve
    expectations | attentes
    external id | réf. externe
    family | famille
    finalised | finalisé
    first contact on | premier contact
    from contact | de (contact)
    goal | but
    good | bon dès
    guide | guide
    held on | tenu le
    indicator | indicateur
    industry | secteur
    insights | enseignements
    into | devise cible
    invited at | invité le
    item | action
    key account | compte clé
    label | libellé
    language | langue
    left on | départ
    legal id | immatriculation
    locked | verrouillé
    shared | partagé
    manager | responsable
    margin | marge
    margin rate | taux de marge
    measure | mesure
    message | message
    metric | indicateur
    minutes | compte rendu
    name | nom
    needs | dépend de
    next step | suite
    note | note
    notes | notes
    notice days | préavis (jours)
    observed on | observé le
    occurred at | date
    occurred on | date
    opened at | ouverte le
    order | commande
    owner | pilote
    parent | rattachement
    period | période
    place | position
    population | population
    price | prix
    priority | priorité
    problem | problème
    progress note | avancement
    published | publié
    purchasing power | potentiel d’achat
    quadrant | quadrant
    questions | questions
    rank | ordre
    rate | taux
    rating | évaluation
    rationale | justification
    reason | motif
    remark | remarque
    renews | reconduction
    reports to | rend compte à
    request | demande
    requested by | demandée par
    resolve hours | résolution (heures)
    respond hours | réponse (heures)
    revenue | CA
    role | rôle
    rule | règle
    rules | règles
    scale max | maximum
    score | score
    scored on | évalué le
    serves | objectif servi
    severity | gravité
    side | côté
    since | depuis
    site | site
    sku | référence
    slug | nom court
    source | source
    stage | stade
    stars | étoiles
    state | état
    statement | énoncé
    status | statut
    subject | objet
    summary | résumé
    target | cible
    template | modèle
    text | texte
    tier | rang
    time zone | fuseau horaire
    title | titre
    to contact | vers (contact)
    type | type
    unit | unité
    url | URL
    value | valeur
    verified on | vérifié le
    vision | vision
    warning | alerte dès
    website | site web
    weight | poids
    written ms | écrit le

    # Choices

    accountable | approbateur
    achieved | atteint
    acquire | conquête
    acquisition | acquisition
    approved | approuvé
    archived | archivé
    attractiveness | attractivité
    behaviour | comportement
    blocked | bloqué
    blocker | opposant
    buyer | acheteur
    call | appel
    cancelled | annulé
    ces | CES
    champion | champion
    chat | messagerie
    claimed | pris
    closed | clos
    coach | coach
    commercial | commercial
    complaint | réclamation
    conflicts | en conflit avec
    consulted | consulté
    credit note | avoir
    critical | critique
    csat | CSAT
    custom | sur mesure
    customer | client
    decision maker | décideur
    deferred | reporté
    done | terminé
    dormant | dormant
    draft | brouillon
    dropped | abandonné
    economic buyer | acheteur économique
    economic partner | partenaire économique
    ended | échu
    escalated | transmis
    event | événement
    expand | développement
    expectation | attente
    financial partner | partenaire financier
    gatekeeper | filtre
    guidance | conseil
    habit | habitude
    high | élevée
    identified | identifié
    in progress | en cours
    inbound | entrant
    influencer | prescripteur
    influences | influences
    information | information
    informed | informé
    legal | juridique
    letter | courrier
    lost | perdu
    low | faible
    loyal | fidèle
    meeting | rendez-vous
    mentors | conseille
    met | satisfait
    missed | non satisfait
    need | besoin
    negotiating | négociation
    none | aucun
    normal | normale
    not started | non démarré
    nps | NPS
    open | ouvert
    other | autre
    ours | nous
    outbound | sortant
    partnership | partenariat
    phone | téléphone
    planned | prévu
    portal | portail
    potential | potentiel
    preference | préférence
    procurement | achats
    proposed | proposé
    prospect | prospect
    qualified | qualifié
    reclassified | requalifié
    rejected | rejeté
    reopened | rouvert
    research | recherche
    resolved | résolu
    responded | répondu
    responsible | réalisateur
    retain | fidélisation
    retention | fidélisation
    running | en cours
    service | service
    social | réseaux sociaux
    social partner | partenaire social
    sponsor | sponsor
    stopped | arrêté
    strength | force
    strong | solide
    study | étude
    submitted | soumis
    supplier | fournisseur
    technical | technique
    technical evaluator | évaluateur technique
    theirs | client
    threat | menace
    urgent | urgente
    user | utilisateur
    weak | faible
    weakness | faiblesse
    won | gagné
    working | correcte

    # Departments

    sales | ventes
    support | support
    finance | finance
    logistics | logistique
    marketing | marketing

    # Roles

    viewer | lecteur
    contributor | contributeur
    member | membre
    executive | dirigeant
    admin | administrateur
    lead | responsable de pôle

    # Answers, and what became of a record or a value

    kind | type
    yes | oui
    no | non
    life | état
    deleted | supprimé
    restored | rétabli
    refused | refusé
    won over unseen | gagné (conflit)
    won on deleted | gagné (supprimé)
    no change | sans effet
    """#
}

extension FrenchTables {
  /// The fixed words of the review pack and the portfolio report. For the form see ``CatalogueReader``.
  static let pack: StaticString = #"""
    # Head and foot

    Quarterly review
      Revue trimestrielle
    Portfolio review
      Revue du portefeuille
    From %1 to %2
      Du %1 au %2
    Account manager
      Responsable du compte
    Privileged contact
      Interlocuteur privilégié
    Deputy
      Suppléance
    Draft
      Brouillon
    For us only
      Pour nous seuls
    Holds parts for us only: not for the customer
      Contient des parties pour nous seuls : à ne pas remettre au client
    Draft: its figures may still change.
      Brouillon : ses chiffres peuvent encore changer.
    Frozen for %1: it stays as it is.
      Figé pour %1 : il reste tel quel.
    Plan up to change %1.
      Plan jusqu’à la modification %1.
    Finance up to change %1.
      Finances jusqu’à la modification %1.
    As of %1. Made by kam %2.
      État au %1. Établi avec kam %2.

    # Figures

    At a glance
      En bref
    n/a
      n. d.
    n/a, %1
      n. d., %1
    The numbers
      Les chiffres
    Good
      Bon
    Watch
      À surveiller
    Poor
      Insuffisant
    %1, the last %2 quarters
      %1, les %2 derniers trimestres
    It ends higher than it began.
      La courbe finit plus haut qu’elle n’a commencé.
    It ends lower than it began.
      La courbe finit plus bas qu’elle n’a commencé.
    It ends as it began.
      La courbe finit comme elle a commencé.
    better
      mieux
    worse
      moins bien

    # Satisfaction

    Satisfaction
      Satisfaction
    Net promoter score
      Taux net de recommandation (NPS)
    Score by quarter
      NPS par trimestre
    Net promoter score by quarter
      Taux net de recommandation par trimestre
    Lines show between which values the true score lies, with 95 % confidence.
      Les traits montrent entre quelles valeurs se trouve le vrai taux, avec 95 % de confiance.
    Who answered
      Qui a répondu
    promoters
      promoteurs
    passives
      passifs
    detractors
      détracteurs
    In their words
      En leurs termes
    What we changed because of it
      Ce que nous avons changé en conséquence

    # Service

    Service
      Service
    Type of request
      Type de demande
    Requests
      Demandes
    Answered in time
      Réponse à temps
    Resolved
      Résolues
    Median time to first answer
      Délai médian de première réponse
    Met
      Tenu
    Missed
      Manqué
    Open requests by age
      Demandes ouvertes par ancienneté

    # Business

    Business together
      Nos affaires ensemble
    Revenue
      Chiffre d’affaires
    Margin
      Marge
    Margin rate
      Taux de marge
    Revenue by quarter
      Chiffre d’affaires par trimestre
    Margin by quarter
      Marge par trimestre
    Columns by quarter, from %1 to %2.
      Colonnes par trimestre, de %1 à %2.
    credit notes
      avoirs
    of which credit notes %1
      dont avoirs %1
    By product family
      Par famille de produits
    Targets
      Objectifs chiffrés
    What is measured
      Ce qui est mesuré
    The line is the target
      Le trait est la cible
    Actual
      Réalisé
    Target
      Cible
    Attained
      Atteint
    From revenue to lifetime value
      Du chiffre d’affaires à la valeur à vie

    # The plan

    The plan
      Le plan
    Objectives
      Objectifs
    Tasks by department
      Tâches par pôle
    finished
      terminées
    still open
      à faire
    no tasks
      aucune tâche
    Milestones
      Jalons
    Reached
      Atteint
    Ahead
      À venir
    Next steps
      Prochaines étapes
    What
      Quoi
    Who
      Qui
    When
      Quand
    Where we could do more
      Ce que nous pourrions faire de plus
    People
      Les équipes

    # Health

    Health
      Santé
    weight %1
      poids %1
    Accounts by health
      Comptes selon leur santé
    Accounts that need attention
      Comptes qui demandent de l’attention
    Why
      Pourquoi

    # How figures were made

    How each figure was made
      Comment chaque chiffre est établi
    Figure
      Chiffre
    How it is made
      Comment il est établi
    Period
      Période
    Records used
      Fiches retenues
    Left out
      Écartées
    What changed since
      Ce qui a changé depuis
    Before
      Avant
    After
      Après
    Reason
      Motif

    # Portfolio

    The best accounts
      Les meilleurs comptes
    Most profitable
      Les plus rentables
    Most loyal
      Les plus fidèles
    Rank
      Rang
    Account
      Compte
    Compared with the others
      Par rapport aux autres
    Where the margin comes from
      D’où vient la marge
    Share of margin in per cent, cumulated; accounts with the largest margin first.
      Part de la marge en pour cent, cumulée ; d’abord les comptes à la marge la plus forte.
    Class
      Classe
    Cumulated
      Cumul
    up to %1 of the margin
      jusqu’à %1 de la marge
    %1 more
      %1 de plus
    Accounts that lose money
      Comptes déficitaires
    Attractiveness and our strength
      Attractivité et notre position
    Attractiveness
      Attractivité
    Our strength
      Notre position
    attractiveness %1, strength %2
      attractivité %1, position %2
    The area of a circle is the revenue. Numbers refer to the list below.
      La surface d’un cercle est le chiffre d’affaires. Les numéros renvoient à la liste ci-dessous.
    Not placed
      Non placés
    Net promoter score by account
      NPS par compte
    Score with its interval
      NPS et son intervalle
    Accounts that share a rank cannot be told apart with 95 % confidence.
      Les comptes de même rang ne peuvent être départagés avec 95 % de confiance.
    Quarter by quarter
      Trimestre par trimestre
    Products by margin
      Produits selon leur marge
    Product
      Produit
    What our strategies did
      Effet de nos stratégies
    Strategy
      Stratégie
    Cost
      Coût
    Effect
      Effet
    """#
}

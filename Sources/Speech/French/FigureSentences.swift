extension FrenchTables {
  /// What is said of figures. For the form see ``CatalogueReader``.
  static let figures: StaticString = #"""
    # Days, currency, and what every command of figures says

    2026, 2026Q3, 2026-09, or FROM..TO; the last twelve months otherwise.
      2026, 2026T3, 2026-09 ou DÉBUT..FIN ; par défaut, les douze derniers mois.
    The first day, instead of --period.
      Le premier jour, au lieu de --period.
    The last day, instead of --period.
      Le dernier jour, au lieu de --period.
    As things stood at the end of this day; the period's end otherwise.
      La date d’arrêté, en fin de journée ; par défaut, la fin de la période.
    Count in this currency; others are converted by the rates of `kam exchange-rate`.
      Compter dans cette devise ; les autres sont converties aux taux de `kam exchange-rate`.
    Say how each figure is made: formula, records used, records left out and why.
      Dire comment chaque chiffre est établi : formule, fiches retenues, fiches écartées et pourquoi.
    %1: “%2” is no period; write it as 2026, 2026Q3, 2026-09 or 2026-01-01..2026-06-30.
      %1 : « %2 » n’est pas une période ; écrivez 2026, 2026T3, 2026-09 ou 01/01/2026..30/06/2026.
    %1: give that, or %2 and %3.
      %1 : donnez cette option, ou bien %2 et %3.
    --period: %1 has not begun.
      --period : la période %1 n’a pas commencé.
    %1: %2 is yet to come; today is %3.
      %1 : le %2 est à venir ; nous sommes le %3.
    --top must be greater than 0.
      --top doit être supérieur à 0.
    Finances
      Finances
    The finances are not shared with you: figures of value are not here.
      Les finances ne sont pas partagées avec vous : les chiffres de valeur ne figurent pas ici.
    The finances of %1 are not shared with you: they are not in these figures.
      Les finances de %1 ne sont pas partagées avec vous : elles ne sont pas dans ces chiffres.
    %1 written down after %2 changed this period.
      %1, notées après le %2, ont modifié cette période.

    # Values

    %1 of %2
      %1 sur %2
    %1 to %2
      %1 à %2
    Q%1 %2
      T%1 %2
    Q%1
      T%1
    n/a: %1
      n. d. : %1
    (none)
      (non précisé)
    no data
      pas de données
    not enough data
      données insuffisantes
    no account
      aucun compte
    missing
      sans données
    good
      bon
    watch
      à surveiller
    poor
      insuffisant

    # How a figure was made

    period %1, as of %2
      période %1, arrêtée au %2
    %1 used; %2
      fondé sur %1 ; %2
    %1 left out: %2
      %1 à l’écart : %2
    %1 written down after the period had closed
      après la clôture de la période : %1

    # Headings of tables

    n
      n
    95 % from
      intervalle à 95 %
    figure
      chiffre
    rate
      taux
    data
      données
    costs
      dépenses
    effect
      effet
    before
      avant
    now
      maintenant

    # kpi

    The figures of an account, or of all: satisfaction, service, value, relation.
      Les chiffres d’un compte, ou de tous : satisfaction, service, valeur, relation.
    Without ACCOUNT, of all accounts that you see: answers, requests and sales are pooled, never averaged by account. Every figure says on how many records it rests; --explain says how it is made. What is good and what is worrying is set with `kam kpi-target`, deadlines with `kam service-level`.
      Sans ACCOUNT, de tous les comptes que vous voyez : réponses, demandes et ventes sont réunies, jamais moyennées par compte. Chaque chiffre dit sur combien de fiches il repose ; --explain dit comment il est établi. Les seuils du bon et de l’inquiétant se règlent avec `kam kpi-target`, les délais avec `kam service-level`.
    Only these: satisfaction, service, value or relation; can be repeated.
      Seulement ceux-ci : satisfaction, service, valeur ou relation ; répétable.
    Value
      Valeur
    Relation
      Relation
    All accounts (%1)
      Tous les comptes (%1)
    %1, as of %2
      %1, arrêté au %2
    last 8 quarters
      8 derniers trimestres
    %1: %2, n = %3
      %1 : %2, n = %3
    %1: %2, n = %3, 95 % from %4
      %1 : %2, n = %3, intervalle à 95 % : %4
    \s\s%1: %2
      \s\s%1 : %2

    # The page of an account

    Figures of twelve months
      Chiffres sur douze mois

    # rank

    Accounts ranked by lifetime value, margin, revenue, loyalty, health or NPS.
      Le classement des comptes par valeur à vie, marge, CA, fidélité, santé ou NPS.
    Accounts whose values cannot be told apart share a rank (2=): those with equal values, and where answers are few, those whose intervals overlap. Loyalty is 0 to 100: 40 for the length of the relation (ten years are all of it), 40 for buying in each of the last eight quarters, 20 for a purchase in the last year, less the longer it is ago.
      Les comptes que leurs valeurs ne départagent pas ont le même rang (2=) : à valeurs égales et, quand les réponses sont peu nombreuses, si leurs intervalles se recoupent. La fidélité va de 0 à 100 : 40 pour l’ancienneté de la relation (le maximum à dix ans), 40 pour des achats dans chacun des huit derniers trimestres, 20 pour un achat dans la dernière année, moins s’il est ancien.
    clv, margin, revenue, loyalty, health or nps.
      clv (valeur à vie), margin (marge), revenue (CA), loyalty (fidélité), health (santé) ou nps.
    lifetime value
      valeur à vie
    loyalty
      fidélité
    health
      santé
    lowest: %1
      point faible : %1
    %1 %2 of 100, %3
      %1 : %2 sur 100, %3
    %1, %2 of 8 quarters, last %3 ago
      %1, %2 trimestres sur 8, dernier achat il y a %3
    Nothing to rank: %1.
      Rien à classer : %1.
    %1 not ranked: %2
      %1 hors classement : %2
    40 for the length of the relation, 40 for buying in each of eight quarters, 20 for a purchase in the last year.
      40 pour l’ancienneté de la relation, 40 pour des achats dans chacun des huit trimestres, 20 pour un achat dans la dernière année.

    # abc

    Which accounts earn most: A the first 80 % of the margin, B up to 95 %, C the rest.
      Les comptes qui rapportent le plus : A les premiers 80 % de la marge, B jusqu’à 95 %, C le reste.
    By the margin of the period. Accounts that lose money have no class, and stand at the end.
      Selon la marge de la période. Les comptes déficitaires n’ont pas de classe et viennent à la fin.
    All accounts, not only the curve and class A.
      Tous les comptes, pas seulement la courbe et la classe A.
    No account has a margin in this period.
      Aucun compte n’a de marge sur cette période.
    %1: %2, %3
      %1 : %2, %3
    Losing money: %1, %2
      Déficitaires : %1, %2
    class
      classe
    of all up to here
      cumul
    The others with %1.
      Les autres avec %1.

    # health

    The health of an account and what it is made of, or of all accounts.
      La santé d’un compte et ses composantes, ou celle de tous les comptes.
    A weighted mean of the components that have data; with less than 60 % of the weight there is none. The components and their weights are set with `kam health-definition`, one a line: satisfaction, response, resolution, value-trend, plan-progress, contact-cadence. How full the form is never counts.
      Une moyenne pondérée des composantes qui ont des données ; en dessous de 60 % du poids, il n’y en a pas. Les composantes et leurs poids se règlent avec `kam health-definition`, une par ligne : satisfaction, response, resolution, value-trend, plan-progress, contact-cadence. Le degré de remplissage de la fiche ne compte jamais.
    At most so many accounts, the worst first.
      Au plus N comptes, les moins bons d’abord.
    %1: health %2; %3 of the weight has data.
      %1 : santé %2 ; données sur %3 du poids.
    component
      composante
    lowest
      point faible
    No account has enough data.
      Aucun compte n’a assez de données.
    … and %1 more, healthier ones
      … et %1 de plus, en meilleure santé
    %1 without enough data
      %1 sans données suffisantes

    # clv

    Customer lifetime value, of an account or of all.
      La valeur à vie d’un compte client, ou de tous.
    historic: margin of all sales so far, less what winning and keeping them has cost. retention: a year's margin for as long as they stay, discounted, less acquisition; for customers under contract. probabilistic: what those without contract are likely to bring within --years, by how often and how lately each bought (BG/NBD with Gamma-Gamma); it needs 100 customers who bought again.
      historic (historique) : la marge de toutes les ventes à ce jour, moins les coûts de conquête et de fidélisation. retention (rétention) : la marge d’un an tant que le client reste, actualisée, moins l’acquisition ; pour les clients sous contrat. probabilistic (probabiliste) : ce que les clients sans contrat rapporteront sans doute en --years ans, selon la fréquence et la date de leurs achats (BG/NBD avec Gamma-Gamma) ; il y faut 100 clients qui ont racheté.
    historic, retention or probabilistic.
      historic (historique), retention (rétention) ou probabilistic (probabiliste).
    What a year's wait costs, percent.
      Ce que coûte un an d’attente (taux d’actualisation), en pour cent.
    The chance to stay another year, percent; otherwise the share of all accounts that stayed.
      La probabilité de rester un an de plus, en pour cent ; par défaut, la part des comptes qui sont restés.
    A year's margin comes at its beginning, not at its end: worth one margin more.
      Compter la marge d’un an à son début et non à sa fin : une marge de plus.
    How far the probabilistic model looks ahead.
      L’horizon du modèle probabiliste, en années.
    At most so many accounts.
      Au plus N comptes.
    --years must lie between 1 and 30.
      --years doit être compris entre 1 et 30.
    --discount must lie between -90 and 1000 percent.
      --discount doit être compris entre -90 et 1000 pour cent.
    --retention must lie between 0 and 100 percent.
      --retention doit être compris entre 0 et 100 pour cent.

    # clv --model historic

    Lifetime value
      Valeur à vie
    Lifetime value: %1
      Valeur à vie : %1
    Revenue since the first sale
      CA depuis la première vente
    Direct cost
      Coût direct
    Acquisition
      Acquisition
    Retention
      Fidélisation
    Margin rate %1.
      Taux de marge : %1.
    First sale on %1, %2 ago at %3.
      Première vente le %1 : %2 jusqu’au %3.
    First contact %1 ago.
      Premier contact il y a %1.

    # clv --model retention

    The share of accounts that stayed is not known: %1. Give %2.
      La part des comptes qui sont restés est inconnue : %1. Précisez %2.
    It cannot be computed: %1.
      Calcul impossible : %1.
    margin of a year
      marge d’un an
    Retention %1, of %2 that bought the year before; 95 % from %3.
      Rétention : %1, sur %2 avec des achats l’année précédente ; intervalle à 95 % : %3.
    Retention %1, as given.
      Rétention : %1, comme indiqué.
    m·r / (1 + i - r) - acquisition: each year's margin comes at its end.
      m·r / (1 + i - r) - acquisition : la marge de chaque année vient à sa fin.
    m·(1 + i) / (1 + i - r) - acquisition: each year's margin comes at its beginning.
      m·(1 + i) / (1 + i - r) - acquisition : la marge de chaque année vient à son début.

    # clv --model probabilistic

    It has never bought: there is nothing to expect by.
      Ce compte n’a jamais acheté : rien ne permet de prévoir.
    expected value
      valeur attendue
    still buys
      encore actif
    purchases
      achats attendus
    margin of one
      marge par achat
    bought
      achats passés
    last weeks ago
      semaines depuis
    All %1 customers: %2 within %3, discounted at %4 a year.
      Les %1 clients ensemble : %2 sur %3, avec une actualisation de %4 par an.
    Who buys often spends otherwise (correlation %1): the model of spending assumes that the two do not hang together; take the values with care.
      Le montant des achats varie avec leur fréquence (corrélation %1) : le modèle des montants suppose que l’un ne dépend pas de l’autre ; prenez ces valeurs avec prudence.
    BG/NBD, weeks: r %1, alpha %2, a %3, b %4. Gamma-Gamma: p %5, q %6, v %7.
      BG/NBD, en semaines : r %1, alpha %2, a %3, b %4. Gamma-Gamma : p %5, q %6, v %7.
    Fitted by maximum likelihood to the purchases of all customers; purchases of one day are one. A purchase's margin is its expected value times the customer's own margin rate. Future purchases count by quarter, discounted from its middle.
      Ajusté par maximum de vraisemblance aux achats de tous les clients ; les achats d’un même jour n’en font qu’un. La marge d’un achat est sa valeur attendue multipliée par le taux de marge du client. Les achats futurs comptent par trimestre, actualisés depuis son milieu.

    # targets

    Revenue and profitability targets, and what was reached of them.
      Les objectifs de CA et de rentabilité, et ce qui en est atteint.
    The targets of `kam revenue-target` and `kam profitability-target` whose period has begun. While a period runs, the mark on the bar shows how much of its time has passed.
      Les objectifs de `kam revenue-target` et de `kam profitability-target` dont la période a commencé. Tant qu’une période court, le repère sur la barre montre la part de temps écoulée.
    Also targets of single products.
      Aussi les objectifs par produit.
    No target for this period: %1
      Aucun objectif pour cette période : %1
    %1: %2 (n = %3)
      %1 : %2 (n = %3)
    profitability
      rentabilité
    reached
      atteint
    actual
      réalisé
    goal
      objectif
    no target
      aucune cible

    # product profitability

    Revenue and margin of each product, family, or of products and services.
      Le CA et la marge par produit, par famille, ou des produits et des services.
    product, family or type.
      product (produit), family (famille) ou type.
    Nothing was sold in this period.
      Aucune vente sur cette période.
    no revenue to divide by
      pas de CA pour calculer un taux

    # strategy effectiveness

    What each marketing and sales strategy cost and brought.
      Ce que chaque stratégie marketing et commerciale a coûté et rapporté.
    By the sales and costs that name the strategy, since its beginning. +35 % means that each 100 spent came back with 35 more. Nothing attributed is n/a, not 0.
      Selon les ventes et les dépenses qui nomment la stratégie, depuis son début. +35 % signifie que 100 dépensés en ont rapporté 135. Si rien ne lui est attribué, c’est n. d., et non 0.
    The strategy.
      La stratégie.
    No strategies.
      Aucune stratégie.
    Together: %1 over %2.
      Ensemble : %1 pour %2.

    # criteria

    Which accounts to choose, by the criteria of your organisation.
      Les comptes à choisir, selon les critères de votre organisation.
    Criteria are kept with `kam selection-criterion`, and judgements with `kam criterion-score`. Of each person the latest judgement counts, and all persons alike.
      Les critères se gèrent avec `kam selection-criterion`, les évaluations avec `kam criterion-score`. La dernière évaluation de chaque personne compte, et toutes les personnes comptent autant.
    What an account scores by each criterion, or all accounts by both axes.
      Le score d’un compte sur chaque critère, ou de tous les comptes sur les deux axes.
    Attractiveness against our strength, all accounts on one picture.
      L’attractivité et notre position, tous les comptes sur une image.
    No criterion is active: %1
      Aucun critère n’est actif : %1
    Nobody has judged an account yet: %1
      Aucun compte n’est encore évalué : %1
    No account is judged on both axes yet.
      Aucun compte n’est encore évalué sur les deux axes.
    %1: %2 of the scale; %3 of the weight was judged
      %1 : %2 de l’échelle ; évaluation faite sur %3 du poids
    raters
      évaluateurs
    spread
      écart
    our strength
      notre position
    advice
      conseil
    invest
      investir
    choose
      choisir
    keep it cheap
      limiter les coûts
    Attractiveness upwards, our strength to the right
      L’attractivité vers le haut, notre position vers la droite
    \s\s… and %1 more, drawn as dots
      \s\s… et %1 de plus, en points

    # segment

    Which accounts are in a segment; without one, how many are in each.
      Les comptes d’un segment ; sans segment, combien chacun en compte.
    A rule joins conditions with and, or, not and parentheses, such as: stage = loyal and country in (FR, BE) and (nps >= 50 or not tier > 1) and need ~ "energy". What is not known of an account neither holds nor fails. `kam segment properties` lists what can be asked. Accounts are put into a segment by hand with `kam segment-member add`.
      Une règle relie des conditions par and (et), or (ou), not (non) et des parenthèses, par exemple : stage = loyal and country in (FR, BE) and (nps >= 50 or not tier > 1) and need ~ "énergie". Ce qui est inconnu d’un compte n’est ni vrai ni faux. `kam segment properties` liste ce qui peut être demandé. `kam segment-member add` place un compte dans un segment à la main.
    The segment.
      Le segment.
    rule: %1
      règle : %1
    No account is in it.
      Aucun compte n’en fait partie.
    No segments.
      Aucun segment.
    the rule cannot be read
      la règle ne peut pas être lue
    chosen by hand
      choisi à la main
    chosen by hand: %1
      choisi à la main : %1
    Why an account is in a segment, or is not.
      Pourquoi un compte fait partie d’un segment, ou non.
    %1 is in “%2”.
      %1 fait partie de « %2 ».
    %1 is not in “%2”.
      %1 ne fait pas partie de « %2 ».
    It was put there by hand.
      Placé à la main.
    It was put there by hand: %1
      Placé à la main : %1
    The segment has no rule: its accounts are chosen by hand.
      Le segment n’a pas de règle : ses comptes sont choisis à la main.
    not known (%1)
      inconnu (%1)
    What the rules of segments can ask of an account.
      Ce que les règles des segments peuvent demander d’un compte.
    property
      propriété
    meaning
      sens

    # Rules, health definitions, targets of indicators and exchange rates that are refused

    %1: %2, at its beginning.
      %1 : %2, au début.
    %1: %2, after “%3”.
      %1 : %2, après « %3 ».
    %1: “%2” is no component and its weight, such as “satisfaction 25”.
      %1 : « %2 » n’est pas une composante avec son poids, par exemple « satisfaction 25 ».
    %1: there is no component “%2”; use %3.
      %1 : la composante « %2 » n’existe pas ; au choix : %3.
    %1: there is no indicator “%2”.
      %1 : l’indicateur « %2 » n’existe pas.
    %1: “%2” must be greater than 0.
      %1 : « %2 » doit être supérieur à 0.

    # service-request ageing

    Open requests by age, with their deadlines.
      Les demandes ouvertes par ancienneté, avec leurs échéances.
    Deadlines come from `kam service-level`; where none fits, a first answer is due within 24 hours. Lines can be named by their number afterwards.
      Les échéances viennent de `kam service-level` ; à défaut, une première réponse est due sous 24 heures. Chaque ligne se désigne ensuite par son numéro.
    Only what is late.
      Seulement ce qui est en retard.
    Nothing is late.
      Rien n’est en retard.
    No open requests.
      Aucune demande ouverte.
    age
      ancienneté
    open
      ouvertes
    up to 1 day
      jusqu’à 1 jour
    up to 3 days
      jusqu’à 3 jours
    up to 7 days
      jusqu’à 7 jours
    up to 30 days
      jusqu’à 30 jours
    older
      au-delà
    open for
      ouverte depuis
    deadline
      échéance
    answer late by %1
      réponse en retard de %1
    answer within %1
      réponse sous %1
    late by %1
      en retard de %1
    settle within %1
      à régler sous %1

    # survey-campaign

    %1 is not published yet: %2
      %1 n’est pas encore publié : %2
    The campaign.
      La campagne.
    Note who was asked to answer.
      Noter qui a été invité à répondre.
    kam sends nothing itself: it keeps who was asked, so that the share who answered is known.
      kam n’envoie rien lui-même : il retient qui a été invité, pour connaître la part de ceux qui ont répondu.
    Contacts, by handle or name.
      Des contacts, par leur code ou leur nom.
    Every contact of the account who has not left.
      Tous les contacts du compte qui ne sont pas partis.
    How: email, call, meeting, …
      Par quel canal : e-mail, appel, rendez-vous, …
    Name contacts, or give --all.
      Nommez des contacts, ou donnez --all.
    Invited %1 to %2 %3; waiting to sync.
      Invitation de %1 à %2 %3 ; à synchroniser.
    %1 invited before.
      Invité auparavant : %1.
    The account has no contacts: %1
      Le compte n’a pas de contacts : %1
    Keep what somebody answered.
      Noter ce que quelqu’un a répondu.
    Whoever answers a second time is heard once, with the later answer; both are kept. Many answers come faster from a file: kam import.
      Qui répond deux fois compte une fois, avec sa dernière réponse ; les deux sont gardées. De nombreuses réponses viennent plus vite d’un fichier : kam import.
    The contact, by handle or name.
      Le contact, par son code ou son nom.
    The score.
      Le score.
    An answer to another question; can be repeated.
      Une réponse à une autre question ; répétable.
    What else they said.
      Ce qui a été dit d’autre.
    Kept: %1 answered %2 in %3; waiting to sync.
      Noté : réponse %2 de %1 à %3 ; à synchroniser.
    %1 is closed: it takes no more answers.
      %1 est close et ne recueille plus de réponses.
    %1 is not open yet: %2
      %1 n’est pas encore ouverte : %2
    %1 is not on the scale of %2: %3 to %4.
      %1 est hors de l’échelle de %2 : de %3 à %4.
    %1 is a contact of another account.
      %1 est un contact d’un autre compte.
    “%1” is the name of several contacts; use a handle:
      « %1 » est le nom de plusieurs contacts ; utilisez un code :
    What a campaign found: score with interval, who answered, and the remarks.
      Le résultat d’une campagne : score avec intervalle, participation et remarques.
    Remarks (%1)
      Remarques (%1)
    %1: “%2”
      %1 : « %2 »

    # interview observe

    Keep what an interview teaches; rules of segments can ask for it.
      Noter ce qu’apprend un entretien ; les règles des segments peuvent s’en servir.
    ABOUT is behaviour, habit, preference, need or expectation.
      ABOUT est comportement, habitude, préférence, besoin ou attente.
    The interview.
      L’entretien.
    What it is about.
      De quoi il s’agit.
    What was seen.
      Ce qui a été constaté.
    How sure, percent.
      À quel point c’est sûr, en pour cent.
    Interview “%1”
      Entretien « %1 »
    Kept %1 %2; waiting to sync.
      Ajout de %1 %2 ; à synchroniser.
    The interview is not finalised yet: %1
      L’entretien n’est pas encore clos : %1

    # report

    A review pack as one page for browser and print: of an account, or of all.
      Un dossier de revue en une page, pour le navigateur et l’impression : d’un compte, ou de tous.
    ACCOUNT, or the word portfolio. The pack of an account is for the customer's board: margins, lifetime value, health and tasks are only in it with --internal, objectives and projects only when they are shared (--shared yes), next steps only with --next-steps, remarks only when five people answered. Read it before you show it.\n\nA pack is made of synced records only. Once its period is over and you have synced since, it is frozen: the same command gives the same bytes for ever, whatever comes in late. --since says what has changed, --fresh makes a new edition.
      ACCOUNT, ou le mot portfolio pour tous les comptes. Le dossier d’un compte est destiné à la direction du client : marges, valeur à vie, santé et tâches n’y figurent qu’avec --internal, objectifs et projets que s’ils sont partagés (--shared yes), prochaines étapes qu’avec --next-steps, remarques que si cinq personnes ont répondu. Relisez-le avant de le montrer.\n\nUn dossier n’est fait que de fiches synchronisées. Une fois sa période terminée, et après une synchronisation, il est figé : la même commande redonne toujours le même fichier, à l’octet près, même si des fiches tardives arrivent. --since dit ce qui a changé, --fresh crée une nouvelle édition.
    With what was agreed in the last talks, as it was written.
      Avec ce qui a été convenu lors des derniers échanges, tel que noté.
    The account, or portfolio.
      Le compte, ou portfolio pour tous.
    2026Q3, 2026, 2026-09, or FROM..TO; the last whole quarter otherwise.
      2026T3, 2026, 2026-09 ou DÉBUT..FIN ; par défaut, le dernier trimestre entier.
    The file, such as review.html.
      Le fichier, par exemple revue.html.
    With what is for us only: margins, lifetime value, health.
      Avec ce qui est pour nous seuls : marges, valeur à vie, santé.
    Without this part: figures, satisfaction, service, business, plan or people; can be repeated.
      Sans cette partie : figures (chiffres), satisfaction, service, business (affaires), plan ou people (équipes) ; répétable.
    Say what has changed since the pack was frozen, and write nothing.
      Dire ce qui a changé depuis que le dossier est figé, sans rien écrire.
    Replace the file, also when it is no pack.
      Remplacer le fichier, même si ce n’est pas un dossier.
    %1 is there already, and is no pack; --force replaces it.
      %1 existe déjà, et n’est pas un dossier ; --force le remplace.
    %1 more
      %1 de plus
    Not counted: %1 %2 (%3).
      Non compté : %1 %2 (%3).
    with an amount that is too large to be counted
      d’un montant trop grand pour être compté
    Make a new edition of a frozen pack.
      Créer une nouvelle édition d’un dossier figé.
    An earlier edition of a frozen pack.
      Une édition antérieure d’un dossier figé.
    Name the file: --out review.html
      Indiquez le fichier : --out revue.html
    --fresh makes a new edition: leave --edition out.
      --fresh crée une nouvelle édition : retirez --edition.
    This pack was never frozen.
      Ce dossier n’a jamais été figé.
    This pack was never frozen, so nothing can have changed since: write it with --out first.
      Ce dossier n’a jamais été figé, rien n’a donc pu changer depuis : écrivez-le d’abord avec --out.
    There is no edition %1; the last is %2.
      L’édition %1 n’existe pas ; la dernière est la %2.
    The account is not synced yet: run `%1` first.
      Le compte n’est pas encore synchronisé : lancez d’abord `%1`.
    %1 waiting to be synced: a pack is made of what is synced only.
      %1 à synchroniser : un dossier n’est fait que de ce qui est synchronisé.
    Wrote %1: a draft, as %2 is not over yet.
      Écrit dans %1 : un brouillon, car la période %2 n’est pas terminée.
    Wrote %1: edition %2 of %3, frozen from now on.
      Écrit dans %1 : édition %2 (%3), désormais figée.
    Wrote %1: edition %2 of %3, as it was frozen %4.
      Écrit dans %1 : édition %2 (%3), telle que figée %4.
    What has changed since: --since. A new edition: --fresh.
      Ce qui a changé depuis : --since. Une nouvelle édition : --fresh.
    Nothing has changed since edition %1, made %2.
      Rien n’a changé depuis l’édition %1, créée %2.
    Since edition %1, made %2:
      Depuis l’édition %1, créée %2 :
    edition %1
      l’édition %1
    %1 came in or changed since
      arrivé ou modifié depuis : %1

    # The packs: what was put together for them

    All accounts
      Tous les comptes
    %1.
      %1.
    Revenue of %1, of which %2 stays.
      %1 de chiffre d’affaires, dont %2 de marge.
    %1 of the accounts that bought the year before bought again.
      %1 des comptes avec des achats l’année précédente ont racheté.
    Net promoter score %1 from %2.
      Taux net de recommandation : %1, selon %2.
    %1 answered whether they would recommend us: %2 points.
      Taux net de recommandation, selon %1 : %2 points.
    %1 of the requests were answered in time; none is open.
      %1 des demandes ont reçu une réponse à temps ; aucune n’est ouverte.
    %1 of the requests were answered in time; %2 open.
      %1 des demandes ont reçu une réponse à temps ; %2 en cours.
    We did business for %1.
      Nous avons réalisé ensemble %1 de chiffre d’affaires.
    We did business for %1, after %2 in %3.
      Nous avons réalisé ensemble %1 de chiffre d’affaires, contre %2 auparavant (%3).
    %1 of %2 reached.
      Atteint : %1 sur %2.
    account manager
      responsable du compte
    in touch with %1
      en contact avec %1
    %1 in %2
      %1 (%2)
    %1 in %2, within chance
      %1 (%2), écart non significatif
    n = %1
      n = %1
    n = %1, 95 % between %2 and %3
      n = %1, à 95 % entre %2 et %3
    %1, %2 of them late
      %1, dont %2 après la clôture
    million %1
      millions de %1
    thousand %1
      milliers de %1
    nothing was sold
      aucune vente
    All types
      Tous les types
    In time: a first answer within 24 hours.
      À temps : une première réponse sous 24 heures.
    %1 of the weight has data
      données sur %1 du poids
    70 and more
      70 et plus
    45 to 69
      de 45 à 69
    below 45
      moins de 45
    Loyalty, of 100
      Fidélité, sur 100

    # Names of indicators

    Net promoter score, one vote per account
      Taux net de recommandation, une voix par compte
    Satisfaction rate
      Taux de satisfaction
    Found it easy
      Taux de facilité
    Ease, mean
      Facilité, moyenne
    Answers to surveys
      Réponses aux enquêtes
    Satisfaction on review sites
      Satisfaction sur les sites d’avis
    Problems resolved
      Problèmes résolus
    Resolved at first contact
      Résolues au premier contact
    Requests answered in time
      Taux de réponse à temps
    Answered in time, mean of types
      Taux de réponse à temps, moyenne des types
    Time to the first answer, median
      Délai de première réponse, médiane
    Service level kept
      Niveau de service tenu
    Length of the relation
      Ancienneté de la relation
    Accounts kept
      Comptes conservés
    Share of wallet
      Part de portefeuille
    Room to grow
      Potentiel inexploité
    Revenue target reached
      Objectif de CA atteint
    Profitability target reached
      Objectif de rentabilité atteint
    Trend of the margin
      Tendance de la marge
    Plan on schedule
      Plan dans les temps
    Contact in time
      Contact dans les temps
    Return of strategies
      Rendement des stratégies

    # Formulas of indicators

    Share of answers 9 and 10 less share of answers 0 to 6, in points. All answers are pooled. Interval: adjusted Wald, 95 %.
      Part des réponses 9 et 10 moins part des réponses 0 à 6, en points. Toutes les réponses sont réunies. Intervalle : Wald ajusté, 95 %.
    The mean of the accounts' net promoter scores: each counts once, however many answered.
      La moyenne des taux nets de recommandation des comptes : chacun compte une fois, quel que soit le nombre de réponses.
    Answers 4 and 5 of 5 / all answers on a scale to 5. Interval: Wilson, 95 %.
      Réponses 4 et 5 sur 5 / toutes les réponses sur une échelle à 5. Intervalle : Wilson, 95 %.
    Answers 5 to 7 of 7 / all answers on a scale to 7. Interval: Wilson, 95 %.
      Réponses 5 à 7 sur 7 / toutes les réponses sur une échelle à 7. Intervalle : Wilson, 95 %.
    Mean of the answers on a scale to 7.
      Moyenne des réponses sur une échelle à 7.
    Invitations that were answered / invitations.
      Invitations suivies d’une réponse / invitations.
    Reviews with four fifths of the stars or more / all reviews. Apart from surveys.
      Avis avec au moins quatre cinquièmes des étoiles / tous les avis. À part des enquêtes.
    Problems opened in the period and resolved at the cut-off, not reopened / problems opened in the period.
      Problèmes ouverts dans la période, résolus à la date d’arrêté et non rouverts / problèmes ouverts dans la période.
    Requests opened in the period that were resolved with one answer at most, never passed on or reopened / those resolved.
      Demandes ouvertes dans la période et résolues avec une réponse au plus, jamais transmises ni rouvertes / demandes résolues.
    Requests answered by a person within their window / requests whose window has passed. All types pooled.
      Demandes ayant reçu la réponse d’une personne dans leur délai / demandes dont le délai est passé. Tous types réunis.
    The mean of the response rates of the types of request that have any.
      La moyenne des taux de réponse des types de demande qui en ont un.
    The time by which half of the requests have a first answer. Those still without one count as long as they have waited (Kaplan-Meier).
      Le délai au bout duquel la moitié des demandes ont une première réponse. Celles qui n’en ont pas encore comptent pour leur attente jusqu’ici (Kaplan-Meier).
    Deadlines met / deadlines met or missed. What is open and not yet due does not count.
      Échéances tenues / échéances tenues ou manquées. Ce qui est ouvert et pas encore échu ne compte pas.
    Sum of the sales, credit notes taken off.
      Somme des ventes, avoirs déduits.
    Sum of revenue less direct cost of each sale, credit notes taken off.
      Somme du CA moins le coût direct de chaque vente, avoirs déduits.
    Margin / revenue of the sales whose direct cost is known.
      Marge / CA des ventes dont le coût direct est connu.
    Days from the first sale to the cut-off.
      Jours de la première vente à la date d’arrêté.
    Margin of all sales since the first, less the costs of winning and of keeping them.
      Marge de toutes les ventes depuis la première, moins les coûts d’acquisition et de fidélisation.
    Accounts that bought in the year before and again in this year / accounts that bought in the year before.
      Comptes avec des achats l’année précédente et de nouveau cette année / comptes avec des achats l’année précédente.
    Revenue of the last twelve months / what they could spend in a year.
      CA des douze derniers mois / potentiel d’achat sur un an.
    What they could buy in a year, less what they bought in the last twelve months, product by product.
      Potentiel d’achat sur un an, moins les achats des douze derniers mois, produit par produit.
    Actual / target, revenue of the targets whose period has begun; of one that runs, the part due by now.
      Réalisé / objectif, CA des objectifs dont la période a commencé ; pour une période en cours, la part due à ce jour.
    Actual / target, margin of the targets whose period has begun; of one that runs, the part due by now.
      Réalisé / objectif, marge des objectifs dont la période a commencé ; pour une période en cours, la part due à ce jour.
    Margin of the last twelve months against the twelve before; as it was is 50 of 100, a quarter more is 100.
      Marge des douze derniers mois par rapport aux douze précédents ; à l’identique, 50 sur 100, un quart de plus, 100.
    Progress of the objectives / share of their time that has passed, by weight, at most 100. Objectives as they stand now.
      Avancement des objectifs / part de leur temps écoulée, selon leur poids, 100 au plus. Objectifs dans leur état actuel.
    Accounts whose last contact is no longer ago than agreed / accounts with an agreed rhythm.
      Comptes dont le dernier contact respecte la cadence convenue / comptes avec une cadence convenue.
    Weighted mean of the components that have data; below 60 % of the weight there is none.
      Moyenne pondérée des composantes qui ont des données ; en dessous de 60 % du poids, il n’y en a pas.
    (Margin of the sales attributed - costs attributed) / costs attributed.
      (Marge des ventes attribuées - dépenses attribuées) / dépenses attribuées.

    # Why a record does not count

    outside the period
      hors de la période
    after the cut-off
      après la date d’arrêté
    replaced by a later answer of the same person
      réponse plus récente de la même personne
    of another sort of survey
      autre sorte d’enquête
    no survey says what it measures
      aucune enquête ne dit ce qui est mesuré
    not on a scale to %1
      hors d’une échelle à %1
    beyond its scale
      au-delà de son échelle
    without a direct cost
      sans coût direct
    in %1, without an exchange rate
      en %1, sans taux de change
    cost of serving, not of winning or keeping them
      coût de service, ni d’acquisition ni de fidélisation
    still has time
      délai encore en cours
    no problem
      pas un problème
    not resolved
      sans résolution
    says nothing of it
      n’en dit rien
    part of another target
      partie d’un autre objectif
    cancelled or deferred
      à l’état annulé ou reporté
    without a target and where it stands
      sans cible ni valeur actuelle

    # Why there is no figure

    no requests
      aucune demande
    no problems were reported
      aucun problème signalé
    nothing was resolved
      rien n’a été résolu
    no request has come due
      aucune demande n’est arrivée à échéance
    no service level is set
      aucun niveau de service n’est fixé
    no deadline has come
      aucune échéance n’est passée
    not reached: fewer than half have an answer
      pas atteint : moins de la moitié ont une réponse
    nobody was invited
      personne n’a été invité
    nobody answered
      personne n’a répondu
    no reviews
      aucun avis
    its finances are not shared with you
      ses finances ne sont pas partagées avec vous
    no sales and no costs
      ni ventes ni dépenses
    no sale with a direct cost
      aucune vente avec un coût direct
    no potential is known
      aucun potentiel connu
    some amounts are in %1, and there is no exchange rate for them: %2
      des montants sont en %1, sans taux de change : %2
    nobody bought in the year before
      aucun achat l’année précédente
    no margin in the year before
      pas de marge l’année précédente
    no rhythm is agreed
      aucune cadence convenue
    no contact yet
      aucun contact encore
    no objective with a target
      aucun objectif avec une cible
    no sales are attributed to it
      aucune vente ne lui est attribuée
    no costs are attributed to it
      aucune dépense ne lui est attribuée
    nothing is attributed to a strategy
      rien n’est attribué à une stratégie
    the retention rate must be less than 1 + the discount rate
      le taux de rétention doit être inférieur à 1 + le taux d’actualisation
    the retention rate lies between 0 and 1, the discount rate above -1
      le taux de rétention est compris entre 0 et 1, le taux d’actualisation supérieur à -1
    The probabilistic model needs %1 customers who bought again, and there are %2. Use %3 historic, or %4 retention.
      Il faut au modèle probabiliste %1 clients qui ont racheté, et il y en a %2. Utilisez %3 historic ou %4 retention.

    # Components of health

    satisfaction
      satisfaction
    requests answered
      réponses à temps
    problems resolved
      problèmes résolus
    trend of the margin
      tendance de la marge
    plan on schedule
      plan dans les temps
    contact in time
      contact dans les temps
    kam knows no component of this name
      kam ne connaît pas de composante de ce nom
    %1%2 % in a year
      %1%2 % en un an
    %1 since the last contact, %2 allowed
      %1 depuis le dernier contact, %2 permis

    # What rules of segments can ask; their own words stay English, as they are typed

    potential, prospect, buyer, loyal, dormant, lost
      potential (potentiel), prospect, buyer (acheteur), loyal (fidèle), dormant, lost (perdu)
    customer, supplier, economic-partner, financial-partner, social-partner, other
      customer (client), supplier (fournisseur), economic-partner, financial-partner, social-partner (partenaire économique, financier, social), other (autre)
    what they could spend in a year
      potentiel d’achat sur un an
    of the last twelve months
      sur les douze derniers mois
    percent, of the last twelve months
      en pour cent, sur les douze derniers mois
    margin so far, less acquisition and retention
      marge à ce jour, moins acquisition et fidélisation
    percent of what they could spend
      en pour cent du potentiel d’achat
    1 to 5: how lately they bought
      de 1 à 5 : des achats plus ou moins récents
    1 to 5: how often they buy
      de 1 à 5 : des achats plus ou moins fréquents
    1 to 5: for how much they buy
      de 1 à 5 : des achats plus ou moins élevés
    days with a purchase in the last twelve months
      jours avec un achat dans les douze derniers mois
    days since the first sale
      jours depuis la première vente
    -100 to 100, of the last twelve months
      de -100 à 100, sur les douze derniers mois
    percent satisfied, of the last twelve months
      part de satisfaits en pour cent, sur les douze derniers mois
    percent who found it easy, of the last twelve months
      part de ceux qui ont trouvé cela facile, en pour cent, sur les douze derniers mois
    percent of problems resolved, of the last twelve months
      part des problèmes résolus en pour cent, sur les douze derniers mois
    percent of requests answered in time, of the last twelve months
      part des réponses à temps en pour cent, sur les douze derniers mois
    requests that are not ended
      demandes qui ne sont pas closes
    0 to 100
      de 0 à 100
    days since the privileged contact was in touch
      jours depuis le dernier contact de l’interlocuteur privilégié
    words in what was observed
      mots de ce qui a été constaté
    what they could spend is not known
      potentiel d’achat inconnu
    nothing was observed
      rien n’a été constaté
    not told
      non précisé

    # Rules that cannot be read

    expected “and” or “or” here
      « and » ou « or » manque ici
    the rule is nested too deeply
      la règle est imbriquée trop profondément
    a parenthesis is not closed
      une parenthèse n’est pas fermée
    a quotation mark is not closed
      un guillemet n’est pas fermé
    expected a property, such as stage
      une propriété manque, par exemple stage
    there is no property “%1”
      la propriété « %1 » n’existe pas
    expected =, !=, <, <=, >, >=, ~ or in after %1
      =, !=, <, <=, >, >=, ~ ou in manque après %1
    write the values in parentheses: in (FR, BE)
      écrivez les valeurs entre parenthèses : in (FR, BE)
    expected a value
      une valeur manque
    %1 is a number
      %1 est un nombre
    ask for words: %1 ~ "energy"
      demandez des mots : %1 ~ "énergie"
    %1 is yes or no
      %1 vaut yes (oui) ou no (non)
    %1 is no number
      %1 n’est pas un nombre

    %1: %2 (n = %3)
      %1 : %2 (n = %3)
    Of it without a known cost
      Dont coût inconnu
    fewer than three answers
      moins de trois réponses
    other records or settings that it may go by have changed since
      d’autres fiches ou réglages dont il peut dépendre ont changé depuis
    %1, of which %2 share their finances with you.
      %1, dont %2 partagent leurs finances avec vous.
    Wrote %1: a draft, as this replica was last synced before the end of %2. Run `kam sync` first.
      %1 écrit : un brouillon, car cette réplique a été synchronisée avant la fin de %2. Lancez d’abord `kam sync`.
    """#
}

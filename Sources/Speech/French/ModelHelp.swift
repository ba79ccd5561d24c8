extension FrenchTables {
  /// What help says of fields. For the form see ``CatalogueReader``.
  static let fieldHelp: StaticString = #"""
    1 comes first
      1 vient en premier
    1 is the most important
      1 est le plus important
    YYYY-MM-DD
      JJ/MM/AAAA
    a year's possible spend
      dépense possible sur un an
    a year's possible spend, such as "50000 EUR"
      dépense possible sur un an, par exemple "50000 EUR"
    all that is known
      tout ce qui est connu
    another contact
      un autre contact
    answered within so many hours
      réponse sous N heures
    anything worth knowing
      tout ce qui est utile à savoir
    as an amount
      en montant
    at least one contact every so many days
      au moins un contact tous les N jours
    basis points of revenue
      en points de base du CA
    basis points of the plan
      en points de base du plan
    basis points; those of an axis sum to 10,000
      en points de base ; 10 000 au total pour un axe
    by which criterion
      selon quel critère
    by which guide
      selon quel guide
    days before its end by which notice must be given
      jours avant la fin pour donner le préavis
    direct cost
      coût direct
    due so many days after the plan begins
      échéance tant de jours après le début du plan
    every so many days
      tous les N jours
    for which
      de laquelle
    for which effort
      pour quelle stratégie
    for which relation
      pour quelle relation
    from beginning to end
      du début à la fin
    from opening to closing
      de l’ouverture à la clôture
    from this day on
      à partir de ce jour
    good from here
      bon à partir de là
    how
      comment
    how bad it is
      à quel point c’est grave
    how far it is
      où cela en est
    how far it is agreed
      où en est l’accord
    how far it is and how likely, such as "negotiating 60%"
      où cela en est et avec quelle probabilité, par exemple "négociation 60 %"
    how it came
      par où elle est venue
    how it stands
      où cela en est
    how many days a plan made from it runs
      combien de jours dure un plan qui en est tiré
    how many
      combien
    how much
      combien
    how much of it is to stay
      combien doit en rester
    how much one unit is worth
      combien vaut une unité
    how much they are for us
      à quel point la personne nous est favorable
    how much they decide
      à quel point la personne décide
    how one sees that it is met
      comment voir que c’est satisfait
    how pressing it is
      à quel point c’est pressé
    how records name it
      comment les fiches le nomment
    how strongly
      avec quelle force
    how sure, percent
      à quel point c’est sûr, en pour cent
    how the person wants to be called
      comment la personne veut être appelée
    how they rate us
      leur évaluation de nous
    how well
      à quel point
    how, with what, for whom
      comment, avec quoi, pour qui
    https://…
      https://…
    in what
      à quoi
    in what part
      à quel titre
    in which campaign
      dans quelle campagne
    in which interview it came up
      dans quel entretien c’est apparu
    whether the customer may see it in a review pack
      si le client peut le voir dans un dossier de revue
    in which plan
      dans quel plan
    indicator and weight, one a line
      indicateur et poids, un par ligne
    into what
      en quoi
    its list price
      son prix catalogue
    no once suspended
      non après une suspension
    of how many
      sur combien
    of the pack that was shown
      du dossier présenté
    of which product
      de quel produit
    of which template
      de quel modèle
    of whom
      de qui
    on whom
      sur qui
    only for requests of this type
      seulement pour les demandes de ce type
    only for requests that are so bad
      seulement pour les demandes de cette gravité
    organisation role
      rôle dans l’organisation
    our person
      qui est-ce chez nous
    our person for this account
      notre interlocuteur pour ce compte
    registration number
      numéro d’immatriculation
    settled within so many hours
      résolution sous N heures
    since when
      depuis quand
    such as % or EUR
      par exemple % ou EUR
    such as % or days
      par exemple % ou jours
    such as 2026-01-01..2026-12-31
      par exemple 01/01/2026..31/12/2026
    such as Europe/Paris
      par exemple Europe/Paris
    such as fr or en-GB
      par exemple fr ou en-GB
    such as office
      par exemple bureau
    the address or number
      l’adresse ou le numéro
    the address that names them
      l’adresse qui désigne la personne
    the article number
      le numéro d’article
    the company's name
      la raison sociale
    the day they left
      le jour du départ
    the departments that stay out of it
      les pôles tenus à l’écart
    the departments they belong to
      les pôles de la personne
    the division it belongs to
      l’entité de rattachement
    the effort it comes from
      la stratégie d’où elle vient
    the highest score
      le score le plus haut
    the objective it serves
      l’objectif qu’elle sert
    the order's number
      le numéro de la commande
    the other answers, one a line
      les autres réponses, une par ligne
    the parent company's account
      le compte de la maison mère
    the part of them they work in
      l’entité où travaille la personne
    the person's name
      le nom de la personne
    the place of the objective that it serves
      la position de l’objectif qu’elle sert
    the plan it belongs to
      le plan dont il fait partie
    the plan it serves
      le plan qu’elle sert
    the project it serves
      le projet qu’elle sert
    the questions, one a line
      les questions, une par ligne
    the record it is about
      la fiche commentée
    the replicas that write in their name
      les copies locales qui écrivent en son nom
    the score
      le score
    the short name people type
      le nom court à taper
    the words
      le texte
    their function
      sa fonction
    three letters, such as EUR
      trois lettres, par exemple EUR
    to which part of them
      à quelle entité
    to which request
      pour quelle demande
    to which segment
      à quel segment
    to whom
      à qui
    to whom, in words
      à qui, en clair
    two letters, such as FR
      deux lettres, par exemple FR
    what
      quoi
    what came of it
      ce qui en est résulté
    what each score means, one a line
      le sens de chaque score, un par ligne
    what else they said
      ce qui a été dit d’autre
    what for
      pour quoi
    what is asked
      ce qui est demandé
    what is converted
      ce qui est converti
    what is expected
      ce qui est attendu
    what is judged
      ce qui est jugé
    what is measured
      ce qui est mesuré
    what is said
      ce qui est dit
    what is talked about
      ce dont on parle
    what is to be done
      ce qui est à faire
    what is to be reached
      ce qui est à atteindre
    what is to be reached, done or expected
      ce qui est à atteindre, à faire ou attendu
    what it becomes
      ce qu’elle devient
    what it belongs to
      à quoi il appartient
    what it is
      ce que c’est
    what it is about
      de quoi il s’agit
    what it is called
      son nom
    an option of the import a line, such as “map Montant HT=revenue”
      une option de l’import par ligne, par exemple « map Montant HT=revenue »
    what another system calls it, such as hubspot:9001
      l’identifiant dans un autre système, par exemple hubspot:9001
    what it is called there
      son nom là-bas
    what it is called where it comes from
      son nom dans le système d’origine
    what it is for
      à quoi elle sert
    what it is to bring
      ce qu’il doit apporter
    what it is to reach
      ce qu’elle doit atteindre
    what it is worth
      ce qu’il vaut
    what it looks back on
      la période passée en revue
    what it may cost
      ce que cela peut coûter
    what it measures
      ce qu’elle mesure
    what it teaches
      ce qu’on en apprend
    what it was about
      de quoi il s’agissait
    what it was for
      pour quoi
    what it would bring
      ce qu’elle rapporterait
    what of ours
      lequel de nos produits
    what plans made from it are for
      le but des plans qui en sont tirés
    what shows it
      ce qui le montre
    what shows that it is done
      ce qui montre que c’est fait
    what that record is
      le type de cette fiche
    what the department is called
      le nom du pôle
    what the plan is called
      le nom du plan
    what the plan is for
      le but du plan
    what they are
      ce qu’est la personne
    what they are to us
      ce qu’ils sont pour nous
    what they do
      ce qu’ils font
    what they have in common
      ce qu’ils ont en commun
    what they wrote
      ce qu’ils ont écrit
    what was agreed
      ce qui a été convenu
    what was answered
      ce qui a été répondu
    what was said
      ce qui a été dit
    what was said or done
      ce qui a été dit ou fait
    what was seen
      ce qui a été constaté
    when
      quand
    when to use it, and what it leads to
      quand l’utiliser, et où cela mène
    when they asked
      quand elle est arrivée
    when this was last seen to be so
      la dernière fois que c’était constaté
    where
      où
    where such files come from
      d’où viennent ces fichiers
    where it comes from
      d’où cela vient
    where it is
      où il en est
    where it should get
      jusqu’où il doit aller
    where it stands
      où cela en est
    where it started
      d’où il partait
    where it starts
      d’où il part
    where the number comes from
      d’où vient le chiffre
    where the relation should stand at the end
      où la relation doit en être à la fin
    where the relation stands
      où en est la relation
    whether it counts
      si cela compte
    whether it goes on by itself
      s’il se reconduit tacitement
    whether it is done; then it stands as it is
      si c’est terminé ; plus rien ne change ensuite
    whether it is still sold
      s’il est encore vendu
    whether it may be used; then it stands as it is
      si son usage est ouvert ; plus rien ne change ensuite
    whether it stands; unlock it to change it
      si c’est arrêté ; déverrouillez pour modifier
    whether something does not work
      si quelque chose ne marche pas
    whether they agreed to marketing
      si la personne accepte les sollicitations
    which accounts belong; none: chosen one by one
      quels comptes en font partie ; vide : choisis un par un
    which edition it is
      de quelle édition il s’agit
    which indicator
      quel indicateur
    which part of them
      quelle entité
    which segment
      quel segment
    which side of the matrix it is on
      de quel côté de la matrice
    which task
      quelle tâche
    which waits
      celle qui attend
    who
      qui
    who acts
      qui agit
    who answered
      qui a répondu
    who answers
      qui répond
    who answers for it
      qui en répond
    who asked for it
      qui l’a demandée
    who asks
      qui demande
    who came to whom
      qui est venu vers qui
    who delivers it instead
      qui fournit à notre place
    who holds it
      qui l’a prise
    who is asked
      qui est interrogé
    who is asked to do it
      à qui elle est demandée
    who of them
      qui chez eux
    who of us
      qui chez nous
    who or what says so
      qui ou quoi le dit
    who sees to it
      qui s’en occupe
    who stands in
      qui supplée
    who takes care of it
      qui s’en occupe
    who was asked
      qui a été interrogé
    who works on it
      qui y travaille
    who wrote it
      qui l’a écrit
    whom it reaches
      qui elle joint
    whom they know
      qui la personne connaît
    whose role it is
      de qui est le rôle
    why
      pourquoi
    why it is blocked
      pourquoi elle est bloquée
    with whom
      avec qui
    without tax
      hors taxes
    worrying from here
      inquiétant à partir de là
    yes or no
      oui ou non
    """#
}

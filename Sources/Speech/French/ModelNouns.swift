extension FrenchTables {
  /// Things that are counted, or have an article: English, singular, plural, gender, and the English plural where it is
  /// irregular.
  static let nouns: StaticString = #"""
    # Kinds

    person | personne | personnes | f | people
    department | pôle | pôles | m
    product | produit | produits | m
    strategy | stratégie | stratégies | f
    survey template | modèle d’enquête | modèles d’enquête | m
    interview guide | guide d’entretien | guides d’entretien | m
    selection criterion | critère de sélection | critères de sélection | m | selection criteria
    segment | segment | segments | m
    health definition | indice de santé | indices de santé | m
    kpi target | seuil d’indicateur | seuils d’indicateur | m
    service level | niveau de service | niveaux de service | m
    exchange rate | taux de change | taux de change | m
    import mapping | correspondance d’import | correspondances d’import | f
    plan template | modèle de plan | modèles de plan | m
    template step | étape de modèle | étapes de modèle | f
    account | compte | comptes | m
    waiting edit | modification en attente | modifications en attente | f
    noted conflict | conflit noté | conflits notés | m
    other task | autre tâche | autres tâches | f
    division | entité | entités | f
    contact | contact | contacts | m
    contact point | coordonnée | coordonnées | f
    stakeholder role | rôle de partie prenante | rôles de parties prenantes | m
    influence | influence | influences | f
    privileged contact | interlocuteur privilégié | interlocuteurs privilégiés | m
    coverage | couverture | couvertures | f
    plan | plan d’action | plans d’action | m
    objective | objectif | objectifs | m
    task | tâche | tâches | f
    task dependency | dépendance de tâche | dépendances de tâches | f
    task role | rôle dans une tâche | rôles dans des tâches | m
    department expectation | attente envers un pôle | attentes envers les pôles | f
    project | projet | projets | m
    swot item | élément SWOT | éléments SWOT | m
    whitespace cell | potentiel inexploité | potentiels inexploités | m
    opportunity | opportunité | opportunités | f
    observation | observation | observations | f
    interview | entretien | entretiens | m
    survey campaign | campagne d’enquête | campagnes d’enquête | f
    survey invitation | invitation à une enquête | invitations à des enquêtes | f
    survey response | réponse à une enquête | réponses à des enquêtes | f
    external review | avis externe | avis externes | m
    service request | demande | demandes | f
    request event | événement de demande | événements de demandes | m
    communication item | action de communication | actions de communication | f
    communication sent | communication envoyée | communications envoyées | f | communications sent
    interaction | interaction | interactions | f
    comment | commentaire | commentaires | m
    business review | bilan | bilans | m
    criterion score | score de critère | scores de critères | m
    segment member | appartenance à un segment | appartenances à des segments | f
    participant | participant | participants | m
    sale | vente | ventes | f
    cost event | dépense | dépenses | f
    revenue target | objectif de CA | objectifs de CA | m
    profitability target | objectif de rentabilité | objectifs de rentabilité | m
    contract | contrat | contrats | m

    # What else is counted or named

    record | fiche | fiches | f
    record of a newer kind | fiche d’un type plus récent | fiches d’un type plus récent | f
    synced record | fiche synchronisée | fiches synchronisées | f
    edit | modification | modifications | f
    refused edit | modification refusée | modifications refusées | f
    change | modification | modifications | f
    step | étape | étapes | f
    row | ligne | lignes | f
    scope | périmètre | périmètres | m
    day | jour | jours | m
    year | an | ans | m
    answer | réponse | réponses | f
    request | demande | demandes | f
    cost | coût | coûts | m
    """#
}

"""What people write in French, under the same names as in wording_en.py. {product} brings its article with it."""

TASKS = {
    "sales": [
        "Préparer l’offre de renouvellement pour {contact}", "Chiffrer {n} × {sku}, {site}",
        "Relancer {contact} sur le devis {quote}", "Fixer les volumes {year} avec {contact}",
        "Négocier le contrat-cadre : {clause}", "Présenter {product} à {contact}",
        "Identifier qui décide pour {families}, {site}", "Appeler {contact} : baisse des commandes ({family})",
        "Comparer nos prix ({family}) avec {competitor}", "Répondre à l’appel d’offres, {site}, lot {family}",
        "Organiser une visite avec {contact}, {site}", "Mettre à jour la prévision {quarter}",
        "Demander une lettre de référence à {contact}", "Proposer un stock en dépôt ({family}), {site}",
        "Envoyer des échantillons {sku} à {contact}", "Reprendre {families} à {competitor}",
        "Présenter {colleague} à {contact}", "Clarifier le budget avec {contact}, {site}",
        "Transformer l’essai {sku} en commande, {site}", "Recueillir les besoins de l’extension, {site}",
        "Proposer {service}, {site}", "Convenir d’un barème de remises ({family})",
        "Vérifier les devis de plus de {days} jours", "Préparer la visite de {contact} dans nos ateliers",
        "Remercier {contact} pour {order} et parler de la suite",
    ],
    "support": [
        "Remplacer la garniture, {pump_sku}, {site}", "Trouver l’origine des vibrations, {pump_sku}, {site}",
        "Former {n} opérateurs sur {product}, {site}", "Envoyer la notice de maintenance {sku} à {contact}",
        "Planifier l’inspection annuelle, {site}", "Répondre au ticket {ticket} : perte de pression, {pump_sku}",
        "Réétalonner {sensor}, {site}", "Contrôler les pièces de rechange avant {month}, {site}",
        "Rédiger le rapport de panne {sku} ({ticket})", "Intervenir : bruit au démarrage, {pump_sku}, {site}",
        "Mettre à jour le micrologiciel, {sensor}, {site}", "Solder les points ouverts de la dernière visite, {site}",
        "Préparer une pompe de prêt pendant la réparation ({pump_sku})",
        "Fournir les certificats ATEX ({sku}) à {contact}", "Documenter les réglages, {sku}, {site}",
        "Rappeler {contact} au sujet de {ticket}", "Analyser les pannes récurrentes avec {colleague}, {site}",
        "Convenir des délais d’intervention, {site}", "Mesurer la consommation électrique, {pump_sku}, {site}",
        "Vérifier la précision du dosage, {doser_sku}, {site}",
    ],
    "finance": [
        "Relancer la facture {invoice}, {days} jours de retard", "Revoir l’encours autorisé après le {quarter}",
        "Convenir d’un règlement à {days} jours avec {contact}", "Émettre l’avoir pour {order}",
        "Régler l’écart de prix, facture {invoice}", "Rapprocher le compte avec {contact}",
        "Calculer la remise de fin d’année {year}", "Envoyer l’attestation fiscale à {contact}",
        "Passer à la facture électronique avec {contact}", "Calculer la marge de l’offre ({family})",
        "Confirmer le nouveau RIB par téléphone avec {contact}",
        "Préparer la fiche de rentabilité pour la revue {quarter}", "Facturer {service}, {site}",
        "Vérifier la clause de révision du contrat-cadre", "Ventiler la facture {invoice} par site",
    ],
    "logistics": [
        "Confirmer la date de livraison de {order}", "Réserver un camion semaine {week}, {site}",
        "Préparer les papiers de transport de {order}", "Retrouver la palette manquante de {order}",
        "Réduire le délai ({family}), {site}", "Mettre en place un kanban ({family}), {site}",
        "Organiser un envoi express, {sku}, {site}", "Convenir des créneaux de livraison, {site}",
        "Reprendre le matériel retourné ({sku}), {site}", "Revoir l’emballage après la casse sur {order}",
        "Prévoir le stock de sécurité {sku} pour {quarter}", "Livrer {order} en deux fois",
        "Étiqueter {order} comme demandé par {contact}", "Vérifier l’incoterm de {order}",
        "Inventorier le stock en dépôt, {site}", "Trouver un transporteur avec hayon, {site}",
    ],
    "marketing": [
        "Inviter {contact} : {event}", "Écrire le cas client, {site}", "Envoyer la brochure ({family}) à {contact}",
        "Préparer l’accueil de {contact} sur le stand, {event}",
        "Prévoir un webinaire ({family}) pour leurs ingénieurs", "Faire valider la citation par {contact}",
        "Photographier l’installation, {site}", "Remercier {contact} de son avis sur {review_site}",
        "Demander à {contact} son accord pour la lettre d’information",
        "Traduire la fiche technique {sku} pour {contact}", "Préparer l’offre de fidélité ({family})",
        "Recueillir l’avis de {contact} après {event}", "Imprimer la gamme pour la visite, {site}",
        "Choisir les personnes à interroger en {year}, {site}",
    ],
}

RISK_TASKS = [
    "Appel de reconquête : {contact}", "Demander à {contact} pourquoi les commandes ont cessé en {month}",
    "Proposer à {contact} de revoir les réclamations", "Vérifier ce que {competitor} livre désormais, {site}",
    "Obtenir un rendez-vous avec la direction avant {month}", "Proposer un contrôle gratuit, {sku}, {site}",
]

PARTNER_TASKS = {
    "sales": [
        "Renouveler l’accord avec {contact} pour {next_year}",
        "Convenir avec {contact} du partage des rôles, {quarter}", "Préparer le point annuel avec {contact}",
        "Présenter {colleague} à {contact}", "Demander à {contact} ce qui se dit sur {competitor}",
    ],
    "support": [
        "Revoir avec {contact} les défauts des pièces livrées",
        "Envoyer les résultats d’essais du {quarter} à {contact}", "Visiter avec {colleague}, {site}",
        "Convenir d’essais ({medium}) avec {contact}",
    ],
    "finance": [
        "Contrôler la facture {invoice} avec l’accord", "Convenir d’un règlement à {days} jours avec {contact}",
        "Rapprocher le compte {year} avec {contact}", "Envoyer les chiffres {quarter} à {contact}",
    ],
    "logistics": [
        "Fixer les dates de livraison avec {contact} jusqu’en {month}", "Contrôler la réception, {site}",
        "Prévoir palettes et caisses avec {contact}", "Demander à {contact} un délai plus court ({family})",
    ],
    "marketing": [
        "Préparer le stand commun avec {contact}, {event}", "Valider le communiqué avec {contact}",
        "Inviter {contact} : {event}", "Demander à {contact} leur logo et leur accord",
    ],
}

DETAILS = {
    "sales": [
        "{contact} veut un prix ferme jusqu’à la fin de {quarter}.",
        "L’arbitrage budgétaire est en {month} ; ensuite, plus rien avant six mois.",
        "{competitor} est {pct} % moins cher, sans mise en service.",
        "Compter {n} pièces la première année, le double ensuite.",
        "Ils demandent un prix unique pour tous les sites.",
        "La décision revient à {contact} et au directeur de site.",
        "Garder une marge au-dessus de {pct} % ; demander avant de descendre.",
        "Dernier prix convenu en {month}, port compris.", "Proposer {service} : leur maintenance manque de bras.",
        "L’essai leur a plu, mais la bride ne convenait pas.",
    ],
    "support": [
        "Le numéro de série est sur la photo du ticket.",
        "Deux équipes : intervenir avant six heures ou après vingt-deux heures.", "Fluide : {medium}, {temp} °C.",
        "Même panne qu’en {month}, voir le rapport.", "Prendre deux garnitures JS 43 et un jeu de paliers.",
        "{contact} a les clés et fait l’accueil sécurité.", "La pression tombe de 6 à {bar} bar en deux heures.",
        "L’équipe a changé l’été dernier, personne n’est formé.", "La garantie s’arrête en {month}.",
        "Envoyer le rapport à {contact} et à {colleague}.",
    ],
    "finance": [
        "{contact} dit que le bon de réception manque.", "Montant en cause : {amount}.",
        "Leur système exige le numéro de commande sur chaque ligne.", "Troisième relance partie en {month}.",
        "Convenu 30 jours nets ; ils paient à {days} jours.",
        "Voir avec {colleague} avant de bloquer les livraisons.", "L’ancien tarif a été appliqué par erreur.",
    ],
    "logistics": [
        "Palettes de 1,20 m au plus, leur quai est bas.", "Le transporteur dit que c’est parti mardi.",
        "Livrer porte 3, avant midi.", "{n} palettes, {pct}0 kg.",
        "Ils peuvent en recevoir la moitié semaine {week}.",
        "Une tournée hebdomadaire suffirait ; en parler à {colleague}.",
    ],
    "marketing": [
        "D’accord pour être cités, mais ils veulent relire.", "Photos sans personnes, demande du CSE.",
        "{contact} intervient le deuxième jour.", "Budget prévu dans {strategy}.",
        "Envoyer sur papier : leur messagerie bloque les pièces jointes.",
        "Demander à {colleague} les chiffres d’économie d’énergie.",
    ],
}

PROGRESS = [
    "Appelé, sans réponse ; rappeler jeudi.", "Projet envoyé à {contact}.", "En attente des chiffres de {colleague}.",
    "Moitié faite, le reste après leur arrêt.", "Accord de principe, détails à régler.",
    "Passé sur place, photos au dossier.", "Envoyé lundi, relance prévue.",
    "{contact} ne revient qu’à la fin du mois.", "Pièces commandées, livrées semaine {week}.",
    "Prix validé par {colleague}.", "Deuxième rendez-vous fixé.", "Vu avec l’atelier : faisable.",
]

BLOCKED = [
    "Attend le bon de commande de {contact}", "Pièce en rupture jusqu’en semaine {week}",
    "Pas d’accès avant l’arrêt, {site}", "Leur juriste n’a pas répondu ({clause})", "Encours dépassé",
    "Il manque le plan de la bride", "Budget pas encore validé", "{contact} a quitté l’entreprise, pas de remplaçant",
]

EVIDENCE = {
    "sales": [
        "Courriel de {contact}, {date}", "Commande {order}", "Compte rendu signé du {date}",
        "Appel avec {contact}, {date}", "Devis {quote} accepté",
    ],
    "support": [
        "Rapport d’intervention RI-{number}", "Photo dans le ticket {ticket}", "Appel avec {contact}, {date}",
        "Relevé de mesures du {date}",
    ],
    "finance": [
        "Facture {invoice}", "Relevé bancaire du {date}", "Courriel de {contact}, {date}", "Écriture {number}",
    ],
    "logistics": [
        "Bon de livraison BL-{number}", "Confirmation du transporteur, {date}", "Courriel de {contact}, {date}",
        "Commande {order} livrée",
    ],
    "marketing": [
        "Courriel de {contact}, {date}", "Publié le {date}", "Inscription confirmée, {date}",
        "Épreuve validée par {contact}",
    ],
}

CANCELLED = [
    "Fait par {colleague} dans une autre tâche.", "{contact} n’en veut plus.", "Dépassé par la commande {order}.",
    "Projet arrêté, {site}.",
]

# Title, department, metric, unit, baseline from and to, gain from and to (below zero: less is better).
OBJECTIVES = [
    ("Augmenter notre part ({family})", "sales", "part de portefeuille", "%", 10, 35, 8, 20),
    ("Vendre {families}, {site}", "sales", "commandes par trimestre", "commandes", 0, 3, 4, 9),
    ("Réduire les retards de livraison, {site}", "logistics", "retards par trimestre", "livraisons", 6, 14, -11, -4),
    ("Répondre plus vite aux demandes, {site}", "support", "délai de première réponse", "heures", 9, 30, -24, -6),
    ("Moins d’arrêts imprévus, {site}", "support", "arrêts imprévus par trimestre", "arrêts", 4, 9, -7, -3),
    ("Être payés à l’échéance", "finance", "délai de règlement", "jours", 44, 70, -32, -12),
    ("Améliorer la marge ({family})", "finance", "marge", "%", 18, 30, 3, 8),
    ("Former leurs opérateurs", "support", "opérateurs formés", "personnes", 0, 4, 8, 24),
    ("Être recommandés", "marketing", "NPS du compte", "points", -10, 20, 15, 40),
    ("Se faire connaître de leurs ingénieurs", "marketing", "participants aux webinaires", "personnes", 0, 3, 8, 20),
    ("Rencontrer tous les décideurs", "sales", "contacts vus dans le trimestre", "contacts", 1, 3, 3, 5),
    ("Passer les petites commandes par la boutique en ligne", "logistics", "commandes en ligne", "%", 5, 20, 30, 50),
]

PLAN_TITLES = {
    "acquire": ["Première commande : {name}", "Entrer chez {name}", "De l’essai au référencement, {name}"],
    "expand": ["Grandir avec {name}", "{name} : une deuxième gamme sur chaque site", "Développer {families}, {name}"],
    "retain": ["Fidéliser {name}", "Regagner la confiance, {name}", "{name} : remettre le service à niveau"],
    "partnership": ["{name} : partenaires jusqu’en {next_year}", "Développer ensemble avec {name}"],
}

VISIONS = {
    "acquire": "Une première commande au {quarter} et un essai sérieux ({sku}), {site}.",
    "expand": "Nous livrons {families} sur tous leurs sites, et {contact} nous appelle avant {competitor}.",
    "retain": "Chaque réclamation a sa réponse dans la journée, et plus personne ne pense à {competitor}.",
    "partnership": "Une seule équipe pour deux entreprises : prévisions partagées, stock sur place, un projet par an.",
}

# What is expected of a department, how one sees that it is met.
EXPECTATIONS = {
    "sales": [
        ("Un interlocuteur unique qui connaît les sites", "Nommé, avec un suppléant"),
        ("Une offre sous trois jours ouvrés", "9 sur 10 à temps"),
        ("Une visite par trimestre", "Quatre visites par an"),
    ],
    "support": [
        ("Une réponse sous quatre heures", "95 % des demandes"),
        ("Un technicien sur place sous deux jours", "9 interventions sur 10"),
        ("Former les nouveaux opérateurs deux fois par an", "Deux dates par an"),
    ],
    "finance": [
        ("Des factures sans erreur", "Moins de 1 % de retours"), ("Les avoirs sous huit jours", "Tous"),
        ("Un relevé mensuel par site", "Avant le cinq"),
    ],
    "logistics": [
        ("Livrer au jour convenu", "98 % à temps"),
        ("Pièces de rechange sous 48 heures", "Pour les 40 pièces listées"),
        ("Prévenir avant un retard, pas après", "À chaque fois"),
    ],
    "marketing": [
        ("Aucun envoi sans accord", "Aucun"), ("Publier le cas client, {site}", "Dans l’année"),
        ("Inviter deux mois à l’avance", "Chaque événement"),
    ],
}

EXPECTATION_NOTES = {
    "met": ["Mieux depuis {month}.", "{contact} l’a confirmé en revue.", "Tenu tous les mois sauf un."],
    "missed": [
        "Manqué deux fois au {quarter}.", "{contact} l’a relevé en revue.",
        "Personne ne s’en est senti chargé ; à reprendre.",
    ],
    "open": ["À mesurer dès {month}.", "Premiers chiffres avec le {quarter}.", "Convenu avec {contact}."],
    "dropped": ["{contact} n’y tient plus."],
}

# Name, what it is to bring.
PROJECTS = [
    ("Rénovation de la station de pompage, {site}", "30 % d’énergie en moins ; aucun arrêt de plus d’un poste."),
    ("Nouvelle ligne de nettoyage, {site}", "Prête avant la saison ; opérateurs formés avant le démarrage."),
    ("Surveillance des pompes, {site}",
     "Les alarmes arrivent seules à la maintenance ; un arrêt imprévu de moins par trimestre."),
    ("Stock en dépôt, {site}", "Pièces sur place, facturées au prélèvement ; inventaire mensuel."),
    ("Standard {family} pour tous les sites", "Une liste de types au lieu de quatre ; moitié moins de pièces."),
    ("Commandes électroniques avec {name}", "Commandes et confirmations sans ressaisie dès {month}."),
]

SWOT = {
    "strength": [
        "Nous connaissons chaque pompe, {site}", "{contact} fait confiance à {colleague}",
        "Pièces de rechange sous 48 heures", "Seul fournisseur certifié ({medium})",
        "Notre matériel est leur standard ({sku})", "Le stock en dépôt fonctionne",
    ],
    "weakness": [
        "Aucun contact au-dessus de {contact}", "Deux livraisons en retard au {quarter}",
        "Prix {pct} % au-dessus de {competitor}", "Réponses trop lentes en {month}",
        "Personne chez nous ne parle à leurs ingénieurs", "Matériel ancien sans contrat de maintenance ({family})",
    ],
    "opportunity": [
        "Extension l’an prochain, {site}", "Objectif énergie du groupe : −20 %", "{competitor} ferme son agence",
        "Nouveaux seuils de rejet dès {month}", "Leur maintenance manque de bras",
        "La société sœur achète {families} ailleurs",
    ],
    "threat": [
        "{competitor} propose cinq ans de garantie", "Les achats du groupe ne veulent plus que deux fournisseurs",
        "Site menacé si l’énergie reste chère", "{contact} part en retraite l’an prochain",
        "Copies de nos pièces à moitié prix", "Les règlements ralentissent",
    ],
}

SWOT_EVIDENCE = [
    "Échange avec {contact}, {date}", "Enquête {year}", "Statistiques de livraison {quarter}", "Offre vue sur place",
    "Rapport annuel {year}",
]

OPPORTUNITIES = [
    "Extension : {family}, {site}", "{n} × {sku}, {site}", "Tous les sites : {service}",
    "Remplacement de {competitor}, {site}", "Contrat-cadre {next_year}", "Surveillance de {n} pompes, {site}",
    "Modernisation avec {sensor}, {site}",
]

OBSERVATIONS = {
    "behaviour": [
        "Demande un prix à {competitor} avant chaque grosse commande", "Commande quand il reste une semaine de stock",
        "Décide en réunion des directeurs de site, premier lundi du mois",
        "Lit les fiches techniques de près et trouve les erreurs",
        "Compare les délais, pas les prix, quand une ligne est arrêtée",
    ],
    "habit": [
        "Achète ses pièces en {month}, avant l’arrêt", "Appelle le vendredi après-midi", "Règle le dix du mois",
        "Groupe ses commandes pour le port",
    ],
    "preference": [
        "Préfère le téléphone au courriel", "Veut des plans en 3D", "Aime essayer avant d’acheter",
        "Veut toujours le même technicien", "Préfère l’inox même quand la fonte suffirait",
    ],
    "need": [
        "A besoin de certificats ({medium})", "A besoin d’un service de nuit, trois postes",
        "Cherche à consommer moins d’eau", "A besoin de stock à proximité",
        "Cherche qui formera les nouveaux opérateurs",
    ],
    "expectation": [
        "Attend une réponse le jour même", "Attend les hausses de prix trois mois à l’avance",
        "Attend que nous connaissions ses règles de sécurité", "Attend des propositions, pas seulement des devis",
    ],
}

OBSERVATION_SOURCES = [
    "Visite, {site}", "Échange avec {contact}", "Commandes {year}", "Enquête {year}", "Presse spécialisée",
    "Rapport d’intervention RI-{number}",
]

INTERVIEWS = {
    "title": [
        "Besoins et projets {year} : {contact}", "Entretien avec {contact} sur {next_year}",
        "Ce qu’attend {contact}, {site}",
    ],
    "lost": ["Pourquoi nous avons perdu {families} : {contact}", "Après la commande perdue : {contact}"],
    "answers": [
        "Prévoit de remplacer {n} pompes en deux ans.", "Le directeur de site arbitre le budget en {month}.",
        "La maintenance passe son temps sur les garnitures ({medium}).",
        "Content du matériel, moins des dates de livraison.",
        "Aimerait un point téléphonique mensuel avec le service client.", "{competitor} passe chaque trimestre.",
        "Veut suivre {families} depuis la salle de contrôle.", "Le prix compte moins qu’une réponse dans la journée.",
    ],
    "insights": [
        "Proposer {service} avant l’arbitrage.", "Venir avec {colleague} à la prochaine visite.",
        "Un délai garanti emporte la décision.", "Risque : toute la connaissance du site repose sur {contact}.",
        "Possible pour {families} si l’essai démarre en {month}.",
    ],
}

CAMPAIGNS = {"nps": "NPS {year}", "csat": "Après intervention, {quarter}", "ces": "Facilité à commander {year}"}

POPULATION = {
    "nps": "Tous les contacts qui ont donné leur accord",
    "csat": "Auteurs d’une demande dans le trimestre",
    "ces": "Achats et maintenance",
}

REMARKS = {
    "good": [
        "Dépannage rapide quand la ligne était arrêtée.", "{colleague} connaît notre usine.",
        "Les pièces arrivent quand il faut.", "Bon matériel, conseils honnêtes.", "La formation valait la journée.",
        "Réponse le jour même.",
    ],
    "fair": [
        "Bonnes pompes, mais les dates bougent.", "Correct, même si les prix ont encore monté.",
        "Service client bien, factures moins.", "La boutique en ligne pourrait être plus simple.", "",
    ],
    "bad": [
        "{n} jours d’attente pour une réponse.", "Troisième réparation de la même pompe.",
        "Personne ne nous a prévenus du retard.", "Deux erreurs de pièces cette année.",
        "Nous regardons chez {competitor}.", "Les factures ne correspondent pas aux commandes.",
    ],
}

ANSWERS = {
    "good": "Commanderait à nouveau : oui\nÀ l’heure : oui",
    "fair": "Commanderait à nouveau : peut-être\nÀ l’heure : souvent",
    "bad": "Commanderait à nouveau : non\nÀ l’heure : non",
}

REVIEWS = {
    "good": [
        "Des pompes fiables et un service qui vient quand il le dit.",
        "Tout notre dosage est passé chez eux, aucun regret.", "Pièces en deux jours, comme promis.",
        "Conseil honnête : ils nous ont vendu la plus petite pompe.",
        "Technicien sur place le lendemain matin. Merci.", "Facile de commander, et quelqu’un répond.",
    ],
    "fair": [
        "Bon matériel, patience pour les délais.", "Solide, pas donné.", "Très bonnes pompes, factures moins.",
        "Formation utile, mais courte.", "Fonctionne bien ; la notice pourrait être plus claire.",
    ],
    "bad": [
        "Deux semaines pour une garniture. La pompe est bonne, le service non.",
        "Quatre appels avant d’avoir quelqu’un.", "Livraison en retard, et personne n’a prévenu.",
        "La réparation n’a pas tenu un mois.", "Beaucoup de belles paroles, peu de suivi.",
    ],
}

# Subject, department that answers.
REQUESTS = {
    "technical": [
        ("Perte de pression après deux heures, {pump_sku}", "support"),
        ("Fuite à la garniture, {pump_sku}", "support"), ("Mesures fausses depuis {month}, {sensor}", "support"),
        ("Alarme {n} : {sensor}, {site}", "support"), ("Ne redémarre pas après la coupure, {pump_sku}", "support"),
        ("Vibrations au-dessus du seuil, {pump_sku}", "support"),
        ("Dosage qui dérive, {doser_sku}, {site}", "support"), ("Intensité trop élevée, {pump_sku}", "support"),
    ],
    "complaint": [
        ("{order} livrée avec {n} jours de retard", "logistics"), ("Deux palettes abîmées, {order}", "logistics"),
        ("Ancien prix sur la facture {invoice}", "finance"), ("Mauvaise bride dans {order}", "logistics"),
        ("Personne n’a rappelé ({sku})", "support"), ("De nouveau en panne après réparation, {sku}", "support"),
        ("Relance pour la facture {invoice}, déjà réglée", "finance"),
    ],
    "information": [
        ("Fiche technique et courbes {sku}", "sales"), ("Délai pour {n} × {sku}", "logistics"),
        ("Le {sku} convient-il ? Fluide : {medium}", "support"), ("Certificat d’origine de {order}", "logistics"),
        ("Prix d’un kit de réparation {sku}", "sales"), ("Où en est {order} ?", "logistics"),
        ("Copie de la facture {invoice}", "finance"), ("Dates : {event}", "marketing"),
    ],
    "guidance": [
        ("Quelle garniture ? Fluide : {medium}", "support"), ("Dimensionner une pompe ({medium}), {site}", "support"),
        ("Conseil sur le cycle de nettoyage, {sku}", "support"), ("Aide au démarrage, {sku}, {site}", "support"),
        ("Plan de maintenance pour {n} pompes", "support"),
    ],
    "other": [
        ("Nouvelle adresse de livraison, {site}", "logistics"), ("Nouveau contact pour les factures", "finance"),
        ("Retour de matériel non utilisé ({sku})", "logistics"),
    ],
}

REQUEST_DETAILS = {
    True: [
        "La ligne est arrêtée en attendant.", "Photos et numéro de série joints.",
        "{contact} répond jusqu’à seize heures.", "Deux fois cette semaine.", "Fluide : {medium}, {temp} °C.",
        "Ils demandent une date, pas des excuses.", "Tourne sur la pompe de secours, elle aussi ancienne.",
        "Deuxième fois depuis {month}.",
    ],
    False: [
        "Pas urgent, mais nécessaire avant {month}.", "{contact} répond jusqu’à seize heures.",
        "Pour le dossier de leur auditeur.", "Ils comparent avec {competitor}.", "Fluide : {medium}, {temp} °C.",
        "Réponse écrite souhaitée.", "Pour le budget {next_year}.",
    ],
}

EVENT_NOTES = {
    "responded": [
        "Appelé {contact}, photos et numéro de série demandés.", "Confirmé par courriel, date à suivre.",
        "Suite expliquée à {contact}.", "Document demandé envoyé.", "Transmis à l’atelier ; {contact} le sait.",
    ],
    "resolved": [
        "Garniture remplacée, une heure d’essai sans fuite.", "Nouvelle livraison reçue, {contact} confirme.",
        "Réglage rétabli, mesures justes.", "Avoir émis.", "Réponse complète par courriel.",
        "Pompe de prêt en place, réparation en cours.", "Pièce échangée sous garantie.",
    ],
    "reopened": [
        "Fuit de nouveau après deux jours.", "{contact} dit que la livraison n’était pas complète.",
        "L’alarme est revenue dans la nuit.",
    ],
    "closed": ["D’accord avec {contact} pour clore.", "Sans réponse après deux relances ; clos.", "Tout est réglé."],
    "escalated": [
        "Ligne arrêtée : {colleague} est au courant.", "Pas de pièce en stock ; demande à l’usine.",
        "{contact} a appelé la direction.",
    ],
    "reclassified": ["Pas une panne : mauvais réglage.", "Concerne la livraison, pas la pompe."],
}

# What it is for, to whom, what is said.
COMMUNICATION = [
    ("Tenir les décideurs informés", "Direction et achats",
     "Ce qui a été fait dans le trimestre, ce qui vient, un chiffre de service."),
    ("Annoncer les prix à temps", "Achats", "Trois mois à l’avance, avec la raison et les solutions."),
    ("Conseils de maintenance", "Maintenance et opérateurs", "Une page par mois : une panne facile à éviter."),
    ("Inviter aux événements", "Ingénieurs", "Deux mois à l’avance, avec une personne à y rencontrer."),
    ("Montrer les économies", "Directeurs de site", "Énergie et arrêts avant et après, par site."),
    ("Remercier", "Toutes les personnes avec qui nous avons travaillé", "À la main, en fin d’année."),
]

SENT_NOTES = [
    "Remercie pour les chiffres.", "Transmettra à la maintenance.", "Lu, sans question.",
    "{contact} demande un rendez-vous.", "Transmis au site.", "Revenu : adresse changée.", "Le veut sur papier.", "",
]

INTERACTIONS = {
    "meeting": [
        "Point sur les commandes et le plan {year}", "Tour du site : {n} pompes à remplacer dans l’année",
        "Discussion de prix ({family}) ; ils espèrent {pct} %", "Revue trimestrielle avec {contact}",
        "Présentation {sku} ; la maintenance a apprécié", "Réclamation sur {order} réglée",
    ],
    "call": [
        "{contact} demande où en est {order}", "Convenu {n} × {sku} pour {month}", "Point sur l’essai, {site}",
        "{contact} veut un prix pour {service}", "{competitor} est passé la semaine dernière", "La réparation tient",
        "Pas de budget avant {month}",
    ],
    "email": [
        "Devis {quote} envoyé", "Réponses aux questions sur {product}", "Compte rendu et points ouverts envoyés",
        "Date confirmée pour {service}", "Prévision {quarter} demandée",
    ],
    "event": ["Rencontré {contact} : {event}", "Déjeuner, {event} : l’extension est décidée"],
    "portal": ["Plans {sku} déposés pour {contact}", "Dossier d’appel d’offres téléchargé, {site}"],
}

PARTNER_INTERACTIONS = [
    "Point sur les volumes {year} avec {contact}", "{contact} a envoyé ses prix {next_year}",
    "Revu les points ouverts avec {contact}", "Rencontré {contact} : {event}",
    "{contact} demande nos prévisions jusqu’en {month}", "Convenu d’actions communes, {quarter}",
]

LATE_INTERACTIONS = [
    "{contact} dit attendre aussi des commandes", "Trois essais pour joindre {contact}",
    "{competitor} livrerait {families} désormais", "{contact} répond poliment, mais rien de prévu",
]

NEXT_STEPS = [
    "Envoyer l’offre avant vendredi", "Rappeler dans deux semaines", "Venir avec {colleague}",
    "Demander une date à la logistique", "Envoyer des échantillons", "Fixer la date de l’essai", "Vérifier l’encours",
    "Préparer les chiffres d’énergie", "Inviter : {event}",
]

REVIEW_TITLE = "Revue d’affaires {quarter}"

AGENDA = "Commandes et livraisons\nDemandes et réclamations ouvertes\nAvancement du plan\nProjets, {site}\nSuite"

MINUTES = {
    "good": [
        "Livraisons à temps, sauf une.", "Demandes traitées dans la journée ; {contact} remercie {colleague}.",
        "L’essai continue ; décision en {month}.", "Ils demandent un prix pour {service}, tous sites.",
        "Volumes {next_year} en hausse d’environ {pct} %.",
    ],
    "bad": [
        "Trois retards ; la logistique présente son plan jusqu’en {month}.",
        "Deux réclamations ouvertes depuis plus d’un mois.", "{contact} demande un seul interlocuteur.",
        "Ils vont consulter {competitor} ({family}).", "Aucun engagement de volume pour {next_year}.",
    ],
    "any": [
        "Points ouverts pour {colleague} avant la fin de la semaine.", "Prochaine revue après {month}.",
        "Tarif {next_year} attendu en {month}.",
    ],
}

RATIONALES = [
    "D’après les commandes {year}", "Dit par {contact} en revue", "Estimation de {colleague}", "Enquête {year}",
    "D’après leur rapport annuel",
]

SEGMENT_REASONS = {
    "Hygienic processes": [
        "Certificats exigés à chaque appel d’offres", "Nettoyage en place, {site}", "Vu lors de la visite, {site}",
    ],
    "Prefers the webshop": ["Commandes {year} : petites et fréquentes", "{contact} ne veut plus d’appels"],
    "Energy savers": ["Objectif énergie dans leur rapport {year}", "{contact} a un budget pour cela"],
    "Reference customers": ["Accord de {contact}", "Visité par deux autres clients en {year}"],
}

# By the number of the kind that is spoken of.
COMMENTS = {
    42: [
        "Date demandée à {contact}, réponse vendredi.", "Même sujet que sur leur autre site, voir là-bas.",
        "{colleague} a le plan.", "Le prix convient, pas le délai.", "Essayé deux fois, personne.",
        "Peut attendre la fin de l’arrêt.", "{contact} a redemandé.", "Je peux m’en charger dès jeudi.",
        "Attendre la validation du prix.", "Fait de notre côté, à la logistique de jouer.", "Est-ce encore utile ?",
        "La pièce arrive semaine {week}.", "Vérifié : {sku} en stock.", "Décalé : le site est arrêté jusqu’à lundi.",
    ],
    49: [
        "{competitor} est aussi consulté.", "Budget confirmé par {contact}.", "Il faudrait y ajouter {service}.",
        "Le prix est à la limite.", "L’essai se termine en {month}.",
    ],
    56: [
        "Vidéo reçue, le bruit est net.", "La pompe de prêt donne satisfaction à {contact}.", "Déjà vu ici ({site}).",
        "Même panne qu’en {month} ?", "Le client patiente, mais compte les jours.",
        "Le transporteur reconnaît la casse.", "L’atelier a besoin de deux jours.", "L’avoir est parti.",
    ],
    62: ["Ajouter les chiffres de livraison.", "Je présente la partie service.", "Compte rendu envoyé à {contact}."],
    41: [
        "Valeur mise à jour avec les chiffres {quarter}.", "Nous sommes en retard, parlons-en lundi.",
        "Bons progrès depuis {month}.",
    ],
}

COSTS = {
    "acquisition": [
        "Pompe d’essai, {site}", "Visites avant la première commande", "Échantillons ({family})",
        "Accueil sur le stand, {event}",
    ],
    "retention": [
        "Remise de fin d’année", "Visite de la direction", "Inspection offerte, {site}", "Formation offerte",
        "Geste commercial après {ticket}",
    ],
    "service": ["Dépannages, {site}", "Express pour {order}", "Heures passées sur {ticket}", "Pompe de prêt, {site}"],
}

CONTRACT_TITLES = [
    "Contrat-cadre ({family})", "Contrat-cadre {year}", "Contrat de maintenance, {site}",
    "Accord de fourniture, tous sites",
]

PROFITABILITY_NOTES = [
    "Après remises et port", "Hors pompes de prêt", "Vu avec {colleague}", "Toute la relation, service compris",
]

CLAUSES = ["responsabilité", "révision des prix", "pénalités de retard", "préavis", "stock en dépôt", "garantie"]

MEDIA = [
    "soude chaude", "lactosérum", "moût", "boues abrasives", "lait de chaux", "saumure", "eaux blanches",
    "acide peracétique", "boues", "sirop de glucose",
]

EVENTS = [
    "Salon Eau & Procédés", "Journée clients à Lyon", "Pump Forum Kassel", "Rencontres maintenance de Nantes",
    "Portes ouvertes, Vernoux",
]

MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
]

FAMILY_WORDS = {
    "Centrifugal pumps": "pompes centrifuges",
    "Dosing pumps": "pompes doseuses",
    "Valves": "vannes",
    "Seals and spare parts": "pièces de rechange",
    "Filtration": "filtration",
    "Sensors and control": "capteurs et régulation",
    "Services": "prestations",
}

SERVICE_WORDS = {
    "S-MEX": "un contrat de maintenance annuel",
    "S-MES": "la mise en service",
    "S-FOR": "une formation opérateurs",
    "S-AUD": "un audit énergétique",
    "S-REP": "la réparation en atelier",
    "S-LOC": "une pompe de prêt",
    "S-DEP": "le dépannage sur site",
    "S-SUR": "la télésurveillance",
}

FAMILIES_WITH_ARTICLE = {
    "Centrifugal pumps": "les pompes centrifuges",
    "Dosing pumps": "les pompes doseuses",
    "Valves": "les vannes",
    "Seals and spare parts": "les pièces de rechange",
    "Filtration": "la filtration",
    "Sensors and control": "les capteurs et la régulation",
}

import Speech
import Workbench

/// What people call things that kam calls otherwise, in English and French: for `kam help WORD`.
enum Synonyms {
  static let all: [(verb: String, words: String)] = [
    ("export", "backup save copy excel spreadsheet calendar sauvegarde sauvegarder copie tableur agenda"),
    ("import", "load upload migrate csv excel crm charger reprise migration"),
    ("import undo", "revert annuler"),
    ("doctor", "repair rescue broken damaged réparer sauver abîmé"),
    ("check", "verify integrity vérifier intégrité"),
    ("merge", "duplicate deduplicate combine fusion fusionner doublon"),
    ("twins", "duplicate double doublon"),
    ("restore", "undelete undo trash corbeille récupérer"),
    ("delete", "remove erase effacer enlever"),
    ("edit", "change update rename modify renommer corriger"),
    ("find", "search look chercher rechercher"),
    ("service-request", "complaint ticket incident case support réclamation"),
    ("opportunity", "deal lead prospect pipeline affaire"),
    ("account", "customer client company société entreprise"),
    ("contact", "people address phone adresse téléphone interlocuteur"),
    ("interaction", "meeting call visit minutes réunion rendez-vous appel visite"),
    ("task", "todo reminder rappel"),
    ("sale", "invoice order turnover facture commande"),
    ("kpi", "figures indicator dashboard statistics chiffres tableau"),
    ("clv", "value customer lifetime valeur"),
    ("report", "pdf print html slides presentation imprimer présentation bilan"),
    ("survey-campaign", "nps csat questionnaire satisfaction enquête"),
    ("join", "login invite password connect connexion inscription"),
    ("sync", "send fetch upload refresh network envoyer recevoir réseau"),
    ("status", "whoami offline pending connexion"),
    ("device end", "lost stolen phone laptop perdu volé"),
    ("user edit", "role rights permission admin droits"),
    ("account share", "access rights permission accès droits partager"),
    ("handover", "leave holiday absence departure congé départ remplacement"),
    ("history", "audit who when changed versions historique"),
    ("conflicts", "overwritten lost both écrasé"),
    ("completions", "tab bash zsh fish"),
  ]
}

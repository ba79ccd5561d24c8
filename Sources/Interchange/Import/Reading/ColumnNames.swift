import PlanModel
import Speech
import Wording
import Workbench

/// What people and their programs call the fields.
enum ColumnNames {
  /// The field that a heading means; nil when nobody calls one so.
  ///
  /// - Parameter heading: Folded.
  static func field(for heading: String, of kind: KindDescription) -> String? {
    var fields = kind.registers.filter { $0.policy != .server && $0.type != .opaque }.map(\.name)
    fields += ["id", "account", "currency", "email", "phone"].filter { !fields.contains($0) }
    if let field = fields.first(where: { names(of: $0).contains(heading) }) { return field }
    if kind.number == KindNumber.contact, employers.contains(heading) { return "account" }
    return usual.first { $0.headings.contains(heading) && fields.contains($0.field) }?.field
  }

  private static let dayWords: Set<Substring> = [
    "date", "day", "jour", "time", "hour", "hours", "heure", "heures", "timestamp",
  ]
  private static let smallWords: Set<Substring> = ["de", "d", "la", "le", "du", "of", "the", "at", "on"]

  /// "created-date" and "created-time" are both "created".
  static func withoutDayWords(_ heading: String) -> String {
    heading.split(separator: "-").filter { !dayWords.contains($0) && !smallWords.contains($0) }
      .joined(separator: "-")
  }

  /// The day or the moment that a heading means which has a word for one: "created-time", "heure-de-creation".
  static func moment(for heading: String, of kind: KindDescription) -> String? {
    guard heading.split(separator: "-").contains(where: dayWords.contains) else { return nil }
    let rest = withoutDayWords(heading)
    let names = rest.isEmpty ? ["date"] : [rest, "\(rest)-at", "\(rest)-on", "date-\(rest)", "\(rest)-le"]
    return names.lazy.compactMap { field(for: $0, of: kind) }.first { field in
      let type = kind.register(named: field)?.type
      return type == .instant || type == .date
    }
  }

  /// A heading without the words for what the rows are: of tickets, "objet-du-ticket" is "objet".
  static func withoutKind(_ heading: String, of kind: KindDescription) -> String? {
    guard kind.number == KindNumber.serviceRequest else { return nil }
    let words = heading.split(separator: "-")
    let rest = words.filter { !["ticket", "tickets", "case", "demande", "du", "de", "la"].contains($0) }
    return rest.isEmpty || rest.count == words.count ? nil : rest.joined(separator: "-")
  }

  /// What happened to a request, or how far it is, as other programs call their columns.
  static func happening(for heading: String) -> String? {
    happenings.first { $0.headings.contains(heading) || $0.headings.contains(withoutDayWords(heading)) }?.name
  }

  private static let happenings: [(name: String, headings: Set<String>)] = [
    (
      "status",
      [
        "status", "statut", "etat", "state", "ticket-status", "statut-ticket", "ticket-state", "case-status",
        "request-status", "statut-demande", "etat-ticket", "etat-demande",
      ]
    ),
    (
      "resolved-at",
      [
        "resolved", "solved", "resolved-at", "solved-at", "ticket-solved", "resolu", "resolue", "resolu-le",
        "resolue-le", "resolution-date", "date-resolution", "date-de-resolution", "heure-resolution",
        "heure-de-resolution",
      ]
    ),
    (
      "closed-at",
      [
        "closed", "closed-at", "close-date", "date-closed", "ferme", "fermee", "ferme-le", "clos", "clos-le",
        "cloture-le", "date-fermeture", "date-de-fermeture", "date-cloture", "date-de-cloture",
        "heure-de-fermeture", "heure-de-cloture",
      ]
    ),
    (
      "responded-at",
      [
        "responded", "responded-at", "first-responded", "first-response-at", "first-reply-at",
        "first-response-date", "first-reply-date", "date-premiere-reponse", "date-de-premiere-reponse",
        "heure-de-premiere-reponse", "premiere-reponse-le", "repondu-le",
      ]
    ),
  ]

  /// Which part of a person's name a heading is; only where there is a column of given names is another the family name.
  static func namePart(for heading: String, among headings: [String]) -> Int? {
    guard headings.contains(where: { givenNames.contains($0) }) else { return nil }
    return [givenNames, middleNames, familyNames].firstIndex { $0.contains(heading) }
  }

  private static let givenNames: Set<String> = [
    "first-name", "firstname", "given-name", "prenom", "vorname", "nombre", "forename",
  ]
  private static let middleNames: Set<String> = ["middle-name", "additional-name", "deuxieme-prenom"]
  private static let familyNames: Set<String> = [
    "last-name", "lastname", "family-name", "surname", "nom", "nom-de-famille", "nachname", "apellido",
    "apellidos", "name",
  ]
  /// Of a person: where they work, not what they are called.
  private static let employers: Set<String> = [
    "company", "company-name", "societe", "raison-sociale", "organization", "organisation",
    "organization-name",
    "associated-company", "entreprise", "employeur", "firma", "client", "customer",
  ]

  private static func names(of field: String) -> [String] {
    let label = field.replacing("-", with: " ")
    return [field, headingKey(jsonName(ofField: field)), headingKey(Language.french.word(label))]
  }

  /// In the order in which they are tried; folded.
  private static let usual: [(field: String, headings: Set<String>)] = [
    (
      "name",
      [
        "nom", "raison-sociale", "societe", "company", "company-name", "full-name", "nom-complet", "libelle",
        "designation", "customer", "client",
      ]
    ),
    (
      "sku",
      ["article", "reference", "ref", "code", "code-article", "item", "product-code", "article-number"]
    ),
    ("product", ["produit", "article", "sku", "reference", "ref", "code-article", "item", "product-code"]),
    (
      "account",
      ["client", "compte", "customer", "code-client", "customer-code", "company", "societe", "org"]
    ),
    ("legal-id", ["siren", "siret", "vat", "vat-number", "tva", "numero-tva", "n-tva"]),
    (
      "occurred-on",
      [
        "date", "jour", "day", "order-date", "date-commande", "date-facture", "invoice-date",
        "date-de-facture",
      ]
    ),
    ("occurred-at", ["date", "quand", "when", "answered-at", "date-reponse"]),
    (
      "opened-at",
      [
        "date", "ouvert-le", "opened", "opened-on", "created", "created-at", "created-on", "create-date",
        "creation-date", "date-ouverture", "date-d-ouverture", "date-creation", "date-de-creation", "cree-le",
        "cree", "creation", "requested-at",
      ]
    ),
    (
      "revenue",
      [
        "montant", "montant-ht", "amount", "net-amount", "ca", "ca-ht", "chiffre-d-affaires", "total-ht",
        "sales", "turnover", "revenu",
      ]
    ),
    ("amount", ["montant", "montant-ht", "cost", "cout", "valeur", "value"]),
    ("cost", ["cout", "cout-de-revient", "prix-de-revient", "direct-cost", "cogs"]),
    ("price", ["prix", "prix-ht", "tarif", "list-price", "unit-price"]),
    (
      "order",
      [
        "commande", "n-commande", "n-de-commande", "no-de-commande", "numero-de-commande", "no-commande",
        "order-number", "order-no", "order-id",
        "facture", "invoice", "n-facture", "numero-de-facture",
      ]
    ),
    ("currency", ["devise", "monnaie", "iso-currency"]),
    ("country", ["pays", "country-code", "code-pays"]),
    ("industry", ["secteur", "sector", "branche", "activite"]),
    ("website", ["site", "site-web", "url", "web"]),
    ("stage", ["etape", "statut", "status", "statut-client"]),
    ("tier", ["categorie", "class", "classe", "rank"]),
    ("family", ["famille", "category", "categorie", "gamme"]),
    ("title", ["fonction", "poste", "job-title", "role", "function", "position"]),
    ("language", ["langue", "lang"]),
    ("notes", ["note", "commentaire", "remarques", "comments", "remarks"]),
    ("note", ["commentaire", "remarque", "comment"]),
    ("email", ["e-mail", "mail", "courriel", "adresse-mail", "email-address", "adresse-e-mail"]),
    ("phone", ["telephone", "tel", "mobile", "portable", "phone-number", "numero-de-telephone"]),
    ("subject", ["objet", "sujet", "titre", "title", "summary"]),
    ("severity", ["gravite", "priorite", "priority", "urgence"]),
    ("detail", ["description", "details", "corps", "body"]),
    ("department", ["pole", "service", "departement", "team"]),
    ("assignee", ["responsable", "assigned-to", "owner", "affecte-a"]),
    ("score", ["note", "nps", "reponse", "rating", "answer"]),
    ("remark", ["commentaire", "comment", "verbatim", "remarque"]),
    (
      "external-id",
      [
        "id-externe", "response-id", "identifiant", "reference", "ticket-id", "ticket-number", "ticket",
        "no-ticket",
        "n-ticket", "n-de-ticket", "numero-de-ticket", "numero-ticket", "record-id", "issue-key",
        "case-number",
        "case-id", "request-id", "deal-id", "opportunity-id", "contact-id", "customer-id", "account-id",
        "company-id", "task-id", "id-client", "id-contact", "id-ticket", "id-opportunite", "code-client",
        "customer-code", "external-key", "uuid", "guid", "key", "cle",
      ]
    ),
    ("campaign", ["campagne", "enquete", "survey"]),
    ("type", ["nature", "genre", "categorie", "category"]),
    ("source", ["origine", "system", "systeme"]),
    ("strategy", ["strategie", "campagne-marketing", "action-commerciale", "campaign-name"]),
    ("division", ["etablissement", "site", "filiale", "branch"]),
    ("due", ["echeance", "due-date", "deadline", "date-limite"]),
    (
      "contact",
      [
        "interlocuteur", "contact-name", "nom-du-contact", "personne", "requester", "requester-name",
        "requester-email", "reporter", "reporter-email", "submitter", "contact-email", "demandeur",
        "nom-du-demandeur", "email-du-demandeur", "e-mail-du-demandeur", "mail-du-demandeur",
      ]
    ),
  ]
}

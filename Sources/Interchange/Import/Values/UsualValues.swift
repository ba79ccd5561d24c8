import PlanModel
import Speech
import Workbench

/// What other programs call the choices of a field, in English and French.
enum UsualValues {
  /// The choice that a text means, by its own words or by those of other programs; nil when it means none that is known.
  static func choice(_ text: String, of register: RegisterDescription, in kind: KindDescription) -> String? {
    guard let choices = register.type.choices else { return nil }
    if let name = choiceName(text, among: choices) { return name }
    let wanted = folded(text)
    return (words["\(kind.name).\(register.name)"] ?? words[register.name])?[wanted]
  }

  /// "A" to "C" are the three most important tiers.
  static func tier(_ text: String) -> String? {
    ["A": "1", "B": "2", "C": "3"][text.uppercased()]
  }

  /// Whether nothing more is to be done of a request that another program says this of; nil when it means nothing known.
  static func isEnded(_ state: String) -> Bool? {
    let words = headingKey(state)
    if ended.contains(where: { words == $0 || words.hasPrefix($0 + "-") }) { return true }
    if open.contains(where: { words == $0 || words.hasPrefix($0 + "-") }) { return false }
    return nil
  }

  private static let ended = [
    "solved", "resolved", "closed", "done", "completed", "complete", "fixed", "resolu", "resolue", "ferme",
    "fermee", "clos", "close", "cloture", "cloturee", "termine", "terminee", "traite", "traitee", "fini",
    "finie", "canceled", "cancelled", "annule", "annulee",
  ]
  private static let open = [
    "new", "open", "opened", "reopened", "pending", "hold", "on-hold", "waiting", "awaiting", "in-progress",
    "to-do", "todo", "backlog", "selected", "assigned", "escalated", "active", "nouveau", "nouvelle",
    "ouvert", "ouverte", "rouvert", "rouverte", "en-attente", "en-pause", "en-cours", "a-faire", "a-traiter",
    "assigne", "assignee", "escalade", "suspendu", "suspendue",
  ]

  private static let words: [String: [String: String]] = {
    var words: [String: [String: String]] = [:]
    for entry in table.split(separator: "\n\n") {
      let lines = entry.split(separator: "\n").map(String.init)
      var meanings: [String: String] = [:]
      for line in lines.dropFirst() {
        let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
        for word in parts[0].split(separator: "|") {
          meanings[folded(String(word).trimmed)] = parts[1].trimmed
        }
      }
      for field in lines[0].split(separator: " ") {
        words[String(field), default: [:]].merge(meanings) { $1 }
      }
    }
    return words
  }()

  /// Fields, then `what they write | what they write = choice`.
  private static let table = """
    account.stage
    customer | client | client actif | active customer | active | actif | acheteur | evangelist | kunde = buyer
    lead | marketing qualified lead | sales qualified lead | opportunity | mql | sql | opportunité | piste = prospect
    subscriber | suspect | cible | target | abonné = potential
    inactive | inactif | client inactif | former customer | ancien client | endormi = dormant
    churned | perdu | closed = lost
    vip | fidèle = loyal

    account.counterpart
    vendor | fournisseur | reseller | distributor = supplier
    client | kunde | customer - direct | customer - channel | technology partner customer = customer
    partner | partenaire | integrator = economic-partner
    investor | bank | banque | investisseur = financial-partner

    priority
    lowest | minor | trivial | minor issue | faible | mineure | très basse = low
    medium | moderate | moyenne | standard | p3 = normal
    highest | critical | blocker | immediate | critique | bloquante | très haute | p1 = urgent
    major | majeure | élevée | p2 = high

    severity
    lowest | minor | trivial | faible | mineure | très basse | p4 = low
    medium | moderate | moyenne | standard | p3 = normal
    major | majeure | élevée | p2 = high
    highest | urgent | urgente | blocker | immediate | bloquante | très haute | critique | p1 = critical

    service-request.type
    question | general inquiry | demande d'information | info request | enquiry | inquiry = information
    incident | problem | bug | problème | panne | défaut | defect | error | technical issue | product issue | électrique | mechanical | electrical = technical
    task | tâche | story | feature request | service request | demande | demande de service | epic | evolution | évolution | improvement | new feature | refund | billing issue | other request = other
    how to | support | how-to | aide | assistance = guidance
    claim | réclamation | plainte | litige = complaint

    opportunity.stage
    prospecting | appointment scheduled | appointmentscheduled | new | nouveau | lead in | 1-qualify | prospection | prise de contact | identified lead = identified
    qualification | qualified to buy | qualifiedtobuy | needs analysis | id. decision makers | identify decision makers | contact made | qualify | 2-develop | qualifié | qualified lead | analyse des besoins | rendez-vous planifié | acheteur qualifié = qualified
    value proposition | perception analysis | proposal/price quote | proposal | proposal made | presentation scheduled | presentationscheduled | decision maker bought-in | decisionmakerboughtin | demo scheduled | develop | propose | 3-propose | proposition | proposition/devis | présentation planifiée | devis | quote = proposed
    negotiation/review | negotiation | negotiations started | contract sent | contractsent | close | 4-close | négociation/révision | négociation | contrat envoyé = negotiating
    closed won | closedwon | won | gagné | gagnée | fermée gagnée | conclue gagnée | clôturé gagné = won
    closed lost | closedlost | lost | perdu | perdue | fermée perdue | conclue perdue | closed-lost to competition | closed lost to competition = lost

    task.status
    not started | to do | todo | new | pending | waiting | à faire | non commencée | backlog | non démarrée | deferred = open
    in progress | doing | started | en cours | working = in-progress
    completed | complete | closed | resolved | fini | finie | terminé | terminée | fait | faite = done
    canceled | cancelled | abandonnée | annulé | annulée | won't do = cancelled
    on hold | stuck | bloqué | bloquée | en attente = blocked

    channel
    mail | e-mail | courriel | email channel | mail entrant = email
    phone | téléphone | tel | voice | appel | telephone | call center = call
    web | web form | website | portail | web widget | help center | formulaire | site = portal
    facebook | twitter | x | instagram | linkedin | réseaux sociaux | whatsapp | social media = social
    chat | messaging | live chat | messagerie | conversations = chat
    post | letter | courrier | poste = letter
    visit | visite | in person | rendez-vous | rdv | réunion = meeting

    sale.type
    invoice | facture | order | commande | debit | vente | fa | inv = sale
    credit | credit memo | avoir | note de crédit | refund | remboursement | av | cn | credit note = credit-note
    """
}

extension RegisterType {
  fileprivate var choices: Choices? {
    switch self {
    case .choice(let choices), .graded(let choices): choices
    default: nil
    }
  }
}

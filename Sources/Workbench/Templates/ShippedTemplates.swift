import PlanModel
import Speech
import Wording

// The templates that come with the program, written in a form that is easy to read and to change.
//
// A line is a step: "O" an objective (title | department | measure | baseline | target | unit | weight % | due in
// days), "T" a task (title | department | objective it serves | due in days | priority | detail), "E" what is expected
// of a department (statement | department | measure | due in days).

extension PlanTemplate {
  /// - Parameter language: Of their words; their names are the same in all.
  static func builtIn(_ language: Language) -> [PlanTemplate] {
    let texts = language.code == "fr" ? shippedInFrench : shippedInEnglish
    return texts.map { PlanTemplate(shipped: $0) }
  }

  private init(shipped text: ShippedTemplate) {
    name = text.name
    type = text.name
    summary = text.summary
    days = text.days
    isBuiltIn = true
    var steps: [Step] = []
    var objectives: Int64 = 0
    for (place, line) in text.steps.split(separator: "\n").enumerated() {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0).trimmed }
      func cell(_ place: Int) -> String? {
        cells.indices.contains(place) && !cells[place].isEmpty ? cells[place] : nil
      }
      let department = cell(2).flatMap { Choices.departments.number(named: $0) }.map { DepartmentCode($0) }
      switch cells[0] {
      case "O":
        objectives += 1
        steps.append(
          Step(
            form: .objective, title: cell(1) ?? "", department: department,
            dueDays: cell(8).flatMap { Int64($0) },
            measure: cell(3), baseline: cell(4), target: cell(5), unit: cell(6),
            weight: cell(7).flatMap { Int64($0) }.map { $0 * 100 }, place: objectives))
      case "T":
        steps.append(
          Step(
            form: .task, title: cell(1) ?? "", department: department, priority: cell(5),
            dueDays: cell(4).flatMap { Int64($0) }, place: Int64(100 + place),
            serves: cell(3).flatMap { Int64($0) },
            detail: cell(6)))
      default:
        steps.append(
          Step(
            form: .expectation, title: cell(1) ?? "", department: department,
            dueDays: cell(4).flatMap { Int64($0) },
            measure: cell(3), place: Int64(300 + place)))
      }
    }
    self.steps = steps
  }
}

struct ShippedTemplate {
  let name: String
  let summary: String
  let days: Int64
  let steps: String
}

private let shippedInEnglish = [
  ShippedTemplate(
    name: "acquire",
    summary:
      "Win a new account: understand how they buy, prove value on one need, and leave with a first order.",
    days: 180,
    steps: """
      O|Map who decides and how they buy|sales|roles of the buying centre filled|0|5|roles|20|45
      O|Agree on one need worth solving|sales|needs confirmed in writing by them|0|1|need|20|60
      O|Prove value before the offer|support|pilots or visits with a measured result|0|1|pilot|20|110
      O|Win the first order|sales|orders signed|0|1|order|30|170
      O|Price it so that it lasts|finance|expected margin of the first year|0|25|%|10|120
      T|Write down what is known: size, sites, suppliers, news of the last year|marketing|1|10|high|Sources with dates; what is guessed is marked as such.
      T|List the buying centre: decision maker, economic buyer, user, technical evaluator, blocker|sales|1|20|high|One line each: what they win by deciding for us.
      T|Find two introductions: a common customer, a partner, a former colleague|sales|1|25|normal
      T|Hold three interviews with people who use what we would replace|sales|2|40|high|Use the interview guide; write down words, not conclusions.
      T|Check credit and terms of payment|finance|5|30|normal
      T|Agree on the success criteria of a pilot, in figures, with the user and the buyer|sales|3|60|high
      T|Prepare and run the pilot|support|3|100|high|A named person each side; a weekly note of what was seen.
      T|Work out delivery: lead times, packaging, returns, first stock|logistics|3|90|normal
      T|Write a one-page business case in their words and figures|marketing|4|110|high
      T|Calculate the offer with three options and the margin of each|finance|5|115|high
      T|Present the offer to decision maker and economic buyer together|sales|4|130|urgent
      T|Ask for the decision, settle the last objections, sign|sales|4|165|urgent
      T|Plan the first ninety days of delivery with them|logistics|4|170|high
      E|No promise of dates or features that was not agreed with us first|sales|promises in writing without our agreement: none|180
      E|A technical answer within two working days during the pilot|support|answers later than two days: none|110
      E|A binding calculation within three working days|finance|days from request to figures|120
      E|A first delivery complete and on the day|logistics|first delivery on time and in full|180
      E|Two references of the same industry, ready to be called|marketing|references agreed|90
      """),
  ShippedTemplate(
    name: "expand",
    summary: "Grow with a customer who is content: find what they buy elsewhere, and earn it site by site.",
    days: 365,
    steps: """
      O|Know the share we have|sales|products and divisions of the whitespace map filled|0|100|%|15|60
      O|Open two new needs|sales|opportunities qualified with a date and an amount|0|2|opportunities|25|180
      O|Reach a second division|sales|divisions that buy|1|2|divisions|25|270
      O|Grow revenue|sales|revenue of the plan's year against the last|0|15|%|25|364
      O|Keep the margin while growing|finance|margin rate against last year|0|0|points|10|364
      T|Fill the whitespace map: each product by each division, with who delivers it today|sales|1|30|high
      T|Compare what they buy with three customers of their kind|marketing|1|40|normal
      T|Ask five users what costs them most time|support|2|60|high|Look at their requests of the last year first.
      T|Draw the map of people in the second division, and who can introduce us|sales|3|60|high
      T|Hold a value review: what our work has brought them, in their figures|sales|2|75|high|Bring the figures of the last year; agree on what is counted.
      T|Invite the second division to a visit at the first|marketing|3|110|normal
      T|Make an offer for the first new need|sales|2|130|high
      T|Calculate a frame contract over all divisions|finance|4|140|high
      T|Check that stock and transport carry the growth|logistics|4|150|normal
      T|Train their new users|support|3|200|normal
      T|Half-year review with their management: results, next need, risks|sales|4|185|high
      T|Renew the frame contract|sales|4|330|urgent
      E|Tell the account manager every sign of a new need within a day|support|signs written down as observations|364
      E|Delivery on time and in full stays above 97 % while volumes rise|logistics|on time in full, by month|364
      E|Prices and terms of a new offer within five working days|finance|days from request to figures|364
      E|One story of a result with them, approved for use|marketing|stories approved|240
      E|No discount that is not paid by volume or term|sales|discounts without something in return: none|364
      """),
  ShippedTemplate(
    name: "retain",
    summary:
      "Keep an account that is at risk: find out why, mend what hurts, and prove that it stays mended.",
    days: 180,
    steps: """
      O|Understand why they may leave|sales|causes confirmed by them|0|3|causes|20|30
      O|Close the open complaints|support|complaints older than ten days|5|0|complaints|25|60
      O|Win back satisfaction|support|satisfaction of those asked|6|8|of 10|25|150
      O|Deliver without faults|logistics|on time and in full|90|98|%|15|120
      O|Renew the contract|sales|contracts renewed|0|1|contract|15|170
      T|Call the decision maker: listen, write down, promise nothing yet|sales|1|3|urgent
      T|Lay all complaints, credit notes and late deliveries of the year on one page|support|1|7|urgent
      T|Calculate what the account brings, and what losing it would cost|finance|1|10|high
      T|Interview three users and the buyer, each alone|sales|1|20|high
      T|Name one person who answers every request of theirs|support|2|7|urgent
      T|Settle open credit notes and disputed invoices|finance|2|20|high
      T|Agree on a plan to mend, with dates, and send it to them|sales|2|25|urgent|Few promises, each with a name and a day.
      T|Find the cause of the delivery faults and remove it|logistics|4|45|high
      T|Tell them every two weeks what is done, even when little is|sales|3|165|high
      T|Ask again how content they are, the same people with the same question|marketing|3|120|high
      T|Review with their management: what was promised, what was kept|sales|5|130|urgent
      T|Make the renewal offer|sales|5|140|urgent
      E|First answer within four hours, every working day|support|requests answered within four hours|180
      E|Every delivery is announced, and checked before it leaves|logistics|faults on arrival: none|180
      E|Invoices right at the first time|finance|invoices corrected: none|180
      E|No campaign to them without the account manager's word|marketing|campaigns sent without agreement: none|180
      E|The decision maker hears from us every two weeks|sales|days since the last talk|165
      """),
  ShippedTemplate(
    name: "partnership",
    summary: "Make a partner of a strong customer: common aims, common projects, and rules for both sides.",
    days: 540,
    steps: """
      O|Agree on common aims at the top|sales|aims signed by both managements|0|3|aims|20|90
      O|Run one project together|sales|projects with people and money of both sides|0|1|project|25|365
      O|Share the figures that matter|finance|indicators both look at every quarter|0|5|indicators|15|120
      O|Work together without friction|logistics|orders handled without a call|60|90|%|20|365
      O|Be worth more to each other|finance|value of the relation, yearly margin|0|20|%|20|530
      T|Find the sponsor on each side|sales|1|30|high
      T|Write what each side wants, what it brings and what it will not do|sales|1|45|high
      T|Hold a workshop of both managements on a common picture in three years|sales|1|75|high
      T|Agree on rules: who speaks for whom, how disputes go up, what stays secret|finance|1|90|high
      T|Choose the first project by value and risk|sales|2|120|high
      T|Set up the project: aim, team, money, dates, end|sales|2|150|high
      T|Connect orders and forecasts of both sides|logistics|4|200|normal
      T|Agree on the indicators and who measures them|finance|3|110|high
      T|Name a counterpart for every department, and bring them together|support|4|120|normal
      T|Tell the story together: a talk, an article, a visit|marketing|2|300|normal
      T|Quarterly review of both managements|sales|3|180|high
      T|Review the first project and choose the second|sales|2|380|high
      T|Decide on the next three years|sales|5|500|urgent
      E|One agreed forecast a month, kept within ten percent|logistics|forecast against orders|530
      E|Results of joint work are shown together, never alone|marketing|texts approved by both|530
      E|Costs and gains of joint work are open to both|finance|quarterly statement|530
      E|Requests of the partner go before others of the same urgency|support|answer time against the average|530
      E|Every meeting ends with who does what until when|sales|meetings with tasks written down|530
      """),
]

private let shippedInFrench = [
  ShippedTemplate(
    name: "acquire",
    summary:
      "Gagner un nouveau compte : comprendre comment il achète, prouver la valeur sur un besoin, obtenir la première commande.",
    days: 180,
    steps: """
      O|Savoir qui décide et comment ils achètent|sales|rôles du centre d’achat identifiés|0|5|rôles|20|45
      O|S’accorder sur un besoin qui vaut la peine|sales|besoins confirmés par écrit|0|1|besoin|20|60
      O|Prouver la valeur avant l’offre|support|pilotes ou visites au résultat mesuré|0|1|pilote|20|110
      O|Obtenir la première commande|sales|commandes signées|0|1|commande|30|170
      O|Fixer un prix qui tienne|finance|marge attendue la première année|0|25|%|10|120
      T|Rassembler ce que l’on sait : taille, sites, fournisseurs, actualité de l’année|marketing|1|10|high|Sources datées ; ce qui est supposé est signalé.
      T|Dresser la carte du centre d’achat : décideur, acheteur, utilisateur, évaluateur technique, opposant|sales|1|20|high|Une ligne chacun : ce qu’il gagne à nous choisir.
      T|Trouver deux introductions : client commun, partenaire, ancien collègue|sales|1|25|normal
      T|Mener trois entretiens avec les utilisateurs de ce que nous remplacerions|sales|2|40|high|Suivre le guide d’entretien ; noter leurs mots, pas nos conclusions.
      T|Vérifier la solvabilité et les conditions de paiement|finance|5|30|normal
      T|Convenir des critères de réussite d’un pilote, chiffrés, avec l’utilisateur et l’acheteur|sales|3|60|high
      T|Préparer et conduire le pilote|support|3|100|high|Une personne désignée de chaque côté ; une note par semaine.
      T|Étudier la livraison : délais, emballages, retours, premier stock|logistics|3|90|normal
      T|Écrire le dossier de valeur en une page, avec leurs mots et leurs chiffres|marketing|4|110|high
      T|Calculer l’offre en trois variantes, avec la marge de chacune|finance|5|115|high
      T|Présenter l’offre au décideur et à l’acheteur ensemble|sales|4|130|urgent
      T|Demander la décision, lever les dernières objections, signer|sales|4|165|urgent
      T|Préparer avec eux les quatre-vingt-dix premiers jours de livraison|logistics|4|170|high
      E|Aucune promesse de délai ou de fonction sans accord préalable|sales|promesses écrites sans accord : aucune|180
      E|Une réponse technique sous deux jours ouvrés pendant le pilote|support|réponses au-delà de deux jours : aucune|110
      E|Un chiffrage ferme sous trois jours ouvrés|finance|jours entre demande et chiffres|120
      E|Une première livraison complète et à l’heure|logistics|première livraison complète et à l’heure|180
      E|Deux références du même secteur, prêtes à être appelées|marketing|références obtenues|90
      """),
  ShippedTemplate(
    name: "expand",
    summary:
      "Grandir avec un client satisfait : trouver ce qu’il achète ailleurs et le mériter, site après site.",
    days: 365,
    steps: """
      O|Connaître notre part chez eux|sales|produits et divisions renseignés sur la carte du potentiel|0|100|%|15|60
      O|Ouvrir deux nouveaux besoins|sales|opportunités qualifiées, datées et chiffrées|0|2|opportunités|25|180
      O|Atteindre une deuxième division|sales|divisions qui achètent|1|2|divisions|25|270
      O|Développer le chiffre d’affaires|sales|CA de l’année du plan contre la précédente|0|15|%|25|364
      O|Garder la marge en grandissant|finance|taux de marge contre l’an passé|0|0|points|10|364
      T|Remplir la carte du potentiel : chaque produit par division, avec le fournisseur actuel|sales|1|30|high
      T|Comparer leurs achats à trois clients du même type|marketing|1|40|normal
      T|Demander à cinq utilisateurs ce qui leur coûte le plus de temps|support|2|60|high|Relire d’abord leurs demandes de l’année.
      T|Dresser la carte des interlocuteurs de la deuxième division et de qui peut nous introduire|sales|3|60|high
      T|Tenir un bilan de valeur : ce que notre travail leur a apporté, dans leurs chiffres|sales|2|75|high|Apporter les chiffres de l’année ; convenir de ce qui compte.
      T|Inviter la deuxième division à visiter la première|marketing|3|110|normal
      T|Faire une offre pour le premier nouveau besoin|sales|2|130|high
      T|Calculer un contrat-cadre pour toutes les divisions|finance|4|140|high
      T|Vérifier que stocks et transports portent la croissance|logistics|4|150|normal
      T|Former leurs nouveaux utilisateurs|support|3|200|normal
      T|Bilan de mi-année avec leur direction : résultats, prochain besoin, risques|sales|4|185|high
      T|Renouveler le contrat-cadre|sales|4|330|urgent
      E|Signaler au responsable du compte tout nouveau besoin sous un jour|support|signes notés comme observations|364
      E|Livraisons complètes et à l’heure au-dessus de 97 % malgré la hausse des volumes|logistics|complètes et à l’heure, par mois|364
      E|Prix et conditions d’une nouvelle offre sous cinq jours ouvrés|finance|jours entre demande et chiffres|364
      E|Un récit de réussite avec eux, validé pour publication|marketing|récits validés|240
      E|Aucune remise sans contrepartie de volume ou de durée|sales|remises sans contrepartie : aucune|364
      """),
  ShippedTemplate(
    name: "retain",
    summary:
      "Garder un compte en danger : comprendre pourquoi, réparer ce qui fait mal, prouver que cela tient.",
    days: 180,
    steps: """
      O|Comprendre pourquoi ils pourraient partir|sales|causes confirmées par eux|0|3|causes|20|30
      O|Clore les réclamations ouvertes|support|réclamations de plus de dix jours|5|0|réclamations|25|60
      O|Regagner la satisfaction|support|satisfaction des personnes interrogées|6|8|sur 10|25|150
      O|Livrer sans défaut|logistics|complètes et à l’heure|90|98|%|15|120
      O|Renouveler le contrat|sales|contrats renouvelés|0|1|contrat|15|170
      T|Appeler le décideur : écouter, noter, ne rien promettre encore|sales|1|3|urgent
      T|Réunir sur une page réclamations, avoirs et retards de l’année|support|1|7|urgent
      T|Calculer ce que le compte rapporte et ce que coûterait sa perte|finance|1|10|high
      T|Interroger trois utilisateurs et l’acheteur, chacun seul|sales|1|20|high
      T|Désigner une personne qui répond à toutes leurs demandes|support|2|7|urgent
      T|Régler les avoirs en attente et les factures contestées|finance|2|20|high
      T|Convenir d’un plan de réparation daté et le leur envoyer|sales|2|25|urgent|Peu de promesses, chacune avec un nom et un jour.
      T|Trouver la cause des défauts de livraison et la supprimer|logistics|4|45|high
      T|Leur dire tous les quinze jours ce qui est fait, même s’il y a peu|sales|3|165|high
      T|Mesurer à nouveau la satisfaction, mêmes personnes, même question|marketing|3|120|high
      T|Bilan avec leur direction : ce qui était promis, ce qui a été tenu|sales|5|130|urgent
      T|Faire l’offre de renouvellement|sales|5|140|urgent
      E|Première réponse sous quatre heures, chaque jour ouvré|support|demandes répondues sous quatre heures|180
      E|Toute livraison est annoncée et contrôlée avant départ|logistics|défauts à l’arrivée : aucun|180
      E|Des factures justes du premier coup|finance|factures corrigées : aucune|180
      E|Aucune campagne sans l’accord du responsable du compte|marketing|campagnes sans accord : aucune|180
      E|Le décideur a de nos nouvelles tous les quinze jours|sales|jours depuis le dernier échange|165
      """),
  ShippedTemplate(
    name: "partnership",
    summary:
      "Faire d’un client solide un partenaire : des buts communs, des projets communs, des règles pour les deux.",
    days: 540,
    steps: """
      O|S’accorder au sommet sur des buts communs|sales|buts signés par les deux directions|0|3|buts|20|90
      O|Mener un projet ensemble|sales|projets avec hommes et moyens des deux côtés|0|1|projet|25|365
      O|Partager les chiffres qui comptent|finance|indicateurs suivis ensemble chaque trimestre|0|5|indicateurs|15|120
      O|Travailler ensemble sans friction|logistics|commandes traitées sans appel|60|90|%|20|365
      O|Valoir davantage l’un pour l’autre|finance|valeur de la relation, marge annuelle|0|20|%|20|530
      T|Trouver le parrain de chaque côté|sales|1|30|high
      T|Écrire ce que chacun veut, apporte et ne fera pas|sales|1|45|high
      T|Réunir les deux directions autour d’une image commune à trois ans|sales|1|75|high
      T|Convenir des règles : qui parle pour qui, comment remontent les différends, ce qui reste secret|finance|1|90|high
      T|Choisir le premier projet selon valeur et risque|sales|2|120|high
      T|Monter le projet : but, équipe, budget, dates, fin|sales|2|150|high
      T|Relier commandes et prévisions des deux côtés|logistics|4|200|normal
      T|Convenir des indicateurs et de qui les mesure|finance|3|110|high
      T|Désigner un interlocuteur par pôle et les réunir|support|4|120|normal
      T|Raconter ensemble : une conférence, un article, une visite|marketing|2|300|normal
      T|Bilan trimestriel des deux directions|sales|3|180|high
      T|Bilan du premier projet et choix du deuxième|sales|2|380|high
      T|Décider des trois prochaines années|sales|5|500|urgent
      E|Une prévision commune par mois, tenue à dix pour cent|logistics|prévision contre commandes|530
      E|Les résultats communs se montrent ensemble, jamais seul|marketing|textes validés par les deux|530
      E|Coûts et gains du travail commun sont ouverts aux deux|finance|relevé trimestriel|530
      E|Les demandes du partenaire passent avant les autres de même urgence|support|délai de réponse contre la moyenne|530
      E|Toute réunion finit par qui fait quoi pour quand|sales|réunions avec tâches notées|530
      """),
]

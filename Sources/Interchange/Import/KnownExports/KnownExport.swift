import PlanModel
import Speech
import Workbench

/// What another program's export looks like: recognised by its headings, so that nobody has to say what its columns are.
struct KnownExport: Equatable {
  /// What ids of it are prefixed with: "hubspot".
  let system: String
  let kind: String
  /// The headings that only it has, folded.
  let marks: Set<String>
  /// Folded headings to fields; "" leaves one out.
  let fields: [String: String]

  /// The one whose headings these are; of several the one that is of the kind, then the one with most marks.
  static func recognised(among headings: [String], kind: KindDescription?) -> KnownExport? {
    let keys = Set(headings.map(headingKey))
    return all.filter { $0.marks.isSubset(of: keys) }.max {
      ($0.kind == kind?.name ? 1 : 0, $0.marks.count) < ($1.kind == kind?.name ? 1 : 0, $1.marks.count)
    }
  }

  static let all: [KnownExport] = table.split(separator: "\n\n").compactMap { entry in
    var lines = entry.split(separator: "\n").map(String.init)
    guard let head = lines.first?.split(separator: ":", maxSplits: 1).map(String.init), head.count == 2 else {
      return nil
    }
    lines.removeFirst()
    let names = head[0].split(separator: " ").map(String.init)
    var fields: [String: String] = [:]
    for line in lines {
      // The last sign: headings may have one.
      guard let sign = line.lastIndex(of: "=") else { continue }
      let field = String(line[line.index(after: sign)...]).trimmed
      for heading in line[..<sign].split(separator: "|") { fields[headingKey(String(heading))] = field }
    }
    return KnownExport(
      system: names[0], kind: names[1],
      marks: Set(head[1].split(separator: "|").map { headingKey(String($0)) }),
      fields: fields)
  }

  /// `system kind: headings that only it has`, then `heading | heading = field`. What is not named here is found by the usual
  /// names of fields. "foreign-id" is what the system calls the record, "foreign-account" what it calls its account.
  private static let table = """
    hubspot contact: Record ID | Lifecycle Stage
    Record ID = foreign-id
    Associated Company | Associated company | Company name | Primary Associated Company Name = account
    Associated Company IDs | Primary Associated Company ID = foreign-account
    Job Title = title
    Preferred language = language
    Lifecycle Stage | Lead Status | Contact owner | Create Date | Last Activity Date | Marketing contact status =

    hubspot contact: ID de la fiche d'informations | Prénom
    ID de la fiche d'informations | ID de l’enregistrement = foreign-id
    Entreprise associée | Nom de l'entreprise | Entreprise associée principale = account
    Intitulé du poste | Intitulé de poste = title
    Étape du cycle de vie | Propriétaire du contact | Date de création | Statut du lead =

    hubspot account: Record ID | Company name
    Record ID = foreign-id
    Company name = name
    Company owner = manager
    Country/Region = country
    Company Domain Name | Website URL = website
    Lifecycle Stage = stage
    Create Date | Last Activity Date | Type | Phone Number | City =

    hubspot account: ID de la fiche d'informations | Nom de l'entreprise
    ID de la fiche d'informations = foreign-id
    Nom de l'entreprise = name
    Propriétaire de l'entreprise = manager
    Pays/Région = country
    Étape du cycle de vie = stage
    Date de création | Type =

    hubspot opportunity: Record ID | Deal Name
    Record ID = foreign-id
    Deal Name = title
    Deal Stage = stage
    Deal owner = owner
    Deal probability = likelihood
    Associated Company | Primary Associated Company Name = account
    Associated Contact | Pipeline | Create Date | Amount in company currency =

    hubspot opportunity: ID de la fiche d'informations | Nom de la transaction
    ID de la fiche d'informations = foreign-id
    Nom de la transaction = title
    Phase de la transaction = stage
    Propriétaire de la transaction = owner
    Probabilité de la transaction = likelihood
    Entreprise associée = account
    Date de fermeture = closes-on
    Pipeline | Date de création =

    hubspot service-request: Ticket ID | Ticket name | Pipeline
    Ticket ID | Record ID = foreign-id
    Ticket name = subject
    Ticket description = detail
    Source = channel
    Ticket owner = assignee
    Associated Company = account
    Ticket status = status
    Create date = opened-at
    First agent response date | First agent email response date = responded-at
    Close date | Closed date = closed-at
    Pipeline =

    salesforce opportunity: STAGENAME | CLOSEDATE
    ID | OPPORTUNITYID = foreign-id
    NAME = title
    STAGENAME = stage
    PROBABILITY = likelihood
    CLOSEDATE = closes-on
    CURRENCYISOCODE = currency
    ACCOUNT.NAME = account
    ACCOUNTID | ACCOUNT.ID = foreign-account
    OWNER.EMAIL | OWNER.NAME | OWNERID = owner

    salesforce opportunity: Opportunity Name | Close Date
    Opportunity ID | 18 Digit Opportunity ID = foreign-id
    Opportunity Name = title
    Probability (%) = likelihood
    Opportunity Owner | Opportunity Owner: Full Name = owner
    Account Name | Account Name: Account Name = account
    Age | Created Date | Next Step | Lead Source | Fiscal Period | Owner Role | Type =

    salesforce opportunity: Nom de l'opportunité | Date de clôture
    ID de l'opportunité = foreign-id
    Nom de l'opportunité = title
    Nom du compte = account
    Probabilité (%) = likelihood
    Propriétaire de l'opportunité = owner
    Date de clôture = closes-on
    Âge | Date de création | Étape suivante | Période fiscale | Type =

    salesforce contact: FIRSTNAME | LASTNAME | ACCOUNT.NAME
    ID = foreign-id
    ACCOUNT.NAME = account
    ACCOUNTID = foreign-account
    MOBILEPHONE = phone
    OWNERID =

    salesforce contact: Contact ID | Account Name
    Contact ID = foreign-id
    Account Name = account
    Account ID = foreign-account
    Contact Owner | Lead Source =

    salesforce account: Account ID | Account Name | Billing Country
    Account ID = foreign-id
    Account Name = name
    Billing Country = country
    Account Owner = manager
    Type | Billing City | Phone | Rating =

    salesforce account: BILLINGCOUNTRY | NAME
    ID = foreign-id
    NAME = name
    BILLINGCOUNTRY = country
    OWNERID | TYPE | RATING | PHONE =

    salesforce service-request: Case Number | Date/Time Opened
    Case Number = foreign-id
    Date/Time Opened = opened-at
    Contact Email = contact-address
    Contact Name = contact
    Account Name = account
    Case Owner = assignee
    Case Origin = channel
    Status = status
    Date/Time Closed = closed-at
    Age =

    salesforce service-request: CASENUMBER | SUBJECT
    CASENUMBER = foreign-id
    ID =
    CREATEDDATE = opened-at
    ORIGIN = channel
    ACCOUNT.NAME = account
    CONTACT.EMAIL = contact-address
    STATUS = status
    CLOSEDDATE = closed-at

    dynamics account: (Do Not Modify) Account | Account Name
    (Do Not Modify) Account = foreign-id
    Account Name = name
    Address 1: Country/Region = country
    Owner = manager
    (Do Not Modify) Row Checksum | (Do Not Modify) Modified On | Primary Contact | Main Phone | Address 1: City =

    dynamics account: (Ne pas modifier) Compte | Nom du compte
    (Ne pas modifier) Compte = foreign-id
    Nom du compte = name
    Adresse 1 : pays/région = country
    Propriétaire = manager
    (Ne pas modifier) Somme de contrôle de la ligne | (Ne pas modifier) Date de modification | Contact principal =

    dynamics contact: (Do Not Modify) Contact
    (Do Not Modify) Contact = foreign-id
    Company Name = account
    Business Phone | Mobile Phone = phone
    (Do Not Modify) Row Checksum | (Do Not Modify) Modified On | Status =

    dynamics contact: (Ne pas modifier) Contact
    (Ne pas modifier) Contact = foreign-id
    Nom de la société | Nom de l'entreprise = account
    Téléphone (bureau) | Téléphone mobile = phone
    (Ne pas modifier) Somme de contrôle de la ligne | (Ne pas modifier) Date de modification | Statut =

    dynamics opportunity: (Do Not Modify) Opportunity
    (Do Not Modify) Opportunity = foreign-id
    Topic = title
    Potential Customer | Account = account
    Est. Close Date = closes-on
    Est. Revenue = amount
    Pipeline Phase | Sales Stage = stage
    Probability = likelihood
    Contact | Rating | (Do Not Modify) Row Checksum | (Do Not Modify) Modified On | Status =

    dynamics service-request: (Do Not Modify) Case
    (Do Not Modify) Case =
    Case Number = foreign-id
    Case Title = subject
    Customer = account
    Created On = opened-at
    Origin = channel
    Owner = assignee
    Status = status
    Resolved On = resolved-at
    (Do Not Modify) Row Checksum | (Do Not Modify) Modified On | Status Reason =

    pipedrive opportunity: Deal - ID | Deal - Title
    Deal - ID = foreign-id
    Deal - Title = title
    Deal - Value = amount
    Deal - Currency of Value | Deal - Currency = currency
    Deal - Stage = stage
    Deal - Probability = likelihood
    Deal - Expected close date = closes-on
    Deal - Organization = account
    Deal - Owner = owner

    pipedrive opportunity: Affaire - ID | Affaire - Titre
    Affaire - ID = foreign-id
    Affaire - Titre = title
    Affaire - Valeur = amount
    Affaire - Devise de Valeur | Affaire - Devise = currency
    Affaire - Étape = stage
    Affaire - Probabilité = likelihood
    Affaire - Date de clôture prévue = closes-on
    Affaire - Organisation = account
    Affaire - Propriétaire = owner

    pipedrive contact: Person - ID | Person - Name
    Person - ID = foreign-id
    Person - Name = name
    Person - Job title = title
    Person - Organization = account
    Person - Email | Person - Email - Work | Person - Email - Home | Person - Email - Other = email
    Person - Phone | Person - Phone - Work | Person - Phone - Home | Person - Phone - Mobile | Person - Phone - Other = phone
    Person - Owner =

    pipedrive contact: Personne - ID | Personne - Nom
    Personne - ID = foreign-id
    Personne - Nom = name
    Personne - Organisation = account
    Personne - E-mail - Travail | Personne - E-mail - Domicile | Personne - E-mail - Autre = email
    Personne - Téléphone - Travail | Personne - Téléphone - Mobile | Personne - Téléphone - Domicile = phone

    pipedrive account: Organization - ID | Organization - Name
    Organization - ID = foreign-id
    Organization - Name = name
    Organization - Owner = manager
    Organization - Country of Address = country

    zoho contact: Contact Id | Contact Owner | Account Name
    Contact Id = foreign-id
    Account Name = account
    Account Id = foreign-account
    Department | Contact Owner | Salutation | Lead Source =

    zoho contact: Record Id | Contact Owner | Account Name
    Record Id = foreign-id
    Account Name = account
    Account Name.id = foreign-account
    Department | Contact Owner | Salutation | Lead Source =

    zoho opportunity: Deal Name | Closing Date
    Record Id | Deal Id = foreign-id
    Deal Name = title
    Closing Date = closes-on
    Probability (%) | Probability = likelihood
    Account Name = account
    Account Name.id = foreign-account
    Deal Owner = owner
    Type | Next Step | Lead Source | Expected Revenue | Contact Name =

    zoho account: Record Id | Account Name | Account Owner
    Record Id = foreign-id
    Account Name = name
    Account Owner = manager
    Billing Country = country
    Rating | Account Type | Phone =

    espocrm opportunity: Amount Currency | Close Date | Lead Source
    ID = foreign-id
    Name = title
    Account | Account Name = account
    Account ID = foreign-account
    Amount Currency = currency
    Probability | Probability, % = likelihood
    Close Date = closes-on
    Assigned User = owner
    Lead Source | Created At =

    espocrm contact: ID | Account Name | Do Not Call
    ID = foreign-id
    Account Name | Account = account
    Account ID = foreign-account
    Do Not Call | Assigned User | Created At =

    odoo opportunity: Expected Revenue | Expected Closing | Salesperson
    External ID | ID = foreign-id
    Opportunity = title
    Customer | Company Name = account
    Expected Revenue = amount
    Expected Closing = closes-on
    Salesperson = owner
    Probability | Success Rate = likelihood
    Sales Team | Created on | Email | Phone =

    odoo opportunity: Revenu espéré | Fermeture prévue
    ID externe | ID = foreign-id
    Opportunité = title
    Client | Nom de la société = account
    Revenu espéré = amount
    Fermeture prévue = closes-on
    Vendeur = owner
    Probabilité = likelihood
    Équipe commerciale | Créé le | Email | Téléphone =

    odoo contact: id | parent_id | display_name
    id = foreign-id
    display_name = name
    parent_id = account
    function = title
    lang = language

    odoo contact: External ID | Company Name | Job Position
    External ID = foreign-id
    Company Name | Related Company = account
    Job Position = title
    Display Name = name

    odoo contact: ID externe | Poste occupé
    ID externe = foreign-id
    Société liée | Nom de la société = account
    Poste occupé = title
    Nom affiché = name

    zendesk service-request: Ticket ID | Ticket subject | Ticket status
    Ticket ID = foreign-id
    Ticket subject = subject
    Ticket type = type
    Ticket priority = severity
    Ticket channel = channel
    Ticket created - Timestamp | Ticket created - Date | Created at = opened-at
    Requester email = contact-address
    Requester name = contact
    Ticket organization name | Requester organization name | Organization = account
    Assignee email | Assignee name = assignee
    Ticket status = status
    Ticket solved - Timestamp | Ticket solved - Date | Solved at = resolved-at
    Ticket group =

    zendesk service-request: Id | Requester | Requester email | Organization | Group
    Id = foreign-id
    Requester email = contact-address
    Requester = contact
    Organization = account
    Priority = severity
    Created at | Requested at = opened-at
    Status = status
    Solved at = resolved-at
    Group | Tags | Via | Requester id | Requester external id | Requester domain | Submitter | Brand =

    freshdesk service-request: Ticket ID | Due by Time | Created time
    Ticket ID = foreign-id
    Company Name = account
    Full name = contact
    Email = contact-address
    Status = status
    Resolved time = resolved-at
    Closed time = closed-at
    Initial response time = responded-at
    Contact ID | Group | Source | Due by Time | Last update time =
    Created time = opened-at
    Priority = severity
    Agent = assignee

    jira service-request: Issue key | Issue Type | Summary
    Issue key = foreign-id
    Status = status
    Resolved = resolved-at
    Issue id | Labels | Comment | Assignee | Project key | Project name | Status Category | Watchers | Resolution | Updated | Creator =
    Issue Type = type
    Summary = subject
    Priority = severity
    Reporter | Reporter Email = contact-address
    Created = opened-at
    Description = detail
    Organizations = account

    jira service-request: Clé de ticket | Type de ticket | Résumé
    Clé de ticket = foreign-id
    État = status
    Résolu | Résolue = resolved-at
    ID de ticket | Étiquettes | Commentaire | Personne assignée | Clé de projet | Mise à jour =
    Type de ticket = type
    Résumé = subject
    Priorité = severity
    Rapporteur = contact-address
    Création = opened-at

    typeform survey-response: Network ID | Submit Date (UTC)
    # = foreign-id
    Submit Date (UTC) = occurred-at-utc
    Email = contact-address
    company | Company | Société = account
    Response Type | Start Date (UTC) | Stage Date (UTC) | Network ID | Tags | Ending =

    surveymonkey survey-response: Respondent ID | Collector ID
    Respondent ID = foreign-id
    End Date | Date Modified = occurred-at
    Email Address = contact-address
    Custom Data 1 = account
    Collector ID | Start Date | Date Created | IP Address | First Name | Last Name =

    google contact: E-mail 1 - Value | First Name
    Organization Name | Organization 1 - Name = account
    Organization Title | Organization 1 - Title = title
    Notes = notes
    E-mail 1 - Value | E-mail 2 - Value | E-mail 3 - Value | E-mail 4 - Value = email
    Phone 1 - Value | Phone 2 - Value | Phone 3 - Value | Phone 4 - Value = phone
    Labels | E-mail 1 - Label | E-mail 2 - Label | Phone 1 - Label | Phone 2 - Label | Nickname | File As | Photo =

    google contact: E-mail 1 - Value | Given Name
    Name =
    Organization Name | Organization 1 - Name = account
    Organization Title | Organization 1 - Title = title
    E-mail 1 - Value | E-mail 2 - Value | E-mail 3 - Value = email
    Phone 1 - Value | Phone 2 - Value | Phone 3 - Value = phone
    Group Membership | E-mail 1 - Type | E-mail 2 - Type | Phone 1 - Type | Phone 2 - Type =

    outlook contact: E-mail Address | Business Phone
    Company = account
    Job Title = title
    E-mail Address | E-mail 2 Address | E-mail 3 Address = email
    Business Phone | Business Phone 2 | Mobile Phone | Home Phone | Company Main Phone = phone
    Title | Suffix | Department | E-mail Type | E-mail Display Name =

    outlook contact: Adresse de messagerie | Téléphone (bureau)
    Société = account
    Titre | Profession | Fonction = title
    Adresse de messagerie | Adresse de messagerie 2 | Adresse de messagerie 3 = email
    Téléphone (bureau) | Téléphone 2 (bureau) | Tél. mobile | Téléphone (domicile) = phone
    Suffixe | Service | Nom complet de l'adresse de messagerie =

    sage sale: N° pièce | N° tiers | Montant HT
    N° pièce = order
    N° tiers | Intitulé tiers = account
    Référence article = product
    Date pièce = occurred-on
    Type de document =

    sage account: N° compte tiers | Intitulé
    N° compte tiers = foreign-id
    Intitulé = name
    N° identifiant | SIRET = legal-id
    Pays = country

    ebp sale: Numéro du document | Code (tiers)
    Numéro du document = order
    Date | Date du document = occurred-on
    Code (tiers) | Nom (tiers) = account
    Montant HT | Total HT | Net HT = revenue
    Code article = product

    cegid sale: GL_NUMERO | GL_TIERS
    GL_NUMERO = order
    GL_TIERS | T_LIBELLE = account
    GL_DATEPIECE = occurred-on
    GL_TOTALHT = revenue
    GL_ARTICLE = product
    """
}

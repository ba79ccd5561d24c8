extension KnownExport {
  /// What the three largest programs for sales write; in the form of ``all``.
  static let largeSales = """
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
    """
}

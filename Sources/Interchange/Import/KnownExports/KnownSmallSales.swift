extension KnownExport {
  /// What other programs for sales write; in the form of ``all``.
  static let smallSales = """
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
    """
}

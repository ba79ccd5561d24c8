extension KnownExport {
  /// What address books and programs for accounts write; in the form of ``all``.
  static let books = """
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

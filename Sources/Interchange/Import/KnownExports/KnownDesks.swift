extension KnownExport {
  /// What programs for requests and surveys write; in the form of ``all``.
  static let desks = """
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
    """
}

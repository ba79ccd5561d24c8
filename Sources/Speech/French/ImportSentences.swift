extension FrenchTables {
  /// Bringing records in from files, and writing them out. For the form see ``CatalogueReader``.
  static let importing: StaticString = #"""
    # Help of import

    The file; “-” is standard input.
      Le fichier ; « - » est l’entrée standard.
    Store it; without this nothing is stored.
      Enregistrer ; sans cela rien n’est enregistré.
    What the rows are, such as sale.
      Le type des lignes, par exemple sale.
    The account of rows that do not name theirs.
      Le compte des lignes qui n’indiquent pas le leur.
    The currency of amounts that do not say theirs.
      La devise des montants qui n’indiquent pas la leur.
    The sign before decimals: comma or point.
      Le signe avant les décimales : comma (virgule) ou point.
    How days are written: day-first or month-first.
      L’ordre des dates : day-first (jour d’abord) ou month-first (mois d’abord).
    Write what was rejected into this file, to mend and import.
      Écrire les rejets dans ce fichier, à corriger et à importer.

    # What is found in the file

    standard input
      entrée standard
    JSON Lines, UTF-8
      JSON Lines, UTF-8
    vCard, %1
      vCard, %1
    %1, columns parted by %2
      %1, colonnes séparées par %2
    tab
      tabulation
    %1, decimal comma
      %1, virgule décimale
    %1, decimal point
      %1, point décimal
    %1, day before month
      %1, jour avant mois
    %1, month before day
      %1, mois avant jour
    not imported: no such field (%1 "%2=FIELD")
      non importé : aucun champ de ce nom (%1 "%2=FIELD")
    not imported, as asked
      non importé, comme demandé

    # What became of it

    … and %1 more; --json has them all.
      … et %1 de plus ; --json les donne toutes.
    %1 to create, %2 to update, %3 here already, %4 rejected.
      À créer : %1 ; à mettre à jour : %2 ; déjà ici : %3 ; rejets : %4.
    %1 created, %2 updated, %3 here already, %4 rejected; waiting to sync.
      Créations : %1 ; mises à jour : %2 ; déjà ici : %3 ; rejets : %4. À synchroniser.
    %1 Nothing is stored yet: --apply does that.
      %1 Rien n’est encore enregistré : --apply s’en charge.
    %1 left out; the rest is stored. Mend them and import again: what is here already is not made twice.
      Laissé de côté : %1 ; le reste est enregistré. Corrigez et importez à nouveau : ce qui est déjà ici n’est pas créé deux fois.
    Line %1 is about the same record: the two make one.
      La ligne %1 décrit la même fiche : les deux n’en font qu’une.
    Line %1 has the same name: each is a record of its own.
      La ligne %1 porte le même nom : chacune fait sa propre fiche.
    Line %1 has the address %2 too: they are two people.
      La ligne %1 a aussi l’adresse %2 : ce sont deux personnes.
    %1 about the same record as another row of the file.
      %1 sur la même fiche qu’une autre ligne du fichier.
    %1 with the name or the address of another row of the file, and a record of its own.
      %1 au nom ou à l’adresse d’une autre ligne du fichier, avec sa propre fiche.
    “%1” is not known here: the %2 is left empty, and this is kept in the detail.
      « %1 » n’est pas connu ici : le champ « %2 » reste vide, et ceci est gardé dans le détail.
    It is “%1” there, and nothing says when that was: it stays open here.
      Là-bas : « %1 », mais rien ne dit depuis quand : la demande reste ouverte ici.
    It is “%1” there: the moment at which it ended before is not taken.
      Là-bas : « %1 » : le moment d’une clôture précédente n’est pas repris.
    “%1” is not known as a state: whether it has ended is not said.
      « %1 » n’est pas un état connu : rien ne dit si c’est terminé.
    %1 naming people who are not known here.
      %1 citant des personnes inconnues ici.
    %1 of requests that have ended, at no known moment.
      %1 de demandes terminées, à un moment inconnu.
    the time of “%1”
      l’heure de « %1 »
    when it was first responded to
      moment de la première réponse
    when it was resolved
      moment de la résolution
    when it was closed
      moment de la clôture
    not imported: a request is open until the moment at which it was resolved or closed
      non importé : une demande est ouverte jusqu’au moment où elle est résolue ou close
    “%1” has no day beside it.
      « %1 » n’a pas de jour à côté.
    “%1” is not a time of day.
      « %1 » n’est pas une heure.
    “%1” has another time than “%2” beside it.
      « %1 » a une autre heure que « %2 » à côté.
    %1 has more than %2 MiB; take it apart, into several files.
      %1 fait plus de %2 Mio ; partagez-le en plusieurs fichiers.
    no column says it: the moment of the import is taken
      aucune colonne ne le dit : le moment de l’import est pris
    %1 without it: for these the moment of the import is taken
      sans cette indication : %1 ; le moment de l’import est pris
    It does not say when the request was opened, which was before this.
      Rien ne dit quand la demande a été ouverte, ce qui était avant.
    It is before the request was opened.
      C’est avant l’ouverture de la demande.
    No row before it, of line %1, is about a record.
      Aucune ligne précédente de numéro %1 ne décrit de fiche.
    %1 would be left out; --apply stores the rest.
      Serait laissé de côté : %1 ; --apply enregistre le reste.
    %1 %2 %, %3 of %4, %5 left
      %1 %2 %, %3 sur %4, encore %5

    # What is wrong with the command line or the file

    %1 is not text in an encoding that is known here.
      %1 n’est pas du texte dans un codage connu ici.
    What the rows are is not clear from the file's name: give %1, such as %2 sale.
      Le nom du fichier ne dit pas le type des lignes : donnez %1, par exemple %2 sale.
    %1: “%2” is not HEADING=FIELD.
      %1 : « %2 » n’est pas de la forme HEADING=FIELD.
    %1 is comma or point, not “%2”.
      %1 est comma ou point, pas « %2 ».
    %1 is day-first or month-first, not “%2”.
      %1 est day-first ou month-first, pas « %2 ».
    %1 cannot be read.
      Lecture impossible : %1.
    %1 cannot be written: %2
      Écriture impossible : %1 (%2)
    The first row must have the columns' headings.
      La première ligne doit porter les en-têtes des colonnes.
    “%1” and “%2” are both %3; leave one out with %4 "%5=".
      « %1 » et « %2 » désignent le même champ (%3) ; écartez l’un des deux avec %4 "%5=".
    No heading is a field of %1: %2. Name them with %3 "HEADING=FIELD"; `%4` lists the fields.
      Aucun en-tête n’est un champ de %1 : %2. Désignez-les avec %3 "HEADING=FIELD" ; `%4` liste les champs.
    There is no card: a vCard begins with BEGIN:VCARD.
      Il n’y a pas de carte : une vCard commence par BEGIN:VCARD.

    # What is wrong with a row

    It is not valid UTF-8 text.
      Ce n’est pas du texte UTF-8 valide.
    It is not a JSON object.
      Ce n’est pas un objet JSON.
    It has a field that this version does not know.
      Un de ses champs est inconnu de cette version.
    Its quotes do not match.
      Ses guillemets ne vont pas par paires.
    It has %1 cells, where there are %2 headings.
      Elle a %1 cellules pour %2 en-têtes.
    “%1” is not a number with a decimal comma, as the column has (%2 point).
      « %1 » n’est pas un nombre à virgule décimale, comme le reste de la colonne (%2 point).
    “%1” is not a number with a decimal point, as the column has (%2 comma).
      « %1 » n’est pas un nombre à point décimal, comme le reste de la colonne (%2 comma).
    The card has no end (END:VCARD).
      La carte n’a pas de fin (END:VCARD).
    It is of version %1; export it as vCard 3.0 or 4.0.
      Elle est de version %1 ; exportez-la en vCard 3.0 ou 4.0.
    The card is of %1, not of a person.
      La carte n’est pas celle d’une personne (%1).
    Its kind is missing.
      Il manque son type (kind).
    There is no kind “%1”. Did you mean %2?
      Il n’y a pas de type « %1 ». Vouliez-vous dire %2 ?
    There is no kind “%1”.
      Il n’y a pas de type « %1 ».
    The %1 cannot be a list or an object.
      Le champ « %1 » ne peut être ni une liste ni un objet.
    “%1” is not a record id (a UUID of version 7).
      « %1 » n’est pas l’id d’une fiche (un UUID de version 7).
    “%1” is not a record id.
      « %1 » n’est pas l’id d’une fiche.
    “%1” is the short name of %2 already.
      « %1 » est déjà le nom court de %2.
    Its account is missing (a column, or %1).
      Il manque son compte (une colonne, ou %1).
    There is no account %1 in this replica.
      Il n’y a pas de compte %1 dans cette copie locale.
    There is no account “%1” in this replica. Did you mean %2?
      Il n’y a pas de compte « %1 » dans cette copie locale. Vouliez-vous dire %2 ?
    “%1” is the name of several accounts; use a short name.
      « %1 » est le nom de plusieurs comptes ; donnez un nom court.
    part of the name
      partie du nom
    It may be %1, which has a like name. Say %2 %3=%4 if it is, %5 %6 if not.
      C’est peut-être %1, dont le nom est semblable. Dites %2 %3=%4 si c’est le cas, %5 %6 sinon.
    --same: “%1” is not LINE=HANDLE.
      --same : « %1 » n’est pas LIGNE=CODE.
    --likely is new, skip or ask, not “%1”.
      --likely est new, skip ou ask, pas « %1 ».
    %1 to be answered for with --same, --new or --likely.
      %1 : répondez avec --same, --new ou --likely.
    %1 with a name that is here left out, as asked.
      %1 dont le nom est déjà ici, laissées de côté comme demandé.
    The row of this line is about a record that is here, such as 12=7QK2, or what a line before it is about: 12=line:3; can be repeated.
      La ligne de ce numéro décrit une fiche déjà ici, comme 12=7QK2, ou celle d’une ligne précédente : 12=line:3 ; répétable.
    The row of this line is new, whatever it is like; can be repeated.
      La ligne est nouvelle, quoi qu’elle évoque ; peut être répété.
    What becomes of rows with a name that is here: ask (they are left out and told), new, or skip.
      Ce que deviennent les lignes dont le nom est déjà ici : ask (laissées de côté et annoncées), new ou skip.
    “%1” is not in %2, which the row's currency is.
      « %1 » n’est pas en %2, la devise de la ligne.
    “%1”: several currencies are written %2; say which (a column, %3, or the account's).
      « %1 » : plusieurs devises s’écrivent %2 ; dites laquelle (une colonne, %3, ou celle du compte).
    “%1” is not an amount.
      « %1 » n’est pas un montant.
    “%1” can be read in two ways: say %2 comma or %3 point.
      « %1 » peut se lire de deux façons : précisez %2 comma ou %3 point.
    “%1” may be %2 or %3: say %4 day-first or %5 month-first.
      « %1 » peut être le %2 ou le %3 : précisez %4 day-first ou %5 month-first.
    “%1” has a year of two digits: say %2 day-first or %3 month-first, and it is read.
      « %1 » a une année à deux chiffres : précisez %2 day-first ou %3 month-first pour qu’elle soit lue.
    “%1” is not a day or a time in a form that is known here.
      « %1 » n’est ni un jour ni une heure dans une forme connue ici.
    %1; nothing shows whether the day or the month comes first (%2)
      %1 ; rien ne montre si le jour ou le mois vient en premier (%2)
    “%1” is not an e-mail address.
      « %1 » n’est pas une adresse e-mail.
    “%1” is what a spreadsheet has made of a longer number: its digits are lost. Export the file again, as text.
      « %1 » est ce qu’un tableur a fait d’un nombre plus long : ses chiffres sont perdus. Exportez à nouveau le fichier, en texte.
    “%1” has a byte that is no text in this encoding; mend the file.
      « %1 » contient un octet qui n’est pas du texte dans cet encodage ; corrigez le fichier.
    The card is of a company, not of a person.
      La fiche est celle d’une société, pas d’une personne.
    “%1” does not say its currency (a column, %2, or the account's).
      « %1 » n’indique pas sa devise (une colonne, %2, ou celle du compte).
    %1 is %2, which the %3 cannot be.
      %1 est %2, ce que le champ « %3 » ne peut pas désigner.
    “%1” is the %2 of %3; use an id.
      « %1 » est la valeur de « %2 » pour %3 ; donnez un id.
    It was deleted here: `%1` brings it back.
      Cette fiche a été supprimée ici : `%1` la rétablit.
    Its id is that of %1.
      Son id est celui de %1.
    “%1” cannot be kept as %2.
      « %1 » ne peut pas être gardé comme %2.
    Nobody here has this address; an admin invites people (kamd user add).
      Personne ici n’a cette adresse ; c’est un administrateur qui invite (kamd user add).
    %1 is made by the server.
      %1 : fiche créée par le serveur.

    # Export

    Write what you may see into a file for other programs.
      Écrire ce qui vous est ouvert dans un fichier pour d’autres programmes.
    The form goes by the file's name, or by --format:\n\n  .jsonl    a record a line; `kam import` makes the same records of it\n  folder/   a CSV file for each kind\n  .csv      the records of one --kind\n  .vcf      contacts as vCard 3.0\n  .ics      due tasks, reviews and communications as iCalendar\n  .sqlite   a table for each kind, with typed columns, for SQL\n\n“-” is standard output, in the form that --format names. What is deleted is left out.
      La forme suit le nom du fichier, ou --format :\n\n  .jsonl    une fiche par ligne ; `kam import` en refait les mêmes fiches\n  dossier/  un fichier CSV par type\n  .csv      les fiches d’un seul --kind\n  .vcf      les contacts en vCard 3.0\n  .ics      tâches à échéance, bilans et communications en iCalendar\n  .sqlite   une table par type, aux colonnes typées, pour SQL\n\n« - » est la sortie standard, sous la forme que donne --format. Ce qui est supprimé est laissé de côté.
    The file, or a folder for CSV.
      Le fichier, ou un dossier pour le CSV.
    jsonl, csv, vcf, ics or sqlite.
      jsonl, csv, vcf, ics ou sqlite.
    Replace the file.
      Remplacer le fichier.
    Wrote %1.
      Écrit : %1.
    A SQLite file cannot go to standard output.
      Un fichier SQLite ne peut pas aller sur la sortie standard.
    CSV on standard output is of one --kind.
      Le CSV sur la sortie standard est d’un seul --kind.
    A CSV file is of one --kind; a folder gets a file for each.
      Un fichier CSV est d’un seul --kind ; un dossier en reçoit un par type.
    “%1” is not a format; use jsonl, csv, vcf, ics or sqlite.
      « %1 » n’est pas un format ; utilisez jsonl, csv, vcf, ics ou sqlite.
    What to write is not clear from “%1”: give --format jsonl, csv, vcf, ics or sqlite.
      « %1 » ne dit pas quoi écrire : donnez --format jsonl, csv, vcf, ics ou sqlite.
    %1 is there already; --force replaces it.
      %1 existe déjà ; --force le remplace.

    # What a review asked for

    %1 is a folder that holds other things; it is not replaced.
      %1 est un dossier qui contient autre chose ; il n’est pas remplacé.
    %1 is there already; name another file for what is rejected.
      %1 existe déjà ; indiquez un autre fichier pour les rejets.
    %1 were stored before this; start the same import again to go on.
      Avant cela, enregistré : %1 ; relancez le même import pour continuer.
    The %1 has no amount in minor units.
      Le montant en unités mineures manque (%1).
    The likelihood is in basis points, whole percents, 0 to 10000.
      La probabilité est en points de base, en pour cent entiers, de 0 à 10000.
    The %1 must be of the same account.
      Cette fiche doit être du même compte (%1).
    It points to a record of this file that was refused.
      Elle renvoie à une fiche de ce fichier qui a été refusée.
    There are %1 columns; at most %2 are read.
      Il y a %1 colonnes ; %2 au plus sont lues.

    # Import: help

    Bring in records from a file: CSV, Excel, JSON, vCard or the French accounting file; take an import back.
      Importer des fiches depuis un fichier : CSV, Excel, JSON, vCard ou fichier des écritures comptables ; annuler un import.
    Each row is tried on a copy and told: what would be new, changed (from what to what), is here already, is to be asked, or is refused and why; nothing is stored without --apply. The same file again changes nothing, so an import that was interrupted is just started again. An empty cell empties nothing. `kam import list` shows what was imported on this device, `kam import undo` takes one of them back.\n\nCSV: the headings may be the fields' names, their usual names in English or French, or be named with --map. The exports of HubSpot, Salesforce, Dynamics, Pipedrive, Zoho, EspoCRM, Odoo, Zendesk, Freshdesk, Jira, Typeform, SurveyMonkey, Google and Outlook contacts, Sage, EBP and Cegid are known by their headings. UTF-8, UTF-16 and Windows-1252, commas, semicolons and tabs, decimal commas, days before months and rows above the headings are recognised. The kind is --kind, or the file's name: sales.csv.\n\nExcel (.xlsx): the first sheet, or --sheet. JSON: an object a line, or an array of objects: {"kind":"task","account":"acme","title":"Call","department":"logistics"}. vCard 2.1, 3.0 and 4.0 (.vcf): contacts, with their addresses and numbers. --format fec: the sales of a French accounting file (FEC).\n\nAn existing record is changed only when a row has its id, its short name, its legal id, what another system calls it, or a whole key of its kind. A like name is asked about: answer with --same, --new or --likely.
      Chaque ligne est essayée sur une copie, et annoncée : ce qui serait nouveau, modifié (de quoi en quoi), est déjà ici, demande une réponse, ou serait refusé et pourquoi ; rien n’est enregistré sans --apply. Le même fichier une seconde fois ne change rien : un import interrompu se relance simplement. Une cellule vide ne vide rien. `kam import list` montre les imports de cet appareil, `kam import undo` en annule un.\n\nCSV : les en-têtes peuvent être les noms des champs, leurs noms usuels en anglais ou en français, ou être désignés avec --map. Les exports de HubSpot, Salesforce, Dynamics, Pipedrive, Zoho, EspoCRM, Odoo, Zendesk, Freshdesk, Jira, Typeform, SurveyMonkey, des contacts Google et Outlook, de Sage, EBP et Cegid sont reconnus à leurs en-têtes. UTF-8, UTF-16 et Windows-1252, virgules, points-virgules et tabulations, virgules décimales, jours avant les mois et lignes au-dessus des en-têtes sont reconnus. Le type est --kind, ou le nom du fichier : ventes.csv.\n\nExcel (.xlsx) : la première feuille, ou --sheet. JSON : un objet par ligne, ou un tableau d’objets : {"kind":"task","account":"acme","title":"Appel","department":"logistics"}. vCard 2.1, 3.0 et 4.0 (.vcf) : des contacts, avec leurs adresses et leurs numéros. --format fec : les ventes d’un fichier des écritures comptables (FEC).\n\nUne fiche existante n’est modifiée que si la ligne porte son id, son nom court, son identifiant légal, son identifiant dans un autre système, ou une clé entière de son type. Un nom semblable est une question : répondez avec --same, --new ou --likely.
    Bring in records from a file; without --apply nothing is stored.
      Importer des fiches depuis un fichier ; sans --apply, rien n’est enregistré.
    The survey campaign of answers that do not name theirs.
      La campagne d’enquête des réponses qui n’indiquent pas la leur.
    Where the file's ids come from, such as hubspot: by them the records are known again.
      D’où viennent les identifiants du fichier, par exemple hubspot : ils servent à reconnaître les fiches.
    What a column is, such as "Montant HT=revenue", or what a value of it means, such as "Priority:Urgent=critical"; "Montant HT=" leaves it out, "Montant HT#2" is the second of that name; can be repeated.
      Le champ d’une colonne, par exemple "Montant HT=revenue", ou le sens d’une de ses valeurs, par exemple "Priorité:Urgent=critical" ; "Montant HT=" l’écarte, "Montant HT#2" est la deuxième de ce nom ; répétable.
    Use the options that were saved under this name, or that a file has, one a line.
      Reprendre les options enregistrées sous ce nom, ou celles d’un fichier, une par ligne.
    Save these options under a name, for the whole organisation.
      Enregistrer ces options sous un nom, pour toute l’organisation.
    The row that the headings are in, when it is not found.
      La ligne des en-têtes, quand elle n’est pas trouvée.
    The sheet of a workbook: its name or number.
      La feuille d’un classeur : son nom ou son numéro.
    csv, xlsx, jsonl, vcf or fec, when the file's name does not say it.
      csv, xlsx, jsonl, vcf ou fec, quand le nom du fichier ne le dit pas.
    Replace events that are here and say otherwise, such as a sale that was written down wrong.
      Remplacer les événements déjà ici qui disent autre chose, par exemple une vente mal saisie.

    # Import: what is found in the file

    a JSON array, UTF-8
      un tableau JSON, UTF-8
    written by
      écrit par
    headings
      en-têtes
    line %1
      ligne %1
    entries
      écritures
    an accounting file (FEC)
      un fichier des écritures comptables (FEC)
    %1 lines of sales (accounts 70) in %2 entries; the rest is not imported
      %1 lignes de ventes (comptes 70) dans %2 écritures ; le reste n’est pas importé
    likelihood of the %1
      probabilité (%1)
    not imported
      non importé
    not imported: another column says it
      non importé : une autre colonne le dit
    %1 = %2
      %1 = %2

    # Import: what became of it

    LINE
      LIGNE
    changed
      modifié
    corrected
      corrigé
    here already
      déjà ici
    asked
      question
    RECORD
      FICHE
    (empty)
      (vide)
    %1: %2 %3 %4
      %1 : %2 %3 %4
    also reached at %1
      joignable aussi : %1
    %1 replaced by what the file says.
      Remplacé par ce que dit le fichier : %1.
    `kam import undo %1` takes it back.
      `kam import undo %1` l’annule.
    It is here already with another %1 (%2): what happened is not edited. %3 deletes that and stores this.
      Déjà ici avec une autre valeur de « %1 » (%2) : ce qui a eu lieu ne se modifie pas. %3 supprime l’ancien et enregistre celui-ci.
    %1 Say %2 %3 to import it all the same.
      %1 Dites %2 %3 pour l’importer malgré tout.
    It calls itself “%1”, and may be the sum of rows above.
      Elle s’appelle « %1 », et peut être la somme des lignes au-dessus.
    “%1” is %2 of %3 already.
      « %1 » est déjà %2, du compte %3.
    It names two accounts, %1 and %2: leave a column out with %3.
      Elle désigne deux comptes, %1 et %2 : écartez une colonne avec %3.
    “%1” is the address of %2; use an id.
      « %1 » est l’adresse de %2 ; donnez un id.
    Nobody of this account has the address %1.
      Personne de ce compte n’a l’adresse %1.
    Nobody of this account has the address %1. Import its contacts first, or leave the column out with %2.
      Personne de ce compte n’a l’adresse %1. Importez d’abord ses contacts, ou écartez la colonne avec %2.
    “%1” is not a likelihood from 0 to 100 %.
      « %1 » n’est pas une probabilité de 0 à 100 %.
    “%1” is not a day.
      « %1 » n’est pas un jour.
    Entry %1 %2 has a customer and no account 70: what was sold is not in it.
      L’écriture %1 %2 a un client et aucun compte 70 : ce qui a été vendu n’y est pas.
    Entry %1 %2 has no customer (an account 411 with CompAuxNum): give %3.
      L’écriture %1 %2 n’a pas de client (un compte 411 avec CompAuxNum) : donnez %3.

    # Import: what is wrong with the command line or the file

    “%1” is not a format; use csv, xlsx, jsonl, vcf or fec.
      « %1 » n’est pas un format ; utilisez csv, xlsx, jsonl, vcf ou fec.
    Excel, sheet “%1”
      Excel, feuille « %1 »
    it is not an .xlsx workbook; save the sheet as .xlsx or as CSV UTF-8.
      ce n’est pas un classeur .xlsx ; enregistrez la feuille en .xlsx ou en CSV UTF-8.
    it is a workbook of the format before 2007; save it as .xlsx or as CSV UTF-8.
      c’est un classeur au format d’avant 2007 ; enregistrez-le en .xlsx ou en CSV UTF-8.
    it is protected by a password; save a copy without one.
      il est protégé par un mot de passe ; enregistrez-en une copie qui n’en a pas.
    it has no sheet with cells; save the sheet again as .xlsx, or as CSV UTF-8.
      il n’a aucune feuille de cellules ; enregistrez la feuille à nouveau en .xlsx, ou en CSV UTF-8.
    there is no sheet “%1”; there are %2.
      il n’y a pas de feuille « %1 » ; il y a %2.
    it is larger than what is read of a workbook; save the sheet as CSV UTF-8.
      il dépasse ce qui est lu d’un classeur ; enregistrez la feuille en CSV UTF-8.
    it is damaged (%1); save it again, or save the sheet as CSV UTF-8.
      il est endommagé (%1) ; enregistrez-le à nouveau, ou enregistrez la feuille en CSV UTF-8.
    it is damaged; save it again, or save the sheet as CSV UTF-8.
      il est endommagé ; enregistrez-le à nouveau, ou enregistrez la feuille en CSV UTF-8.
    %1: there is no heading “%2”; there are %3.
      %1 : il n’y a pas d’en-tête « %2 » ; il y a %3.
    %1: there is no row %2.
      %1 : il n’y a pas de ligne %2.
    %1: “%2” is not the number of a row.
      %1 : « %2 » n’est pas le numéro d’une ligne.
    %1: “%2” has no letter or digit.
      %1 : « %2 » n’a ni lettre ni chiffre.
    “%1” is not an option of a mapping: they are kind, account, currency, campaign, system, map, decimal, days, headings-row and sheet.
      « %1 » n’est pas une option de correspondance : ce sont kind, account, currency, campaign, system, map, decimal, days, headings-row et sheet.
    There is no import mapping “%1” in this replica, and no file of that name.
      Il n’y a ni correspondance d’import « %1 » dans cette copie locale, ni fichier de ce nom.
    %1: there is no option to save, such as %2 "Montant HT=revenue".
      %1 : il n’y a aucune option à enregistrer, par exemple %2 "Montant HT=revenue".
    Saved the import mapping “%1”: `kam import FILE --mapping "%2"` uses it.
      Correspondance d’import « %1 » enregistrée : `kam import FILE --mapping "%2"` la reprend.
    The answers do not say which campaign they belong to: give %1 (`%2`), or a column.
      Les réponses ne disent pas de quelle campagne elles sont : donnez %1 (`%2`), ou une colonne.
    These are not the headings of an accounting file (FEC): JournalCode, EcritureNum, EcritureDate, CompteNum, PieceRef, Debit, Credit.
      Ce ne sont pas les en-têtes d’un fichier des écritures comptables (FEC) : JournalCode, EcritureNum, EcritureDate, CompteNum, PieceRef, Debit, Credit.

    # Import: the list, and taking back

    List what was imported on this device.
      Lister les imports de cet appareil.
    Nothing was imported on this device.
      Aucun import sur cet appareil.
    NO.
      N°
    WHEN
      QUAND
    FILE
      FICHIER
    RECORDS
      FICHES
    UNDONE
      ANNULÉ
    Take back a whole import of this device.
      Annuler tout un import de cet appareil.
    What it made is deleted, what it changed gets its former values, what it replaced comes back: as new edits, which sync like any others. A record or a field that somebody has edited since is left alone, and told; once that is as the import has left it, the same command takes the rest back.
      Ce qu’il a créé est supprimé, ce qu’il a modifié reprend ses valeurs d’avant, ce qu’il a remplacé revient : ce sont de nouvelles modifications, synchronisées comme les autres. Une fiche ou un champ modifié depuis est laissé tel quel, et annoncé ; une fois remis comme l’import l’avait laissé, la même commande annule le reste.
    The import, as `kam import list` numbers it.
      L’import, selon le numéro que donne `kam import list`.
    There is no import %1 on this device (`%2`).
      Il n’y a pas d’import %1 sur cet appareil (`%2`).
    Import %1 was taken back %2.
      L’import %1 a été annulé %2.
    in part, %1
      en partie, %1
    Import %1 is taken back in part; `kam import undo %2` tries what was left alone again.
      L’import %1 est annulé en partie ; `kam import undo %2` réessaie ce qui a été laissé tel quel.
    it was deleted since
      supprimé depuis
    edited since: %1
      modifié depuis : %1
    %1 deleted, %2 changed back, %3 restored, %4 left alone; waiting to sync.
      Suppressions : %1 ; retours : %2 ; rétablis : %3 ; laissés tels quels : %4. À synchroniser.
    """#
}

extension FrenchTables {
  /// Why something was not done: the command line, the model's rules, this device, the server. For the form see
  /// ``CatalogueReader``.
  static let refusals: StaticString = #"""
    # The command line

    Column “%1”: %2
      Colonne « %1 » : %2
    “%1”: %2
      « %1 » : %2
    %1.
      %1.
    Argument %1 is not valid UTF-8 text.
      L’argument %1 n’est pas du texte UTF-8 valide.
    You have no device %1; %2 shows yours.
      Vous n’avez pas d’appareil %1 ; %2 montre les vôtres.
    This ends the device you are at, and deletes what it holds%1. To do so, add --yes.
      Ceci met fin à l’appareil où vous êtes et supprime ce qu’il contient%1. Pour le faire, ajoutez --yes.
    Nothing was ended.
      Rien n’est terminé.
    There is no command `%1 %2`. See `%3`.
      Il n’y a pas de commande `%1 %2`. Voir `%3`.
    There is no command `%1 %2`. Did you mean %3?
      Il n’y a pas de commande `%1 %2`. Vouliez-vous dire %3 ?
    \sNearest:
      \sAu plus proche :
    It failed: %1
      Échec : %1
    This version of kam does not know kind %1; upgrade it.
      Cette version de kam ne connaît pas le type %1 ; mettez-la à niveau.
    Unknown option %1. (For a text that begins with a hyphen, write -- before it.)
      Option inconnue : %1. (Devant un texte qui commence par un tiret, écrivez --.)
    Unknown option --%1.
      Option inconnue : --%1.
    \sDid you mean --%1?
      \sVouliez-vous dire --%1 ?
    \sSee --help for the options.
      \sVoir les options avec --help.
    --%1 takes no value.
      --%1 ne prend pas de valeur.
    --%1 needs a value. (One that begins with two hyphens is written --%2=…)
      --%1 attend une valeur. (Si elle commence par deux tirets, écrivez --%2=…)
    “%1” is one word too many; put a text of several words in quotes.
      « %1 » est de trop ; mettez un texte de plusieurs mots entre guillemets.
    %1 is given %2 times.
      %1 est donné %2 fois.
    %1 is given twice.
      %1 est donné deux fois.
    %1 must not be empty.
      %1 ne doit pas être vide.
    The %1 of a new %2 must not be empty.
      Nouvelle fiche (%2) : le champ « %1 » ne doit pas être vide.
    A new %1 needs the %2%3.
      Pour créer cette fiche (%1), il manque « %2 »%3.
    A new %1 needs %2%3.
      Nouvelle fiche (%1) : %2 est obligatoire%3.
    “%1” is the short name of %2 already; choose another %3.
      « %1 » est déjà le nom court de %2 ; choisissez un autre %3.
    Nothing to change was said; see `kam %1 edit --help` for the fields.
      Aucun changement n’est indiqué ; voir les champs avec `kam %1 edit --help`.
    %1 has no field %2. Did you mean %3?
      %1 n’a pas de champ %2. Vouliez-vous dire %3 ?
    %1 has no field %2.
      %1 n’a pas de champ %2.
    %1 has no %2 yet.
      Pas encore de fiche « %2 » pour %1.
    The %1 must be of the same account: %2 belongs to %3.
      Le champ « %1 » doit désigner une fiche du même compte : %2 relève de %3.
    A %1 has two ends: give %2 too.
      Il faut les deux bornes (%1) : donnez aussi %2.
    “%1” is not a time; write it as now, 2026-11-30 or "2026-11-30 14:00".
      « %1 » n’est pas un moment ; écrivez maintenant, 30/11/2026 ou "30/11/2026 14:00".
    “%1” can be read in two ways; write %2, or %3 with a decimal point.
      « %1 » peut se lire de deux façons ; écrivez %2, ou %3 avec un point décimal.
    The %1 %2.
      Champ « %1 » : %2.
    --limit: “%1” is not a number.
      --limit : « %1 » n’est pas un nombre.
    --limit must be greater than 0.
      --limit doit être supérieur à 0.
    %1: “%2” must end in :lead, :member or :none.
      %1 : « %2 » doit finir par :lead, :member ou :none.
    --stale: “%1” is not an age; write it as 14d or 2w.
      --stale : « %1 » n’est pas une durée ; écrivez 14d ou 2w.
    --with and --role belong together.
      --with et --role vont ensemble.
    --department and --account go with --next.
      --department et --account vont avec --next.
    %1 and %2 are the same person.
      %1 et %2 sont la même personne.
    Give a task, or --next.
      Donnez une tâche, ou --next.
    Give --role or --department.
      Donnez --role ou --department.
    Give the number of a refused edit, or --all.
      Donnez le numéro d’une modification refusée, ou --all.
    There is no invite: give it as an argument or on standard input.
      Pas d’invitation : donnez-la en argument ou sur l’entrée standard.
    The text is not valid UTF-8.
      Le texte n’est pas de l’UTF-8 valide.
    The text must not be empty.
      Le texte ne doit pas être vide.

    # What is not found

    There is no record %1 in this replica.
      Il n’y a pas de fiche %1 dans cette copie locale.
    There is no record “%1” in this replica.
      Il n’y a pas de fiche « %1 » dans cette copie locale.
    There is no account “%1” in this replica.
      Il n’y a pas de compte « %1 » dans cette copie locale.
    There is no %1 “%2” in this replica.
      Il n’y a pas de fiche « %2 » de ce type (%1) dans cette copie locale.
    There is no person %1 in this replica.
      Il n’y a pas de personne %1 dans cette copie locale.
    There is no “%1” among the people of the organisation (`%2`).
      « %1 » ne figure pas parmi les personnes de l’organisation (`%2`).
    “%1” may be several people; use an address:
      « %1 » peut désigner plusieurs personnes ; donnez une adresse :
    “%1” may be several records:
      « %1 » peut désigner plusieurs fiches :
    “%1” is the name of several accounts; use a handle:
      « %1 » est le nom de plusieurs comptes ; donnez un code :
    The last list had no line %1; list again, or use a handle.
      La dernière liste n’avait pas de ligne %1 ; listez à nouveau, ou donnez un code.
    %1 is %2 (%3), not %4.
      %1 : c’est %2 (%3), pas %4.
    There is no open task for %1 here.
      Il n’y a pas de tâche à prendre ici (%1).
    Only the beginning of that value was sent to this device, of %1 bytes; `%2` shows it whole.
      Seul le début de cette valeur a été envoyé à cet appareil, sur %1 octets ; `%2` la montre en entier.
    a value of %1 bytes, not sent along
      une valeur de %1 octets, qui n’a pas été transmise
    There is no conflict %1; `%2` lists them.
      Il n’y a pas de conflit %1 ; `%2` les liste.
    The record of conflict %1 is not in this replica any more.
      La fiche du conflit %1 n’est plus dans cette copie locale.
    There is no refused edit %1; `kam conflicts refused` lists them.
      Il n’y a pas de modification refusée %1 ; `kam conflicts refused` les liste.

    # Commands

    You belong to no department; say which one: %1.
      Vous n’appartenez à aucun pôle ; dites lequel : %1.
    %1 is suspended or has left.
      %1 n’est plus en activité (accès suspendu ou départ).
    %1 %2 is %3 already;\s
      %1 %2 est déjà dans l’état « %3 » ;\s
    `%1` opens it again.
      `%1` la rouvre.
    , since %1
      \s(depuis %1)
    %1 holds %2 %3%4. They can release it, or a lead of its department or a manager of the account can.
      %2 %3 est prise en charge par %1%4. Cette personne peut la rendre, ou bien un responsable du pôle ou du compte.
    %1 %2 was changed %3 ago; %4 asks for %5. It stays with its holder.
      %1 %2 a changé il y a %3 ; %4 demande %5. Elle reste à qui l’a prise.
    Comments belong to an account; %1 has none.
      Un commentaire se rattache à un compte ; %1 n’en a pas.
    %1 could not be handed over. %2
      Transmission impossible : %1. %2
    The replica is not whole. A sync repairs what differs from the server; waiting edits are kept.
      La copie locale n’est pas intègre. Une synchronisation répare ce qui diffère du serveur ; les modifications en attente sont gardées.

    # Templates

    There is no plan template “%1”.
      Il n’y a pas de modèle de plan « %1 ».
    “%1” is in the directory already.
      « %1 » est déjà dans l’annuaire.
    The plan would end on %1, before it begins on %2.
      Le plan finirait le %1, avant de commencer le %2.

    # The model: rights. “What” is an infinitive.

    Changing the directory
      Modifier l’annuaire
    Changing %1
      Modifier %1
    Adding %1
      Ajouter %1
    Changing the %1 of %2
      Modifier le champ « %1 » de %2
    Deleting or restoring %1
      Supprimer ou rétablir %1
    Deleting or restoring %1 that stands
      Supprimer ou rétablir %1 à valeur définitive ou verrouillée
    Moving a task that somebody holds
      Faire avancer une tâche prise par quelqu’un
    Claiming in another person's name
      Prendre une tâche au nom d’une autre personne
    Sharing an account
      Partager un compte
    Engaging a department
      Engager un pôle
    characters of summary
      caractères de résumé
    changes of access in one edit
      changements d’accès dans une modification
    bytes in one value
      octets dans une valeur
    new records of the directory
      nouvelles fiches de l’annuaire
    roles in accounts
      rôles sur des comptes
    Somebody else was first; see who, and when.
      Quelqu’un d’autre a été plus rapide ; voyez qui, et quand.
    This server does not know a field of this edit yet; it waits until the server is upgraded.
      Ce serveur ne connaît pas encore un champ de cette modification ; elle attend qu’il soit mis à niveau.
    What it builds on is not back yet since the server was restored.
      Ce dont elle dépend n’est pas encore revenu depuis la restauration du serveur.
    The server was restored from a copy, and what this edit needs did not come back in %1 days.
      Le serveur a été restauré à partir d’une copie, et ce dont cette modification a besoin n’est pas revenu en %1 jours.
    It is decided anew, under another number.
      Elle est décidée à nouveau, sous un autre numéro.
    You may not change the directory; an admin can.
      Vous ne pouvez pas modifier l’annuaire ; un administrateur le peut.
    There is no such account, or it is not shared with you; its manager or an admin can share it.
      Ce compte n’existe pas, ou n’est pas partagé avec vous ; son responsable ou un administrateur peut le partager.
    %1 needs the role %2 in this account; its manager or an admin can give it.
      %1 demande le rôle « %2 » sur ce compte ; son responsable ou un administrateur peut le donner.
    %1 needs the role %2 in this account, which its manager or an admin can give, or being a lead of %3, which an admin decides.
      %1 demande le rôle « %2 » sur ce compte, que peut donner son responsable ou un administrateur, ou d’être responsable de %3, ce que décide un administrateur.
    %1 needs the role %2 in this account, which its manager or an admin can give, or belonging to %3, which an admin decides.
      %1 demande le rôle « %2 » sur ce compte, que peut donner son responsable ou un administrateur, ou d’appartenir à %3, ce que décide un administrateur.
    %1 is for admins of the organisation; ask one.
      %1 est réservé aux administrateurs de l’organisation ; adressez-vous à l’un d’eux.
    %1 is for admins of the organisation and leads of its departments; an admin can do it, or make you a lead.
      %1 est réservé aux administrateurs de l’organisation et aux responsables de ses pôles ; un administrateur peut le faire, ou vous nommer responsable.
    %1 record is written by the server only; use kamd's commands.
      %1 : fiche écrite par le serveur seul ; utilisez les commandes de kamd.
    %1 is for the person who holds the task, a lead of its department, or a manager of the account; any of them can release or assign it.
      %1 est réservé à qui a pris la tâche et aux responsables de son pôle ou du compte ; chacun d’eux peut la rendre ou l’attribuer.
    %1 is written in one's own name.
      %1 s’écrit en son propre nom.
    A lead assigns within the department: the person does not belong to %1; an admin decides who does.
      Un responsable de pôle attribue au sein du pôle : la personne n’appartient pas à %1 ; c’est un administrateur qui en décide.
    %1 is not engaged in this account; its manager or an admin can engage it (%2).
      %1 n’est pas engagé sur ce compte ; son responsable ou un administrateur peut l’engager (%2).
    the %1 department
      le pôle %1
    its department
      le pôle concerné

    # The model: what is valid

    %1 does not belong in %2.
      %1 n’a pas sa place dans %2.
    %1 needs its %2.
      %1 doit comporter le champ « %2 ».
    The %1 of the %2 %3.
      Champ « %1 » (%2) : %3.
    The %1 of %2 is set when it is made and cannot be changed; make a new one.
      Le champ « %1 » de %2 se fixe à la création et ne change plus ; créez une autre fiche.
    The %1 of %2 has one winner: say which value you saw (a guard).
      Le champ « %1 » de %2 n’a qu’un gagnant : dites quelle valeur vous avez vue (une garde).
    The %1 of %2 is written by the server only.
      Seul le serveur écrit le champ « %1 » de %2.
    An account has one %1, with an id made from the account's.
      Un compte a une seule fiche « %1 », dont l’id est tiré du sien.
    %1 cannot be deleted.
      %1 ne se supprime pas.
    %1 is a link; a replica's files lie in its directory.
      %1 est un lien ; les fichiers d’une réplique sont dans son répertoire.
    %1 belongs to another user of this machine; use a KAM_HOME of your own.
      %1 appartient à un autre utilisateur de cette machine ; prenez un KAM_HOME à vous.
    “%1” has signs that a shell reads as commands; name it without them.
      « %1 » contient des signes qu’un shell lit comme des commandes ; donnez un nom sans eux.
    “%1” is not an address: it has signs that a shell reads as commands.
      « %1 » n’est pas une adresse : il contient des signes qu’un shell lit comme des commandes.
    “%1” is too large; amounts go up to %2
      « %1 » est trop grand ; les montants vont jusqu’à %2
    The server sends more than this device takes: %1 MiB, and there is no end of it. Nothing of it was kept, and your edits are. Tell its admin.
      Le serveur envoie plus que cet appareil n’accepte : %1 Mio, et cela ne finit pas. Rien n’en a été gardé, et vos modifications le sont. Dites-le à son administrateur.
    The change cannot be read: %1.
      La modification est illisible : %1.
    The %1 of %2 cannot be emptied.
      Le champ « %1 » de %2 ne peut pas être vidé.
    %1 %2 are too many; the limit is %3.
      Limite dépassée : %1 %2, pour %3 au plus.
    changes in one edit
      changements dans une modification
    guards in one edit
      gardes dans une modification
    bytes in one edit
      octets dans une modification
    The organisation has %1 accounts, as many as it can have; delete one that is not needed any more first.
      L’organisation a %1 comptes, le maximum ; supprimez d’abord un compte dont personne n’a plus besoin.
    You have made %1 accounts that are not deleted, as many as one person can; delete one first, or ask an admin to make it.
      Vous avez créé %1 comptes qui ne sont pas supprimés, le maximum pour une personne ; supprimez-en un d’abord, ou demandez à un administrateur de le créer.
    One person can add %1 %2 a day; go on tomorrow, or ask an admin, who can add more.
      Limite par personne et par jour : %1 %2 ; continuez demain, ou adressez-vous à un administrateur, qui peut en ajouter plus.
    A new account begins with its own record, made under the account's id, in its plan.
      Un nouveau compte commence par sa propre fiche, créée sous l’id du compte, dans son plan.
    %1 that is %2 stands as it is; make a new one, or ask an admin.
      %1 dont le champ « %2 » est à oui ne change plus ; créez une autre fiche, ou adressez-vous à un administrateur.
    The %1 is %2: take that off first (%3 no), in an edit of its own.
      Le champ « %2 » est à oui (%1) : passez-le d’abord à non (%3 no), par une modification à part.
    The %1 is not there any more (or never arrived); your words are kept in the refused edits.
      Cette fiche (%1) n’existe plus, ou n’est jamais arrivée ; votre texte est gardé dans les modifications refusées.
    The %1 of the %2 is not in this account (any more), or of an account that is not shared with you; choose one of this account.
      Le champ « %1 » (%2) désigne une fiche qui n’est pas (ou plus) dans ce compte, ou un compte qui n’est pas partagé avec vous ; choisissez-en une de ce compte.
    The %1 of %2 must be %3; what was named is something else.
      Le champ « %1 » (%2) attend ceci : %3 ; la fiche désignée est autre chose.
    %1 cannot be its own %2; choose another one, or leave it empty.
      %1 : une fiche ne peut pas être son propre « %2 » ; choisissez-en une autre, ou laissez le champ vide.
    The %1 would be above and below itself: what was named as its %2 lies below it already. Take it out from there first, or choose another one.
      Cette fiche (%1) serait à la fois au-dessus et au-dessous d’elle-même : ce qui est désigné comme « %2 » se trouve déjà au-dessous. Retirez-le d’abord de là, ou choisissez-en une autre.
    A task cannot wait for itself; name another one that it needs.
      Une tâche ne peut pas s’attendre elle-même ; désignez-en une autre dont elle a besoin.
    The task would wait for itself, by way of %1; take one of these dependencies away first.
      La tâche s’attendrait elle-même, en passant par %1 ; retirez d’abord une de ces dépendances.
    “%1” is the short name of %2 already; choose another one.
      « %1 » est déjà le nom court de %2 ; choisissez-en un autre.

    # The model: values. They come after “champ « titre » :”.

    must not be empty
      ne doit pas être vide
    is %1 characters long; at most %2 are kept
      %1 caractères, pour %2 au plus
    is not valid UTF-8 text
      n’est pas du texte UTF-8 valide
    holds the control character U+%1; remove it
      contient le caractère de contrôle U+%1 ; retirez-le
    “%1” is not a day; write it as YYYY-MM-DD, such as 2026-11-30
      « %1 » n’est pas un jour ; écrivez JJ/MM/AAAA, par exemple 30/11/2026
    ends on %1, before it begins on %2
      finit le %1, avant de commencer le %2
    “%1” is not a period; write it as 2026-01-01..2026-12-31
      « %1 » n’est pas une période ; écrivez 01/01/2026..31/12/2026
    “%1” is not a short name; use a-z, 0-9 and hyphens, at most 40 characters
      « %1 » n’est pas un nom court ; utilisez a-z, 0-9 et des tirets, 40 caractères au plus
    “%1” is not a country; use the two letters of ISO 3166, such as FR
      « %1 » n’est pas un pays ; utilisez les deux lettres de l’ISO 3166, par exemple FR
    “%1” is not a currency; use the three letters of ISO 4217, such as EUR
      « %1 » n’est pas une devise ; utilisez les trois lettres de l’ISO 4217, par exemple EUR
    “%1” is not a number; write it as 12.5
      « %1 » n’est pas un nombre ; écrivez 12,5
    “%1” is not an amount; write it as “1200.50 EUR”, with no more decimals than the currency has
      « %1 » n’est pas un montant ; écrivez « 1200,50 EUR », sans plus de décimales que n’en a la devise
    “%1” is not one of %2 with a likelihood, such as “%3 60%”
      « %1 » n’est pas une de ces valeurs avec sa probabilité : %2 ; par exemple « %3 60 % »
    “%1” is not a whole number
      « %1 » n’est pas un nombre entier
    %1 is not between %2 and %3
      %1 n’est pas compris entre %2 et %3
    “%1” is neither yes nor no
      « %1 » n’est ni oui ni non
    “%1” is not one of %2
      « %1 » ne convient pas ; au choix : %2
    “%1” is not a record id
      « %1 » n’est pas l’id d’une fiche
    is not encoded as this register is (%1)
      n’est pas codé comme ce champ (%1)

    # Calls that the server refuses

    This is for admins of the organisation; ask one.
      C’est réservé aux administrateurs de l’organisation ; demandez à l’un d’eux.
    There is no user %1 in this organisation; `%2` shows all, and an admin can add one.
      Il n’y a pas d’utilisateur %1 dans cette organisation ; `%2` les montre tous, et un administrateur peut en ajouter.
    %1 is the account's only manager; make somebody else manager first.
      %1 est le seul responsable du compte ; nommez d’abord un autre responsable.
    %1 is the last active admin; make another one first.
      %1 est le dernier administrateur actif ; nommez-en d’abord un autre.
    There is no role %1 that this server knows; nothing was changed. Upgrade it first.
      Ce serveur ne connaît pas de rôle %1 ; rien n’a été changé. Mettez-le d’abord à niveau.
    There is no department %1; %2 shows all.
      Il n’y a pas de service %1 ; %2 les montre tous.
    There is a department “%1” already.
      Il y a déjà un service « %1 ».
    “%1” cannot be a department's name: it must be one line of 1 to 100 characters.
      « %1 » ne peut pas être le nom d’un service : il faut une ligne de 1 à 100 caractères.
    There are %1 departments of your own, as many as there can be; rename one that is not needed.
      Vous avez déjà %1 services à vous, le maximum ; renommez-en un qui ne sert plus.
    There are %1 devices of this person, which is the limit; end one of them first: %2 shows them, %3 ends one, on any of them. An admin can do it too: kamd device revoke N.
      Cette personne a %1 appareils, ce qui est la limite ; mettez d’abord fin à l’un d’eux : %2 les montre, %3 met fin à l’un d’eux, depuis n’importe lequel. Un administrateur le peut aussi : kamd device revoke N.
    %1 copies of this person’s devices were made within a day, which is the limit; join with an invite instead.
      %1 copies des appareils de cette personne ont été faites en un jour, ce qui est la limite ; rejoignez plutôt l’organisation avec une invitation.
    This device was not seen to have a copy; sync first. A device of its own joins with an invite.
      On n’a vu aucune copie de cet appareil ; synchronisez d’abord. Un appareil à part entière rejoint l’organisation avec une invitation.
    This invite cannot be used: it is unknown, expired or used already. Ask an admin for a new one.
      Cette invitation ne peut pas servir : elle est inconnue, expirée ou déjà utilisée. Demandez-en une nouvelle à un administrateur.
    What this device holds belongs to another person or another organisation; the invite is still good. Join with an empty directory: set KAM_HOME to another one.
      Ce que contient cet appareil est à une autre personne ou à une autre organisation ; l’invitation reste valable. Rejoignez l’organisation depuis un répertoire vide : indiquez-en un autre dans KAM_HOME.
    This needs a device's credential; join with an invite first.
      Il faut pour cela l’accès d’un appareil ; rejoignez d’abord l’organisation avec une invitation.
    This device is not known here; ask an admin for an invite.
      Cet appareil n’est pas connu ici ; demandez une invitation à un administrateur.
    This device's access was revoked.
      L’accès de cet appareil a été révoqué.
    This device is suspended, because a credential was used that it, or a copy of it, had replaced: it was copied, or put back to an older state. Ask an admin for a new invite and join again; what waits stays here.
      Cet appareil est suspendu : un accès a servi que lui, ou une copie de lui, avait déjà remplacé ; il a donc été copié, ou remis dans un état plus ancien. Demandez une nouvelle invitation à un administrateur et rejoignez l’organisation ; ce qui attend reste ici.
    Your access is suspended; ask an admin.
      Votre accès est suspendu ; adressez-vous à un administrateur.
    This device was away for more than %1 days; ask an admin for a new invite and join again; what waits stays here.
      Cet appareil a été absent plus de %1 jours ; demandez une nouvelle invitation à un administrateur et rejoignez l’organisation ; ce qui attend reste ici.
    This server speaks protocol %1 to %2, this client %3; upgrade the older of the two.
      Ce serveur parle les protocoles %1 à %2, ce client le %3 ; mettez à niveau le plus ancien des deux.
    Your devices ask too often; wait %1 s.
      Vos appareils font trop de demandes ; attendez %1 s.
    Too many requests without a credential from your address; wait %1 s.
      Trop de demandes sans accès depuis votre adresse ; attendez %1 s.
    Too many failed attempts to join from your address; wait %1 s.
      Trop d’essais manqués depuis votre adresse ; attendez %1 s.
    You can see %1 scopes; the limit is %2. Ask an admin.
      Vous voyez %1 domaines ; la limite est de %2. Adressez-vous à un administrateur.
    The server's disk is full; it takes no changes until there is room.
      Le disque du serveur est plein ; il n’accepte aucun changement tant qu’il n’y a pas de place.
    Another program on the server holds its database; it takes no changes meanwhile.
      Un autre programme sur le serveur tient sa base de données ; en attendant, il n’accepte aucun changement.

    # This device

    This replica belongs to nobody yet: ask an admin for an invite, then `%1`.
      Cette copie locale n’est encore à personne : demandez une invitation à un administrateur, puis `%1`.
    The disk is full: nothing was written. Make room and do it again.
      Le disque est plein : rien n’a été écrit. Faites de la place et recommencez.
    Another kam is busy with this replica: nothing was written. Try again.
      Un autre kam occupe cette copie locale : rien n’a été écrit. Recommencez.
    The replica cannot be written (%1). Check the owner and mode of its directory.
      La copie locale ne peut pas être écrite (%1). Vérifiez le propriétaire et les droits de son répertoire.
    Reading or writing the replica failed (%1). If it was an edit, see with %2 whether it is there before you make it again. Check the disk.
      La lecture ou l’écriture de la copie locale a échoué (%1). S’il s’agissait d’une modification, voyez par %2 si elle y est avant de la refaire. Vérifiez le disque.
    Nothing can be read of the replica file %1 (%2). Move it away and join again with a new invite; what was synced comes back from the server. Keep the file: somebody may still find your waiting edits in it.
      On ne peut rien lire du fichier %1 de la copie locale (%2). Mettez-le de côté et rejoignez l’organisation avec une nouvelle invitation ; ce qui était synchronisé revient du serveur. Gardez le fichier : on y retrouvera peut-être vos modifications en attente.
    The file of the replica is damaged: kam doctor saves what waits and makes a new one.
      Le fichier de la copie locale est endommagé : kam doctor sauve ce qui attend et en crée un nouveau.
    Nothing to mend: the file is sound. kam check looks at what is in it.
      Rien à réparer : le fichier est sain. kam check examine ce qu’il contient.
    Saved into a new file: %1, %2, %3.
      Sauvés dans un nouveau fichier : %1, %2, %3.
    %1 could not be read, and must be made again.
      Illisibles, à refaire : %1.
    The damaged file is kept as %1.
      Le fichier endommagé est gardé sous %1.
    kam sync brings back everything else.
      kam sync ramène tout le reste.
    Whose replica it is could not be read: ask an admin for an invite, then kam join INVITE; what was saved goes along.
      On n’a pas pu lire à qui est cette copie : demandez une invitation à un administrateur, puis kam join INVITATION ; ce qui a été sauvé suit.
    %1 cannot be replaced: %2.
      %1 ne peut pas être remplacé : %2.
    The replica's database failed: %1.
      La base de données de la copie locale a échoué : %1.
    no permission
      droits insuffisants
    input/output error
      erreur d’entrée-sortie
    of this device
      de cet appareil
    The replica file %1 is damaged (%2), or could not be read at this moment. If it stays so: %3 saves what waits and makes a new file; what was synced comes back from the server.
      Le fichier %1 de la copie locale est endommagé (%2), ou n’a pas pu être lu à l’instant. Si cela dure : %3 sauve ce qui attend et crée un nouveau fichier ; ce qui était synchronisé revient du serveur.
    This version of kam changes the replica's tables, and keeps a copy of it first; %1 could not be written (%2). Nothing was changed: make room, or go on with the version before.
      Cette version de kam modifie les tables de la réplique et en garde d’abord une copie ; %1 n’a pas pu être écrit (%2). Rien n’a été changé : faites de la place, ou restez à la version précédente.
    The replica was written by a newer kam; upgrade this one.
      La copie locale a été écrite par un kam plus récent ; mettez celui-ci à niveau.
    %1 is not in this replica yet, or not shared with you; run `%2` first.
      %1 n’est pas encore dans cette copie locale, ou n’est pas partagé avec vous ; lancez d’abord `%2`.
    Nothing to change: it already says that.
      Rien à changer : c’est déjà le contenu.
    This directory holds the replica of %1; use another KAM_HOME for another person.
      Ce répertoire contient la copie locale de %1 ; pour une autre personne, utilisez un autre KAM_HOME.
    There is no place for the replica: set KAM_HOME to a directory.
      Pas d’emplacement pour la copie locale : indiquez un répertoire dans KAM_HOME.
    %1 cannot be made: %2
      Création impossible : %1 (%2)
    %1 cannot be read: %2.
      Lecture impossible : %1 (%2).
    %1 cannot be written: %2.
      Écriture impossible : %1 (%2).
    %1 cannot be opened: %2.
      Ouverture impossible : %1 (%2).
    %1 cannot be flushed to the disk: %2.
      %1 ne peut pas être écrit sur le disque : %2.
    %1 cannot be locked: %2.
      Verrouillage impossible : %1 (%2).
    %1 cannot be made private: %2.
      Restriction des droits impossible : %1 (%2).
    Others on this machine can read %1. Make it private (chmod %2 %3);\s
      D’autres personnes sur cette machine peuvent lire %1. Restreignez ses droits (chmod %2 %3) ;\s
    if somebody may have read it, ask an admin to revoke this device.
      si quelqu’un a pu le lire, demandez à un administrateur de révoquer cet appareil.
    %1 cannot be read as a credential; ask an admin for a new invite and join again.
      %1 ne contient pas d’accès lisible ; demandez une nouvelle invitation à un administrateur et rejoignez à nouveau l’organisation.

    # The server

    Could not reach %1 (%2). Your edits are kept and go with the next sync.
      %1 est injoignable (%2). Vos modifications sont gardées et partiront à la prochaine synchronisation.
    Could not reach %1 (%2). This needs the server, and was not done; try again when it can be reached.
      %1 est injoignable (%2). Cela demande le serveur et n’a pas été fait ; réessayez quand il sera joignable.
    no answer within 10 s
      pas de réponse en 10 s
    no answer in time
      pas de réponse à temps
    it closed the connection
      il a fermé la connexion
    there is no TLS connection to it
      pas de connexion TLS avec lui
    the name %1 is not known
      le nom %1 est inconnu
    it shows no certificate
      il ne montre pas de certificat
    its certificate is valid from %1 to %2, and this device's clock\s
      son certificat est valable du %1 au %2, et l’horloge de cet appareil\s
    says %1. Set the clock; if it is right, ask your admin to renew the certificate (kamd certificate renew)
      indique le %1. Réglez l’horloge ; si elle est juste, demandez à votre administrateur de renouveler le certificat (kamd certificate renew)
    its certificate is not from the authority that this device trusts: it may be another server. Nothing was sent\s
      son certificat ne vient pas de l’autorité à laquelle cet appareil se fie : ce peut être un autre serveur. Rien ne lui\s
    to it; ask your admin
      a été envoyé ; adressez-vous à votre administrateur
    its certificate is not from the authority that this device trusts: it may be another server, or the proxy opens encrypted connections, and must let those to this server through unopened. Nothing was sent to it; ask your admin
      son certificat ne vient pas de l’autorité à laquelle cet appareil se fie : ce peut être un autre serveur, ou le proxy ouvre les connexions chiffrées et doit laisser passer celles vers ce serveur sans les ouvrir. Rien ne lui a été envoyé ; adressez-vous à votre administrateur
    The server takes no edits now, because its disk is full; yours are kept. Tell its admin, and sync again later.
      Le serveur n’enregistre rien pour le moment, son disque étant plein ; vos modifications sont gardées. Prévenez son administrateur, et synchronisez plus tard.
    %1 waits here until %2: yours have taken what the server takes of one person in a day. Nothing is lost, and what is new was received. Sync again then; an admin can raise dailyMebibytesPerPerson.
      En attente ici jusqu’au %2 : %1. Vos modifications ont pris ce que le serveur accepte d’une personne en un jour. Rien n’est perdu, et les nouveautés ont été reçues. Synchronisez de nouveau à ce moment-là ; un administrateur peut augmenter dailyMebibytesPerPerson.
    The server asks for the same edits again and again; nothing is lost. Tell its admin.
      Le serveur redemande sans cesse les mêmes modifications ; rien n’est perdu. Prévenez son administrateur.
    %1 still differs from the server's after mending. Run `kam check`, and tell an admin.
      %1 diffère encore du serveur après réparation. Lancez `kam check`, et prévenez un administrateur.
    The sync ended without a result; try again.
      La synchronisation s’est terminée sans résultat ; recommencez.
    This device's access was revoked. Its credential and its replica were deleted from %1.
      L’accès de cet appareil a été révoqué. Son accès et sa copie locale ont été effacés de %1.
    The server could not do it now (%1). Your edits are kept; try again later.
      Le serveur n’a pas pu le faire maintenant (%1). Vos modifications sont gardées ; réessayez plus tard.
    The server could not do it now (%1). Nothing was done; try again later.
      Le serveur n’a pas pu le faire maintenant (%1). Rien n’a été fait ; réessayez plus tard.
    The line to the server carries less at a time (%1). Your edits are kept; try again later.
      La liaison avec le serveur ne porte pas autant à la fois (%1). Vos modifications sont gardées ; réessayez plus tard.
    %1 Nothing was done.
      %1 Rien n’a été fait.
    %1 Your edits are kept.
      %1 Vos modifications sont gardées.
    This is not a whole invite: it begins with “kam-invite.” and must be copied to its end. Nothing was sent.
      L’invitation n’est pas entière : elle commence par « kam-invite. » et se copie jusqu’au bout. Rien n’a été envoyé.
    This directory is of %1, but which server it is of cannot be read any more. Nothing was sent. When your admin says that this invite is of the same server: %2.
      Ce répertoire est de %1, mais on ne peut plus lire de quel serveur. Rien n’a été envoyé. Si votre administrateur dit que cette invitation est du même serveur : %2.
    This directory is of %1 at %2, and the invite is for another server, %3, whose key is another. Nothing was sent. Use another KAM_HOME; only when your admin says that your organisation's server has a new key: %4.
      Ce répertoire appartient à %1, à l’adresse %2, et l’invitation est pour un autre serveur, %3, dont la clé est autre. Rien n’a été envoyé. Prenez un autre KAM_HOME ; seulement si votre administrateur dit que le serveur de votre organisation a une nouvelle clé : %4.
    The invite is for %1 at %2, and the server says %3 at %4. Nothing was kept; ask your admin for another invite.
      L’invitation est pour %1 chez %2, et le serveur dit %3 chez %4. Rien n’a été gardé ; demandez une autre invitation à votre administrateur.
    --move-to-new-server asks on a terminal; where nobody can answer it needs --yes. Nothing was sent.
      --move-to-new-server pose une question sur un terminal ; là où personne ne peut répondre, il faut --yes. Rien n’a été envoyé.
    Not joined: nothing was sent, and nothing has changed.
      Pas d’inscription : rien n’a été envoyé, et rien n’a changé.
    The server does not take what this device joined with last (%1). What it had before is kept, and the next sync uses it again.
      Le serveur n’accepte pas ce avec quoi cet appareil a été inscrit en dernier (%1). Ce qu’il avait avant est gardé, et la prochaine synchronisation s’en sert de nouveau.
    The invite names no server: %1
      L’invitation n’indique pas de serveur : %1
    The server's answer cannot be read; is it of a newer version? Upgrade kam.
      La réponse du serveur est illisible ; est-il d’une version plus récente ? Mettez kam à niveau.
    The server at %1:%2 is not the one that made this invite: its authority has another key. Nothing was sent to it. Ask your admin, by another way than the invite came.
      Le serveur %1:%2 n’est pas celui qui a émis cette invitation : son autorité a une autre clé. Rien ne lui a été envoyé. Adressez-vous à votre administrateur, par une autre voie que celle de l’invitation.
    What answers for %1 through the proxy %2, which %3 names, is not the server that made this invite: its authority has another key. Nothing was sent to it. Either the proxy opens encrypted connections, and must let those to this server through unopened, or it is another server: ask your admin, by another way than the invite came.
      Ce qui répond pour %1 par le proxy %2, indiqué par %3, n’est pas le serveur qui a émis cette invitation : son autorité a une autre clé. Rien ne lui a été envoyé. Soit le proxy ouvre les connexions chiffrées et doit laisser passer celles vers ce serveur sans les ouvrir, soit c’est un autre serveur : adressez-vous à votre administrateur, par une autre voie que celle de l’invitation.

    # The proxy on the way to it

    Could not reach %1 through the proxy %2, which %3 names (%4). Your edits are kept and go with the next sync.
      %1 est injoignable par le proxy %2, indiqué par %3 (%4). Vos modifications sont gardées et partiront à la prochaine synchronisation.
    Could not reach %1 through the proxy %2, which %3 names (%4). This needs the server, and was not done; try again when it can be reached.
      %1 est injoignable par le proxy %2, indiqué par %3 (%4). Cela demande le serveur et n’a pas été fait ; réessayez quand il sera joignable.
    The proxy %1, which %2 names, %3, so %4 was not reached. Your edits are kept and go with the next sync.
      Le proxy %1, indiqué par %2, %3 ; %4 n’a donc pas été atteint. Vos modifications sont gardées et partiront à la prochaine synchronisation.
    The proxy %1, which %2 names, %3, so %4 was not reached. This needs the server, and was not done; try again when it can be reached.
      Le proxy %1, indiqué par %2, %3 ; %4 n’a donc pas été atteint. Cela demande le serveur et n’a pas été fait ; réessayez quand il sera joignable.
    cannot be reached (%1; if this server needs no proxy, name %2 in no_proxy)
      est injoignable (%1 ; si ce serveur se passe de proxy, nommez %2 dans no_proxy)
    asks for a user and a password (write them into %1: http://USER:PASSWORD@HOST:PORT)
      demande un utilisateur et un mot de passe (à écrire dans %1 : http://UTILISATEUR:MOT-DE-PASSE@HÔTE:PORT)
    does not accept the user and the password that %1 gives
      n’accepte pas l’utilisateur et le mot de passe que donne %1
    does not let this device through to that server (403; ask whoever runs the proxy, or name %1 in no_proxy if this server needs none)
      ne laisse pas cet appareil passer vers ce serveur (403 ; adressez-vous à qui gère le proxy, ou nommez %1 dans no_proxy si ce serveur s’en passe)
    could not reach the server itself (%1; the server may be down, or, if it needs no proxy, name %2 in no_proxy)
      n’a pas pu atteindre lui-même le serveur (%1 ; le serveur est peut-être arrêté ou, s’il se passe de proxy, nommez %2 dans no_proxy)
    refuses (%1; ask whoever runs the proxy)
      refuse (%1 ; adressez-vous à qui gère le proxy)
    one of them closed the connection
      l’un des deux a fermé la connexion
    closes the connection without an answer
      ferme la connexion sans répondre
    opened no way to the server within 10 s
      n’a pas ouvert de passage vers le serveur en 10 s
    does not answer as a proxy does
      ne répond pas comme un proxy
    %1 names a proxy of a kind that kam cannot use: %2. It can use http:// proxies, which open tunnels with CONNECT; a server that needs no proxy can be named in no_proxy.
      %1 indique un proxy d’un type que kam ne sait pas utiliser : %2. Il sait utiliser les proxys http://, qui ouvrent des tunnels avec CONNECT ; un serveur qui se passe de proxy peut être nommé dans no_proxy.
    %1 cannot be read as the address of a proxy: %2. It is written http://USER:PASSWORD@HOST:PORT, where user and password may be missing; what is neither letter nor digit in them is written as %3 for @.
      %1 ne se lit pas comme l’adresse d’un proxy : %2. Elle s’écrit http://UTILISATEUR:MOT-DE-PASSE@HÔTE:PORT, où l’utilisateur et le mot de passe peuvent manquer ; ce qui n’y est ni lettre ni chiffre s’écrit comme %3 pour @.
    """#
}

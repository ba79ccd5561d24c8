extension FrenchTables {
  /// What `--help` says of commands, arguments and options. For the form see ``CatalogueReader``.
  static let help: StaticString = #"""
    # kam

    Key account plans, on your own replica: edit offline, sync when there is a network.
      Vos plans de comptes clés sur votre copie locale : modifiez hors ligne, synchronisez dès qu’il y a du réseau.
    An account is named by its short name (acme); any other record by the handle that `add` and `list` print (7QK2), by its line in the last list (3), or by its id. People are named by e-mail address, or by the beginning of it or of their name. Every list, show, add and sync takes --json.\n\nOnly join, sync, history, device, user, department add, and account share, unshare, leave, engage and disengage need a network.\n\nEXIT CODES\n  0  done, or waiting to be synced\n  1  refused, or not found\n  2  the command line is wrong\n  3  the server was not reached; every edit is kept\n\nENVIRONMENT\n  KAM_HOME     the directory of this replica\n  https_proxy  the proxy to the server, http://USER:PASSWORD@HOST:PORT; else HTTPS_PROXY, all_proxy, ALL_PROXY\n  no_proxy     servers that need none: example.com, host:port, addresses, 10.0.0.0/8, *; else NO_PROXY\n  LANG         the language, as fr_FR.UTF-8
      Un compte se désigne par son nom court (acme) ; toute autre fiche par le code qu’affichent `add` et `list` (7QK2), par son numéro dans la dernière liste (3) ou par son id. Une personne se désigne par son adresse e-mail, ou par le début de cette adresse ou de son nom. Toutes les commandes list, show, add et sync acceptent --json.\n\nSeules join, sync, history, device, user, department add et account share, unshare, leave, engage et disengage ont besoin du réseau.\n\nCODES DE RETOUR\n  0  fait, ou à synchroniser\n  1  refusé, ou introuvable\n  2  ligne de commande erronée\n  3  serveur injoignable ; toutes les modifications sont gardées\n\nENVIRONNEMENT\n  KAM_HOME     le répertoire de cette copie locale\n  https_proxy  le proxy vers le serveur, http://UTILISATEUR:MOT-DE-PASSE@HÔTE:PORT ; sinon HTTPS_PROXY, all_proxy, ALL_PROXY\n  no_proxy     les serveurs sans proxy : example.com, hôte:port, adresses, 10.0.0.0/8, * ; sinon NO_PROXY\n  LANG         la langue, comme fr_FR.UTF-8
    Network
      Réseau
    Your desk
      Votre bureau
    Plans
      Plans
    Figures
      Chiffres
    Directory
      Annuaire
    Any record
      Toute fiche
    More
      Divers

    # Help

    USAGE: %1
      USAGE : %1
    ARGUMENTS:
      ARGUMENTS :
    OPTIONS:
      OPTIONS :
    SUBCOMMANDS:
      SOUS-COMMANDES :
    \s(default: %1)
      \s(par défaut : %1)
    \s(or --%1)
      \s(ou --%1)
    Get going
      Pour commencer
    My day
      Ma journée
    Accounts
      Comptes
    Files
      Fichiers
    This device
      Cet appareil
    about one command, such as `kam help task claim`
      sur une commande, comme `kam help task claim`
    the commands that have to do with it, such as `kam help backup`
      les commandes qui s’y rapportent, comme `kam help sauvegarde`
    the kinds of records
      les types de fiches
    every command
      toutes les commandes
    What can be done with a kind, and its fields: `kam help task`, `kam help task add`.
      Ce qu’on peut faire d’un type de fiche, et ses champs : `kam help task`, `kam help task add`.
    Commands that have to do with “%1”:
      Commandes qui se rapportent à « %1 » :
    More about one: `kam help COMMAND`.
      Sur l’une d’elles : `kam help COMMAND`.
    Nothing that kam does is called “%1”. `kam help all` lists every command.
      Rien de ce que fait kam ne s’appelle « %1 ». `kam help all` donne la liste des commandes.

    # Reading a command line

    %1 is missing: `%2`. See `%3 --help`.
      Il manque %1 : `%2`. Voir `%3 --help`.
    %1: “%2” is not a number.
      %1 : « %2 » n’est pas un nombre.
    %1: “%2” is not %3.
      %1 : « %2 » ne convient pas ; au choix : %3.
    %1 is not a command. See `kam help`.
      %1 n’est pas une commande. Voir `kam help`.
    The words of a command line, as far as it is written.
      Les mots d’une ligne de commande, telle qu’elle est commencée.
    What is said.
      Ce qui est dit.

    # Arguments and options of several commands

    The account.
      Le compte.
    The department.
      Le pôle.
    The record.
      La fiche.
    The task.
      La tâche.
    The request.
      La demande.
    Who it is.
      La personne.
    Why.
      Pourquoi.
    Print JSON.
      Afficher du JSON.
    Whom, by e-mail address.
      La personne, par son adresse e-mail.

    # Every kind of record

    Add %1.
      Ajouter %1.
    Change %1.
      Modifier %1.
    Change a record of any kind.
      Modifier une fiche de tout type.
    Delete %1; `restore` brings everything back.
      Supprimer %1 ; `restore` rétablit tout.
    Bring %1 back that was deleted.
      Rétablir %1 après une suppression.
    Show %1, with its comments and what belongs to it.
      Afficher %1, avec ses commentaires et ce qui s’y rattache.
    List %1; lines can be named by their number afterwards.
      Lister les %1 ; chaque ligne se désigne ensuite par son numéro.
    Work with %1.
      Gérer les %1.
    [--option value]…
      [--option valeur]…
    empty a field (so does an empty value); can be repeated
      vider un champ (comme le fait une valeur vide) ; répétable
    only this account's
      seulement les fiches de ce compte
    only these%1; can be repeated
      seulement ces valeurs%1 ; répétable
    only what is yours
      seulement ce qui est à vous
    only before this day
      seulement avant ce jour
    only after this day
      seulement après ce jour
    the deleted ones instead
      plutôt les fiches supprimées
    at most N lines
      au plus N lignes
    print all fields for a spreadsheet
      afficher tous les champs pour un tableur
    print JSON
      afficher du JSON
    \s(required)
      \s(obligatoire)
    the first day of the %1
      le premier jour (%1)
    the last day of the %1
      le dernier jour (%1)
    an address to reach them; can be repeated
      une adresse où joindre la personne ; répétable
    a number to reach them; can be repeated
      un numéro où joindre la personne ; répétable
    , now, YYYY-MM-DD or "YYYY-MM-DD HH:MM"; now when left out
      , maintenant, JJ/MM/AAAA ou "JJ/MM/AAAA HH:MM" ; maintenant par défaut
    , YYYY-MM-DD
      , JJ/MM/AAAA
    , or today, tomorrow, +7d
      , ou aujourd’hui, demain, +7j
    , %1 to %2
      , de %1 à %2
    :\s
      \s:\s
    : yes or no
      \s: oui ou non

    # account

    Let somebody into an account, or see who is in (needs a network).
      Partager un compte avec quelqu’un, ou voir qui y a accès (réseau requis).
    viewer reads the plan; contributor writes it and reads the figures; manager writes both and shares the account. Without --with it lists who has access.
      viewer lit le plan ; contributor l’écrit et lit les chiffres ; manager écrit les deux et partage le compte. Sans --with, affiche qui y a accès.
    viewer, contributor or manager.
      viewer (lecteur), contributor (contributeur) ou manager (responsable).
    Take somebody's access to an account away (needs a network).
      Retirer à quelqu’un l’accès à un compte (réseau requis).
    Their replica drops what it holds of the account at its next sync.
      Sa copie locale efface ce qu’elle contient du compte à la prochaine synchronisation.
    Let a department work on an account again (needs a network).
      Laisser de nouveau un pôle travailler sur un compte (réseau requis).
    Every department is engaged in an account until its manager takes it out.
      Tout pôle est engagé sur un compte tant que son responsable ne l’en retire pas.
    Keep a department out of an account (needs a network).
      Tenir un pôle à l’écart d’un compte (réseau requis).
    Its people lose the account with their next sync, unless it is shared with them; nothing new can be addressed to it there. What was addressed to it before stays.
      Ses membres perdent le compte à leur prochaine synchronisation, sauf s’il est partagé avec eux ; plus rien ne peut être adressé au pôle sur ce compte. Ce qui lui était adressé reste.

    # contact

    Say who of us is an account's privileged contact.
      Désigner l’interlocuteur privilégié d’un compte.
    Offline it is a request; sync tells whether it stands.
      Hors ligne, c’est une demande ; la synchronisation dit si elle est retenue.
    Who stands in.
      La personne qui supplée.
    Since when; today unless said.
      Depuis quand ; aujourd’hui par défaut.
    At least one contact every so many days.
      Au moins un contact tous les N jours.
    Accounts without a privileged contact, or whose contact left or is overdue.
      Les comptes sans interlocuteur privilégié, ou dont l’interlocuteur est parti ou en retard.
    Overdue: the contact's cadence has passed since they, or their deputy, last had an interaction with the account or commented on anything of it, or since they took it over.
      En retard : plus de jours que la cadence prévue depuis la dernière interaction de l’interlocuteur (ou de son suppléant) avec le compte, depuis son dernier commentaire sur une fiche du compte, ou depuis sa désignation.

    # department and user

    Add a department to the organisation; for admins (needs a network).
      Ajouter un pôle à l’organisation ; pour les administrateurs (réseau requis).
    Its name.
      Son nom.
    Who holds how much: open tasks and what each person has in hand.
      Qui a quoi : les tâches à prendre et ce que chacun a en main.
    Without DEPARTMENT, of every department.
      Sans DEPARTMENT, tous les pôles.
    Your own devices: which there are, and the end of one.
      Vos appareils : lesquels, et la fin de l’un d’eux.
    List your devices (needs a network).
      Lister vos appareils (réseau requis).
    Nobody else is told what they are called, but admins. One that you do not know may be somebody else's: end it, and tell an admin.
      Seuls les administrateurs voient aussi leurs noms. Un appareil que vous ne connaissez pas est peut-être à quelqu’un d’autre : mettez-y fin et prévenez un administrateur.
    End one of your devices, with its copies (needs a network).
      Mettre fin à l’un de vos appareils et à ses copies (réseau requis).
    From then on the server refuses it; when it next asks, it deletes what it holds. What waits there is lost: sync it first, if you can. It comes back with a new invite only.
      Le serveur le refuse désormais ; à sa prochaine demande, l’appareil supprime ce qu’il contient. Ce qui y attend est perdu : synchronisez-le d’abord, si possible. Il ne revient qu’avec une nouvelle invitation.
    Its number, from kam device list.
      Son numéro, donné par kam device list.
    What this device was shown of the server's audit log, for an admin to compare.
      Ce que cet appareil a vu du journal d’audit du serveur, à comparer par un administrateur.
    With each sync the server shows where its audit log ends, and signs it. The last of each day is kept here. Whoever changes the log afterwards, or the history of a record, cannot change what is kept here: the next sync tells, and with the output of kam witness --json an admin finds out on the server what was changed.
      À chaque synchronisation, le serveur montre où finit son journal d’audit, et le signe. Le dernier état de chaque jour est gardé ici. Qui modifie ensuite le journal, ou l’historique d’une fiche, ne peut pas modifier ce qui est gardé ici : la synchronisation suivante le dit, et la sortie de kam witness --json permet à un administrateur de trouver, sur le serveur, ce qui a été modifié.
    Also the device you are at, without asking.
      Même l’appareil où vous êtes, sans demander.
    People's roles and departments; for admins.
      Les rôles et les pôles des personnes ; pour les administrateurs.
    Change a person's role and departments (needs a network).
      Modifier le rôle et les pôles d’une personne (réseau requis).
    kam user edit leo@example.com --department logistics:lead --department sales:none\n\nNew people, suspension and devices are for `kamd user` on the server's host.
      kam user edit leo@example.com --department logistics:lead --department sales:none\n\nPour ajouter ou suspendre une personne, ou gérer ses appareils : `kamd user` sur la machine du serveur.
    Who, by e-mail address or name.
      La personne, par son adresse e-mail ou son nom.
    member, executive or admin.
      member (membre), executive (dirigeant) ou admin (administrateur).
    Such as logistics, logistics:lead or logistics:none; can be repeated.
      Par exemple logistics, logistics:lead ou logistics:none ; répétable.

    # task

    Take a task. Offline it is a request; sync tells who has it.
      Prendre une tâche. Hors ligne, c’est une demande ; la synchronisation dit qui l’a.
    With --next: of the open tasks of your departments, the one that is due first.
      Avec --next : parmi les tâches à prendre de vos pôles, la première à échoir.
    The next open task.
      La prochaine tâche à prendre.
    With --next: of this department.
      Avec --next : dans ce pôle.
    With --next: of this account.
      Avec --next : sur ce compte.
    Give a task to somebody; for leads of its department and managers.
      Attribuer une tâche ; pour les responsables de son pôle ou du compte.
    Give a task back to its department.
      Rendre une tâche à son pôle.
    Others' claims: for leads of the department and managers of the account.
      Les tâches prises par d’autres : pour les responsables du pôle ou du compte.
    Only when it has been held unchanged for so long, such as 14d or 2w.
      Seulement si elle est prise sans changement depuis ce temps, par exemple 14d ou 2w.
    Say that work on a task goes on; claims it when nobody has.
      Dire que le travail sur une tâche avance ; la prend si personne ne l’a.
    Say that a task cannot go on, and why.
      Dire qu’une tâche ne peut pas avancer, et pourquoi.
    Say that a task is done.
      Dire qu’une tâche est terminée.
    When; today unless said.
      Quand ; aujourd’hui par défaut.
    What shows it.
      Ce qui le montre.

    # service-request

    Say that a request was answered.
      Dire qu’une demande a reçu une réponse.
    Say that what was asked is done.
      Dire que ce qui était demandé est fait.
    Say that it was not done after all.
      Dire que ce n’était finalement pas fait.
    End a request, done or not.
      Clore une demande, satisfaite ou non.
    Say that it was passed on.
      Dire que la demande a été transmise.
    It is kept as an event of the request; `kam service-request show` lists them.
      C’est gardé comme événement de la demande ; `kam service-request show` les affiche.
    What was said or done.
      Ce qui a été dit ou fait.
    When: now, a day, or "YYYY-MM-DD HH:MM".
      Quand : maintenant, un jour ou "JJ/MM/AAAA HH:MM".

    # plan and its templates

    Make a plan from a template: objectives, tasks and expectations at once.
      Créer un plan depuis un modèle : objectifs, tâches et attentes en une fois.
    Shipped are acquire, expand, retain and partnership; `kam plan templates` lists them with the organisation's own. `kam plan-template adopt expand` copies one into the directory, where it can be edited. What a template asks of a department that is not engaged in the account is left out, and told.
      Les modèles fournis sont acquire, expand, retain et partnership ; `kam plan templates` les liste avec ceux de l’organisation. `kam plan-template adopt expand` en copie un dans l’annuaire, où il peut être modifié. Ce qu’un modèle demande à un pôle qui n’est pas engagé sur le compte est laissé de côté, et signalé.
    The template.
      Le modèle.
    What the plan is called; without it the template's name and the year.
      Le nom du plan ; par défaut, le nom du modèle et l’année.
    Its first day; without it today.
      Son premier jour ; par défaut, aujourd’hui.
    Its last day; without it by the template.
      Son dernier jour ; par défaut, selon le modèle.
    Who answers for it; without it you.
      Qui en répond ; par défaut, vous.
    List the templates that a plan can be made from.
      Lister les modèles d’où tirer un plan.
    Copy a shipped template into the directory, to edit it there.
      Copier un modèle fourni dans l’annuaire, pour l’y modifier.
    Its steps are then edited with `kam template-step`.
      Ses étapes se modifient ensuite avec `kam template-step`.
    The shipped template.
      Le modèle fourni.

    # comment, history, conflicts

    Say something about a record.
      Commenter une fiche.
    With “-” for TEXT it is read from standard input. `show` prints a record's comments.
      Avec « - » pour TEXT, le texte est lu sur l’entrée standard. `show` affiche les commentaires d’une fiche.
    Every value the fields of a record had: who, when, where, and what became of it (needs a network).
      Toutes les valeurs des champs d’une fiche : qui, quand, où, et ce qu’elles sont devenues (réseau requis).
    Only this field.
      Seulement ce champ.
    At most so many edits.
      Au plus N modifications.
    Where an edit met one that its author had not seen.
      Les modifications qui en ont croisé une autre, que leur auteur n’avait pas vue.
    Both values, both authors, and how to take the other one (the default).
      Les deux valeurs, les deux auteurs et comment prendre l’autre (par défaut).
    Only those that no list has shown yet.
      Seulement ceux qu’aucune liste n’a encore montrés.
    Write the value that does not stand as a new edit.
      Écrire la valeur écartée comme nouvelle modification.
    Of a deleted record: restore it, with everything it held.
      Pour une fiche supprimée : la rétablir avec tout son contenu.
    The conflict's number.
      Le numéro du conflit.
    The edits that the server refused; their words are kept until dismissed.
      Les modifications refusées par le serveur ; leur contenu est gardé jusqu’à ce que vous y renonciez.
    Let go of a refused edit, by its number in `conflicts refused`.
      Renoncer à une modification refusée, par son numéro dans `conflicts refused`.
    Its number.
      Son numéro.
    Every refused edit.
      Toutes les modifications refusées.

    # twins, merge

    Accounts, contacts and products that may be the same, made twice.
      Comptes, contacts et produits peut-être créés en double.
    Each two with what they have in common (the default).
      Chaque paire avec ce qu’elle a en commun (par défaut).
    Also those that were put apart.
      Aussi celles qui ont été écartées.
    Say that two are not the same: this device does not ask again.
      Dire que deux fiches sont distinctes : cet appareil n’en parle plus.
    One of them.
      L’une des deux.
    The other one.
      L’autre.
    Ask again.
      En parler à nouveau.
    Make one of two accounts, contacts or products that are the same.
      Fusionner deux comptes, contacts ou produits qui n’en font qu’un.
    Without --yes nothing changes: it lists what would. KEEP stays, with what it says; its empty fields are filled with what OTHER says, and everything that points to OTHER points to KEEP. OTHER is deleted; `kam restore OTHER` takes the merge back, on the device on which it was made. `kam twins` lists what may be the same.
      Sans --yes, rien ne change : la commande dit ce qui changerait. KEEP reste, avec ce qu’elle dit ; ses champs vides prennent les valeurs d’OTHER, et tout ce qui désigne OTHER désigne KEEP. OTHER est supprimée ; `kam restore OTHER` annule la fusion, sur l’appareil qui l’a faite. `kam twins` liste ce qui est peut-être en double.
    The record that stays.
      La fiche qui reste.
    The record that goes.
      La fiche qui disparaît.
    Merge them.
      Fusionner.

    # find, inbox, handover

    Find records by the words in them.
      Chercher des fiches par les mots qu’elles contiennent.
    Finds the records that have all the words, or words that begin so, without regard to case and accents; words in quotation marks follow each other. The best match comes first. Lines can be named by their number afterwards.
      Trouve les fiches qui contiennent tous les mots, ou des mots qui commencent ainsi, sans égard à la casse ni aux accents ; des mots entre guillemets se suivent. La meilleure correspondance vient en premier. Chaque ligne se désigne ensuite par son numéro.
    The words.
      Les mots.
    Only records of this kind; can be repeated.
      Seulement les fiches de ce type ; répétable.
    Only this account's.
      Seulement celles de ce compte.
    At most so many.
      Au plus N fiches.

    What waits for you, across all accounts.
      Ce qui vous attend, tous comptes confondus.
    Open tasks of your departments, what you hold, requests of customers, claims that were decided, and edits of yours that met others'. What was decided and superseded is shown until you have looked once.
      Les tâches à prendre de vos pôles, ce que vous avez pris, les demandes des clients, les prises en charge tranchées et vos modifications qui en ont croisé d’autres. Ce qui a été tranché ou remplacé s’affiche jusqu’à ce que vous l’ayez vu.
    Only this department's open tasks.
      Seulement les tâches à prendre de ce pôle.
    At most so many open tasks.
      Au plus N tâches à prendre.
    List what somebody holds, and move it to somebody else.
      Lister ce dont quelqu’un a la charge, et le transmettre à quelqu’un d’autre.
    Without --yes nothing changes: it lists what would move. With it, each account's part is one edit, and all are kept at once or told why not; access to accounts that you manage is given at once, which needs a network. What you may not move is told, with who can.
      Sans --yes, rien ne change : la commande liste ce qui serait transmis. Avec --yes, la part de chaque compte est une modification, gardée en une fois ou refusée avec son motif ; l’accès aux comptes dont vous êtes responsable est donné aussitôt, ce qui demande le réseau. Ce que vous ne pouvez pas transmettre est signalé, avec qui le peut.
    Whose it is.
      Qui en a la charge.
    Who takes it over.
      Qui prend la suite.
    Only of this account.
      Seulement pour ce compte.
    Move it.
      Transmettre.

    # join, sync, status, check

    Make this device a replica of the organisation's plans.
      Faire de cet appareil une copie locale des plans de l’organisation.
    An admin prints the invite (`kamd user add`, `kamd invite`); it works once, for a day. Without INVITE, or with “-”, it is read from standard input, which keeps it out of the shell's history. Before anything is sent it says whom you would join, and asks on a terminal. A directory that holds a replica joins only the organisation that it is of.
      Un administrateur émet l’invitation (`kamd user add`, `kamd invite`) ; elle sert une fois, pendant un jour. Sans INVITE, ou avec « - », elle est lue sur l’entrée standard, ce qui la tient hors de l’historique du shell. Avant tout envoi, la commande dit qui vous allez rejoindre, et le demande sur un terminal. Un répertoire qui contient une réplique ne rejoint que l’organisation dont elle est.
    Give up your own access to an account (needs a network).
      Renoncer à son propre accès à un compte (avec réseau).
    Whoever manages it can share it again. What your departments or your role let you see stays in sight.
      Qui le gère peut le partager de nouveau. Ce que vos services ou votre rôle vous laissent voir reste visible.
    Do not ask.
      Ne rien demander.
    The organisation's server has a new key: go there with everything that this directory holds.
      Le serveur de l’organisation a une nouvelle clé : y aller avec tout ce que contient ce répertoire.
    The invite, kam-invite.…
      L’invitation, kam-invite.…
    What the history calls this device.
      Le nom de cet appareil dans l’historique.
    Send what waits, fetch what is new, and tell what met what.
      Envoyer ce qui attend, recevoir ce qui est nouveau, et dire ce qui s’est croisé.
    Exits with 0 when the exchange was complete, also when edits were refused: what was refused is told and kept (kam conflicts refused). Exits with 3 when the server was not reached, or could take no edits; every edit is kept then.
      Code de retour 0 quand l’échange est complet, même si des modifications sont refusées : ce qui est refusé est signalé et gardé (kam conflicts refused). Code 3 quand le serveur est injoignable ou ne peut rien enregistrer ; toutes les modifications sont alors gardées.
    Who you are here, when it last synced, and what waits (needs no network).
      Qui vous êtes ici, la dernière synchronisation et ce qui attend (sans réseau).
    List every scope held.
      Lister chaque périmètre présent.
    Prove that this replica is whole: its file, its digests, and what its waiting edits make of it.
      Vérifier l’intégrité de cette copie locale : son fichier, ses empreintes et l’effet des modifications en attente.

    Mend a damaged replica: save what waits into a new file; the next sync brings the rest.
      Réparer une copie locale endommagée : sauver ce qui attend dans un nouveau fichier ; la prochaine synchronisation ramène le reste.
    The damaged file is kept beside the new one. A replica that is whole is left as it is.
      Le fichier endommagé est gardé à côté du nouveau. Une copie saine est laissée telle quelle.

    # completions, version

    Print a script that completes commands, fields, choices, accounts and people.
      Afficher un script qui complète commandes, champs, choix, comptes et personnes.
    bash: source <(kam completions bash)\nzsh: source <(kam completions zsh)\nfish: kam completions fish | source
      bash : source <(kam completions bash)\nzsh : source <(kam completions zsh)\nfish : kam completions fish | source
    bash, zsh or fish.
      bash, zsh ou fish.
    Print what can stand in the place of the last word.
      Afficher ce qui peut prendre la place du dernier mot.
    in a week
      dans une semaine
    yourself
      vous-même
    Print the version.
      Afficher la version.
    """#
}

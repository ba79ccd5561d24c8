extension FrenchTables {
  /// What commands print when they did what was asked. For the form see ``CatalogueReader``.
  static let messages: StaticString = #"""
    # This device

    %1 is the short name of %2: name them by these codes, or give one another short name (%3). If they are one account: %4
      %1 est le nom court de %2 : désignez-les par ces codes, ou donnez à l’un un autre nom court (%3). Si c’est un seul compte : %4

    A new device of yours: %1 (number %2), since %3. If it is not yours: %4
      Un nouvel appareil à votre nom : %1 (numéro %2), depuis %3. S’il n’est pas à vous : %4
    The server's audit log is not the one that this device was shown on %1 (entry %2): it was changed, or put back without saying so. Show an admin what %3 says.
      Le journal d’audit du serveur n’est plus celui que cet appareil a vu le %1 (entrée %2) : il a été modifié, ou remis dans un état antérieur sans que cela soit dit. Montrez à un administrateur ce qu’affiche %3.
    This device was not shown the server's audit log yet; kam sync does.
      Cet appareil n’a pas encore vu le journal d’audit du serveur ; kam sync le lui montre.
    Ended device %1, “%2”.
      L’appareil %1 (« %2 ») est terminé.
    Its copies have ended too: %1.
      Ses copies sont terminées aussi : %1.
    What this device held was deleted.
      Ce que cet appareil contenait est supprimé.
    number
      numéro
    last seen
      vu
    hash
      empreinte
    suspended
      suspendu
    a copy of device %1
      copie de l’appareil %1
    ; %1 that waits is lost
       ; %1 en attente est perdue
    This ends the device you are at, and deletes what it holds%1. Type yes to do so:
      Ceci met fin à l’appareil où vous êtes et supprime ce qu’il contient%1. Pour le faire, tapez oui :
    Another kam is syncing this replica; waiting for it …
      Un autre kam synchronise cette réplique ; on l’attend…
    Another kam imports into this replica; waiting for it …
      Un autre kam importe dans cette réplique ; on l’attend…
    The replica cannot be written now, so line numbers still mean the list before this one; use handles.
      La réplique ne peut pas être écrite en ce moment : les numéros de ligne désignent encore la liste précédente ; servez-vous des codes.
    kam: The output could not be written: %1. What was to be stored is stored.
      kam : la sortie n’a pas pu être écrite : %1. Ce qui devait être enregistré l’est.

    # Whom one joins

    This directory is of the server %1. %2
      Ce répertoire appartient au serveur %1. %2
    You are about to take everything in it to %1. %2
      Vous allez porter tout son contenu à %1. %2
    You are about to join %1 at %2 as %3.
      Vous allez rejoindre %1, à l’adresse %2, en tant que %3.
    You are about to join %1 at %2.
      Vous allez rejoindre %1, à l’adresse %2.
    You are about to join %1 as %2.
      Vous allez rejoindre %1 en tant que %2.
    You are about to join %1.
      Vous allez rejoindre %1.
    Its key: %1.
      Sa clé : %1.
    A public certificate authority vouches for it.
      Une autorité de certification publique s’en porte garante.
    Is it the one? Ask your admin for the key, by another way than the invite came. [y/N]
      Est-ce bien lui ? Demandez la clé à votre administrateur, par une autre voie que celle de l’invitation. [o/N]
    The server does not take what this device joined with last; it uses what it had before again.
      Le serveur n’accepte pas ce avec quoi cet appareil a été inscrit en dernier ; il se sert de nouveau de ce qu’il avait avant.

    # Which of several

    %1 is in %2: somebody gave two records one id. Say which is meant, as %3/%4:
      %1 est dans %2 : quelqu’un a donné un même identifiant à deux enregistrements. Dites lequel, sous la forme %3/%4 :
    \sin %1
      \sdans %1

    %1 is the short name of several accounts; this is %2 %3, which has been on this device longest, and not %4. To tell them apart: %5
      %1 est le nom court de plusieurs comptes ; il s’agit ici de %2 %3, présent depuis le plus longtemps sur cet appareil, et non de %4. Pour les distinguer : %5
    You have left %1; the next sync removes it from this device.
      Vous avez quitté %1 ; la prochaine synchronisation le retire de cet appareil.
    Nothing changed: %1 is not shared with you.
      Rien n’a changé : %1 n’est pas partagé avec vous.

    # Form

    “%1”
      « %1 »
    %1: %2
      %1 : %2

    # Time and age

    just now
      à l’instant
    in %1
      dans %1
    %1 ago
      il y a %1
    less than 0.1 s
      moins de 0,1 s
    yesterday %1
      hier %1
    never synced
      jamais synchronisé
    synced %1
      synchronisé %1
    %1, %2 waiting
      %1, %2 en attente
    This device's clock went back by %1 since the last edit. The edit is kept in its right order all the same.
      L’horloge de cet appareil a reculé de %1 depuis la dernière modification. Celle-ci garde tout de même sa juste place.

    # Who and what

    you
      vous
    somebody
      quelqu’un
    nobody
      personne
    nobody yet
      personne encore
    somebody not here yet
      une personne pas encore connue ici
    the server
      le serveur
    this device
      cet appareil
    device %1
      appareil %1
    an account not here yet
      un compte pas encore connu ici
    the directory
      l’annuaire
    record %1
      fiche %1
    field %1
      champ %1
    field
      champ
    line %1
      ligne %1
    line %1 of the last list
      ligne %1 de la dernière liste
    without a title
      sans titre
    \s\s(deleted)
      \s\s(supprimé)
    (not here yet)
      (pas encore ici)
    (not readable by this version)
      (illisible pour cette version)
    (of a newer version)
      (d’une version plus récente)
    (emptied)
      (vidé)
    emptied
      vidé
    empty
      vide

    # Added and changed

    Added %1 to %2; waiting to sync.
      Ajout de %1 à %2 ; à synchroniser.
    Added %1; waiting to sync.
      Ajout de %1 ; à synchroniser.
    You are its manager; `%1` lets others in after a sync.
      Vous en êtes responsable ; après une synchronisation, `%1` y donne accès à d’autres.
    %1 %2%3; waiting to sync.
      %1 %2%3 ; à synchroniser.
    Nothing changed: %1 %2.
      Rien n’a changé : %1 %2.
    already says that
      contient déjà cela
    Changed %1 of
      Modification (%1) de
    Restored
      Rétablissement de
    Deleted
      Suppression de
    is not deleted
      (aucune suppression à annuler)
    is deleted already
      (suppression déjà faite)
    It is deleted; `%1` brings it back.
      Cette fiche est supprimée ; `%1` la rétablit.
    Commented on %1 (%2); waiting to sync.
      Commentaire ajouté à %1 (%2) ; à synchroniser.

    # Plans from templates

    Made %1 %2 for %3: %4; waiting to sync.
      Création de %1 %2 pour %3 : %4 ; à synchroniser.
    %1 left out: %2 not engaged in this account (%3).
      Laissé de côté : %1 ; pôle tenu à l’écart de ce compte : %2 (%3).
    Added %1 %2 with %3; waiting to sync.
      Ajout de %1 %2 avec %3 ; à synchroniser.
    from
      origine
    shipped
      fourni
    the organisation
      l’organisation

    # Lists and pages

    handle
      code
    No %1.
      Pas de %1.
    waiting to sync
      à synchroniser
    * waiting to sync
      * à synchroniser
    %1 overdue
      %1 en retard
    %1 (claim requested)
      %1 (demandé)
    %1 (waiting to sync)
      %1 (à synchroniser)
    last change
      dernier changement
    %1 by %2, %3
      %1 par %2, %3
    \s\s… and %1 more: %2
      \s\s… et %1 de plus : %2
    \s\s… and %1 more
      \s\s… et %1 de plus
    … and %1 more
      … et %1 de plus
    \s\s%1, %2 (%3, waiting to sync)
      \s\s%1, %2 (%3, à synchroniser)
    Record %1 is of kind %2, which this version does not know.
      La fiche %1 est d’un type (%2) inconnu de cette version.

    # Find

    Indexing %1 of %2 …
      Indexation : %1 sur %2 …
    Nothing here has “%1”.
      Rien ici ne contient « %1 ».
    where it says so
      où c’est écrit

    # The page of an account

    tier %1
      rang %1
    manager %1
      responsable : %1
    \s\s* waiting to sync
      \s\s* à synchroniser
    nobody is its privileged contact
      sans interlocuteur privilégié
    privileged contact %1
      interlocuteur privilégié : %1
    privileged contact %1 (requested)
      interlocuteur privilégié : %1 (demandé)
    %1, deputy %2
      %1, suppléance : %2
    plan “%1”
      plan d’action « %1 »
    Nothing changed since you last looked (%1).
      Rien n’a changé depuis votre dernier passage (%1).
    Since you last looked (%1): %2
      Depuis votre dernier passage (%1) : %2
    %1 “%2”
      %1 « %2 »
    deleted %1
      suppression : %1
    new: %1
      nouveau : %1
    Their people (%1)
      Leurs contacts (%1)
    known to %1
      en contact avec %1
    Communication
      Communication
    never sent
      jamais envoyée
    due %1
      échéance %1
    Last interactions
      Dernières interactions
    Open requests (%1)
      Demandes ouvertes (%1)
    Open objectives (%1)
      Objectifs en cours (%1)
    to reach %1%2
      à atteindre : %1%2
    %1 of %2%3
      %1 sur %2%3
    Open tasks (%1)
      Tâches ouvertes (%1)
    Open tasks (%1, %2 overdue)
      Tâches ouvertes (%1, dont %2 en retard)
    Opportunities (%1)
      Opportunités (%1)

    # Tasks

    Claim requested for
      Prise en charge demandée pour
    , claim requested
      , prise en charge demandée
    is yours already
      est déjà à vous
    Assigned to %1:
      Attribution à %1 :
    is theirs already
      est déjà à cette personne
    Released
      Remise à disposition de
    is nobody's
      n’est prise par personne
    Started
      Début du travail sur
    is in progress already
      est déjà en cours
    Blocked
      Blocage de
    is blocked already
      est déjà bloquée
    Done:
      Fin de
    is done already
      est déjà terminée
    No open tasks.
      Aucune tâche à prendre.
    tasks
      tâches
    overdue
      en retard
    who
      qui
    %1: %2 %3; waiting to sync.
      %1 : %2 %3 ; à synchroniser.

    # Claims that were decided. The word in “the %1 of” is a role or a field.

    you are the %1 of %2
      vous êtes %1 de %2
    %1 is the %2 of %3
      %2 de %3 : %1
    the %1 of %2 is %3
      %1 de %2 : %3
    %1: it stands.
      %1 – c’est acquis.
    Somebody was first%1: %2.
      Quelqu’un a été plus rapide%1 – %2.
    \sat %1
      \s(%1)
    %1: yours.
      %1 : à vous.
    %1: assigned to %2.
      %1 : attribution à %2.
    %1: claimed by %2%3.%4
      %1 : prise en charge par %2%3.%4
    \sNext open %1 task: %2 %3.
      \sProchaine tâche à prendre (%1) : %2 %3.

    # Privileged contacts

    Requested: %1 is the privileged contact of %2; waiting to sync, which tells whether it stands.
      Demandé : %1 comme interlocuteur privilégié de %2 ; à synchroniser, ce qui dira si c’est retenu.
    Nothing changed: %1 is the privileged contact of %2 already.
      Rien n’a changé : l’interlocuteur privilégié de %2 est déjà %1.
    No accounts.
      Aucun compte.
    No gaps: every account has its privileged contact.
      Rien ne manque : chaque compte a son interlocuteur privilégié.
    gap
      manque
    Assign one: %1
      Pour en désigner un : %1
    has no privileged contact
      pas d’interlocuteur privilégié
    %1 has left or is suspended
      %1 n’est plus en activité (départ ou accès suspendu)
    overdue for %1: %2 since the last contact, %3 allowed
      en retard pour %1 : %2 depuis le dernier contact, %3 permis

    # Inbox

    Yours (%1)
      À vous (%1)
    Requests to you (%1)
      Demandes pour vous (%1)
    Open for %1 (%2)
      À prendre, pôle %1 (%2)
    Decided since you looked
      Tranché depuis votre dernier passage
    Where your edits met others' (%1)
      Vos modifications qui en ont croisé d’autres (%1)
    %1: kam conflicts refused
      %1 : kam conflicts refused
    Nothing waits for you.
      Rien ne vous attend.
    You belong to no department; an admin can change that: kam user edit EMAIL --department …
      Vous n’appartenez à aucun pôle ; un administrateur peut y remédier : kam user edit EMAIL --department …

    # Handover

    %1 holds nothing here.
      %1 n’a rien en charge ici.
    what
      quoi
    moved
      transmis
    Handed over to %1. Edits wait for the next sync, which tells whether they stand.
      Transmis à %1. Les modifications attendent la prochaine synchronisation, qui dira si elles sont retenues.
    Nothing has moved yet. To move it to %1, add --yes.
      Rien n’est encore transmis. Pour tout transmettre à %1, ajoutez --yes.
    The server was not reached: which accounts are shared with %1 could not be looked up.
      Serveur injoignable : impossible de savoir quels comptes sont partagés avec %1.
    %1: access as %2
      %1 : accès avec le rôle « %2 »

    # Sharing, departments, people

    %1 is %2 of %3 now.
      %1 a maintenant le rôle « %2 » sur %3.
    Nothing changed: %1 is %2 already.
      Rien n’a changé : %1 a déjà le rôle « %2 ».
    %1 has no access to %2 any more.
      %1 n’a plus accès à %2.
    %1 is not shared with %2 any more.
      %1 n’est plus partagé avec %2.
    Nothing changed: %1 was not shared with %2.
      Rien n’a changé : %1 n’était pas partagé avec %2.
    %1 still sees every account, as %2 of the organisation; an admin changes that with %3.
      %1 voit toujours tous les comptes, avec le rôle « %2 » dans l’organisation ; un administrateur le change par %3.
    %1 still sees its plan by belonging to %2; %3 takes that away from all of %4.
      %1 voit toujours son plan, comme membre de « %2 » ; %3 le retire à tous les membres de « %4 ».
    Nothing changed: %1 had no access.
      Rien n’a changé : %1 n’avait pas accès.
    %1 is engaged in %2 now.
      %1 : pôle désormais engagé sur %2.
    Nothing changed: %1 is engaged in %2 already.
      Rien n’a changé : le pôle %1 est déjà engagé sur %2.
    %1 stays out of %2 now.
      %1 : pôle désormais tenu à l’écart de %2.
    Nothing changed: %1 stays out of %2 already.
      Rien n’a changé : le pôle %1 est déjà tenu à l’écart de %2.
    Added the department “%1”; a sync brings it to this replica.
      Pôle « %1 » ajouté ; une synchronisation l’apporte à cette copie locale.
    Changed %1; a sync brings it to everybody.
      %1 : modification faite ; une synchronisation l’apporte à tous.
    Nothing changed: %1 is that already.
      Rien n’a changé : c’est déjà le cas de %1.

    # Twins and merges

    %1 and %2%3 may be one %4: the same %5. If so: %6. If they are two: %7
      %1 et %2%3 désignent peut-être une seule fiche (%4) ; en commun : %5. Si oui : %6. Sinon : %7
    %1 more that may be here twice: %2
      Encore %1 qui sont peut-être en double : %2
    Nothing is here twice, as far as can be seen.
      Rien n’est en double, à ce qu’on peut voir.
    one
      l’une
    the same
      en commun
    Merge two: kam merge KEEP OTHER. They are two: kam twins apart ONE OTHER
      Pour fusionner : kam merge KEEP OTHER. Si elles sont distinctes : kam twins apart ONE OTHER
    Give two records of one kind.
      Donnez deux fiches du même type.
    Nothing changed.
      Rien n’a changé.
    %1 are two.
      Fiches distinctes : %1.
    %1 may be one again.
      Peut-être une seule fiche, à nouveau : %1.
    These are one record already.
      C’est déjà une seule fiche.
    %1 and %2 are of different kinds, and cannot be one.
      %1 et %2 ne sont pas du même type, et ne peuvent être une seule fiche.
    Only accounts, contacts and products are merged.
      Seuls se fusionnent les comptes, les contacts et les produits.
    %1 is deleted; restore it first.
      Fiche supprimée : %1 ; rétablissez-la d’abord.
    They are of two accounts, so they are two. If the accounts are one, merge these: %1
      Ils sont de deux comptes, donc distincts. Si les comptes n’en font qu’un, fusionnez ceux-ci : %1
    The %1 of %2 cannot be read, so that it is not known what it points to: nothing is merged. `%3` finds what is damaged.
      Le champ « %1 » de %2 est illisible : rien n’est fusionné, faute de savoir à quoi il renvoie. `%3` trouve ce qui est endommagé.
    They cannot be merged, and nothing has changed:
      La fusion n’est pas possible, et rien n’a changé :
    %1 has fields of a newer version of kam; upgrade it first.
      %1 contient des champs d’une version plus récente de kam ; mettez-le à jour d’abord.
    %1: only an admin may write again what others have written; ask one to merge them.
      %1 : seul un administrateur peut récrire ce que d’autres ont écrit ; demandez-lui de les fusionner.
    Both have answered %1, and of one person only one answer counts: delete the one that does not (%2).
      Les deux ont répondu à %1, et une seule réponse compte par personne : supprimez celle qui ne compte pas (%2).
    %1 is locked: unlock it first, so that it can follow its sales.
      Fiche verrouillée : %1 ; déverrouillez-la d’abord, pour qu’elle suive ses ventes.
    %1 would go into %2.
      Fusion prévue : %1 disparaît, et il reste %2.
    Merged %1 into %2; waiting to sync.
      Fusion faite : %1 a disparu, et il reste %2 ; à synchroniser.
    Nothing has changed yet. To merge them, add --yes.
      Rien n’est encore modifié. Pour fusionner, ajoutez --yes.
    Taken over: %1.
      Repris : %1.
    Not taken over: %1 “%2”; “%3” stays.
      Non repris : %1 « %2 » ; « %3 » reste.
    Not taken over: %1 “%2” of %3; “%4” stays.
      Non repris : %1 « %2 » de %3 ; « %4 » reste.
    With it come %1.
      Suivent : %1.
    There already: %1.
      Déjà là : %1.
    Left as written, and still naming %1: %2.
      Laissé tel quel, au nom de %1 : %2.
    Who may see only %1 has to be given %2: %3
      Qui ne voit que %1 doit recevoir l’accès à %2 : %3
    %1 was first, and deleted it at %2.
      %1 a été plus rapide : suppression à %2.
    %1 was merged into %2.
      %1 a été fusionné avec %2, qui reste.
    %1 came into %2, which was merged into %3: %4, and then merge them again
      Arrivés : %1 dans %2, après sa fusion avec %3 : %4, puis fusionnez à nouveau
    It was merged into %1, which keeps what it took over: delete there what is there twice.
      La fiche avait été fusionnée avec %1, qui garde ce qui a été repris : supprimez-y ce qui est en double.
    , as it was before it was merged into %1
      , comme avant la fusion avec %1

    # Conflicts. What was written may be any field: “la valeur” is what everything agrees with.

    No new conflicts.
      Aucun nouveau conflit.
    No conflicts.
      Aucun conflit.
    \s\snew
      \s\snouveau
    yours
      la vôtre
    theirs
      l’autre
    stands
      retenue
    neither: it was changed since
      ni l’une ni l’autre : le champ a changé depuis
    the record is deleted; what it held is kept
      la fiche est supprimée ; son contenu est gardé
    bring it back
      rétablir
    take the other
      prendre l’autre
    Wrote %1 as the %2 of
      Valeur %1 écrite dans « %2 » de
    No refused edits.
      Aucune modification refusée.
    edited
      modifié
    why
      motif
    Let one go: kam conflicts dismiss N (or --all)
      Pour renoncer à l’une : kam conflicts dismiss N (ou --all)
    Dismissed %1.
      Abandon : %1.
    Dismissed: %1
      Abandon : %1
    edited %1, %2
      %1, %2
    at the same time as yours
      en même temps que la vôtre
    %1 after yours
      %1 après la vôtre
    %1 before yours
      %1 avant la vôtre
    Your %1 %2 of %3 lost to %4 %5 (%6). Take yours back: %7
      Champ « %1 » de %3 : votre valeur %2 a cédé à celle %4, %5 (%6). Pour reprendre la vôtre : %7
    Your %1 %2 of %3 replaced %4 %5, which you had not seen (%6). Take theirs: %7
      Champ « %1 » de %3 : votre valeur %2 a remplacé celle %4, %5, que vous n’aviez pas vue (%6). Pour prendre l’autre : %7
    %1 %2 %3 of %4 replaced your %5, which they had not seen (%6). Take yours back: %7
      %1 : la valeur %3, champ « %2 » de %4, a remplacé la vôtre, %5, qui n’avait pas été vue (%6). Pour reprendre la vôtre : %7
    %1 %2 %3 of %4 arrived after yours but is older (%5); your %6 stands. Take theirs: %7
      %1 : la valeur %3, champ « %2 » de %4, est arrivée après la vôtre mais date d’avant (%5) ; votre valeur %6 est retenue. Pour prendre l’autre : %7
    You changed the %1 of %2, which %3 had deleted. It stays deleted, with your change kept. Bring it back: %4
      Vous avez modifié « %1 » de %2 après sa suppression par %3. La fiche reste supprimée, votre modification est gardée. Pour la rétablir : %4
    %1 changed the %2 of %3, which you had deleted. It stays deleted. Bring it back: %4
      %1 : modification de « %2 » après votre suppression de %3. La fiche reste supprimée. Pour la rétablir : %4
    You deleted %1 with %2 %3%4, which you had not seen. Bring it back: %5
      Vous avez supprimé %1 sans avoir vu une modification %2 (%3%4). Pour rétablir la fiche : %5
    %1 deleted %2 without having seen your %3%4. Bring it back: %5
      %1 : suppression de %2 sans que votre modification ait été vue (%3%4). Pour rétablir la fiche : %5
    The server gave no reason.
      Le serveur n’a pas donné de motif.
    %1 was first, at %2 (%3: %4).
      %1 : modification faite avant, %2 (%3 : %4).

    # History

    %1 %2, newest first
      %1 %2, du plus récent au plus ancien
    when
      quand
    became
      issue
    device
      appareil
    Refused at %1: %2. %3
      Refus (%1) : %2. %3
    There is more: --limit %1
      Il y en a d’autres : --limit %1

    # Joining, status, check

    Paste the invite:
      Collez l’invitation :
    Joined %1 as %2 <%3>.
      Vous avez rejoint %1 : %2 <%3>.
    Now fetch what you may see: kam sync
      Recevez maintenant ce qui vous est ouvert : kam sync
    organisation
      organisation
    server
      serveur
    none: this replica has no credential
      aucun : cette copie locale n’a pas d’accès au serveur
    proxy
      proxy
    %1, named by %2
      %1, d’après %2
    last sync
      dernière synchro.
    never
      jamais
    clock
      horloge
    as the server's (%1)
      celle du serveur (%1)
    %1 ahead of the server's (%2); edits are stamped with the server's time
      en avance de %1 sur le serveur (%2) ; les modifications portent l’heure du serveur
    %1 behind the server's (%2); edits are stamped with the server's time
      en retard de %1 sur le serveur (%2) ; les modifications portent l’heure du serveur
    holds
      contenu
    waiting
      en attente
    nothing
      rien
    %1, sent by the next sync
      %1, à envoyer à la prochaine synchronisation
    refused
      refus
    conflicts
      conflits
    %1 not looked at: kam conflicts
      %1 à regarder : kam conflicts
    sequence
      séquence
    new
      nouveau
    Whole: %1 in %2, every digest right.
      Intègre : %1 dans %2, toutes les empreintes sont justes.
    The file: %1
      Le fichier : %1
    The digest of %1 is not that of its records.
      L’empreinte de %1 n’est pas celle de ses fiches.
    Record %1 does not show what its waiting edits make of it.
      La fiche %1 ne montre pas l’effet de ses modifications en attente.

    # Sync

    sent %1, received %2, %3 waiting
      envoyé %1, reçu %2, en attente %3
    Nothing to send, nothing new.
      Rien à envoyer, rien de nouveau.
    sent %1
      envoi de %1
    received %1
      réception de %1
    %1 refused
      %1 refus
    New: %1.
      Nouveau : %1.
    No longer shared with you, and removed from this device: %1.
      Plus partagé avec vous, et retiré de cet appareil : %1.
    %1 and %2 more
      %1 et %2 de plus
    Refused: %1. %2 Your words are kept: %3
      Refus : %1. %2 Votre texte est gardé : %3
    This device's clock is %1 (± %2 ms); your edits are stamped with the server's time. Set the clock to get rid of this warning.
      L’horloge de cet appareil est %1 (± %2 ms) ; vos modifications portent l’heure du serveur. Réglez l’horloge pour ne plus voir cet avertissement.
    %1 ahead of the server
      en avance de %1 sur le serveur
    %1 behind the server
      en retard de %1 sur le serveur
    Edits made with that clock were stamped up to %1 ahead of the server; it took them as made now. Later edits of others can win over them.
      Des modifications faites avec cette horloge étaient datées jusqu’à %1 après l’heure du serveur ; il les a prises comme faites maintenant. Des modifications ultérieures d’autres personnes peuvent l’emporter.
    %1 waits until the server is upgraded: it does not know a field yet.
      En attente d’une mise à niveau du serveur, qui ne connaît pas encore un champ : %1.
    This replica was a copy of another device's; it has a number of its own now.
      Cette copie locale était celle d’un autre appareil ; elle a maintenant son propre numéro.
    The server was put back to an older copy, or restored from a backup; what this device keeps of its edits was sent once more. If your admins did nothing of the kind, show them what %1 says.
      Le serveur est revenu à une copie plus ancienne, ou à une sauvegarde ; ce que cet appareil garde de ses modifications a été renvoyé. Si vos administrateurs n’ont rien fait de tel, montrez-leur ce qu’affiche %1.
    %1 waits for what the server lacks since then: records, accounts or roles that come back with the devices of those who made them. %2 shows which; every sync tries again.
      En attente de ce qui manque au serveur depuis lors (fiches, comptes ou rôles, qui reviennent avec les appareils de leurs auteurs) : %1. %2 montre lesquelles ; chaque synchronisation réessaie.
    not taken yet: %1
      pas encore prise : %1
    What differed from the server was found and mended.
      Ce qui différait du serveur a été trouvé et réparé.

    # Steps of a record

    Put a plan forward for approval.
      Soumettre un plan à l’approbation.
    Submitted
      Soumission de
    Agree to a plan.
      Approuver un plan.
    Approved
      Approbation de
    Send a plan back.
      Renvoyer un plan.
    Rejected
      Renvoi de
    End an interview; then it stands as it is.
      Clore un entretien ; il ne change plus ensuite.
    Finalised
      Clôture de
    End a review; then it stands as it is.
      Clore un bilan ; il ne change plus ensuite.
    Let a survey template be used; then it stands as it is.
      Publier un modèle d’enquête ; il ne change plus ensuite.
    Published
      Publication de
    Begin to take answers.
      Commencer à recueillir les réponses.
    Opened
      Ouverture de
    Take no more answers.
      Ne plus recueillir de réponses.
    Closed
      Clôture de
    “%1” is the %2 of %3:
      « %1 » désigne %3 (%2) :

    # what a button says
    sync
      synchroniser
    join with the invite
      rejoindre avec l’invitation
    join, as the server has moved
      rejoindre, le serveur ayant changé
    see what waits
      voir ce qui attend
    save what waits
      sauver ce qui attend
    take the other value
      prendre l’autre valeur
    list: %1
      liste : %1
    choose another short name
      choisir un autre nom court
    engage a department
      engager un pôle
    see the fields: %1
      voir les champs : %1
    bring it back
      rétablir
    see what this device was shown
      voir ce que cet appareil a vu
    see what may be here twice
      voir ce qui est peut-être en double
    see your devices
      voir vos appareils
    end this device
      fermer cet appareil
    see the imports
      voir les imports
    list their contacts
      voir leurs contacts
    list the tasks of %1
      voir les tâches : %1
    look at the edits that met
      voir les modifications qui se sont croisées
    look at the refused edits
      voir les modifications refusées
    add an exchange rate from %1 to %2
      ajouter un taux de change de %1 vers %2
    look whether everything is whole
      vérifier que tout est intègre
    delete it
      supprimer la fiche
    merge them
      les fusionner
    keep them apart
      les tenir pour distincts
    share the account
      partager le compte
    open the task again
      rouvrir la tâche
    publish it
      publier
    open the campaign
      ouvrir la campagne
    finalise it
      clore
    add a contact
      ajouter un contact
    make a member of them
      en faire un membre
    see its history
      voir son historique
    disengage the department
      tenir le pôle à l’écart
    add a criterion
      ajouter un critère
    judge an account
      évaluer un compte
    add a revenue target
      ajouter un objectif de chiffre d’affaires
    assign a privileged contact
      désigner un interlocuteur privilégié
    """#
}

extension FrenchTables {
  /// What ArgumentParser prints; the keys are the patterns of ``parserWords(_:)``. For the form see
  /// ``CatalogueReader``.
  static let parser: StaticString = #"""
    # Help

    OVERVIEW: %1
      APERÇU : %1
    USAGE: %1
      USAGE : %1
    ARGUMENTS:
      ARGUMENTS :
    OPTIONS:
      OPTIONS :
    SUBCOMMANDS:
      SOUS-COMMANDES :
    %1 SUBCOMMANDS:
      %1 :
    \s\sSee '%1' for detailed help.
      \s\sAide détaillée : %1
    %1Show help information.
      %1Afficher cette aide.
    %1Show the version.
      %1Afficher la version.
    %1Show subcommand help information.
      %1Afficher l’aide d’une sous-commande.
    (default:
      (par défaut :
    (default)
      (par défaut)
    (values:
      (valeurs :
    ; default:
      \s; par défaut :

    # Errors

    Usage: %1
      Usage : %1
    \s\sSee '%1' for more information.
      \s\sPour en savoir plus : %1
    Help:  %1
      Aide :  %1
    Unknown option '%1'. Did you mean '%2'?
      Option inconnue : « %1 ». Vouliez-vous dire « %2 » ?
    Unknown option '%1'
      Option inconnue : « %1 ».
    Missing value for '%1'
      Il manque une valeur à « %1 ».
    \s\s\sor: Missing value for '%1' in '%2'
      \s\s\sou : il manque une valeur à « %1 » dans « %2 ».
    The option '%1' does not take any value, but '%2' was specified.
      L’option « %1 » ne prend pas de valeur, mais « %2 » a été donné.
    Unexpected argument '%1'
      Argument inattendu : « %1 ».
    %1 unexpected arguments: '%2'
      %1 arguments inattendus : « %2 ».
    Missing expected argument '%1'
      Il manque l’argument « %1 ».
    Missing one of: '%1'
      Il manque l’un de ces arguments : « %1 ».
    The value '%1' is invalid for '%2'. Please provide one of '%3'.
      La valeur « %1 » ne convient pas à « %2 » ; au choix : « %3 ».
    The value '%1' is invalid for '%2': %3
      La valeur « %1 » ne convient pas à « %2 » : %3
    The value '%1' is invalid for '%2'
      La valeur « %1 » ne convient pas à « %2 ».
    ', '
      \s», «\s
    ' or '
      \s» ou «\s
    ' and '
      \s» et «\s
    Value to be set with flag '%1' had already been set with flag '%2'
      L’option « %1 » contredit l’option « %2 » donnée avant.
    Invalid option: %1
      Option non valide : %1
    Missing required subcommand.
      Il manque une sous-commande.
    """#
}

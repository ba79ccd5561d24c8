extension FrenchTables {
  /// What is said of figures. For the form see ``CatalogueReader``.
  static let figures: StaticString = #"""
    """#
}

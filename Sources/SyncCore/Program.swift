/// What kam and kamd are: both are built from one tree, and carry one number.
package enum Program {
  /// Semantic; ops/papers.sh and ops/sbom.py read it here.
  package static let version = "0.1.0"
}

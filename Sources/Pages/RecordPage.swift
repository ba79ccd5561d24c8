/// One record, with what belongs to it.
package struct RecordPage: Equatable, Sendable, Encodable {
  /// "task 7QK2  Call Ana (waiting to sync)"
  package let title: String
  package let fields: [LabelledText]
  /// Records of its account that point to it, by kind.
  package let related: [Related]
  package let comments: Section<CommentText>

  package struct Related: Equatable, Sendable, Encodable {
    /// The kind's name, by which the rest can be listed.
    package let kind: String
    package let records: Section<RecordLine>

    package init(kind: String, records: Section<RecordLine>) {
      self.kind = kind
      self.records = records
    }
  }

  package init(
    title: String, fields: [LabelledText], related: [Related], comments: Section<CommentText>
  ) {
    self.title = title
    self.fields = fields
    self.related = related
    self.comments = comments
  }
}

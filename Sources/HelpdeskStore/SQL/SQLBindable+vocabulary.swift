public import HelpdeskCore

extension Instant: SQLBindable {
    public var sqlValue: SQLValue { .integer(milliseconds) }
}

extension TicketNumber: SQLBindable {}
extension MessageID: SQLBindable {}
extension AttachmentID: SQLBindable {}
extension CustomerID: SQLBindable {}
extension IdentityID: SQLBindable {}
extension DeliveryID: SQLBindable {}
extension InvitationID: SQLBindable {}
extension RecoveryID: SQLBindable {}
extension QuarantineID: SQLBindable {}
extension ContentID: SQLBindable {}
extension Position: SQLBindable {}
extension AgentID: SQLBindable {}
extension TeamID: SQLBindable {}
extension InboxID: SQLBindable {}
extension MacroID: SQLBindable {}
extension ChannelKind: SQLBindable {}
extension CommandID: SQLBindable {}
extension BlobHash: SQLBindable {}

extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
    public var sqlValue: SQLValue { rawValue.sqlValue }
}

extension TicketStatus: SQLBindable {}
extension TicketClass: SQLBindable {}
extension ClosingReason: SQLBindable {}
extension Origin: SQLBindable {}
extension MessageDirection: SQLBindable {}
extension MessageKind: SQLBindable {}
extension AuthorKind: SQLBindable {}
extension SenderAuth: SQLBindable {}
extension AutoSubmitted: SQLBindable {}
extension DeliveryState: SQLBindable {}
extension DeliveryPurpose: SQLBindable {}
extension SurveyKind: SQLBindable {}
extension Presence: SQLBindable {}
extension LinkEvidence: SQLBindable {}

extension TicketPriority: SQLBindable {
    /// Its rank, so that SQL can order by it.
    public var sqlValue: SQLValue { .integer(Int64(rank)) }
}

public import HelpdeskCore

/// The last number given out of each kind: one row, read when a transaction begins and written when it ends.
struct Counters: Equatable {
    var position: Int64
    var ticket: Int64
    var message: Int64
    var attachment: Int64
    var customer: Int64
    var identity: Int64
    var delivery: Int64
    var invitation: Int64
    var recovery: Int64
    var quarantine: Int64
    var content: Int64

    init(_ connection: any SQLConnection) throws(StoreError) {
        let row = try connection.first(
            """
            SELECT position, ticket, message, attachment, customer, identity, delivery,
              invitation, recovery, quarantine, content
            FROM counters WHERE id = 1
            """
        ) { row throws(StoreError) in
            var numbers: [Int64] = []
            for column in 0..<11 { numbers.append(try row.integer(column)) }
            return numbers
        }
        guard let row, row.count == 11 else { throw .damaged("counters") }
        position = row[0]
        ticket = row[1]
        message = row[2]
        attachment = row[3]
        customer = row[4]
        identity = row[5]
        delivery = row[6]
        invitation = row[7]
        recovery = row[8]
        quarantine = row[9]
        content = row[10]
    }

    func save(_ connection: any SQLConnection) throws(StoreError) {
        try connection.execute(
            """
            UPDATE counters SET position = $1, ticket = $2, message = $3, attachment = $4,
              customer = $5, identity = $6, delivery = $7, invitation = $8, recovery = $9,
              quarantine = $10, content = $11
            WHERE id = 1
            """,
            [
                position, ticket, message, attachment, customer, identity, delivery, invitation,
                recovery, quarantine, content,
            ])
    }
}

extension StoreTransaction {
    public func nextTicket() -> TicketNumber { TicketNumber(rawValue: take(\.ticket)) }
    public func nextMessage() -> MessageID { MessageID(rawValue: take(\.message)) }
    public func nextAttachment() -> AttachmentID { AttachmentID(rawValue: take(\.attachment)) }
    public func nextCustomer() -> CustomerID { CustomerID(rawValue: take(\.customer)) }
    public func nextIdentity() -> IdentityID { IdentityID(rawValue: take(\.identity)) }
    public func nextDelivery() -> DeliveryID { DeliveryID(rawValue: take(\.delivery)) }
    public func nextInvitation() -> InvitationID { InvitationID(rawValue: take(\.invitation)) }
    public func nextRecovery() -> RecoveryID { RecoveryID(rawValue: take(\.recovery)) }
    public func nextQuarantine() -> QuarantineID { QuarantineID(rawValue: take(\.quarantine)) }
    func nextContent() -> ContentID { ContentID(rawValue: take(\.content)) }
    func nextPosition() -> Position { Position(rawValue: take(\.position)) }

    private func take(_ kind: WritableKeyPath<Counters, Int64>) -> Int64 {
        counters[keyPath: kind] &+= 1
        return counters[keyPath: kind]
    }
}

internal import HelpdeskCore

extension Projector {
    /// The words are changed already, here and in a replay: what was made of the old ones is made of these.
    func redacted(_ redacted: MessageRedacted, _ row: TicketRow) throws(StoreError) {
        try connection.execute(
            "UPDATE messages SET raw = NULL WHERE id = $1", [redacted.message])
        try connection.execute("DELETE FROM attachments WHERE message = $1", [redacted.message])
        try forgetText(of: redacted.message)
        guard let content = try reader.messageContent(redacted.content.id) else { return }
        try index(redacted.message, content, row)
    }
}

extension IMAPSession {
    /// Marks mails as read. Said twice it is the same.
    func markSeen(_ uids: [UInt32]) async throws(IMAPFault) {
        try await perform("UID STORE \(IMAPCommandText.set(uids)) +FLAGS.SILENT (\\Seen)")
    }

    /// Moves mails to another folder. By MOVE (RFC 6851) it is one step; without, a death between copying and deleting
    /// leaves a second copy there, and nothing is ever lost: only what was copied is deleted, and only that is expunged
    /// (UIDPLUS, RFC 4315). A server without UIDPLUS keeps them marked as deleted: a plain EXPUNGE would take what a person marked.
    func move(_ uids: [UInt32], to folder: String) async throws(IMAPFault) {
        let set = IMAPCommandText.set(uids)
        let target = IMAPCommandText.mailbox(folder)
        if can("MOVE") {
            try await perform("UID MOVE \(set) ", arguments: target)
            return
        }
        try await perform("UID COPY \(set) ", arguments: target)
        try await perform("UID STORE \(set) +FLAGS.SILENT (\\Deleted)")
        if can("UIDPLUS") { try await perform("UID EXPUNGE \(set)") }
    }
}

public import ChannelKit
internal import CurlTransport
public import HelpdeskCore

/// What a mailbox holds, set beside the cursor: the ground on which ops compare the server's count with ours.
public struct MailboxSurvey: Sendable, Equatable {
    public struct Mail: Sendable, Equatable {
        public let uid: UInt32
        /// As the server says.
        public let size: Int
        public let receivedAt: Instant?
        /// What we know it by; nil when the mail has no Message-ID of its own, and is known by its content.
        public let externalID: String?
    }

    public enum Standing: Sendable, Equatable {
        case known
        /// The inbox has not begun to read.
        case notBegun
        /// The folder has new UIDs, or it is another one: it will be read again.
        case renumbered
    }

    public var standing: Standing
    /// Mails in the folder.
    public var total: Int
    /// Those that must be ours, newest first; at most `MailboxReception.surveyLimit`.
    public var ours: [Mail] = []
    /// Those that are not yet taken.
    public var waiting = 0
    /// Those from before our time, as far as they were looked at.
    public var before = 0
    /// Older mails that were not looked at.
    public var unseen = 0
}

extension MailboxReception {
    /// Mails compared in one survey.
    public static let surveyLimit = 20_000

    /// Looks through the folder without changing anything; a connection of its own.
    public func survey(
        from cursor: Cursor?, at now: Instant
    ) async throws(ChannelInterruption) -> MailboxSurvey {
        do throws(IMAPFault) {
            let session = try await signIn()
            try await session.open(settings.folder, .readOnly)
            return try await survey(session, cursor.flatMap(IMAPCursor.init))
        } catch {
            throw ChannelInterruption(error.health)
        }
    }

    private func survey(
        _ session: IMAPSession, _ cursor: IMAPCursor?
    ) async throws(IMAPFault) -> MailboxSurvey {
        guard let folder = session.folder else { throw .malformed("no folder is open") }
        guard let cursor else {
            return MailboxSurvey(standing: .notBegun, total: folder.mails)
        }
        guard cursor.validity == folder.validity, cursor.place == IMAPCursor.place(settings) else {
            return MailboxSurvey(standing: .renumbered, total: folder.mails)
        }
        var survey = MailboxSurvey(standing: .known, total: folder.mails)
        var last = folder.mails
        while last > 0, survey.ours.count + survey.before < Self.surveyLimit {
            let first = max(1, last - settings.patience.window + 1)
            let listings = try await session.listings(first...last)
            survey.waiting += listings.count { $0.uid > cursor.uid }
            let behind = listings.filter { $0.uid <= cursor.uid }
            let ours = behind.filter { cursor.isCertainlyOurs($0) }
            survey.before += behind.count - ours.count
            let ids = try await session.messageIDs(ours.map(\.uid))
            survey.ours += ours.reversed().map { listing in
                MailboxSurvey.Mail(
                    uid: listing.uid, size: listing.size, receivedAt: listing.receivedAt,
                    externalID: ids[listing.uid])
            }
            last = first - 1
        }
        survey.unseen = last
        return survey
    }

    /// What the store knows a mail's bytes by.
    public static func hash(_ raw: [UInt8]) -> BlobHash {
        PartContent.digest(raw, range: 0..<raw.count, encoding: .identity).sha256
    }

    /// The bytes of some mails, one after the other; what is not there any more is left out. The largest ones are not fetched.
    public func fetch(
        _ mails: [MailboxSurvey.Mail], each: (MailboxSurvey.Mail, [UInt8]) async throws -> Void
    ) async throws {
        let session: IMAPSession
        do throws(IMAPFault) {
            session = try await signIn()
            try await session.open(settings.folder, .readOnly)
        } catch {
            throw ChannelInterruption(error.health)
        }
        for mail in mails where mail.size <= settings.messageBytes {
            let found: [UInt32: IMAPFetched.Content]
            do throws(IMAPFault) {
                found = try await session.mails([mail.uid], bytes: mail.size)
            } catch {
                throw ChannelInterruption(error.health)
            }
            if case .bytes(let raw)? = found[mail.uid] { try await each(mail, raw) }
        }
    }
}

extension IMAPCursor {
    /// Whether a mail behind the cursor must have been taken. Those of the first hour may or may not have been there before us.
    fileprivate func isCertainlyOurs(_ listing: IMAPListing) -> Bool {
        guard listing.uid <= rescanned else { return true }
        guard let received = listing.receivedAt else { return false }
        return received >= floor + Self.clockSlack
    }
}

extension IMAPSession {
    /// The Message-IDs of some mails, as we know the mails by them.
    fileprivate func messageIDs(_ uids: [UInt32]) async throws(IMAPFault) -> [UInt32: String] {
        guard !uids.isEmpty else { return [:] }
        let asked = Set(uids)
        var found: [UInt32: String] = [:]
        try await perform(
            "UID FETCH \(IMAPCommandText.set(uids)) (UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
        ) { response in
            guard case .fetch(_, let fetched) = response, let uid = fetched.uid,
                asked.contains(uid)
            else { return }
            for (key, content) in fetched.sections where key.hasPrefix("HEADER.FIELDS") {
                guard case .bytes(let bytes) = content else { continue }
                let header = HeaderBlock(bytes, limits: .standard)
                found[uid] = header.first("message-id", in: bytes)
                    .flatMap(MessageIdentifiers.single)
            }
        }
        return found
    }
}

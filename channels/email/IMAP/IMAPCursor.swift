import ChannelKit
import Crypto
import CurlTransport
import HelpdeskCore

/// How far an inbox has come in its folder. Committed with the mails it covers, so it is never ahead of what is kept.
struct IMAPCursor: Equatable, Sendable {
    /// Of server, user and folder: another mailbox has other UIDs, whatever its UIDVALIDITY.
    var place: String
    var validity: UInt32
    /// Every mail up to here is kept, in quarantine, or was passed over.
    var uid: UInt32
    /// Every kept mail up to here was also marked or moved on the server, where that is asked for.
    var settled: UInt32
    /// Of the mails up to `rescanned`, what the server received before this is none of ours.
    var floor: Instant
    /// Mails up to here were there before we came, or when the folder got new UIDs: then the server may have given them new
    /// dates too. What comes later is ours whatever its date: a person may move an old mail to us.
    var rescanned: UInt32
    /// How far the server's clock may be from ours.
    static let clockSlack = TimeSpan.hours(1)

    private static let version = "imap1"

    init(
        place: String, validity: UInt32, uid: UInt32, floor: Instant, rescanned: UInt32
    ) {
        self.place = place
        self.validity = validity
        self.uid = uid
        settled = uid
        self.floor = floor
        self.rescanned = rescanned
    }

    /// Nil for anything but a cursor of ours.
    init?(_ cursor: Cursor) {
        let parts = cursor.text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 7, parts[0] == Self.version, let validity = UInt32(parts[2]),
            let uid = UInt32(parts[3]), let settled = UInt32(parts[4]),
            let floor = Int64(parts[5]), let rescanned = UInt32(parts[6])
        else { return nil }
        place = String(parts[1])
        self.validity = validity
        self.uid = uid
        self.settled = min(settled, uid)
        self.floor = Instant(milliseconds: floor)
        self.rescanned = rescanned
    }

    var cursor: Cursor {
        Cursor(
            text: "\(Self.version) \(place) \(validity) \(uid) \(settled) \(floor.milliseconds) \(rescanned)"
        )
    }

    /// Whether a mail is to be taken at all.
    func covers(_ listing: IMAPListing) -> Bool {
        guard listing.uid <= rescanned, let received = listing.receivedAt else { return true }
        return received >= floor
    }

    /// A short mark of a mailbox. No secret is in it, and nobody can read the user from it at a glance.
    static func place(_ settings: IMAPSettings) -> String {
        let text = "\(settings.server.host)\u{0}\(settings.server.user)\u{0}\(settings.folder)"
        return Array(SHA256.hash(data: Array(text.utf8)).prefix(6)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// Where to go on in a folder as the server shows it.
    static func resume(
        _ last: Cursor?, in folder: IMAPSession.Folder, settings: IMAPSettings, at now: Instant
    ) -> IMAPCursor {
        let place = place(settings)
        let newest = folder.next.map { $0 &- 1 } ?? 0
        guard let last else {
            // The past of a new inbox is not its business, unless it was asked for.
            guard let since = settings.importSince else {
                return IMAPCursor(
                    place: place, validity: folder.validity, uid: newest, floor: now - clockSlack,
                    rescanned: newest)
            }
            return IMAPCursor(
                place: place, validity: folder.validity, uid: 0, floor: since, rescanned: newest)
        }
        guard let known = IMAPCursor(last) else {
            return IMAPCursor(
                place: place, validity: folder.validity, uid: 0,
                floor: settings.importSince ?? now - settings.liveWithin, rescanned: newest)
        }
        guard known.place == place, known.validity == folder.validity else {
            // New UIDs: everything is read again and recognised by its content. What was there before this inbox began
            // stays outside.
            return IMAPCursor(
                place: place, validity: folder.validity, uid: 0, floor: known.floor,
                rescanned: newest)
        }
        return known
    }
}

import HelpdeskCore

/// One response of a server, as far as we look into it (RFC 9051 section 7).
enum IMAPResponse: Equatable, Sendable {
    enum Status: String, Sendable {
        case ok = "OK"
        case no = "NO"
        case bad = "BAD"
        case bye = "BYE"
        case preauth = "PREAUTH"
    }

    /// What stands in brackets before the text of a status: `[UIDVALIDITY 3857529045]`.
    struct Code: Equatable, Sendable {
        /// In capitals.
        let name: String
        let argument: String
    }

    case continuation
    case tagged(tag: String, status: Status, code: Code?, text: String)
    case status(Status, code: Code?, text: String)
    case capability([String])
    case exists(Int)
    case expunge(Int)
    /// RFC 7162; comes only to those who asked for it, and counts as "look again".
    case vanished
    case fetch(sequence: Int, IMAPFetched)
    /// Something that we have no use for.
    case other
}

/// The items of a FETCH response that we ask for.
struct IMAPFetched: Equatable, Sendable {
    /// A string of the server's, with what our limits made of it.
    enum Content: Equatable, Sendable {
        case bytes([UInt8])
        /// NIL: the server says that there is none.
        case missing
        /// Longer than the limit; its bytes were read past.
        case skipped(bytes: Int)
    }

    var uid: UInt32?
    /// RFC822.SIZE.
    var size: Int?
    /// When the server received it.
    var internalDate: Instant?
    /// `BODY[…]` items by what stands in the brackets, in capitals; the whole mail is "".
    var sections: [String: Content] = [:]
}

internal import Crypto
internal import HelpdeskCore
internal import HelpdeskStore

/// The address of an invitation's page: a token that nobody can make who does not have a signing key, and that we can
/// make again for the reminder. The store keeps only its hash.
struct SurveyLink {
    let token: String
    private let base: String

    init?(_ invitation: InvitationID, bound: [UInt8], _ desk: Desk) {
        guard let token = desk.tokens.tokens(for: invitation, bound: bound).first else {
            return nil
        }
        self.token = token
        base = desk.policy.publicURL
    }

    /// Of one that went out, maybe under an older key.
    init?(_ sent: SentInvitation, _ desk: Desk) {
        let bound = Self.bound(sent.invitation.kind, sent.ticket, sent.customer)
        let token = desk.tokens.tokens(for: sent.invitation.id, bound: bound)
            .first { SurveyToken.hash($0) == sent.tokenHash }
        guard let token else { return nil }
        self.token = token
        base = desk.policy.publicURL
    }

    /// What a page is for beside its number.
    static func bound(
        _ kind: SurveyKind, _ ticket: TicketNumber?, _ customer: CustomerID
    ) -> [UInt8] {
        Array("\(kind.rawValue) \(ticket?.rawValue ?? 0) \(customer.rawValue)".utf8)
    }

    var page: String { "\(base)/s/\(token)" }

    /// The page with a score chosen already; it counts when the form is sent.
    func page(choosing score: Int) -> String { "\(page)?score=\(score)" }
}

/// Secret words in addresses and headers.
enum SurveyToken {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// RFC 4648 section 5, whole groups only.
    static func text(_ random: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: random.count - 2, by: 3) {
            let group =
                UInt32(random[start]) << 16 | UInt32(random[start + 1]) << 8
                | UInt32(random[start + 2])
            for shift in [18, 12, 6, 0] as [UInt32] {
                text.append(alphabet[Int(group >> shift & 63)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func hash(_ token: String) -> String {
        Hexadecimal.text(SHA256.hash(data: Array(token.utf8)))
    }
}

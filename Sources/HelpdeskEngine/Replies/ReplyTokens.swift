internal import Crypto
internal import HelpdeskCore
internal import HelpdeskStore

/// Our signed tokens in Message-IDs and mail addresses: what it proves, key id, a number and 128 bits of HMAC-SHA256, in
/// lower-case base32 (RFC 4648, no padding), because local parts of addresses come back in any case. Guessing one takes
/// 2^128 tries; who has one must still be a participant to join. All are 42 characters, so that `inbox+TOKEN` stays
/// within the 64 bytes of a local part (RFC 5321 section 4.5.3.1.1) for inboxes of up to 21.
struct ReplyTokens: Sendable {
    /// The first byte, under the signature: a token of one kind never counts as another.
    private enum Kind: UInt8 {
        case reply = 1
        case delivery = 2
        case notice = 3
        case survey = 4
    }

    /// What a genuine token proves that its bearer was given.
    enum Proof: Equatable {
        /// A message of this ticket.
        case ticket(TicketNumber)
        /// The envelope of this delivery: only those who handled it on the way.
        case delivery(DeliveryID)
        /// This notification to an agent.
        case notice(DeliveryID)
    }

    private static let length = 26
    /// 26 bytes in base32.
    static let characters = 42

    private let keys: [(id: UInt8, secret: SymmetricKey)]

    init(_ keys: [(id: Int64, secret: [UInt8])]) {
        self.keys = keys.compactMap { key in
            UInt8(exactly: key.id).map { ($0, SymmetricKey(data: key.secret)) }
        }
    }

    enum Reading: Equatable {
        case genuine(Proof)
        /// It has the shape of one of ours and is not.
        case damaged
        case foreign
    }

    func token(for ticket: TicketNumber) -> String? { token(.reply, ticket.rawValue) }

    /// For the envelope sender: a bounce that carries it is about this delivery.
    func token(forReturnOf delivery: DeliveryID) -> String? { token(.delivery, delivery.rawValue) }

    /// For the reply address of a notification to an agent.
    func token(forAnswerTo notice: DeliveryID) -> String? { token(.notice, notice.rawValue) }

    /// For a survey's page, under the newest key first: bound to whom was asked what about which ticket, so that a number
    /// that is given out anew after a restore makes no old link good.
    func tokens(for invitation: InvitationID, bound: [UInt8]) -> [String] {
        keys.reversed().map { key in
            let head =
                [Kind.survey.rawValue, key.id]
                + withUnsafeBytes(of: invitation.rawValue.bigEndian) { Array($0) }
            return Base32.text(head + Self.mac(head + bound, key.secret))
        }
    }

    private func token(_ kind: Kind, _ number: Int64) -> String? {
        guard let key = keys.last else { return nil }
        let head =
            [kind.rawValue, key.id] + withUnsafeBytes(of: number.bigEndian) { Array($0) }
        return Base32.text(head + Self.mac(head, key.secret))
    }

    /// Reads the token at the beginning of a candidate: `TOKEN` or, in a Message-ID, `TOKEN.…`.
    func read(_ candidate: String) -> Reading {
        let text = Array(candidate.utf8.prefix { $0 != UInt8(ascii: ".") })
        guard text.count == Self.characters, let bytes = Base32.bytes(text),
            bytes.count == Self.length, let kind = Kind(rawValue: bytes[0])
        else { return .foreign }
        guard let key = keys.first(where: { $0.id == bytes[1] }) else { return .damaged }
        let head = Array(bytes[0..<10])
        // Compared in constant time, so that a forger learns nothing from the answer's delay.
        let same = zip(Self.mac(head, key.secret), bytes[10...]).reduce(UInt8(0)) {
            $0 | ($1.0 ^ $1.1)
        }
        guard same == 0 else { return .damaged }
        let number = head[2...].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let number = Int64(exactly: number) else { return .damaged }
        return switch kind {
        case .reply: .genuine(.ticket(TicketNumber(rawValue: number)))
        case .delivery: .genuine(.delivery(DeliveryID(rawValue: number)))
        case .notice: .genuine(.notice(DeliveryID(rawValue: number)))
        // Its signature covers more than its head: never reached.
        case .survey: .damaged
        }
    }

    private static func mac(_ head: [UInt8], _ key: SymmetricKey) -> [UInt8] {
        Array(
            HMAC<SHA256>.authenticationCode(for: Array("hamdel reply ".utf8) + head, using: key)
                .prefix(16))
    }
}

/// RFC 4648 section 6, lower case, without padding.
enum Base32 {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var digits: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                digits.append(alphabet[Int(buffer >> UInt32(bits)) & 31])
            }
        }
        if bits > 0 { digits.append(alphabet[Int(buffer << UInt32(5 - bits)) & 31]) }
        return String(decoding: digits, as: UTF8.self)
    }

    /// Nil for a character outside the alphabet or bits left over that are not zero.
    static func bytes(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for character in text {
            let value: UInt32
            switch character {
            case 0x61...0x7A: value = UInt32(character - 0x61)
            case 0x41...0x5A: value = UInt32(character - 0x41)
            case 0x32...0x37: value = UInt32(character - 0x32) + 26
            default: return nil
            }
            buffer = (buffer << 5 | value) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        guard buffer & ((1 << UInt32(bits)) - 1) == 0 else { return nil }
        return bytes
    }
}

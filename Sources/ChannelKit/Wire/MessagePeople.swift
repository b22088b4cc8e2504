internal import HelpdeskCore

/// Who a message says it is from. `verified` counts only where the inbox trusts its integration.
struct MessagePeople {
    let sender: Sender
    let further: [ClaimedIdentity]
    let senderAuth: SenderAuth

    private static let maximumIdentities = 32

    static func read(
        _ message: JSONFields, _ trust: IdentityTrust
    ) throws(JSONFault) -> MessagePeople {
        guard let node = message.node("sender") else {
            throw message.fault("sender", "is missing; expected {kind, id, name, verified}")
        }
        let fields = try JSONFields(node, path: message.place("sender"))
        let identity = try identity(fields, trust)
        let name = try fields.text("name", atMost: 1000)
        var further: [ClaimedIdentity] = []
        let nodes = try message.list("identities", atMost: maximumIdentities)
        for (index, node) in nodes.enumerated() {
            let fields = try JSONFields(node, path: message.place("identities[\(index)]"))
            guard fields.node("id") != nil else { throw fields.fault("id", "is missing") }
            if let identity = try Self.identity(fields, trust) { further.append(identity) }
        }
        let isVouchedFor = ([identity].compactMap { $0 } + further).contains {
            $0.evidence == .vouched
        }
        return MessagePeople(
            sender: Sender(identity: identity, name: name?.isEmpty == true ? nil : name),
            further: further, senderAuth: isVouchedFor ? .verified : .unchecked)
    }

    /// nil without an id, and for a number that is nobody's (withheld, an inner line): then nobody is known.
    private static func identity(
        _ fields: JSONFields, _ trust: IdentityTrust
    ) throws(JSONFault) -> ClaimedIdentity? {
        let isVerified = try fields.flag("verified") ?? false
        guard let id = try fields.word("id", atMost: IdentityFolding.maximumBytes) else {
            return nil
        }
        guard let kind = try fields.word("kind", atMost: 32) else {
            throw fields.fault("kind", "is missing; \"email\", \"tel\", or the provider's name")
        }
        let isWord = kind.utf8.allSatisfy {
            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x5F
        }
        guard isWord else { throw fields.fault("kind", "expected a-z, 0-9, - and _ only") }
        let written = IdentityAddress(
            kind: kind, value: kind == IdentityAddress.phoneKind ? dialable(id) : id)
        guard let address = IdentityFolding.fold(written) else {
            if kind == IdentityAddress.phoneKind { return nil }
            throw fields.fault("id", "is no address of kind \(kind)")
        }
        let isVouchedFor = isVerified && trust == .believed
        return ClaimedIdentity(address: address, evidence: isVouchedFor ? .vouched : .claimed)
    }

    /// ASCII digits, without the blanks and dashes that people put between them.
    private static func dialable(_ number: String) -> String {
        var result = ""
        for scalar in PersianDigits.ascii(number).unicodeScalars
        where !" -().\u{A0}".unicodeScalars.contains(scalar) {
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}

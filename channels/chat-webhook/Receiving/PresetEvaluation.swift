internal import ChannelKit
internal import Crypto
internal import HelpdeskCore

/// What a provider's document says, by the inbox's preset. Pure.
struct PresetEvaluation {
    /// Elements looked at in one request; no provider sends as many.
    static let mostElements = 4096

    struct Found: Sendable {
        var message: InboundMessage
        var files: [MediaFetch.Wanted]
    }

    private(set) var found: [Found] = []
    private(set) var receipts: [Receipt] = []
    /// Elements that are nothing for a helpdesk.
    private(set) var passedOver = 0
    private var elements = 0

    private let inbox: PresetInbox
    private let body: [UInt8]
    private let received: Instant

    static func evaluate(
        _ inbox: PresetInbox, _ scope: PresetScope, body: [UInt8], at received: Instant
    ) -> PresetEvaluation {
        var evaluation = PresetEvaluation(inbox, body, received)
        for incoming in inbox.preset.incoming {
            evaluation.walk(incoming, incoming.each[...], scope, innermost: nil)
        }
        return evaluation
    }

    private init(_ inbox: PresetInbox, _ body: [UInt8], _ received: Instant) {
        self.inbox = inbox
        self.body = body
        self.received = received
    }

    /// One binding after the other, at most `PresetIncoming.mostBindings` deep.
    private mutating func walk(
        _ incoming: PresetIncoming, _ bindings: ArraySlice<PresetBinding>, _ scope: PresetScope,
        innermost: JSONNode?
    ) {
        guard let binding = bindings.first else {
            elements += 1
            return take(incoming, scope, innermost)
        }
        let nodes = Self.nodes(binding, scope)
        var inner = scope
        for (number, node) in nodes.enumerated() {
            guard elements < Self.mostElements else { return }
            inner.bind(binding.name, node, number: number)
            walk(incoming, bindings.dropFirst(), inner, innermost: node)
        }
    }

    private static func nodes(_ binding: PresetBinding, _ scope: PresetScope) -> [JSONNode] {
        for path in binding.choice {
            let nodes = scope.nodes(path).filter(\.isPresent)
            if !nodes.isEmpty { return nodes }
        }
        return []
    }

    private mutating func take(
        _ incoming: PresetIncoming, _ scope: PresetScope, _ element: JSONNode?
    ) {
        guard let rule = incoming.cases.first(where: { scope.holds($0.when) }) else {
            passedOver += 1
            return
        }
        switch rule.meaning {
        case .nothing: passedOver += 1
        case .receipt: takeReceipt(rule, scope)
        case .message:
            let range = element?.range ?? 0..<0
            let raw = range.isEmpty || range.upperBound > body.count ? body : Array(body[range])
            found.append(message(rule, scope, raw))
        }
    }

    private mutating func takeReceipt(_ rule: PresetIncoming.Case, _ scope: PresetScope) {
        let id = rule.id.map { PlainWord.id(scope.whole($0)) } ?? ""
        let status = rule.status.map { scope.text($0) } ?? ""
        guard !id.isEmpty,
            let kind = rule.receipts.first(where: { $0.words.contains(status) })?.kind
        else {
            passedOver += 1
            return
        }
        let detail = rule.detail.map { PlainWord.bounded(scope.text($0), 500) } ?? ""
        receipts.append(
            Receipt(
                externalID: id, kind: kind, at: time(rule, scope) ?? received,
                detail: detail.isEmpty ? nil : detail))
    }

    private func message(
        _ rule: PresetIncoming.Case, _ scope: PresetScope, _ raw: [UInt8]
    ) -> Found {
        let id = rule.id.map { PlainWord.id(scope.whole($0)) } ?? ""
        let sender = rule.sender.flatMap { identity($0, scope) }
        let name = rule.sender?.name.map { PlainWord.bounded(scope.text($0), 1000) } ?? ""
        let conversation = rule.conversation.map { PlainWord.id(scope.whole($0)) } ?? ""
        let subject = rule.subject.map { PlainWord.bounded(scope.text($0), 2000) } ?? ""
        let answered = rule.inReplyTo.map { PlainWord.id(scope.whole($0)) } ?? ""
        let files = files(rule, scope)
        var text = rule.texts.first { scope.holds($0.when) }.map { scope.text($0.text) } ?? ""
        if text.isEmpty, files.isEmpty { text = "[message without text]" }
        var message = InboundMessage(
            // Without an id the content itself tells a second delivery.
            externalID: id.isEmpty ? "content:" + Self.hash(raw) : id,
            conversation: conversation.isEmpty ? nil : conversation,
            sender: Sender(identity: sender, name: name.isEmpty ? nil : name),
            identities: identities(rule, scope).filter { $0.address != sender?.address },
            author: rule.author, sentAt: time(rule, scope),
            subject: subject.isEmpty ? nil : subject, text: text,
            inReplyTo: answered.isEmpty ? nil : answered,
            autoSubmitted: rule.automatic == .yes ? .generated : .no,
            senderAuth: rule.sender?.vouching == .provider && sender != nil
                ? .verified : .unchecked, raw: raw)
        message.conversationKind = rule.conversationKind
        message.handoff = rule.handoff.map { !$0.isEmpty && scope.holds($0) } ?? false
        return Found(message: message, files: files)
    }

    /// A number's other spelling is a claim of ours, vouched for by nobody.
    private func identities(
        _ rule: PresetIncoming.Case, _ scope: PresetScope
    ) -> [ClaimedIdentity] {
        rule.identities.compactMap { identity($0, scope) }.flatMap { known -> [ClaimedIdentity] in
            guard known.address.kind == IdentityAddress.phoneKind,
                let other = PhoneText.otherForm(known.address.value)
            else { return [known] }
            return [known, ClaimedIdentity(address: .phone(other), evidence: .claimed)]
        }
    }

    private func identity(
        _ person: PresetIncoming.Person, _ scope: PresetScope
    ) -> ClaimedIdentity? {
        var id = scope.whole(person.id)
        switch person.kind {
        case IdentityAddress.phoneKind:
            id = PhoneText.number(id, countryCode: inbox.settings["country_code"] ?? "")
        case "whatsapp":
            // WhatsApp's own ids are the digits alone; others write them as numbers.
            let number = PhoneText.number(id, countryCode: "")
            id = number.hasPrefix("+") ? String(number.dropFirst()) : number
        default: break
        }
        id = PlainWord.bounded(id, IdentityFolding.maximumBytes)
        guard let address = IdentityFolding.fold(IdentityAddress(kind: person.kind, value: id))
        else { return nil }
        let isVouchedFor = person.vouching == .provider && inbox.trust == .believed
        return ClaimedIdentity(address: address, evidence: isVouchedFor ? .vouched : .claimed)
    }

    private func files(
        _ rule: PresetIncoming.Case, _ scope: PresetScope
    ) -> [MediaFetch.Wanted] {
        var wanted: [MediaFetch.Wanted] = []
        for file in rule.files {
            var inner = scope
            let nodes = file.each.map { Self.nodes($0, scope) } ?? [JSONNode(.null)]
            for (number, node) in nodes.enumerated() {
                guard wanted.count < MediaFetch.mostFiles else { return wanted }
                if let each = file.each { inner.bind(each.name, node, number: number) }
                guard inner.holds(file.when) else { continue }
                let id = file.id.map { inner.text($0) } ?? ""
                let url = file.url.map { inner.text($0) } ?? ""
                guard !id.isEmpty || !url.isEmpty else { continue }
                wanted.append(
                    MediaFetch.Wanted(
                        id: id, url: url,
                        name: PlainWord.fileName(file.name.map { inner.text($0) } ?? ""),
                        type: PlainWord.bounded(file.type.map { inner.text($0) } ?? "", 255),
                        label: PlainWord.bounded(inner.text(file.label), 100)))
            }
        }
        return wanted
    }

    private func time(_ rule: PresetIncoming.Case, _ scope: PresetScope) -> Instant? {
        guard let text = rule.sentAt.map({ scope.text($0) }), !text.isEmpty else { return nil }
        return ProviderTime.instant(text, rule.clock)
    }

    private static func hash(_ bytes: [UInt8]) -> String {
        Hexadecimal.encoded(SHA256.hash(data: bytes).prefix(16))
    }
}

/// Times as providers write them.
enum ProviderTime {
    /// nil for what is none, or lies before 1970 or after 2200.
    static func instant(_ text: String, _ clock: PresetIncoming.Clock) -> Instant? {
        if clock == .rfc3339 { return WireTime.instant(text) }
        let parts = Array(text.utf8).split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, (1...13).contains(whole.count),
            whole.allSatisfy(PresetScanner.isDigit),
            let number = Int64(String(decoding: whole, as: UTF8.self))
        else { return nil }
        var milliseconds = clock == .unix ? number * 1000 : number
        if clock == .unix, parts.count == 2 {
            var digits = Array(parts[1].prefix(3))
            guard digits.allSatisfy(PresetScanner.isDigit) else { return nil }
            while digits.count < 3 { digits.append(0x30) }
            milliseconds += Int64(String(decoding: digits, as: UTF8.self)) ?? 0
        }
        guard milliseconds > 0, milliseconds < 7_258_118_400_000 else { return nil }
        return Instant(milliseconds: milliseconds)
    }
}

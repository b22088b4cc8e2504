internal import ChannelKit
internal import HelpdeskCore
internal import TOMLReading

extension PresetReader {
    mutating func preset(_ root: PresetTable) -> Preset? {
        expect(
            root,
            only: [
                "preset", "settings", "credentials", "request", "signature", "challenge",
                "incoming", "media", "reply",
            ])
        let settings = settings(root)
        let credentials = credentials(root)
        guard let about = table("preset", root) else {
            missing("preset", in: root)
            return nil
        }
        expect(
            about,
            only: [
                "name", "title", "kind", "conversations", "liveness", "senders", "reply_window",
                "text_limit",
            ])
        let request = table("request", root)
        if let request { expect(request, only: ["methods", "id", "answer", "answer_type"]) }
        let requestID = request.flatMap { template("id", $0, .request) }
        let methods = request.map { texts("methods", $0) } ?? []
        let answer = request.flatMap { text("answer", $0) }
        let answerType = request.flatMap { text("answer_type", $0) } ?? "text/plain"
        let incoming = tables("incoming", root).map { self.incoming($0) }
        if incoming.isEmpty { missing("incoming", in: root) }
        let signature = signature(root)
        let challenges = tables("challenge", root).compactMap { challenge($0) }
        let media = table("media", root).flatMap { self.media($0) }
        let reply = table("reply", root).flatMap { self.reply($0) }
        let window = span("reply_window", about, .minutes(1) ... .days(365))
        let limit = table("text_limit", about).flatMap { textLimit($0) }
        let liveness =
            choice("liveness", about, LivenessWord.self) ?? .live
        guard let name = required("name", about), let kind = required("kind", about),
            let conversations = choice("conversations", about, ConversationWord.self),
            let signature
        else {
            if about.node("conversations") == nil { missing("conversations", in: about) }
            return nil
        }
        return Preset(
            name: name, title: text("title", about) ?? name, kind: kind,
            conversations: conversations.kind, liveness: liveness == .live ? .live : .deferred,
            senders: choice("senders", about, SendersWord.self) == .everywhere
                ? .everywhere : .withinInbox,
            replyWindow: window, textLimit: limit, settings: settings, credentials: credentials,
            signature: signature, challenges: challenges,
            methods: methods.isEmpty ? ["POST"] : methods, requestID: requestID,
            answer: answer.map { ($0, answerType) }, incoming: incoming, media: media, reply: reply)
    }

    private enum LivenessWord: String, CaseIterable { case live, deferred }
    private enum SendersWord: String, CaseIterable { case everywhere, withinInbox = "within_inbox" }

    private mutating func textLimit(_ table: PresetTable) -> Preset.TextLimit? {
        expect(table, only: ["count", "unit"])
        guard let count = number("count", table, 1...1_000_000) else { return nil }
        return Preset.TextLimit(
            count: count, unit: choice("unit", table, Preset.TextLimit.Unit.self) ?? .characters)
    }

    private mutating func settings(_ root: PresetTable) -> [Preset.Setting] {
        guard let table = table("settings", root) else { return [] }
        settingNames = Set(table.keys)
        return table.keys.compactMap { name in
            guard let entry = self.table(name, table) else { return nil }
            expect(entry, only: ["meaning", "default", "form"])
            return Preset.Setting(
                name: name, meaning: required("meaning", entry) ?? "",
                standard: text("default", entry),
                form: choice("form", entry, Preset.Setting.Form.self) ?? .text)
        }
    }

    private mutating func credentials(_ root: PresetTable) -> [Preset.Credential] {
        guard let table = table("credentials", root) else { return [] }
        credentialNames = Set(table.keys)
        return table.keys.compactMap { name in
            guard let entry = self.table(name, table) else { return nil }
            expect(entry, only: ["meaning", "need"])
            return Preset.Credential(
                name: name, meaning: required("meaning", entry) ?? "",
                need: choice("need", entry, Preset.Credential.Need.self) ?? .always)
        }
    }

    private mutating func signature(_ root: PresetTable) -> PresetSignature? {
        guard let table = table("signature", root) else {
            missing("signature", in: root)
            return nil
        }
        guard let kind = choice("kind", table, SignatureWord.self) else {
            if table.node("kind") == nil { missing("kind", in: table) }
            return nil
        }
        switch kind {
        case .token:
            expect(table, only: ["kind", "given"])
            return required("given", table, .request).map { .token($0) }
        case .standardWebhooks:
            expect(table, only: ["kind"])
            return .standardWebhooks
        case .hmac: return code(table)
        }
    }

    private enum SignatureWord: String, CaseIterable {
        case hmac, token
        case standardWebhooks = "standard-webhooks"
    }

    private mutating func code(_ table: PresetTable) -> PresetSignature? {
        expect(
            table,
            only: ["kind", "hash", "encoding", "header", "prefix", "signed", "time", "tolerance"])
        let roots = PresetRoots.request.with(
            "raw", "url", "url_with_port", "url_without_port", "sorted_form")
        let place = table.valuePlace("signed")
        let signed = texts("signed", table).compactMap {
            template($0, at: place, table.path("signed"), roots)
        }
        if signed.isEmpty { missing("signed", in: table) }
        let time = template("time", table, .request)
        guard let header = required("header", table) else { return nil }
        return .code(
            PresetSignature.Code(
                hash: choice("hash", table, PresetSignature.Hash.self) ?? .sha256,
                encoding: choice("encoding", table, PresetSignature.Encoding.self) ?? .hex,
                header: header.lowercased(), prefix: text("prefix", table) ?? "", signed: signed,
                time: time,
                tolerance: span("tolerance", table, .seconds(1) ... .hours(1)) ?? .minutes(5)))
    }

    private mutating func challenge(_ table: PresetTable) -> Preset.Challenge? {
        expect(table, only: ["method", "when", "signature", "answer", "content_type"])
        let roots = PresetRoots.request.with("credentials")
        let when = conditions("when", table, roots)
        if when.isEmpty { missing("when", in: table) }
        guard let answer = required("answer", table, roots) else { return nil }
        return Preset.Challenge(
            method: text("method", table) ?? "POST", when: when,
            signing: choice("signature", table, Preset.Challenge.Signing.self) ?? .needed,
            answer: answer, contentType: text("content_type", table) ?? "text/plain")
    }

    private mutating func media(_ table: PresetTable) -> PresetMedia? {
        expect(
            table,
            only: [
                "hosts", "headers", "lookup", "url", "name", "type", "within", "maximum_mib",
            ])
        let roots = PresetRoots.outgoing.with("file")
        let answered = roots.with("answer")
        guard let url = required("url", table, answered) else { return nil }
        return PresetMedia(
            hosts: texts("hosts", table).map { $0.lowercased() },
            headers: headers(table, roots), lookup: template("lookup", table, roots), url: url,
            name: template("name", table, answered), type: template("type", table, answered),
            within: span("within", table, .seconds(1) ... .minutes(1)) ?? .seconds(8),
            maximumBytes: (number("maximum_mib", table, 1...100) ?? 20) * 1024 * 1024)
    }
}

/// `session`, `perpetual`, `group`.
enum ConversationWord: String, CaseIterable {
    case session, perpetual, group

    var kind: ConversationKind {
        switch self {
        case .session: .session
        case .perpetual: .perpetual
        case .group: .group
        }
    }
}

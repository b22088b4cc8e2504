internal import ChannelKit
internal import ChatWebhookChannel
internal import ConformanceKit
internal import HelpdeskCore

extension BuiltInKit {
    static let chat: [Check] = [
        Check("takes what providers post, as its test cases say", .bronze) { kit in
            let cases = try kit.cases()
            for item in cases {
                let host = KitHost(now: item.now)
                let reply = try await item.channel().receive(item.request, host: host)
                if let difference = item.difference(reply, host) { return .failed(difference) }
            }
            return cases.isEmpty ? .failed("there is no test case") : .passed
        },
        Check("has a test case for each preset", .gold) { kit in
            guard !kit.isPresetOfItsOwn else { return .passed }
            let missing = kit.presets.filter { kit.files($0).isEmpty }
            return missing.isEmpty
                ? .passed : .failed("none for \(missing.joined(separator: ", "))")
        },
        Check("adds nothing when a request comes again", .silver) { kit in
            for item in try kit.cases() {
                let host = KitHost(now: item.now)
                let channel = try item.channel()
                _ = await channel.receive(item.request, host: host)
                let count = host.messages.count
                let reply = await channel.receive(item.request, host: host)
                guard host.messages.count == count, reply.status == item.status else {
                    return .failed(
                        "\(item.name): again: \(reply.status), \(host.messages.count - count) more messages"
                    )
                }
            }
            return .passed
        },
        Check("takes nothing under another secret", .bronze) { kit in
            for item in try kit.cases() where item.status == 200 {
                let host = KitHost(now: item.now)
                let reply = try await item.channel(secret: item.secret + "x").receive(
                    item.request, host: host)
                guard reply.status >= 400, host.messages.isEmpty, host.receipts.isEmpty else {
                    return .failed("\(item.name): answered with \(reply.status)")
                }
            }
            return .passed
        },
        Check("takes nothing that was tampered with", .gold) { kit in
            for item in try kit.cases() where item.status == 200 {
                if let fault = try await tampered(item) { return .failed(fault) }
            }
            return .passed
        },
        Check("answers noise with a refusal", .silver) { kit in
            for item in try kit.cases() {
                for body in ["", "{", "null", "[]", String(repeating: "[", count: 10_000), "\u{0}"]
                {
                    let host = KitHost(now: item.now)
                    let reply = try await item.channel().receive(
                        WebhookRequest(
                            method: "POST", path: item.request.path, headers: item.request.headers,
                            body: Array(body.utf8)), host: host)
                    guard host.messages.isEmpty, (200...599).contains(reply.status) else {
                        return .failed("\(item.name): \(body.prefix(20)): \(reply.status)")
                    }
                }
            }
            return .passed
        },
        Check("puts what agents write into its answers, byte for byte", .bronze) { kit in
            var tried = 0
            for item in try kit.cases() {
                let channel = try item.channel()
                guard channel.capabilities.sending == .supported,
                    let conversation = item.conversation
                else { continue }
                tried += 1
                for (what, text) in KitTexts.hard {
                    let prepared: PreparedMessage
                    do throws(OutboundRefusal) {
                        prepared = try channel.prepare(
                            outbound(text, to: item.recipient, conversation: conversation))
                    } catch {
                        return .failed("\(item.name): \(what): \(error.detail)")
                    }
                    guard carries(prepared.bytes, text) else {
                        return .failed(
                            "\(item.name): \(what): not in \(String(decoding: prepared.bytes.prefix(300), as: UTF8.self))"
                        )
                    }
                    let hidden = item.secrets.contains {
                        String(decoding: prepared.bytes, as: UTF8.self).contains($0)
                    }
                    if hidden { return .failed("\(item.name): a secret stands in what is stored") }
                }
            }
            return tried > 0 ? .passed : .skipped("no test case has credentials to answer with")
        },
    ]

    var isPresetOfItsOwn: Bool { WorkFolder.bytes(folder + "/preset.toml") != nil }

    /// Of a preset's own folder those that lie in `testcases`; of the channel's those in the folders named like its presets.
    private func cases() throws(KitFailure) -> [PresetCase] {
        var places: [(String, [String: ChannelConfiguration.Value])] = []
        if isPresetOfItsOwn {
            let source = AdapterFolder.text(folder + "/preset.toml") ?? ""
            let preset: [String: ChannelConfiguration.Value] = [
                "preset_source": .text(source), "preset_file": .text("preset.toml"),
            ]
            places = files("").filter { $0.hasSuffix(".json") }.map { ($0, preset) }
        } else {
            for preset in folders("") where presets.contains(preset) {
                places += files(preset).filter { $0.hasSuffix(".json") }.map {
                    ("\(preset)/\($0)", ["preset": .text(preset)])
                }
            }
        }
        var cases: [PresetCase] = []
        for (place, preset) in places {
            let fields = try json(place)
            do throws(JSONFault) {
                cases.append(try PresetCase(place, fields, preset: preset))
            } catch {
                throw KitFailure("testcases/\(place): \(error)")
            }
        }
        return cases
    }

    /// One byte at a time, of the body and of every header that proves something.
    private static func tampered(_ item: PresetCase) async throws(KitFailure) -> String? {
        let channel = try item.channel()
        let whole = item.request
        let step = max(1, whole.body.count / 400)
        // A provider that shows a shared word does not vouch for the body: there the word alone counts.
        let isSigned = !item.showsSecret
        for index in stride(from: 0, to: isSigned ? whole.body.count : 0, by: step) {
            var body = whole.body
            body[index] ^= 1
            let host = KitHost(now: item.now)
            let reply = await channel.receive(
                WebhookRequest(
                    method: whole.method, path: whole.path, headers: whole.headers, body: body),
                host: host)
            if reply.status < 400 || !host.messages.isEmpty {
                return "\(item.name): byte \(index) of the body was changed, and it was taken"
            }
        }
        for (number, header) in whole.headers.enumerated() where item.proofs.contains(header.name) {
            for index in header.value.utf8.indices {
                var headers = whole.headers
                let offset = header.value.utf8.distance(
                    from: header.value.utf8.startIndex, to: index)
                var bytes = Array(header.value.utf8)
                // Beyond case: codes in hexadecimal may be written in capitals.
                bytes[offset] =
                    bytes[offset] == UInt8(ascii: "7") ? UInt8(ascii: "3") : UInt8(ascii: "7")
                headers[number].value = String(decoding: bytes, as: UTF8.self)
                let host = KitHost(now: item.now)
                let reply = await channel.receive(
                    WebhookRequest(
                        method: whole.method, path: whole.path, headers: headers, body: whole.body),
                    host: host)
                if reply.status < 400 || !host.messages.isEmpty {
                    return
                        "\(item.name): byte \(offset) of \(header.name) was changed, and it was taken"
                }
            }
        }
        return nil
    }

    /// Anywhere in JSON, or in a form.
    private static func carries(_ bytes: [UInt8], _ text: String) -> Bool {
        func holds(_ node: JSONNode) -> Bool {
            switch node.value {
            case .text(let found):
                found == text || (found.hasPrefix("{") && carries(Array(found.utf8), text))
                    || found.contains(text) || percentDecoded(found).contains(text)
            case .list(let nodes): nodes.contains(where: holds)
            case .object(let members): members.values.contains(where: holds)
            default: false
            }
        }
        if let node = try? JSONDocumentReader.read(bytes) { return holds(node) }
        return percentDecoded(String(decoding: bytes, as: UTF8.self)).contains(text)
    }

    private static func percentDecoded(_ text: String) -> String {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.popFirst() {
            if first == UInt8(ascii: "%"), rest.count >= 2,
                let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                result.append(byte)
                rest = rest.dropFirst(2)
            } else {
                result.append(first == UInt8(ascii: "+") ? 0x20 : first)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension PresetCase {
    private static let words = ["signature", "token", "webhook-id", "timestamp"]

    /// Headers that prove something.
    var proofs: Set<String> {
        Set(
            request.headers.map(\.name).filter { name in Self.words.contains { name.contains($0) } }
        )
    }

    /// The secret itself comes along: nothing is signed.
    var showsSecret: Bool {
        request.headers.contains { $0.value.contains(secret) } || request.path.contains(secret)
            || String(decoding: request.body, as: UTF8.self).contains(secret)
    }

    /// Of its first message.
    var conversation: String? { member("conversation") }

    var recipient: IdentityAddress {
        let parts = (member("sender") ?? "kit:kit").split(separator: ":", maxSplits: 1)
        return IdentityAddress(
            kind: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "kit")
    }

    private func member(_ key: String) -> String? {
        guard case .object(let members)? = messages.first?.value,
            case .text(let text)? = members[key]?.value
        else { return nil }
        return text
    }

    var secrets: [String] { [secret] }
}

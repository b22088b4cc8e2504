internal import ChannelKit
internal import ConformanceKit
internal import HelpdeskCore
internal import PhoneLogChannel

extension BuiltInKit {
    static let phone: [Check] = [
        Check("reads its logs as its test cases say", .bronze) { kit in
            let names = try kit.logs()
            for name in names {
                let (expected, host, report) = try await kit.imported(name, in: [])
                let found = host.messages.map(phrase)
                let wanted = try texts("calls", expected, name)
                guard found == wanted else {
                    return .failed("\(name):\nexpected \(wanted)\ngot      \(found)")
                }
                let rejected = report.rejected.map { "\($0.line): \($0.reason)" }
                let lines = try texts("rejected", expected, name)
                guard rejected.count == lines.count,
                    zip(rejected, lines).allSatisfy({ $0.hasPrefix($1) })
                else { return .failed("\(name): rejected \(rejected), expected \(lines)") }
            }
            return names.isEmpty ? .failed("there is no test case") : .passed
        },
        Check("has a test case for each preset", .gold) { kit in
            let missing = try kit.presets.filter { preset throws(KitFailure) in
                try kit.logs(of: [preset]).isEmpty
            }
            return missing.isEmpty
                ? .passed : .failed("none for \(missing.joined(separator: ", "))")
        },
        Check("a log that is read again adds nothing", .silver) { kit in
            for name in try kit.logs() {
                let (_, host, first) = try await kit.imported(name, in: [])
                let (_, again, second) = try await kit.imported(name, in: host.messages)
                guard second.imported == 0, again.messages.count == host.messages.count else {
                    return .failed(
                        "\(name): \(first.imported) calls, \(second.imported) more the second time")
                }
            }
            return .passed
        },
        Check("reads the same in pieces of any size", .silver) { kit in
            for name in try kit.logs() {
                let whole = try await kit.imported(name, in: []).host.messages.map(phrase)
                for size in [1, 7, 64] {
                    let pieces = try await kit.imported(name, in: [], size: size).host.messages
                    guard pieces.map(phrase) == whole else {
                        return .failed("\(name) in pieces of \(size)")
                    }
                }
            }
            return .passed
        },
        Check("says that it only receives", .silver) { kit in
            let channel = try phoneChannel("asterisk", [:])
            guard channel.capabilities.sending == .receiveOnly else {
                return .failed("it says it sends")
            }
            do throws(OutboundRefusal) {
                _ = try channel.prepare(
                    outbound(
                        "x", to: IdentityAddress(kind: "tel", value: "+989121234567"),
                        conversation: nil))
                return .failed("it prepared an answer")
            } catch {
                return error.code == .receiveOnly ? .passed : .failed("\(error.code)")
            }
        },
        Check("every preset reads noise without falling over", .gold) { kit in
            for preset in kit.presets {
                let channel = try phoneChannel(preset, [:])
                let host = KitHost(now: Instant(milliseconds: 1_795_239_000_000))
                var work = PhoneLogImport(channel, host: host)
                let noise = (0..<4_000).map { UInt8(truncatingIfNeeded: ($0 &* 7_919) >> 3) }
                _ = try? await work.read(Array("\"a\",\u{FEFF}۱۲,\n\n{\"x\":[\n".utf8) + noise)
                _ = try? await work.finish()
            }
            return .passed
        },
    ]

    private static func phoneChannel(
        _ preset: String, _ more: [String: ChannelConfiguration.Value]
    ) throws(KitFailure) -> PhoneLogChannel {
        var values = more
        values["preset"] = .text(preset)
        values["region"] = .text("IR")
        // The calls of test cases are old; they are to be judged as calls of today.
        values["live_within_s"] = .integer(315_360_000)
        do throws(ChannelConfigurationError) {
            return try PhoneLogChannel(
                configuration: ChannelConfiguration(
                    inbox: InboxID(rawValue: "phones"), values: values, zone: .utc),
                secrets: ChannelSecrets(live: []))
        } catch {
            throw KitFailure(
                "preset \(preset): \(error.key): expected \(error.expected), got \(error.got)")
        }
    }

    /// What is expected of each log.
    private func logs(of wanted: [String]? = nil) throws(KitFailure) -> [String] {
        let wanted = wanted ?? presets
        var found: [String] = []
        for name in files("") where name.hasSuffix(".expected.json") {
            if wanted.contains(try Self.preset(of: try json(name), name)) { found.append(name) }
        }
        return found
    }

    private static func preset(
        of expected: JSONFields, _ name: String
    ) throws(KitFailure) -> String {
        do throws(JSONFault) {
            return try expected.text("preset", atMost: 100) ?? "asterisk"
        } catch {
            throw KitFailure("testcases/\(name): \(error)")
        }
    }

    private func imported(
        _ name: String, in earlier: [InboundMessage], size: Int = 1 << 20
    ) async throws(KitFailure) -> (expected: JSONFields, host: KitHost, report: PhoneLogReport) {
        let expected = try json(name)
        do {
            let preset = try Self.preset(of: expected, name)
            let file = try expected.text("file", atMost: 255) ?? ""
            var settings: [String: ChannelConfiguration.Value] = [:]
            if case .object(let members)? = expected.node("settings")?.value {
                for (key, node) in members { settings[key] = Self.value(node) }
            }
            let host = KitHost(now: Instant(milliseconds: 1_795_239_000_000))
            if !earlier.isEmpty { _ = try await host.deliver(InboundBatch(messages: earlier)) }
            var work = PhoneLogImport(try Self.phoneChannel(preset, settings), host: host)
            guard let bytes = bytes(file) else {
                throw KitFailure("testcases/\(file) is not there")
            }
            var rest = bytes[...]
            while !rest.isEmpty {
                try await work.read(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            return (expected, host, try await work.finish())
        } catch let failure as KitFailure {
            throw failure
        } catch {
            throw KitFailure("\(name): \(error)")
        }
    }

    private static func value(_ node: JSONNode) -> ChannelConfiguration.Value {
        switch node.value {
        case .text(let text): .text(text)
        case .number(let text): .integer(Int64(text) ?? 0)
        case .boolean(let flag): .boolean(flag)
        case .list(let nodes): .list(nodes.map(value))
        case .object(let members): .table(members.mapValues(value))
        case .null: .text("")
        }
    }

    static func texts(_ key: String, _ fields: JSONFields, _ name: String) throws(KitFailure)
        -> [String]
    {
        do throws(JSONFault) {
            return try fields.list(key, atMost: 10_000).compactMap {
                if case .text(let text) = $0.value { text } else { nil }
            }
        } catch {
            throw KitFailure("\(name): \(error)")
        }
    }

    /// A call in one line.
    private static func phrase(_ message: InboundMessage) -> String {
        let who = message.sender.identity?.address.value ?? "nobody"
        guard let call = message.call else { return "\(message.externalID) no call" }
        return
            "\(call.direction.rawValue) \(call.outcome.rawValue) \(who) \(call.extension ?? "-") \(call.durationSeconds)s"
    }
}

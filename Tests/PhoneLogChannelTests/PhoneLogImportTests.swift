import ChannelKit
import Foundation
import HelpdeskCore
import Testing

@testable import PhoneLogChannel

/// The folder of the channel, for its test cases and sample.
private let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../channels/phone-log").standardizedFileURL

@Suite("Importing a phone log")
struct PhoneLogImportTests {
    private static let tehran = ZoneRules(name: "Asia/Tehran", offsetSeconds: 12_600)
    /// 2026-11-21 12:00 in Tehran.
    private let host = RecordingHost(now: Instant(milliseconds: 1_795_249_800_000))

    private func channel(
        _ values: [String: ChannelConfiguration.Value] = [:]
    ) throws -> PhoneLogChannel {
        let usual: [String: ChannelConfiguration.Value] = ["region": .text("IR")]
        return try PhoneLogChannel(
            configuration: ChannelConfiguration(
                inbox: InboxID(rawValue: "phones"), values: usual.merging(values) { $1 },
                zone: Self.tehran), secrets: ChannelSecrets(live: []))
    }

    private func run(
        _ bytes: [UInt8], _ channel: PhoneLogChannel, chunk: Int = 64
    ) async throws -> PhoneLogReport {
        var log = PhoneLogImport(channel, host: host)
        var rest = bytes[...]
        while !rest.isEmpty {
            try await log.read(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        return try await log.finish()
    }

    private func testcase(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: folder.appending(path: "testcases/\(name)")))
    }

    /// What matters of a call, on one line.
    private func told(_ message: InboundMessage) -> String {
        let call = message.call.map {
            "\($0.direction.rawValue) \($0.outcome.rawValue) \($0.durationSeconds)s ext \($0.extension ?? "-")"
        }
        return [
            message.sender.identity?.address.text ?? "nobody", message.sender.name ?? "-",
            message.author.rawValue, call ?? "no call", message.conversation ?? "-",
            "\(message.sentAt?.milliseconds ?? 0)", message.origin.rawValue,
        ].joined(separator: ", ")
    }

    @Test(
        "a day of Master.csv: calls, an abandoned queue, a withheld number, internal and bad rows")
    func asterisk() async throws {
        let report = try await run(testcase("asterisk-day.csv"), channel())
        var expected = PhoneLogReport()
        expected.imported = 5
        expected.skipped = 1
        expected.rejected = [
            .init(line: 7, reason: "start: expected a time, got \"yesterday\""),
            .init(line: 8, reason: "2 columns, expected 16 or more"),
        ]
        #expect(report == expected)
        #expect(
            host.messages.map(told) == [
                "tel:+989121234567, Sara, customer, inbound answered 180s ext 201, pbx-1.1, 1795239000000, live",
                "tel:+982188776655, -, customer, inbound missed 0s ext 800, pbx-1.2, 1795239300000, live",
                "nobody, Anonymous, customer, inbound missed 0s ext 201, pbx-1.3, 1795239600000, live",
                "tel:+989121234567, Ali, agent, outbound busy 0s ext 201, pbx-1.5, 1795240200000, live",
                "tel:+989351112233, رضا, customer, inbound voicemail 30s ext 201, pbx-1.6, 1795240500000, live",
            ])
        #expect(host.messages.allSatisfy { $0.kind == .call && $0.senderAuth == .unchecked })
        #expect(host.messages.allSatisfy { $0.sender.identity?.evidence != .vouched })
    }

    @Test("the same file again adds nothing, in any chunks")
    func twice() async throws {
        let bytes = try testcase("asterisk-day.csv")
        _ = try await run(bytes, channel())
        let again = try await run(bytes, channel(), chunk: 1)
        #expect(again.imported == 0)
        #expect(again.duplicates == 5)
        #expect(host.messages.count == 5)
    }

    /// Rows of Master.csv: caller, device that rang, disposition, uniqueid, minute.
    private func rows(_ rows: [(String, String, String, String)]) -> [UInt8] {
        Array(
            rows.map { caller, device, disposition, id in
                let answer = disposition == "ANSWERED" ? "2026-11-21 09:00:05" : ""
                return
                    "\"\",\"\(caller)\",\"800\",\"from-trunk\",\"\",\"SIP/t-1\",\"SIP/\(device)-2\",\"Queue\",\"\",\"2026-11-21 09:00:00\",\"\(answer)\",\"2026-11-21 09:01:00\",60,55,\"\(disposition)\",\"\",\"\(id)\",\"\"\n"
            }.joined().utf8)
    }

    @Test("of a call that rang many phones one row stays: who answered, else the first")
    func rings() async throws {
        var log = [
            ("09121234567", "201", "NO ANSWER", "u.1"), ("09121234567", "202", "BUSY", "u.1"),
            ("09351112233", "201", "NO ANSWER", "u.2"), ("09121234567", "203", "ANSWERED", "u.1"),
            ("09351112233", "202", "NO ANSWER", "u.2"), ("09121234567", "204", "NO ANSWER", "u.1"),
        ]
        // Far away it is no longer taken for the same call.
        for number in 0..<200 { log.append(("09121234567", "201", "NO ANSWER", "other.\(number)")) }
        log.append(("09351112233", "203", "NO ANSWER", "u.2"))
        let report = try await run(rows(log), channel())
        #expect(report.imported == 203)
        #expect(report.skipped == 4)
        let told = host.messages.filter { $0.conversation?.hasPrefix("u.") == true }
            .map {
                "\($0.conversation ?? "") \($0.call?.outcome.rawValue ?? "") \($0.call?.extension ?? "")"
            }
        #expect(told == ["u.2 missed 201", "u.1 answered 203", "u.2 missed 203"])
        let again = try await run(rows(log), channel(), chunk: 1000)
        #expect(again.duplicates == 203)
        #expect(again.imported == 0)
    }

    @Test("a call handed on is two answered rows with ids of their own, in one conversation")
    func legs() async throws {
        let log = [
            ("09121234567", "201", "ANSWERED", "u.1"), ("09121234567", "202", "ANSWERED", "u.1"),
        ]
        let report = try await run(rows(log + log), channel())
        #expect(report.imported == 2)
        #expect(report.duplicates == 2)
        #expect(Set(host.messages.map(\.conversation)) == ["u.1"])
    }

    @Test("a generic log whose names speak for themselves, with Jalali and offset times")
    func generic() async throws {
        let report = try await run(
            testcase("generic-day.csv"), channel(["preset": .text("generic")]))
        var expected = PhoneLogReport()
        expected.imported = 3
        expected.skipped = 1
        expected.rejected = [
            .init(line: 6, reason: "direction: expected in, out or internal, got \"Sideways\"")
        ]
        #expect(report == expected)
        #expect(
            host.messages.map(told) == [
                "tel:+989121234567, -, customer, inbound answered 180s ext 201, g-1, 1795239000000, live",
                "tel:+982188776655, Shop, Tehran, customer, inbound missed 0s ext 201, g-2, 1795239300000, live",
                "tel:+989351112233, -, agent, outbound answered 65s ext 201, g-3, 1795239600000, live",
            ])
        #expect(host.messages.map(\.externalID) == ["g-1", "g-2", "g-3"])
    }

    @Test("columns by number, a time in two columns, another delimiter, rows to skip")
    func mapping() async throws {
        let values: [String: ChannelConfiguration.Value] = [
            "preset": .text("generic"), "delimiter": .text(";"), "date_order": .text("dmy"),
            "skip_rows": .integer(1),
            "mapping": .table([
                "started_at": .list([.integer(1), .text("2")]), "number": .integer(3),
                "direction": .integer(4), "recording": .integer(5),
            ]),
        ]
        let file =
            "days;times;who;way;file\n21/11/2026;09:00;09121234567;out;https://pbx.example/r?1\n"
        let report = try await run(Array(file.utf8), channel(values))
        #expect(report.imported == 1)
        #expect(
            host.messages.map(told) == [
                "tel:+989121234567, -, agent, outbound missed 0s ext -, -, 1795239000000, live"
            ])
        #expect(host.messages.first?.call?.recordingURL == "https://pbx.example/r?1")
    }

    @Test("old calls are history")
    func history() async throws {
        let file = "start,from\n2026-11-19 11:59:59,09121234567\n2026-11-19 12:00:00,09121234567\n"
        _ = try await run(Array(file.utf8), channel(["preset": .text("generic")]))
        #expect(host.messages.map(\.origin) == [.history, .live])
    }

    @Test("a file that cannot be read with these settings says which column it lacks")
    func unknownFile() async throws {
        var log = PhoneLogImport(try channel(["preset": .text("generic")]), host: host)
        await #expect(
            throws: PhoneLogImport.Failure.format(
                .missingColumn(
                    setting: "started_at", wanted: "a start time", found: ["hello", "world"]))
        ) { try await log.read(Array("hello,world\n".utf8)) }
        var wide = PhoneLogImport(try channel(), host: host)
        await #expect(throws: PhoneLogImport.Failure.format(.encoding("UTF-16"))) {
            try await wide.read([0xFF, 0xFE, 0x61, 0])
        }
    }

    @Test("a refused batch is kept and delivered when tried again; batches are bounded")
    func refusal() async throws {
        host.refuseOnce(.busy(retryAfter: .seconds(1)))
        var file = "start,from\n"
        for minute in 0..<600 {
            file += "2026-11-21 0\(minute / 60):\(10 + minute % 50),09121234567\n"
        }
        var log = PhoneLogImport(try channel(["preset": .text("generic")]), host: host)
        await #expect(throws: PhoneLogImport.Failure.refused(.busy(retryAfter: .seconds(1)))) {
            try await log.read(Array(file.utf8))
        }
        try await log.read([])
        let report = try await log.finish()
        #expect(report.imported + report.duplicates == 600)
        #expect(report.rejected == [])
        #expect(host.batches == [256, 256, 88])
    }

    @Test(
        "wrong settings name their key",
        arguments: [
            ("region", ChannelConfiguration.Value.text("XX")), ("region", .integer(98)),
            ("preset", .text("avaya")),
            ("extension_digits", .integer(0)), ("delimiter", .text("x")),
            ("date_order", .text("ydm")),
            ("own_numbers", .list([.text("12")])), ("own_numbers", .text("x")),
            ("skip_rows", .text("1")),
        ])
    func wrongSettings(_ key: String, _ value: ChannelConfiguration.Value) {
        let error = #expect(throws: ChannelConfigurationError.self) { try channel([key: value]) }
        #expect(error?.key == key)
    }

    @Test(
        "wrong mappings name their column",
        arguments: [
            ("mapping.colour", ["colour": ChannelConfiguration.Value.text("x")]),
            ("mapping.started_at", ["from": .text("x")]),
            ("mapping.from", ["started_at": .text("x")]),
            ("mapping.from", ["started_at": .text("x"), "from": .integer(0)]),
        ])
    func wrongMappings(_ key: String, _ table: [String: ChannelConfiguration.Value]) {
        let error = #expect(throws: ChannelConfigurationError.self) {
            try channel(["preset": .text("generic"), "mapping": .table(table)])
        }
        #expect(error?.key == key)
    }

    @Test("the sample in the folder is the one the code carries; it only receives")
    func contract() async throws {
        let sample = try String(contentsOf: folder.appending(path: "sample.toml"), encoding: .utf8)
        #expect(PhoneLogChannel.sampleConfiguration == sample)
        #expect(try channel().capabilities.sending == .receiveOnly)
        #expect(PhoneLogChannel.kind.rawValue == "phone-log")
    }
}

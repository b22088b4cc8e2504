internal import ChannelKit
internal import ConformanceKit
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore

/// The kit for what is compiled in, and for presets: they speak no protocol of lines, so they are asked in Swift. What they take in is
/// in `testcases`; what goes out is read back.
struct BuiltInKit: Sendable {
    let folder: String
    let kind: String
    /// The one that is looked at; nil: all that the channel has.
    var preset: String?

    struct Check: Sendable {
        let name: String
        let level: KitLevel
        /// Whatever it throws is why it failed.
        let run: @Sendable (BuiltInKit) async throws -> KitOutcome

        init(
            _ name: String, _ level: KitLevel,
            _ run: @escaping @Sendable (BuiltInKit) async throws -> KitOutcome
        ) {
            self.name = name
            self.level = level
            self.run = run
        }
    }

    private static let common: [Check] = [
        Check("README, sample and fixtures are there", .silver) { kit in
            let readme = AdapterFolder.text(kit.folder + "/README.md") ?? ""
            guard readme.utf8.count >= 100 else {
                return .failed("README.md is missing, or says next to nothing")
            }
            return kit.files("").isEmpty && kit.folders("").isEmpty
                ? .failed("testcases is empty") : .passed
        },
        Check("the sample loads", .bronze) { kit in
            let faults = ChannelDoor.faults(of: kit.sample)
            return faults.isEmpty ? .passed : .failed(faults.joined(separator: "\n"))
        },
        Check("says what is wrong with its configuration", .silver) { kit in
            let wrong = kit.sample + "\nno_such_key = 1\n"
            let nameless = kit.sample.split(separator: "\n").filter { !$0.hasPrefix("team") }
                .joined(separator: "\n")
            for text in [wrong, nameless] where ChannelDoor.faults(of: text).isEmpty {
                return .failed("a configuration with a mistake was taken")
            }
            return .passed
        },
    ]

    private var checks: [Check] {
        switch kind {
        case "email": Self.common + Self.email
        case "chat-webhook": Self.common + Self.chat
        case "phone-log": Self.common + Self.phone
        default:
            [
                Check("it is a channel of this program", .bronze) { kit in
                    .failed(
                        "channel = \"\(kit.kind)\" is none of: email, chat-webhook, phone-log, exec"
                    )
                }
            ]
        }
    }

    func run(only chosen: [String], say: @Sendable (String) -> Void) async -> KitReport {
        var report = KitReport()
        say("TAP version 13")
        for check in checks
        where chosen.isEmpty || chosen.contains(where: { check.name.contains($0) }) {
            let outcome: KitOutcome
            do {
                outcome = try await check.run(self)
            } catch {
                outcome = .failed("\(error)")
            }
            say(report.add(KitResult(name: check.name, level: check.level, outcome: outcome)))
        }
        say(report.conclusion)
        return report
    }

    // MARK: For checks

    var sample: String { AdapterFolder.text(folder + "/sample.toml") ?? "" }

    /// Those that are looked at.
    var presets: [String] {
        if let preset { return [preset] }
        return ChannelCatalogue.rows.first { $0.kind == kind }?.presets ?? []
    }

    /// Names in `testcases/PLACE`.
    func files(_ place: String) -> [String] { entries(place).filter { !$0.isFolder }.map(\.name) }
    func folders(_ place: String) -> [String] { entries(place).filter(\.isFolder).map(\.name) }

    private func entries(_ place: String) -> [(name: String, isFolder: Bool)] {
        let path = "\(folder)/testcases/\(place)"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().map { name in
            var isFolder = false
            _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
            return (name, isFolder)
        }
    }

    func bytes(_ place: String) -> [UInt8]? { WorkFolder.bytes("\(folder)/testcases/\(place)") }

    func json(_ place: String) throws(KitFailure) -> JSONFields {
        guard let bytes = bytes(place) else { throw KitFailure("testcases/\(place) is not there") }
        do throws(JSONFault) {
            return try JSONFields(try JSONDocumentReader.read(bytes), path: "")
        } catch {
            throw KitFailure("testcases/\(place): \(error)")
        }
    }

    static func outbound(_ text: String, to address: IdentityAddress, conversation: String?)
        -> OutboundMessage
    {
        OutboundMessage(
            delivery: DeliveryID(rawValue: 1), ticket: TicketNumber(rawValue: 1), purpose: .reply,
            conversation: conversation, to: [.init(address: address, name: "سارا")],
            subject: "سفارش ۱۲۰۴", text: text, language: "fa", messageID: "kit.1@example.org",
            date: Instant(milliseconds: 1_795_239_000_000))
    }
}

import Foundation
import Testing

@Suite("House rules")
struct HouseTests {
    @Test("no file is longer than 500 lines")
    func length() {
        for file in SourceTree.files {
            #expect(
                file.lines.count <= 501,
                "\(file.path) has \(file.lines.count) lines: split it by topic")
        }
    }

    /// Calls that have one home, or none. Time and randomness are handed in everywhere else.
    private static let banned: [(text: String, homes: [String])] = [
        ("try!", []),
        ("fatalError(", []),
        ("Thread.sleep", []),
        ("usleep(", []),
        ("Date()", []),
        ("UUID()", []),
        // Defaults of arguments that tests hand in otherwise.
        (
            ".random(in",
            [
                "Sources/HelpdeskClient/HelpdeskClient.swift",
                "Sources/HelpdeskClient/Stream/LiveStream.swift",
            ]
        ),
        ("SystemRandomNumberGenerator(", ["Sources/hamdeld/Assembly/Surroundings.swift"]),
        ("import FoundationNetworking", []),
        // A signal handler and libcurl's callbacks: C wrappers, each with its proof beside it.
        (
            "nonisolated(unsafe)",
            [
                "Sources/CurlTransport/EasyHandle.swift",
                "Sources/Terminal/Session/SignalGuard.swift",
            ]
        ),
        (" Regex", []),
        ("TODO", []),
        ("FIXME", []),
    ]

    @Test("banned calls stay out", arguments: banned.map(\.text))
    func staysOut(_ text: String) {
        let homes = Self.banned.first { $0.text == text }?.homes ?? []
        for file in SourceTree.product where !homes.contains(file.path) {
            for (number, line) in file.lines.enumerated() where line.contains(text) {
                let code = line.split(
                    separator: "//", maxSplits: 1, omittingEmptySubsequences: false)
                guard code.first?.contains(text) == true else { continue }
                Issue.record("\(file.path):\(number + 1): \(text)")
            }
        }
    }

    @Test("an unchecked Sendable proves itself in a comment")
    func unchecked() {
        for file in SourceTree.product {
            for (number, line) in file.lines.enumerated() where line.contains("@unchecked Sendable")
            {
                let before = file.lines[max(0, number - 12)...number].joined(separator: "\n")
                #expect(before.contains("//"), "\(file.path):\(number + 1): say why it is safe")
            }
        }
    }

    @Test("names avoid Manager, Helper, Util, Data, Info")
    func names() {
        for file in SourceTree.product {
            let name = file.path.split(separator: "/").last.map(String.init) ?? ""
            for word in ["Manager", "Helper", "Util", "Common"] {
                #expect(
                    !name.contains(word), "\(file.path): a newcomer would not know what is in it")
            }
        }
    }

    @Test("the engines differ in one file, and only so much")
    func dialect() {
        let file = SourceTree.product.first { $0.path.hasSuffix("HelpdeskStore/SQL/Dialect.swift") }
        let members = file?.lines.filter { $0.contains("static ") }.count ?? 0
        #expect((1...9).contains(members), "Dialect has \(members) members")
    }

    @Test("no path of a machine is written down")
    func paths() {
        for file in SourceTree.files where !file.path.hasPrefix("Tests/TidyTests") {
            for line in file.lines {
                #expect(!line.contains("/" + "work/"), "\(file.path): \(line)")
                #expect(!line.contains("/opt/" + "swift"), "\(file.path): \(line)")
            }
        }
    }

    @Test("every adapter's folder is complete and registered")
    func adapters() throws {
        let folder = SourceTree.root.appendingPathComponent("channels")
        let registered = SourceTree.product.first {
            $0.path == "Sources/hamdeld/Assembly/Channels.swift"
        }
        let list = registered?.lines.joined(separator: "\n") ?? ""
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { !$0.hasPrefix(".") && $0 != "examples" && !$0.hasSuffix(".md") }
        #expect(names.count >= 3)
        for name in names {
            for part in ["README.md", "sample.toml", "testcases"] {
                let path = folder.appendingPathComponent("\(name)/\(part)").path
                #expect(
                    FileManager.default.fileExists(atPath: path),
                    "channels/\(name)/\(part) is missing")
            }
            let module = SourceTree.product.first {
                $0.target == "channels/\(name)"
                    && $0.lines.contains {
                        $0.contains(": ChannelAdapter") || $0.contains(": WebhookReceiving")
                    }
            }
            let type = module?.path.split(separator: "/").last?.dropLast(6) ?? "?"
            #expect(list.contains("\(type).self"), "channels/\(name) is not in Channels.kinds")
        }
    }
}

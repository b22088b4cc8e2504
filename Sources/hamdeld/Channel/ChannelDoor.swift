internal import ArgumentParser
internal import ChannelKit
internal import ConformanceKit
internal import FoundationEssentials
internal import Glibc
internal import HelpdeskConfiguration
internal import HelpdeskCore
internal import TOMLReading

/// What kind of adapter lies in a folder, and how it is put through the kit: a program of anybody's by the protocol it speaks, a
/// preset or an adapter of ours by its test cases.
struct ChannelDoor {
    let folder: String
    let kind: String

    init(_ folder: String) throws {
        self.folder = folder
        guard let sample = AdapterFolder.text(folder + "/sample.toml"),
            let kind = Self.kind(of: sample)
        else {
            Terse.complain(
                "\(folder)/sample.toml is not there, or has no [[inbox]] with a channel; `hamdeld channel new` makes a folder"
            )
            throw ExitCode(EX_USAGE)
        }
        self.kind = kind
    }

    static func kind(of sample: String) -> String? {
        guard case .success(let root) = TOMLDocument.parse(Array(sample.utf8), file: "sample.toml"),
            case .array(let inboxes)? = root.entry("inbox")?.node.value,
            case .table(let inbox)? = inboxes.first?.value,
            case .string(let kind)? = inbox.entry("channel")?.node.value
        else { return nil }
        return kind
    }

    /// - Parameter preset: of those that the channel has, the only one that is looked at.
    func test(
        preset: String?, only: [String], rounds: Int, say: @Sendable (String) -> Void
    ) async throws -> KitLevel {
        let presets = ChannelCatalogue.rows.first { $0.kind == kind }?.presets ?? []
        if let preset, !presets.contains(preset) {
            let known = presets.isEmpty ? "it has none" : presets.joined(separator: ", ")
            Terse.complain("\(kind) has no preset \(preset): \(known)")
            throw ExitCode(EX_USAGE)
        }
        guard kind == "exec" else {
            return await BuiltInKit(folder: folder, kind: kind, preset: preset)
                .run(only: only, say: say).level
        }
        let adapter: AdapterFolder
        do throws(KitFailure) {
            adapter = try AdapterFolder(folder)
        } catch {
            Terse.complain(error.description)
            say("level: none")
            return .none
        }
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        let nonce = String(
            decoding: Surroundings.random(16).map { letters[Int($0) % letters.count] },
            as: UTF8.self)
        let parent = FileManager.default.temporaryDirectory.path + "/hamdel-kit-\(nonce)"
        defer { WorkFolder.remove(parent) }
        var kit = Kit(
            adapter, in: parent, nonce: nonce, rounds: rounds, random: Surroundings.generator(),
            faultsOfSample: Self.faults)
        return await kit.run(only: only, say: say).level
    }

    /// A sample is loaded as ops would: behind a store and a team.
    @Sendable static func faults(of sample: String) -> [String] {
        let base =
            "[store]\nurl = \"sqlite:/var/lib/hamdel/hamdel.db\"\n[[team]]\nname = \"support\"\n"
        let result = ConfigurationFile.load(
            path: "hamdel.toml",
            files: ConfigurationFiles(
                read: { path, _ in
                    path == "hamdel.toml"
                        ? .success(
                            .init(bytes: Array((base + sample).utf8), mode: FileMode(bits: 0o600)))
                        : .failure(.missing)
                }, names: { _ in .success([]) }), isKnownTimeZone: ZoneTable.isKnown)
        switch result {
        case .success: return []
        case .failure(let problems): return ["\(problems)"]
        }
    }
}

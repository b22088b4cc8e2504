import Foundation

/// The project's own files, read once.
struct SourceTree {
    struct File {
        /// Below the package's folder: `Sources/HelpdeskCore/Ticket/Ticket.swift`.
        let path: String
        let lines: [String]

        /// The first folder below `Sources`, or `channels/NAME`.
        var target: String {
            let parts = path.split(separator: "/").map(String.init)
            guard parts.count > 2 else { return path }
            return parts[0] == "channels" ? "channels/\(parts[1])" : parts[1]
        }

        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ").map(String.init)
                guard let place = words.firstIndex(of: "import"), place <= 2,
                    words.count > place + 1, !line.hasPrefix("//"), !line.hasPrefix(" ")
                else { return nil }
                return words[place + 1]
            }
        }
    }

    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Swift files of `Sources`, `channels` and `Tests`.
    static let files: [File] = ["Sources", "channels", "Tests"].flatMap { folder -> [File] in
        let base = root.appendingPathComponent(folder)
        guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
        return walk.compactMap { entry -> File? in
            guard let name = entry as? String, name.hasSuffix(".swift"), !name.contains(".build"),
                let text = try? String(
                    contentsOf: base.appendingPathComponent(name), encoding: .utf8)
            else { return nil }
            return File(
                path: "\(folder)/\(name)",
                lines: text.split(separator: "\n", omittingEmptySubsequences: false)
                    .map(String.init))
        }
    }

    static var product: [File] { files.filter { !$0.path.hasPrefix("Tests/") } }
}

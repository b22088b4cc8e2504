package import ExecChannel
internal import FoundationEssentials

/// A folder that one check has to itself: the provider's side in `work`, the spool beside it.
package struct WorkFolder: Sendable {
    package let path: String
    package let spool: SpoolFolder
    package var work: String { path + "/work" }

    package init(in parent: String, name: String) async throws(KitFailure) {
        path = "\(parent)/\(name)"
        spool = SpoolFolder(path: "\(path)/spool")
        if let reason = await spool.prepare() {
            throw KitFailure("no folder for the kit: \(reason)")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: path + "/work", withIntermediateDirectories: true)
        } catch {
            throw KitFailure("no folder for the kit: \(error)")
        }
    }

    package func write(_ bytes: [UInt8], as name: String) -> String {
        let file = "\(path)/\(name)"
        try? Data(bytes).write(to: URL(filePath: file))
        return file
    }

    package static func bytes(_ file: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(filePath: file))).map(Array.init)
    }

    package static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }
}

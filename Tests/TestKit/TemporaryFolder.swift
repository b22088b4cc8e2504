internal import Foundation

/// A folder that lives as long as its object.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("hamdel-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    public func file(_ name: String) -> String { "\(path)/\(name)" }

    func copy(_ name: String, to other: TemporaryFolder) throws {
        guard FileManager.default.fileExists(atPath: file(name)) else { return }
        try FileManager.default.copyItem(atPath: file(name), toPath: other.file(name))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

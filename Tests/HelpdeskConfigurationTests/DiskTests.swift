import Foundation
import HelpdeskConfiguration
import TOMLReading
import Testing

/// The one place that touches real files.
@Suite struct DiskTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "hamdel-configuration-\(UUID().uuidString)")

    @Test func aConfigurationIsReadFromTheDisk() throws {
        let manager = FileManager.default
        try manager.createDirectory(
            at: folder.appending(path: "conf.d"), withIntermediateDirectories: true)
        defer { try? manager.removeItem(at: folder) }
        let main = folder.appending(path: "hamdel.toml")
        try Data(smallest.utf8).write(to: main)
        try Data("[[team]]\nname = \"b\"\n".utf8).write(to: folder.appending(path: "conf.d/b.toml"))
        let loaded = try ConfigurationFile.load(path: main.path, isKnownTimeZone: { _ in true })
            .get()
        #expect(loaded.configuration.teams.map(\.name) == ["support", "b"])
        #expect(loaded.files.count == 2)
    }

    @Test func whatIsNoFileIsNotRead() throws {
        let read = ConfigurationFiles.disk.read
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "x")
        try Data(repeating: 65, count: 100).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o604], ofItemAtPath: file.path)
        #expect(try read(file.path, 100).get().bytes.count == 100)
        #expect(try read(file.path, 100).get().mode == FileMode(bits: 0o604))
        #expect(failure(read(file.path, 99)) == .tooLarge(limit: 99))
        #expect(failure(read(folder.path, 100)) == .notAFile)
        #expect(failure(read(folder.path + "/none", 100)) == .missing)
        #expect(failure(read(file.path + "/none", 100)) == .missing)
        #expect(failure(read(file.path + "\u{0}", 100)) == .missing)
        #expect(try ConfigurationFiles.disk.names(folder.path + "/none").get() == [])
    }

    private func failure(
        _ result: Result<ConfigurationFiles.Content, ConfigurationFiles.Failure>
    ) -> ConfigurationFiles.Failure? {
        if case .failure(let failure) = result { failure } else { nil }
    }
}

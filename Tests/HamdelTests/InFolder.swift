import Glibc
import Testing

@testable import hamdel

/// A folder that is gone afterwards.
func inFolder(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/hamdel-screen.XXXXXX".utf8CString)
    let path = try #require(mkdtemp(&template).map { String(cString: $0) })
    defer { _ = try? removeAll(path) }
    try body(path)
}

private func removeAll(_ path: String) throws {
    for name in UserFolders.names(in: path, limit: 1_000) {
        if unlink("\(path)/\(name)") != 0 { try removeAll("\(path)/\(name)") }
    }
    rmdir(path)
}

import Foundation
import HelpdeskAPI
import Testing

@testable import HelpdeskTUI

@Suite struct ManualTests {
    /// Pages that the code writes: HAMDEL_WRITE_DOCS=1 writes them anew.
    @Test(arguments: [
        ("Keys.md", KeyManual.markdown()), ("Queries.md", QueryManual.markdown()),
    ])
    func `a page of the manual is what the code says`(name: String, text: String) throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Docs/\(name)").standardized
        if ProcessInfo.processInfo.environment["HAMDEL_WRITE_DOCS"] == "1" {
            try Data(text.utf8).write(to: page)
        }
        let written = try String(decoding: Data(contentsOf: page), as: UTF8.self)
        #expect(written == text, "run with HAMDEL_WRITE_DOCS=1")
    }

    @Test func `every key that does something stands in the page and in the help`() {
        let page = KeyManual.markdown()
        let listed = Binding.Group.allCases.flatMap(KeyBindings.standard.listed)
        #expect(listed.count == Bindings.all.count - 8)
        for key in listed {
            let keys = key.keys.split(separator: "|", omittingEmptySubsequences: false)
                .joined(separator: "\\|")
            #expect(page.contains("| `\(keys)` | "), "\(key.keys)")
            #expect(page.contains(" `\(key.name)` |"), "\(key.name)")
        }
        for command in TypedCommand.words { #expect(page.contains("| `\(command.word)")) }
    }
}

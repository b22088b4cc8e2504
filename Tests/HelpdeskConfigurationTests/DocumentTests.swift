import Foundation
import HelpdeskConfiguration
import Testing

@Suite struct DocumentTests {
    /// Docs/Configuration.md is written by the code: HAMDEL_WRITE_DOCS=1 writes it anew.
    @Test func thePageOfTheManualIsWhatTheCodeSays() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Docs/Configuration.md").standardized
        if ProcessInfo.processInfo.environment["HAMDEL_WRITE_DOCS"] == "1" {
            try Data(ConfigurationManual.markdown().utf8).write(to: page)
        }
        let written = try String(decoding: Data(contentsOf: page), as: UTF8.self)
        #expect(written == ConfigurationManual.markdown(), "run with HAMDEL_WRITE_DOCS=1")
    }
}

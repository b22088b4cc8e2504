import Testing

@testable import HelpdeskTUI
@testable import hamdel

@Suite struct KeyFileTests {
    private func read(_ text: String) throws -> KeyBindings {
        try KeyFile.read(Array(text.utf8), file: "keys.toml")
    }

    @Test func `keys are read for all contexts and for one`() throws {
        let keys = try read(
            """
            # mine
            reply = ["b", "C-e"]
            drafts = []

            [queue]
            open = "l"
            """)
        #expect(keys.key(for: .reply, in: .thread) == "b")
        #expect(keys.key(for: .drafts, in: .queue) == nil)
        #expect(keys.key(for: .open, in: .queue) == "l")
        #expect(try read("") == .standard)
    }

    @Test(arguments: [
        ("answer = \"r\"", "keys.toml:1:1: there is no command answer; Docs/Keys.md"),
        ("reply = 5", "keys.toml:1:9: reply: expected a key, \"r\", or a list"),
        ("reply = [\"r\", 5]", "keys.toml:1:15: reply: expected a key"),
        ("reply = [\"r\", \"Hyper\"]", "keys.toml:1:15: there is no key «Hyper»; there are"),
        ("reply = \"x\"", "keys.toml:1:9: in the queue «x» is close already; give close other"),
        (
            "[queue]\nopen = [\"l\", \"g\"]",
            "keys.toml:2:14: in the queue «g» and «g g», which is top"
        ),
        ("[kitchen]\nopen = \"l\"", "keys.toml:1:2: there is no kitchen; there are [queue]"),
        ("[page]\nreply = \"l\"", "keys.toml:2:1: reply does nothing in pages over the panes"),
        (
            "[page]\nback = []\nquit = []\ncommand-line = []",
            "keys.toml:4:1: nothing would lead out"
        ),
        ("reply = ", "keys.toml:1:"),
    ])
    func `what cannot be had is named with its place`(text: String, expected: String) {
        let error = #expect(throws: (any Error).self) { try read(text) }
        #expect("\(error as Any)".contains(expected), "\(error as Any)")
    }

    @Test
    func `the file stands in the configuration's folder, and nothing starts with a wrong one`()
        throws
    {
        try inFolder { home in
            let environment = ["XDG_CONFIG_HOME": home]
            try UserFolders.make("\(home)/hamdel")
            #expect(try ScreenConfiguration.load(environment: environment).screen.keys == .standard)
            let path = "\(home)/hamdel/keys.toml"
            try DurableFile.replace(path, with: Array("reply = \"b\"".utf8))
            let keys = try ScreenConfiguration.load(environment: environment).screen.keys
            #expect(keys.key(for: .reply, in: .queue) == "b")
            try DurableFile.replace(path, with: Array("reply = \"x\"".utf8))
            #expect(throws: (any Error).self) {
                try ScreenConfiguration.load(environment: environment)
            }
        }
    }
}

import Glibc
import HelpdeskAPI
import HelpdeskCore
import HelpdeskTUI
import Terminal
import Testing

@testable import hamdel

/// What the screen keeps on this machine, and reads from it.
struct ScreenFilesTests {
    private func draft(_ key: String, text: String = "سلام", ticket: Int64 = 12) -> Draft {
        Draft(
            kind: .reply, ticket: TicketNumber(rawValue: ticket), key: key, text: text,
            inbox: InboxID(rawValue: "mail"), cc: ["a@b.example"],
            attachments: [.init(id: AttachmentID(rawValue: 3), name: "a.pdf", size: 9)],
            updatedAt: Instant(milliseconds: 1_795_329_000_000))
    }

    @Test func `a draft is kept as it is, for its owner and its desk only`() throws {
        try inFolder { home in
            let environment = ["XDG_STATE_HOME": home]
            let folder = try #require(DraftFolder(environment: environment, desk: "ali@here"))
            try folder.keep(SeatDraft(draft: draft("ab-1")))
            #expect(folder.load().map(\.draft) == [draft("ab-1")])
            var status = stat()
            #expect(stat("\(home)/hamdel/drafts/ab-1.json", &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            let other = try #require(DraftFolder(environment: environment, desk: "ali@there"))
            #expect(other.load().isEmpty)
            folder.forget(key: "ab-1")
            #expect(folder.load().isEmpty)
        }
    }

    @Test func `what an editor left is the draft's text`() throws {
        try inFolder { home in
            let folder = try #require(
                DraftFolder(environment: ["XDG_STATE_HOME": home], desk: "d"))
            try folder.keep(SeatDraft(draft: draft("ab-1")))
            try DurableFile.replace(folder.editorFile("ab-1"), with: Array("longer".utf8))
            #expect(folder.load().map(\.draft) == [draft("ab-1", text: "longer")])
        }
    }

    @Test func `a damaged draft hides no other`() throws {
        try inFolder { home in
            let folder = try #require(
                DraftFolder(environment: ["XDG_STATE_HOME": home], desk: "d"))
            try folder.keep(SeatDraft(draft: draft("ab-1")))
            try DurableFile.replace("\(folder.path)/zz.json", with: Array("{".utf8))
            #expect(folder.load().map(\.draft) == [draft("ab-1")])
        }
    }

    @Test(arguments: [
        ("../../etc/passwd", "passwd"), (".bashrc", "bashrc"), ("a\u{1B}[2Jb.pdf", "a_[2Jb.pdf"),
        ("سفارش.pdf", "سفارش.pdf"), ("-rf", "rf"), ("", "attachment"), ("..", "attachment"),
        ("C:\\x\\report.docx", "report.docx"), ("a;b|c$d.txt", "a_b_c_d.txt"),
    ])
    func `a stranger's file name is no path and hides nothing`(name: String, kept: String) {
        let shown = SavedAttachment.safe(name)
        #expect(shown == kept || shown.allSatisfy { $0.isLetter || "._[2".contains($0) })
        #expect(!shown.contains("/") && !shown.hasPrefix(".") && !shown.hasPrefix("-"))
        #expect(shown.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }

    @Test func `a file that is there is never overwritten`() throws {
        try inFolder { home in
            let environment = ["XDG_DOWNLOAD_DIR": home]
            let first = try SavedAttachment.save([1], named: "a.pdf", environment)
            let second = try SavedAttachment.save([2], named: "a.pdf", environment)
            #expect(first == "\(home)/a.pdf")
            #expect(second == "\(home)/a-1.pdf")
            #expect(DurableFile.read(first, limit: 9) == [1])
        }
    }

    @Test func `settings are read, and what is wrong is named with its place`() throws {
        let text = """
            theme = "light"
            color = "truecolor"
            send_delay = "1m"
            digits = "persian"
            calendar = "jalali"
            notify = "command"
            notify_command = ["notify-send", "-a", "hamdel"]
            """
        let read = try ScreenConfiguration.read(Array(text.utf8), file: "config.toml")
        #expect(read.screen.theme == .light && read.colours == .truecolor)
        #expect(read.screen.sendDelay == .minutes(1))
        #expect(read.digits == .persian && read.calendar == .jalali)
        #expect(read.notifyCommand == ["notify-send", "-a", "hamdel"])
        let faults = [
            ("thema = 1", "config.toml:1:1: thema"), ("theme = \"pink\"", "config.toml:1:9: theme"),
            ("colour = \"17\"", "config.toml:1:10: colour: expected one of \"auto\""),
            ("colour = \"16\"\ncolor = \"256\"", "config.toml:2:1: colour and color are one"),
            ("theme = \"../x\"", "config.toml:1:9: theme"),
            ("send_delay = \"-5s\"", "send_delay: expected"),
            ("notify = \"command\"", "notify_command"),
        ]
        for (text, expected) in faults {
            let error = #expect(throws: (any Error).self) {
                try ScreenConfiguration.read(Array(text.utf8), file: "config.toml")
            }
            #expect("\(error as Any)".contains(expected), "\(text): \(error as Any)")
        }
    }

    @Test func `one key is set and the rest of the file stays as it was written`() {
        let line = ConfigurationLine(key: "bidi", value: "\"app\"")
        #expect(line.set(in: "") == "bidi = \"app\"\n")
        #expect(line.set(in: "# mine\nbidi = \"off\"\n") == "# mine\nbidi = \"app\"\n")
        #expect(line.set(in: "theme = \"light\"\n") == "bidi = \"app\"\ntheme = \"light\"\n")
    }

    @Test func `the test card shows both ways between straight fences`() {
        let card = TestCard(
            capabilities: TerminalCapabilities(), term: "xterm\u{1B}[2J", mode: .app,
            colours: .indexed, theme: .light)
        let lines = card.text.split(separator: "\n").filter { $0.contains("│") }
        #expect(lines.count == 6)
        #expect(card.text.contains("0912-345-6789"))
        #expect(!card.text.contains("\u{1B}[2J"))
        #expect(card.text.contains("bidi = app, colour = 256, theme = light"))
        for row in ["  16 ", "  256 ", "  truecolor "] { #expect(card.text.contains(row)) }
    }
}

import Terminal
import Testing

@testable import HelpdeskTUI
@testable import hamdel

@Suite struct ThemeFileTests {
    private func read(_ text: String) throws -> Theme {
        try ThemeFile.read(Array(text.utf8), file: "night.toml", name: "night")
    }

    @Test func `a theme says what is different from the one it inherits`() throws {
        let theme = try read(
            """
            inherits = "light"
            ground = "terminal"
            selection = 255

            [parts]
            heading = "#89b4fa"
            faint = "bright-black"
            alarm = { text = "#f38ba8", underline = true, bold = false }
            bar = { ground = 238 }
            """)
        #expect(theme.name == "night" && theme.text == Theme.light.text)
        #expect(theme.ground == .normal && theme.selection == .indexed(255))
        #expect(
            theme.style(of: .heading)
                == Style(foreground: .rgb(RGB(0x89B4FA)), attributes: .bold))
        #expect(theme.style(of: .faint).foreground == .basic(.brightBlack))
        #expect(theme.style(of: .alarm).attributes == .underline)
        #expect(theme.style(of: .bar).background == .indexed(238))
        #expect(theme.style(of: .bar).foreground == Theme.light.style(of: .bar).foreground)
        #expect(theme.style(of: .note) == Theme.light.style(of: .note))
    }

    @Test(arguments: [
        ("inherits = \"dark\"", "night.toml:1:12: inherits: expected one of \"default\""),
        ("colour = 1", "night.toml:1:1: colour: there is no such key"),
        ("text = \"pink\"", "night.toml:1:8: text: expected a colour"),
        ("text = 256", "night.toml:1:8: text: expected a colour"),
        ("parts = 1", "night.toml:1:9: parts: expected a table"),
        ("[parts]\nheadings = 1", "night.toml:2:1: headings: there is no such part; there are bar"),
        ("[parts]\nbar = { back = 1 }", "night.toml:2:9: back: there is no such key"),
        ("[parts]\nbar = { bold = 1 }", "night.toml:2:16: bold: expected true or false"),
        ("text = ", "night.toml:1:"),
    ])
    func `what is wrong is named with its place`(text: String, expected: String) {
        let error = #expect(throws: (any Error).self) { try read(text) }
        #expect("\(error as Any)".contains(expected), "\(error as Any)")
    }

    @Test func `a theme is looked for by its name, in its folder only`() throws {
        try inFolder { folder in
            try UserFolders.make("\(folder)/themes")
            try DurableFile.replace(
                "\(folder)/themes/night.toml", with: Array("text = 7".utf8))
            #expect(try ThemeFile.theme("night", folder: folder)?.text == .indexed(7))
            #expect(try ThemeFile.theme("light", folder: folder) == .light)
            for name in ["day", "../themes/night", "", "night.toml"] {
                #expect(try ThemeFile.theme(name, folder: folder) == nil)
            }
            let read = try ScreenConfiguration.read(
                Array("theme = \"night\"".utf8), file: "config.toml", folder: folder)
            #expect(read.screen.theme.name == "night")
        }
    }
}

import ArgumentParser
import Testing

@testable import hamdel

struct CompletionTests {
    typealias Word = DeskCompletion.Word

    @Test(arguments: [
        (Word("12", "Router broken"), CompletionShell.bash, "12"),
        (Word("12", "Router broken"), .zsh, "12:Router broken"),
        (Word("12", "Router broken"), .fish, "12\tRouter broken"),
        (Word("support", ""), .zsh, "support"), (Word("support", ""), .fish, "support"),
        (Word("a:b", "x"), .zsh, "a\\:b:x"),
        (Word("12", "two\nlines\u{1b}[2J\ttab"), .fish, "12\ttwo↵lines␛[2J tab"),
    ])
    func `a word is offered as the shell reads it, and no customer's byte acts on it`(
        word: Word, shell: CompletionShell, text: String
    ) {
        #expect(word.text(for: shell) == text)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `the script of each shell asks for tickets, agents and macros`(shell: String) {
        let script = Hamdel.completionScript(for: CompletionShell(rawValue: shell) ?? .bash)
        for words in [
            "---completion ticket show", "---completion ticket assign", "---completion macro apply",
        ] {
            #expect(script.contains(words), "\(shell) \(words)")
        }
    }
}

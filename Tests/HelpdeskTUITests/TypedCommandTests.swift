import HelpdeskAPI
import HelpdeskCore
import Testing

@testable import HelpdeskTUI

@Suite struct TypedCommandTests {
    @Test(
        "lines after : are understood",
        arguments: [
            ("q", TypedCommand.run(.quit)), ("1042", .open(TicketNumber(rawValue: 1_042))),
            ("#۱۰۴۲", .open(TicketNumber(rawValue: 1_042))),
            ("open ١٢", .open(TicketNumber(rawValue: 12))),
            ("assign zahra", .change(.assign(AgentID(rawValue: "zahra")))),
            ("unassign", .change(.assign(nil))), ("close", .change(.close(.solved))),
            ("close no_answer", .change(.close(.noAnswer))),
            ("  tag  +a -b c ", .change(.tag(added: ["a", "c"], removed: ["b"]))),
            ("priority urgent", .change(.priority(.urgent))), ("view spam", .view("spam")),
            ("search سفارش من", .search("سفارش من")), ("presence shift", .presence(nil)),
            ("presence away", .presence(.away)), ("send!close", .send(.close)), ("q!", .quitAnyway),
            ("snooze فردا ۹", .snooze("فردا ۹")), ("snooze", .snooze(nil)),
            ("cc a@b.example,c@d.example", .cc(["a@b.example", "c@d.example"])),
            ("called", .change(.callback(.reached))), ("pipe less -R", .pipe("less -R")),
            ("attach ~/a b.pdf", .attach("~/a b.pdf")), ("by phones", .route("phones")),
        ])
    func understood(_ line: String, _ command: TypedCommand) throws {
        #expect(try TypedCommand.parse(line) == command)
    }

    @Test(
        "lines that mean nothing say what was expected",
        arguments: [
            "", "fly", "assign", "close gladly", "open x", "tag", "priority", "presence asleep",
            "99999999999999999999",
        ])
    func refused(_ line: String) {
        #expect(throws: TypedCommand.Fault.self) { try TypedCommand.parse(line) }
    }

    @Test("every word that help lists is understood with its arguments")
    func listed() throws {
        let samples = [
            "LOGIN": "ali", "TEAM": "support", "[REASON]": "solved", "LEVEL": "low",
            "+A -B": "+a -b", "NUMBER": "7", "NAME": "mine", "WORDS": "tax", "STATE": "online",
            "COMMAND": "less", "FILE": "~/a b.pdf", "ADDRESS…": "a@b.example, c@d.example",
            "[WHEN]": "tomorrow 9", "[INBOX]": "support-mail", "[NAME]": "hours",
        ]
        for word in TypedCommand.words {
            _ = try TypedCommand.parse("\(word.word) \(samples[word.arguments] ?? "")")
        }
    }
}

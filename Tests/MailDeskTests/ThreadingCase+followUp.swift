import ChannelKit
import CorpusKit
import EmailChannel
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

extension ThreadingCase {
    private static let known = "20150830145601.30.608882@edenhofer.zammad.com"

    /// What a template is filled in with, beside a ticket of ours with the known message.
    func followUp() async throws -> Outcome {
        let setup = one.fields["setup"]
        // Where numbers are looked for is a setting of the peer; ours is fixed: headers, then the subject.
        if let search = setup?["search_in"]?.text, search != "references" {
            return .leftOut("search_in=\(search): a peer's setting; the row references is ours")
        }
        var plan = DeskPlan.standard
        plan.ticketsPerSenderHour = 0
        plan.change(.supportMail) { $0.threading.participation = .ignored }
        let desk = try await MailDesk(plan)
        var mail = Mail(from: "sara@home.example", subject: "Foo bar", id: Self.known)
        mail.body = "The first of the ticket."
        var ticket = try await desk.deliver(mail.bytes).ticket
        if setup?["tickets"]?.text != nil {
            mail.body = "Another ticket, under the same Message-ID."
            ticket = try await desk.deliver(mail.bytes).ticket
        }
        guard let template = one.bytes() else { return .leftOut("no input") }
        let text = String(decoding: template, as: UTF8.self)
            .replacing("{{ticket_ref}}", with: SubjectTag.text(for: ticket))
            .replacing("{{unused_ticket_ref}}", with: "[#4711]")
            .replacing("{{message_id}}", with: "<\(Self.known)>")
            .replacing("{{message_subject}}", with: "Foo bar")
        if setup?["ticket"]?.text == "closed" {
            try await desk.desk.perform(.close(.solved), on: ticket)
        }
        let kept = try await desk.deliver(Array(text.utf8))
        var differences = Differences()
        differences.expect(
            "result", kept.ticket == ticket ? "append" : "new_ticket",
            one.expect["result"]?.text)
        return differences.outcome
    }
}

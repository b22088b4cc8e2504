import ChannelKit
import HelpdeskCore
import HelpdeskEngine
import HelpdeskStore
import TestKit
import Testing

@Suite("A survey on the customer's channel")
struct SurveyChannelTests {
    /// Asked in a chat after an answered ticket was closed.
    private func askedInChat(
        _ plan: DeskPlan = .standard, inbox: InboxID = .messenger, text: String = "Hello?"
    ) async throws -> (TestDesk, TicketNumber) {
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let number = try await desk.ticket(
            .chat(
                from: "8123", conversation: "8123", id: "c1", text: text, senderEvidence: .vouched),
            to: inbox
        ).ticket
        try await desk.reply(to: number, then: .close(.solved))
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        try await desk.runOutbox()
        return (desk, number)
    }

    private func say(
        _ text: String, _ id: String, on desk: TestDesk, inbox: InboxID = .messenger,
        from: String = "8123", conversation: String = "8123"
    ) async throws -> TicketNumber {
        try await desk.ticket(
            .chat(
                from: from, conversation: conversation, id: id, text: text,
                senderEvidence: .vouched), to: inbox
        ).ticket
    }

    @Test("takes a number for an answer, a day later too, and reopens nothing")
    func number() async throws {
        let (desk, number) = try await askedInChat()
        let sent = try #require(try desk.adapter(.messenger).prepared.last)
        #expect(sent.purpose == .survey && sent.choices.map(\.answer) == ["1", "2", "3", "4", "5"])
        desk.clock.advance(by: .hours(23))
        let before = desk.position
        #expect(try await say("۵", "c2", on: desk) == number)
        #expect(
            try desk.types(after: before).filter { $0 != "identity_linked" }
                == ["message_received", "survey_answered"])
        #expect(
            try desk.lines("SELECT state, score, way FROM invitations") == ["answered 5 message"])
        #expect(try desk.row(number).ticket.status == .closed)
        #expect(try await say("⭐⭐", "c3", on: desk) == number, "corrected")
        #expect(try desk.lines("SELECT score FROM invitations") == ["2"])
        #expect(try desk.count("SELECT COUNT(*) FROM recoveries WHERE state = 'open'") == 1)
        try desk.verify()
    }

    @Test("offers words to the agent and scores nothing")
    func words() async throws {
        let (desk, number) = try await askedInChat(text: "سلام، سفارشم نرسید")
        let joined = try await say("عالی بود", "c2", on: desk)
        #expect(joined == number)
        #expect(try desk.types().filter { $0 == "survey_answered_in_words" }.count == 1)
        #expect(try desk.lines("SELECT state FROM invitations") == ["sent"])
        try desk.verify()
    }

    @Test(
        "takes no answer after an agent wrote again, from another person, or in another conversation"
    )
    func refusals() async throws {
        let (desk, number) = try await askedInChat()
        _ = try await say("5", "x1", on: desk, from: "9999", conversation: "9999")
        _ = try await say("5", "x2", on: desk, from: "9999", conversation: "8123")
        _ = try await say("5", "x3", on: desk, from: "8123", conversation: "other")
        try await desk.reply("Is it well now?", to: number)
        desk.clock.advance(by: .minutes(1))
        _ = try await say("5", "x4", on: desk)
        #expect(try !desk.types().contains("survey_answered"))
        try desk.verify()
    }

    private func askedByMail(
        _ plan: DeskPlan = .standard
    ) async throws -> (TestDesk, TicketNumber, OutboundMessage) {
        let desk = try await TestDesk(plan)
        for adapter in desk.adapters.values { adapter.always(.sent(externalID: nil)) }
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        try await desk.reply(to: number, then: .close(.solved))
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        let invitation = try #require(
            try desk.adapter(.supportMail).prepared.last { $0.purpose == .survey })
        return (desk, number, invitation)
    }

    @Test("by mail: a score in an answer to the invitation counts, more than a score reopens")
    func mail() async throws {
        let (desk, number, invitation) = try await askedByMail()
        #expect(invitation.choices.count == 5 && invitation.stopLink?.contains("/s/") == true)
        let score = try await desk.ticket(
            .mail(
                from: "sara@example.ir", id: "m2@e", text: "4", inReplyTo: invitation.messageID))
        #expect(score.ticket == number)
        #expect(try desk.row(number).ticket.status == .closed)
        #expect(try desk.row(number).score == 4)
        let broken = try await desk.ticket(
            .mail(
                from: "sara@example.ir", id: "m3@e", text: "It is still broken.",
                inReplyTo: invitation.messageID))
        #expect(broken.ticket == number)
        #expect(try desk.row(number).ticket.status == .open)
        try desk.verify()
    }

    @Test("by mail: no score of a stranger, of a forged sender, or in an answer to something else")
    func forged() async throws {
        let (desk, _, invitation) = try await askedByMail()
        _ = try await desk.deliver(
            .mail(from: "eve@example.ir", id: "e1@e", text: "1", inReplyTo: invitation.messageID))
        _ = try await desk.deliver(
            .mail(
                from: "sara@example.ir", id: "e2@e", text: "1", auth: .failed,
                inReplyTo: invitation.messageID))
        _ = try await desk.deliver(
            .mail(from: "sara@example.ir", id: "e3@e", text: "1", inReplyTo: "m1@e"))
        _ = try await desk.deliver(
            .mail(
                from: "sara@example.ir", id: "e4@e", text: "1", inReplyTo: invitation.messageID,
                auto: .replied))
        #expect(try !desk.types().contains("survey_answered"))
    }

    @Test("after a call goes out as a text message to the number that was spoken with")
    func afterCall() async throws {
        var plan = DeskPlan.standard
        var texts = ChannelCapabilities.messenger
        texts.opensTo = IdentityAddress.phoneKind
        texts.replyWindow = nil
        plan.inboxes.append(.other(InboxID(rawValue: "sms"), .chatWebhook, texts))
        let desk = try await TestDesk(plan)
        let number = try await desk.ticket(
            .call(from: "+989121234567", id: "1", outcome: .answered, seconds: 60, inner: "101"),
            to: .phones
        ).ticket
        try await desk.perform(.note("Sold a chair."), on: number)
        try await desk.perform(.close(.solved), on: number)
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        #expect(
            try desk.lines("SELECT state, COALESCE(skip_reason, '-') FROM invitations")
                == ["sent -"])
        let sent = try #require(try desk.adapter(InboxID(rawValue: "sms")).prepared.last)
        #expect(sent.to.map(\.address.value) == ["+989121234567"])
        try desk.verify()
    }

    @Test("reminds once, and not who answered, wrote, or said no")
    func reminder() async throws {
        var plan = DeskPlan.standard
        plan.survey.reminder = .days(3)
        let (desk, _, invitation) = try await askedByMail(plan)
        desk.clock.advance(by: .days(3))
        try await desk.runTimers()
        let mails = try desk.adapter(.supportMail).prepared.filter { $0.purpose == .survey }
        #expect(mails.count == 2)
        #expect(
            mails.last.flatMap(\.stopLink) == invitation.stopLink, "the same page, the same token")
        desk.clock.advance(by: .days(7))
        try await desk.runTimers()
        #expect(
            try desk.adapter(.supportMail).prepared.filter { $0.purpose == .survey }.count == 2)
        try desk.verify()

        let (other, _, asked) = try await askedByMail(plan)
        let token = try #require(asked.stopLink?.split(separator: "/").last)
        _ = try await other.surveys.stop(token: String(token))
        other.clock.advance(by: .days(3))
        try await other.runTimers()
        #expect(
            try other.adapter(.supportMail).prepared.filter { $0.purpose == .survey }.count == 1)
        try other.verify()
    }

    @Test("who wants no more gets none, for ever, whoever they are merged with")
    func optOut() async throws {
        var plan = DeskPlan.standard
        plan.survey.cooldown = .zero
        let (desk, _, invitation) = try await askedByMail(plan)
        let token = String(try #require(invitation.stopLink?.split(separator: "/").last))
        _ = try await desk.surveys.stop(token: token)
        let position = desk.position
        _ = try await desk.surveys.stop(token: token)
        #expect(desk.position == position, "said twice is once")
        desk.clock.advance(by: .days(400))
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m9@e")).ticket
        try await desk.reply(to: number, then: .close(.solved))
        #expect(
            try desk.lines("SELECT skip_reason FROM invitations ORDER BY id DESC LIMIT 1")
                == ["opted_out"])
        let asked = try await desk.surveys.ask(
            SurveyRequest(customer: .address(.email("sara@example.ir")), ticket: nil, kind: .nps),
            by: TestDesk.caller(.lead, .admin), command: nil)
        #expect(asked.decision == .skip(.optedOut))
        try desk.verify()
    }

    @Test("waits for the end of the quiet hours, also when they began after it was planned")
    func quiet() async throws {
        var plan = DeskPlan.standard
        plan.survey.quiet = try QuietHours(["00:00-23:59"])
        let desk = try await TestDesk(plan)
        let number = try await desk.ticket(.mail(from: "sara@example.ir", id: "m1@e")).ticket
        try await desk.reply(to: number, then: .close(.solved))
        desk.clock.advance(by: .hours(1))
        try await desk.runTimers()
        #expect(try desk.lines("SELECT state FROM invitations") == ["scheduled"])
        desk.clock.advance(by: .days(1))
        try await desk.runTimers()
        #expect(try desk.lines("SELECT state FROM invitations") == ["scheduled"])
        #expect(try desk.types().contains("survey_postponed"))
        try desk.verify()
    }
}

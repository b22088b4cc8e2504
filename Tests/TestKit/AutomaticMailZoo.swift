public import HelpdeskCore

/// A hundred and more mails that no person wrote, made up by us after the standards and after what programs send: what
/// must never be answered, never reopens a ticket and never counts as an answer (reliability C2). The reader's tests
/// prove `expected` of each; the engine's tests hand on what the reader says.
public enum AutomaticMailZoo {
    public struct Sample: Sendable, CustomStringConvertible {
        public let name: String
        public let raw: String
        /// What the reader makes of it.
        public let expected: AutoSubmitted
        /// Message-ID of the mail of ours that it reports on; `outboundMessageID`, or nil where it is no report.
        public let returnedMessageID: String?

        public var description: String { name }
    }

    /// The mail of ours that every bounce of the zoo brings back.
    public static let outboundMessageID = "outbound.4711@help.example.org"
    /// Where everything is sent to.
    public static let inbox = "support@help.example.org"
    static let customer = "sara@shop.example"

    public static let samples: [Sample] =
        absences + suppressed + precedences + lists + nobody + reports + notices + programs

    static func sample(
        _ name: String, _ expected: AutoSubmitted, _ header: String, _ body: String = "Hello.",
        returned: String? = nil
    ) -> Sample {
        let raw =
            "To: \(inbox)\nDate: Sun, 22 Nov 2026 10:00:00 +0000\nMessage-ID: <\(name.filter { !$0.isWhitespace })@zoo.example>\n\(header)\n\n\(body)\n"
        return Sample(name: name, raw: raw, expected: expected, returnedMessageID: returned)
    }

    // MARK: Somebody is away

    private struct Absence {
        let language: String
        let subject: String
        let text: String
    }

    /// Fifteen languages; each is sent by four kinds of programs.
    private static let absenceTexts: [Absence] = [
        Absence(
            language: "English", subject: "Out of Office",
            text: "I am out of the office until Monday and will answer then."),
        Absence(
            language: "Persian", subject: "پاسخ خودکار",
            text: "تا دوشنبه در مرخصی هستم و پس از آن پاسخ می‌دهم."),
        Absence(
            language: "German", subject: "Abwesenheitsnotiz",
            text: "Ich bin bis Montag im Urlaub und nicht erreichbar."),
        Absence(
            language: "French", subject: "Réponse automatique",
            text: "Je suis absente du bureau, de retour le 30 novembre."),
        Absence(
            language: "Spanish", subject: "Respuesta automática",
            text: "Estoy fuera de la oficina hasta el lunes."),
        Absence(
            language: "Italian", subject: "Risposta automatica",
            text: "Sono fuori ufficio fino a lunedì."),
        Absence(
            language: "Dutch", subject: "Automatisch antwoord", text: "Ik ben afwezig tot maandag."),
        Absence(
            language: "Portuguese", subject: "Resposta automática",
            text: "Estou de férias até segunda-feira."),
        Absence(
            language: "Swedish", subject: "Autosvar",
            text: "Jag är på semester och åter den 30 november."),
        Absence(
            language: "Danish", subject: "Automatisk svar",
            text: "Jeg er på ferie, tilbage den 30. november."),
        Absence(
            language: "Finnish", subject: "Automaattinen vastaus",
            text: "Olen lomalla maanantaihin asti."),
        Absence(
            language: "Polish", subject: "Odpowiedź automatyczna",
            text: "Przebywam na urlopie do poniedziałku."),
        Absence(
            language: "Russian", subject: "Автоматический ответ",
            text: "Я в отпуске до понедельника."),
        Absence(
            language: "Turkish", subject: "Otomatik yanıt", text: "Pazartesiye kadar izindeyim."),
        Absence(language: "Arabic", subject: "رد تلقائي", text: "أنا في إجازة حتى يوم الاثنين."),
    ]

    private static var absences: [Sample] {
        absenceTexts.flatMap { absence in
            let from = "From: Sara <\(customer)>\nContent-Type: text/plain; charset=utf-8"
            let answer = "In-Reply-To: <\(outboundMessageID)>\nReferences: <\(outboundMessageID)>"
            let re = "Subject: \(absence.subject): Your order\n\(from)\n\(answer)"
            return [
                sample(
                    "\(absence.language) RFC 3834", .replied,
                    "Auto-Submitted: auto-replied (vacation)\nSubject: Re: Your order\n\(from)\n\(answer)",
                    absence.text),
                sample(
                    "\(absence.language) Exchange", .generated,
                    "X-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\n\(re)",
                    absence.text),
                sample(
                    "\(absence.language) autoresponder", .replied,
                    "X-Autoreply: yes\nPrecedence: bulk\n\(re)", absence.text),
                sample("\(absence.language) words only", .replied, re, absence.text),
            ]
        }
    }

    // MARK: Headers

    private static var suppressed: [Sample] {
        ["All", "OOF", "AutoReply", "DR, OOF, AutoReply", "all, dr", "RN, NRN, OOF, AutoReply"].map
        { value in
            sample(
                "suppress \(value)", .generated,
                "From: Shop <\(customer)>\nSubject: Your parcel\nX-Auto-Response-Suppress: \(value)"
            )
        }
    }

    private static var precedences: [Sample] {
        ["bulk", "Bulk", "list", "junk", "normal\nPrecedence: bulk"].map { value in
            sample(
                "precedence \(value.filter { $0 != "\n" })", .generated,
                "From: News <\(customer)>\nSubject: News\nPrecedence: \(value)")
        } + [
            sample(
                "precedence auto_reply", .replied,
                "From: Sara <\(customer)>\nSubject: Re: Your order\nPrecedence: auto_reply")
        ]
    }

    private static var lists: [Sample] {
        [
            "List-Id: Gardeners <garden.lists.example>",
            "List-Unsubscribe: <mailto:leave@lists.example>",
            "List-Post: <mailto:garden@lists.example>",
            "List-Help: <mailto:help@lists.example>", "Mailing-List: list garden@lists.example",
            "X-Mailing-List: garden@lists.example",
        ].map { field in
            sample(
                "list \(field.prefix { $0 != ":" })", .generated,
                "From: Ali <\(customer)>\nSubject: Roses\n\(field)")
        }
    }

    private static var nobody: [Sample] {
        [
            sample(
                "null path", .generated,
                "Return-Path: <>\nFrom: Sara <\(customer)>\nSubject: Re: Your order"),
            sample(
                "null path with blanks", .generated,
                "Return-Path: < >\nFrom: Sara <\(customer)>\nSubject: Re: Your order"),
            sample(
                "null path and absence", .replied,
                "Return-Path: <>\nFrom: Sara <\(customer)>\nSubject: Automatic reply",
                "I am on leave."),
        ]
    }

    private static var programs: [Sample] {
        [
            ("auto-generated", "Auto-Submitted: auto-generated", AutoSubmitted.generated),
            (
                "auto-notified", "Auto-Submitted: auto-notified; owner-email=\"a@b.example\"",
                .generated
            ),
            ("capitals", "AUTO-SUBMITTED: Auto-Generated", .generated),
            ("cron", "X-Cron-Env: <SHELL=/bin/sh>", .generated),
            ("loop mark", "X-Loop: help@other.example", .generated),
            ("another helpdesk", "X-RT-Loop-Prevention: example.org", .generated),
            ("autogenerated reply", "X-Autogenerated: Reply", .replied),
            ("autogenerated", "X-Auto-Generated: 1", .generated),
            ("autoresponder field", "X-Autorespond: Your order", .replied),
            ("vacation field", "X-Vacation: yes", .replied),
            ("mail-autoreply field", "X-Mail-Autoreply: vacation", .replied),
            ("delivered to autoresponder", "Delivered-To: Autoresponder", .replied),
            (
                "mailbox rules", "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
                .replied
            ), ("inbox rules loop", "X-MS-Exchange-Inbox-Rules-Loop: sara@shop.example", .replied),
            ("preference", "Preference: auto_reply", .replied),
            ("campaign", "X-Campaign-Id: 4711", .generated),
        ].map {
            sample(
                "program \($0.0)", $0.2,
                "From: Robot <\(customer)>\nSubject: Report of the night\n\($0.1)")
        }
    }
}

import ChannelKit
import HelpdeskCore

/// What machines have to do with a mail: whether one wrote it, and what it reports.
struct MachineMail {
    let autoSubmitted: AutoSubmitted
    let isBulk: Bool
    let report: DeliveryReport?

    /// `text`: what the mail says, as it is shown; `recipients`: addresses it was sent to.
    init(
        _ mail: MailSource, parts: [MailPart], text: [UInt8], returnPath: String?,
        recipients: [String], limits: MailLimits
    ) {
        let sender = MachineSender(
            mail.header, in: mail.bytes, returnPath: returnPath,
            own: Set(recipients.prefix(100).map { $0.lowercased() }))
        report = MachineReport(mail: mail, parts: parts, text: text, sender: sender, limits: limits)
            .report()
        let verdict = AutomaticMail(
            header: mail.header, bytes: mail.bytes, returnPath: returnPath, text: text
        ).verdict()
        switch report?.kind {
        case .status:
            autoSubmitted = .bounce
            isBulk = false
        case .disposition, .complaint:
            autoSubmitted = verdict.autoSubmitted == .no ? .generated : verdict.autoSubmitted
            isBulk = false
        case nil:
            autoSubmitted = verdict.autoSubmitted
            isBulk = verdict.isBulk
        }
    }
}

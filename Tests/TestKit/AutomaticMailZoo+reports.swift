import HelpdeskCore

/// Reports of mail servers and mail programs: RFC 3464, RFC 6533, RFC 8098, RFC 5965, and the words of servers that
/// write none of them.
extension AutomaticMailZoo {
    private static let daemon =
        "From: Mail Delivery System <MAILER-DAEMON@mx.shop.example>\nReturn-Path: <>"

    private static func returnedHeader(to address: String) -> String {
        "Received: from help.example.org by mx.shop.example\nMessage-ID: <\(outboundMessageID)>\nFrom: Support <\(inbox)>\nTo: \(address)\nSubject: Your order\n"
    }

    private static func report(
        _ name: String, type: String, part: String, fields: String,
        returned: String = "message/rfc822",
        text: String = "Your message could not be delivered."
    ) -> Sample {
        let kind = part == "delivery-status" || part == "global-delivery-status"
        let body = """
            --zoo
            Content-Type: text/plain; charset=utf-8

            \(text)

            --zoo
            Content-Type: message/\(part)

            \(fields)

            --zoo
            Content-Type: \(returned)

            \(returnedHeader(to: customer))
            Where is it?
            --zoo--
            """
        return sample(
            name, kind ? .bounce : .generated,
            "\(daemon)\nSubject: Report\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=\(type); boundary=zoo",
            body, returned: outboundMessageID)
    }

    private static func status(
        _ name: String, _ fields: String, returned: String = "message/rfc822"
    ) -> Sample {
        report(
            name, type: "delivery-status", part: "delivery-status",
            fields: "Reporting-MTA: dns; mx.shop.example\n\n\(fields)", returned: returned)
    }

    static var reports: [Sample] {
        let final = "Final-Recipient: rfc822; \(customer)"
        return [
            status(
                "dsn unknown user",
                "\(final)\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown"
            ),
            status(
                "dsn mailbox full",
                "\(final)\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full"
            ),
            status(
                "dsn delayed",
                "\(final)\nAction: delayed\nStatus: 4.4.1\nWill-Retry-Until: Tue, 24 Nov 2026 10:00:00 +0000"
            ),
            status("dsn relayed", "\(final)\nAction: relayed\nStatus: 2.1.9"),
            status("dsn delivered", "\(final)\nAction: delivered\nStatus: 2.1.5"),
            status(
                "dsn two recipients",
                "\(final)\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; ali@shop.example\nAction: failed\nStatus: 5.7.1"
            ),
            status(
                "dsn xtext",
                "Original-Recipient: rfc822; sara+2Border@shop.example\n\(final)\nAction: failed\nStatus: 5.1.1"
            ),
            status(
                "dsn headers only", "\(final)\nAction: failed\nStatus: 5.1.1",
                returned: "text/rfc822-headers"),
            report(
                "dsn global", type: "delivery-status", part: "global-delivery-status",
                fields:
                    "Reporting-MTA: dns; mx.shop.example\n\nFinal-Recipient: utf-8; \\x{633}\\x{627}@shop.example\nAction: failed\nStatus: 5.1.1"
            ),
            report(
                "mdn displayed", type: "disposition-notification", part: "disposition-notification",
                fields:
                    "\(final)\nOriginal-Message-ID: <\(outboundMessageID)>\nDisposition: manual-action/MDN-sent-manually; displayed",
                text: "Your message was displayed."),
            report(
                "mdn deleted", type: "disposition-notification", part: "disposition-notification",
                fields:
                    "\(final)\nOriginal-Message-ID: <\(outboundMessageID)>\nDisposition: automatic-action/MDN-sent-automatically; deleted",
                text: "Your message was deleted without being read."),
            report(
                "complaint", type: "feedback-report", part: "feedback-report",
                fields:
                    "Feedback-Type: abuse\nUser-Agent: Zoo/1.0\nVersion: 1\nOriginal-Rcpt-To: <\(customer)>",
                text: "This is an email abuse report."),
        ]
    }

    /// The words of old servers.
    static var notices: [Sample] {
        let header = returnedHeader(to: customer)
        return [
            sample(
                "qmail", .bounce, "\(daemon)\nSubject: failure notice",
                "Hi. This is the qmail-send program at mx.shop.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<\(customer)>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n\(header)",
                returned: outboundMessageID),
            sample(
                "exim", .bounce,
                "\(daemon)\nSubject: Mail delivery failed: returning message to sender\nX-Failed-Recipients: \(customer)\nAuto-Submitted: auto-replied",
                "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  \(customer)\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n\n\(header)",
                returned: outboundMessageID),
            sample(
                "exim delay", .bounce, "\(daemon)\nSubject: Warning: message 1abc delayed 24 hours",
                "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\n  \(customer)\n    Delay reason: Connection timed out\n\nThe message identifier is: 1abc\nMessage-ID: <\(outboundMessageID)>",
                returned: outboundMessageID),
            sample(
                "postfix without a report", .bounce,
                "\(daemon)\nSubject: Undelivered Mail Returned to Sender",
                "This is the Postfix program at host mx.shop.example.\n\nI'm sorry to have to inform you that the message returned\nbelow could not be delivered to one or more destinations.\n\n<\(customer)>: host mx.shop.example said: 550 5.1.1 No such user\n\n\(header)",
                returned: outboundMessageID),
            sample(
                "sendmail", .bounce, "\(daemon)\nSubject: Returned mail: User unknown",
                "   ----- Transcript of session follows -----\n>>> RCPT To:<\(customer)>\n<<< 550 5.1.1 <\(customer)>... User unknown\n550 <\(customer)>... User unknown\n\n   ----- Unsent message follows -----\n\(header)",
                returned: outboundMessageID),
            sample(
                "exchange", .bounce,
                "From: System Administrator <postmaster@shop.example>\nReturn-Path: <>\nSubject: Undeliverable: Your order",
                "Your message\n\n  To:      \(customer)\n  Subject: Your order\n\ndid not reach the following recipient(s):\n\n\(customer) on Sun, 22 Nov 2026 10:00:00 +0000\n    The recipient name is not recognized\n\nMessage-ID: <\(outboundMessageID)>",
                returned: outboundMessageID),
            sample(
                "gmail", .bounce,
                "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nReturn-Path: <>\nSubject: Delivery Status Notification (Failure)\nX-Failed-Recipients: \(customer)",
                "Delivery to the following recipient failed permanently:\n\n     \(customer)\n\nTechnical details of permanent failure:\nThe email account that you tried to reach does not exist.\n\n----- Original message -----\n\n\(header)",
                returned: outboundMessageID),
            sample(
                "yahoo", .bounce, "From: MAILER-DAEMON@yahoo.com\nSubject: Failure Notice",
                "Sorry, we were unable to deliver your message to the following address.\n\n<\(customer)>:\nRemote host said: 550 5.1.1 User unknown [RCPT_TO]\n\n--- Below this line is a copy of the message.\n\n\(header)",
                returned: outboundMessageID),
            sample(
                "notes", .bounce,
                "From: postmaster@shop.example\nReturn-Path: <>\nSubject: Undeliverable message",
                "------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\n\(customer)\n\n------- Returned Message --------\n\n\(header)",
                returned: outboundMessageID),
            sample(
                "russian", .bounce,
                "From: mailer-daemon@corp.example.ru\nReturn-Path: <>\nContent-Type: text/plain; charset=utf-8\nSubject: =?utf-8?B?0J3QtSDQtNC+0YHRgtCw0LLQu9C10L3Qvg==?=",
                "К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n  \(customer)\n    550 5.2.2 Mailbox full\n\n\(header)",
                returned: outboundMessageID),
        ]
    }
}

/// How mail servers word their notices; data only.
enum BounceWords {
    /// Local parts of senders that only report.
    static let daemons: Set<String> = [
        "mailer-daemon", "mailerdaemon", "mailer_daemon", "mail-daemon", "maildaemon", "mdaemon",
        "mail.delivery.system", "mail-delivery-system", "maildeliverysystem", "delivery-failure",
        "post_master", "mailer", "bounce", "bounces", "bouncenotification", "microsoftexchange",
    ]

    /// Senders that a person may be as well: what they write has to look like a notice too.
    static let perhapsDaemons: Set<String> = [
        "postmaster", "postmasters", "hostmaster", "sysadmin", "administrator", "mailadmin",
        "mail-admin", "majordomo", "listserv",
    ]

    /// Senders that send all kinds of things, notices among them.
    static let programs: Set<String> = [
        "no-reply", "noreply", "donotreply", "do-not-reply", "admin", "root", "mail", "smtp",
        "system",
    ]

    /// In the sender's name.
    static let daemonNames = PhraseTable<Bool>([
        (
            true,
            [
                "mail delivery s", "mail deliver system", "mail delivery a", "mailer-daemon",
                "mailer daemon",
                "delivery subsystem", "mail system", "mail transfer", "internet mail",
                "system administrator",
                "ndr administrator", "mail administrator", "e-mail interconnect", "mailsystem",
                "message delivery", "returned mail",
            ]
        )
    ])

    /// How the subject of a notice begins.
    static let subjects = PrefixTable([
        "undeliver", "delivery status", "delivery fail", "delivery notification",
        "delivery problem", "delivery error",
        "delivery report", "delivery has", "delivery delay", "delivery unsuccessful",
        "delivery incomplete", "failure notice", "failed mail", "failed delivery",
        "failure delivery", "failure:", "returned mail", "returned email", "returned message",
        "return mail", "mail delivery",
        "mail could not be", "mail system error", "mail not delivered", "mail error",
        "mail failure", "message delivery",
        "message undeliver", "message could not", "message not delivered", "message status",
        "message you sent", "non delivery", "non-delivery", "nondeliver", "not delivered",
        "permanent delivery", "warning: message", "warning: could not", "warning: mail",
        "delayed mail", "delayed:", "postmaster notify", "postfix smtp server",
        "there was an error sending your mail", "unable to deliver", "undelivered",
        "could not deliver", "could not send", "bounced mail", "bounce:", "loop alert",
        "error sending", "error: mail", "rejected mail", "rejected:", "ndn:", "ndr:", "dsn:",
        "e-mail delivery", "email delivery", "cannot deliver",
        "non remis", "echec de", "échec de", "avis de non", "message non distribué",
        "retour de mail",
        "unzustellbar", "nicht zugestellt", "nicht zustellbar", "nachricht nicht zugestellt",
        "fehler bei der zustellung", "zustellung", "rückläufer",
        "no se puede entregar", "no entregado", "mensaje no entregado", "error de entrega",
        "devuelto", "fallo en la entrega",
        "mancato recapito", "consegna non riuscita", "messaggio non recapitabile",
        "non recapitabile", "impossibile recapitare",
        "não entregue", "não foi possível entregar", "falha na entrega", "devolvido",
        "onbestelbaar", "niet bezorgd", "niet afgeleverd",
        "ikke levert", "kunne ikke leveres", "ikke leveret", "levereringsfejl",
        "går inte att leverera", "det gick inte att leverera", "olevererbar",
        "toimitus epäonnistui", "ei voitu toimittaa",
        "niedostarczalne", "niedostarczon", "nie można dostarczyć", "nedoručitelné",
        "nedoručiteľné", "kézbesíthetetlen", "teslim edilemedi", "iletilemedi",
        "недостав", "не доставлено", "ваше сообщение не доставлено", "невозможно доставить",
        "ошибка доставки", "μη παραδοτέο",
        "تحویل نشد", "پیام تحویل نشد", "خطا در تحویل", "تعذر التسليم", "لم يتم التسليم", "配信不能",
        "配信エラー", "送信エラー", "メール配信", "无法送达", "系统退信", "退信", "傳送失敗", "無法傳遞", "배달 실패", "반송",
    ])

    /// Sentences that notices hold and people do not write.
    static let notices = PhraseTable<Bool>([
        (
            true,
            [
                "could not be delivered to", "was not delivered to", "were not delivered to",
                "not be delivered to one or more",
                "has not been delivered to", "not yet been delivered", "unable to deliver",
                "couldn't be delivered", "wasn't able to deliver", "were not able to deliver",
                "was not able to deliver", "cannot be delivered", "could not deliver",
                "failed permanently", "delivery to the following", "delevery to the following",
                "delivery has failed", "delivery of your", "delivery failed",
                "did not reach the following", "could not be reached", "following recipient",
                "following address", "the following addresses had",
                "did not reach", "fatal delivery error", "undeliverable", "undelivered",
                "transcript of session", "error delivering your mail",
                "error occurred while trying to deliver",
                "error has occurred while attempting to deliver", "trouble delivering your message",
                "delivery status notification",
                "generated automatically by mail", "created automatically by mail",
                "this is the mail system at", "this is the mailer-daemon", "this is the postfix",
                "qmail-send program",
                "machine generated message from mail", "mail delivery agent", "delivery attempts",
                "failure reasons", "returned to sender", "has been returned", "returned because",
                "rejected by a remote mail server", "rejected recipient",
                "message was undeliverable", "message is undeliverable", "message not delivered",
                "message delivered to", "reason for return", "no such user here", "unknown user:",
                "user mailbox exceeds", "rcpt to generated", "server error:",
                "deliver your message", "delivering your message", "your message wasn't delivered",
                "message wasn't delivered", "address not found", "mail could not be delivered",
                "unable to send", "could not send your", "diagnostic-code:", "final-recipient:",
                "remote host said", "in reply to rcpt to", "said: 5", "after rcpt to",
                "n'a pas pu être", "n'a pu être remis", "n'a pas été remis",
                "konnte nicht zugestellt", "konnten nicht zugestellt", "nicht zugestellt werden",
                "no se pudo entregar", "no se ha podido entregar",
                "non è stato possibile", "não pôde ser entregue", "não foi possível entregar",
                "kon niet worden", "не может быть доставлено", "не удалось доставить",
                "не было доставлено",
                "nie może być dostarczona", "nie mogła zostać", "送信できません", "配信できません", "送信に失敗",
                "届けできません", "无法投递", "无法送达", "無法傳送",
                "this user doesn't have a", "account is over quota", "the user(s) account",
                "mailbox is full", "delivery errors", "not accepting mail from",
                "no valid recipients", "duplicated message-id",
            ]
        )
    ])

    /// Phrases that only a program writes above a list of recipients.
    static let machinePhrases = PhraseTable<Bool>([
        (
            true,
            [
                "could not be delivered to the following", "delivery to the following",
                "following address(es) failed", "the following address failed",
                "created automatically by mail delivery software",
                "delivery attempts will continue", "did not reach the following recipient",
                "not delivered to the following", "was undeliverable to the following",
                "addresses had permanent fatal errors", "addresses had delivery errors",
            ]
        )
    ])

    /// The mail is late, not lost.
    static let delays = PhraseTable<Bool>([
        (
            true,
            [
                "warning message only", "warning only", "has been delayed", "have been delayed",
                "is delayed", "not yet been delivered",
                "not been delivered yet", "delivery attempts will continue",
                "will continue to attempt", "will continue trying", "will be retried",
                "will keep trying",
                "still being retried", "do not need to resend", "not need to resend",
                "message delayed", "delivery delayed", "notification (delay)",
                "no action is required on your part",
                "could not send message for past", "do not resend your original", "still trying",
                "wird weiterhin versucht", "retardé", "en attente de",
            ]
        )
    ])

    /// Where the mail that came back begins, in a text that quotes it.
    static let returned = PhraseTable<Bool>([
        (
            true,
            [
                "original message follows", "original message follow", "below this line is a copy",
                "below the next line is a copy", "is a copy of the message",
                "is a copy of your message",
                "is a copy of the original", "a copy of the message, including",
                "a copy of your message, including", "copy of the first part of the message",
                "unsent message", "- returned message", "message header follow",
                "message headers follow",
                "header of the original", "headers of the original", "original message -",
                "- original message", "original message:", "original mail as follows",
                "original mail info",
                "included is a copy", "enclosed is a copy", "original message as received",
                "original message attached", "original message headers", "message body follows",
                "text of your message",
                "start of returned", "message text follows", "message contents follow",
                "the original message was:", "the original message is", "original headers",
                "- undelivered message",
                "copie du message", "kopie der nachricht", "kopie ihrer nachricht",
                "copia del mensaje", "copia del messaggio", "kopie van", "копия сообщения",
            ]
        )
    ])

    /// Header lines with which a returned mail begins.
    static let headers = [
        "received:", "return-path:", "delivered-to:", "dkim-signature:", "x-received:",
        "mime-version:", "x-originating-ip:",
        "x-google-smtp-source:", "arc-seal:",
    ]

    /// On the line of a recipient that did not get the mail.
    static let recipientLabels = PhraseTable<Bool>([
        (
            true,
            [
                "recipient", "rcpt to", "addressed to", "was addressed", "delivering", "deliver",
                "undeliver", "unknown user", "mailbox", "failed",
                "reach", "reject", "no such", "not found", "unknown", "smtp=", "error sending",
                "attempts:", "could not be", "not exist", "account",
                "invalid", "送信", "quota",
            ]
        )
    ])

    /// Words before an address that say it belongs to somebody else.
    static let otherOwners = [
        "contact", "from", "sender", "generated from", "mailto", "help", "by", "reply to",
        "write to", "support", "questions", "please mail", "or mail",
        "e-mail", "email", "instead", "mail from", "generated by", "id", "at", "see", "forward",
        "on behalf of",
    ]

    /// Lines whose addresses are not the recipients.
    static let otherLabels = [
        "from:", "sender:", "subject:", "date:", "sent:", "reply-to:", "cc:", "message-id:",
        "in-reply-to:", "references:",
        "reporting-mta:", "x-", "arrival-date:", ">>> mail from", "mail from:", "envelope-from",
        "return-path:", "received:", "contact:",
        "helo", "list-", "references", "in:  mail from",
    ]
}

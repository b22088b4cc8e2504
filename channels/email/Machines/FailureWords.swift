import ChannelKit

/// What a server's words, its enhanced status (RFC 3463, RFC 7505 and the IANA registry) and its reply code mean.
/// Data only; `Failure` reads it. The first row with a phrase in the text wins, so that the particular stands before the
/// general: “sender domain not found” before “domain not found”.
enum FailureWords {
    typealias Reason = DeliveryReport.Reason

    /// Words that say enough, whatever the codes beside them.
    static let certain = PhraseTable<Reason>([
        (.mailboxFull, mailboxFull), (.tooLarge, tooLarge), (.authentication, authentication),
        (.blocked, notListed), (.rejectedPolicy, sender),
        (.network, ["unexpected name server", "malformed name server"]),
        (.unknownHost, unknownHost),
        (.mailboxDisabled, disabled), (.unknownUser, unknownUser), (.blocked, blocked),
        (.rejectedContent, content), (.loop, loop), (.rejectedPolicy, relay),
        (.network, network), (.expired, expired), (.systemFault, system),
        (.rejectedPolicy, ["after mail from", "in reply to mail from", "reply to mail from"]),
    ])

    /// Words that count only where no code says more.
    static let likely = PhraseTable<Reason>([
        (.unknownUser, likelyUnknownUser), (.blocked, ["deferred", "try again later", "refused"]),
        (
            .rejectedPolicy,
            [
                "policy", "not allowed", "not permitted", "rejected", "denied", "prohibited",
                "recipient address rejected",
            ]
        ),
        (.network, ["connection", "timeout", "timed out", "unreachable"]),
        (.systemFault, ["local error", "error in processing", "internal error", "server error"]),
    ])

    private static let mailboxFull = [
        "mailbox full", "mailbox is full", "mailbox * is full", "mailbox was full", "inbox is full",
        "inbox full",
        "mailfolder is full", "maildrop is full", "folder is full", "user is full", "over quota",
        "overquota", "out of storage", "quota exceed", "quota * exceed", "exceed* quota",
        "quota full",
        "over the allowed quota", "over * quota", "beyond quota", "quota violation",
        "exceeds allowed size", "exceed* storage", "storage * exceed", "insufficient disk",
        "too much mail", "mailbox size", "mailbox exceeds", "mailbox has exceeded", "mailbox quota",
        "disk quota", "not enough storage space", "no space left in mailbox", "mailbox space",
        "limit on mailbox", "maximum allowed mailbox", "mailbox for user is full", "mail box full",
        "boite du destinataire pleine", "boîte * pleine", "boite * pleine", "postfach * voll",
        "postfach ist voll", "buzón * lleno", "casella * piena", "caixa * cheia",
        "vol quota", "ящик * переполнен", "переполнен", "メールボックス*いっぱい", "容量*超", "收件箱已满", "邮箱空间不足",
        "allocated * message quota", "user has too many messages", "is over * mail quota",
        "recipient storage full", "account is full", "message would exceed", "no room in mailbox",
    ]

    private static let tooLarge = [
        "message too large", "message is too large", "message too big", "message is too big",
        "message size exceed",
        "size exceeds", "exceeds * size", "exceeds size", "exceeds the maximum",
        "exceeded * message size",
        "too big for", "line limit exceeded", "line too long", "message length",
        "larger than the current",
        "max message size", "maximum message size", "message file too big", "message header size",
        "too many recipients", "mail size limit", "size limit", "attachment is too large",
    ]

    /// The server will not take mail from this sender.
    private static let sender = [
        "sender address rejected", "sender verify failed", "sender rejected", "sender was rejected",
        "sender is rejected",
        "sender denied", "sender not allowed", "invalid sender", "unroutable sender",
        "unknown sender", "sender unknown",
        "domain of sender address", "sender domain", "sender's domain", "sender address * does not",
        "sender * not exist", "sender * no dns", "bad sender", "mail from * domain",
        "from: domain is invalid",
        "valid from:", "backscatter", "return path * invalid", "envelope sender",
        "empty envelope sender",
        "null sender", "does not accept mail from", "not accepting mail from",
        "does not accept bounces",
        "restricts who may send", "you are not allowed to send", "not authorized to send",
        "not permitted to send", "is not on the allowed", "permission to post", "not a member of",
        "only accepts mail from", "closed list", "not accept messages from",
        "will not accept mail from",
        "groups.google.com/support",
    ]

    private static let authentication = [
        "dmarc", "domainkeys", "dkim", "spf check", "spf fail", "spf record", "spf policy", "(spf)",
        " spf ", "spf=",
        "spf:", "sender policy framework", "unauthenticated email", "unauthenticated mail",
        "not pass authentication", "authentication checks failed", "authentication check",
        "authentication results", "fails authentication", "failed authentication",
        "authentication failure",
        "authentication information", "authentication required", "must authenticate",
        "auth failure",
        "unauthenticated senders", "sender id", "authenticate first", "arc validation",
    ]

    private static let unknownHost = [
        "host unknown", "host not found", "unknown host", "domain does not exist",
        "domain not exist", "no such domain",
        "no such host", "name service error", "host or domain name not found",
        "domain name not found",
        "any host named", "name or service not known", "name not known", "domain not found",
        "domain unknown",
        "unknown domain", "unrouteable mail domain", "unroutable domain", "non-existent domain",
        "non-existent host",
        "nonexistent domain", "illegal host", "illegal domain", "invalid domain",
        "domain is invalid",
        "domain is not valid", "domain * not valid", "domain name does not exist",
        "dns lookup fail", "dns error",
        "dns nxdomain", "nxdomain", "domain must resolve", "domain must exist",
        "bad destination system",
        "bad destination host", "couldn't find a mail exchanger", "couldn't find any host",
        "no mail server",
        "mail exchanger or ip", "mx lookup fail", "no mx record", "no valid mx",
        "mx record * not found",
        "could not find a gateway", "no route to domain", "account or domain may not exist",
        "nullmx", "null mx", "domain does not accept", "host does not accept mail",
        "domain * no mail",
        "does not receive mail", "does not accept mail", "not accepting network",
        "system not accepting",
        "smtp protocol returned a permanent error", "domain * no longer", "domain * has expired",
        "host * not exist",
        "server for the domain * not found",
        "домен не найден", "域名不存在", "dominio * no existe",
    ]

    private static let disabled = [
        "account disabled", "account is disabled", "account * disabled",
        "account has been disabled", "mailbox disabled",
        "mailbox is disabled", "mailbox currently disabled", "mailbox has been disabled",
        "disabled or discontinued",
        "email account * disabled", "recipient * disabled", "disabled recipient", "user * disabled",
        "account suspended",
        "is suspended", "suspended", "account * locked", "mailbox * locked", "account is inactive",
        "account inactive", "inactive user", "user inactive", "is inactive", "mailbox inactive",
        "account * inactive", "mailbox is inactive", "not active", "is not activated",
        "temporarily inactive",
        "deactivated", "not been collected", "account expired", "account has expired",
        "mailbox is frozen",
        "user * frozen", "account has been blocked", "recipient is blocked", "mailbox * blocked",
        "account closed", "account is closed", "has been closed", "user account is restricted",
        "not currently accepting", "invalid/inactive user", "unpaid", "配信停止", "利用停止",
    ]
}

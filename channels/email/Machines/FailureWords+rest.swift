import ChannelKit

extension FailureWords {
    static let unknownUser = [
        "user unknown", "unknown user", "user * unknown", "unknown * user", "user not known",
        "no such user", "no such mailbox",
        "no such recipient", "no such account", "no such address", "no such person",
        "no such local user", "no such * mailbox",
        "unknown recipient", "recipient unknown", "recipient * unknown", "unknown account",
        "unknown address", "unknown mailbox",
        "unknown e-mail address", "unknown email address", "unknown local", "addressee unknown",
        "address unknown",
        "account unknown", "user not found", "user * not found", "user was not found",
        "user could not be found",
        "recipient not found", "recipient * not found", "mailbox not found", "mailbox * not found",
        "account not found",
        "address not found", "address * not found", "mailbox does not exist",
        "mailbox * does not exist", "mailbox doesn't exist",
        "user does not exist", "user * does not exist", "user doesn't exist",
        "user * doesn't exist", "doesn't have a * account",
        "account does not exist", "account * does not exist",
        "account that you tried to reach does not exist",
        "account doesn't exist", "address does not exist", "address * does not exist",
        "address doesn't exist",
        "recipient does not exist", "recipient * does not exist", "recipient no longer",
        "user no longer",
        "no longer * employ", "no longer * on server", "no longer available", "no longer valid",
        "no longer in use",
        "no mailbox here", "no mailbox by that name", "no user by that name",
        "no account by that name",
        "name is not recognized", "recipient name is not", "not listed in", "not a valid mailbox",
        "not a valid user",
        "not a valid recipient", "not a known user", "not a registered", "not a local",
        "not our customer",
        "invalid recipient", "recipient * invalid", "recipient invalid", "invalid mailbox",
        "invalid user", "invalid address",
        "invalid email", "invalid local", "is not a valid", "no valid recipient", "not our user",
        "isn't a * user",
        "unrouteable address", "unroutable address", "undeliverable address",
        "unable to validate recipient",
        "user is unknown", "user reject", "user doesn", "mailbox unavailable or", "mailbox unknown",
        "dest user", "bad destination mailbox",
        "bad recipient", "bad address", "destination * not exist", "doesn't exist",
        "has moved", "mailbox has moved", "address has changed", "address changed",
        "no forwarding address",
        "no matches to nameserver", "no match for", "did not exactly match", "didn't match",
        "local user * not",
        "resolver.adr.recipnotfound", "recipient address rejected: access denied",
        "check if address is correct", "recipnotfound", "unknown or illegal", "wasn't found at",
        "couldn't be found",
        "n'existe pas", "adresse inconnue", "utilisateur inconnu", "destinataire inconnu",
        "unbekannter empf",
        "unbekannter benutzer", "existiert nicht", "no existe", "usuario desconocido",
        "desconocido", "desconhecido",
        "não existe", "non esiste", "utente sconosciuto", "sconosciut", "onbekend", "bestaat niet",
        "okänd", "finns inte",
        "ukjent", "findes ikke", "nie istnieje", "neexistuje", "не существует", "не найден",
        "неизвест",
        "存在しない", "見つかりません", "あて先が", "不存在", "用户不存在", "وجود ندارد",
    ]

    /// Said of the account itself, at whatever stage.
    static let unmistakable = PhraseTable<Bool>([
        (
            true,
            [
                "doesn't have a", "tried to reach does not exist", "account does not exist",
                "user does not exist",
            ]
        )
    ])

    static let likelyUnknownUser = [
        "invalid", "not exist", "unavailable user",
    ]

    /// The server does not know the sending server, or does not like it: said in so many words.
    static let notListed = [
        "reverse dns", "rdns", "ptr record", "no ptr", "requires ptr", "unverifyable sending",
        "banned sending ip",
        "dynamic ip", "invalid ip for sending",
    ]

    static let blocked = [
        "blacklist", "blocklist", "black list", "block list", "blocked", "denylist", "dnsbl",
        "spamhaus", "spamcop",
        "barracuda", "sorbs", "uceprotect", "rbl ", "(rbl)", "listed in", "listed at", "listed by",
        "is listed",
        "reverse dns", "rdns", "ptr record", "no ptr", "ptr ", "reverse hostname",
        "hostname * not found",
        "client host rejected", "client host", "helo command rejected", "helo", "banned sending ip",
        "banned ip",
        "your ip", "ip address", "invalid ip", "sending ip", "unverifyable sending",
        "bad reputation", "poor reputation",
        "low reputation", "reputation", "user complaints", "unusual rate", "rate limit",
        "rate that", "rate of", "too many connections",
        "too many concurrent", "too many messages", "too many emails", "too many mails",
        "connection limit",
        "throttl", "temporarily deferred", "temporarily rate", "greylist", "graylist", "grey list",
        "not accepted from", "access denied", "connection refused by policy", "dynamic ip",
        "dynamic address",
        "dialup", "dial-up", "residential", "open relay", "you are not allowed to connect",
        "weren't sent", "part of their network", "on our block", "abuse", "sender * blocked",
        "banned",
        "ratelimit", "receiving mail too quickly", "receiving mail at a rate",
    ]

    static let content = [
        "spam", "junk mail", "unsolicited", "bulk mail", "virus", "malware", "infected", "trojan",
        "phishing",
        "content rejected", "message content", "content filter", "content error", "media error",
        "bad content", "banned content",
        "banned file", "forbidden attachment", "attachment type", "attachment * not",
        "header error", "illegal attachment",
        "message rejected due to", "header * rejected", "body * rejected", "prohibited content",
        "suspicious", "blacklisted url", "not rfc", "rfc 5322", "rfc 2822", "rfc5322", "rfc2822",
        "rfc 5321",
        "non-compliant", "noncompliant", "duplicate header", "multiple from", "bare lf",
        "bare linefeed",
        "identified as", "mail rejete", "objectionable", "looks like", "8bit", "not rfc-compliant",
        "courriel * indésirable",
    ]

    static let loop = [
        "mail loop", "loop detected", "looping", "loop back to", "loops back to", "loop alert",
        "too many hops",
        "hop count exceeded", "hops exceeded", "maximum hop", "max hops", "routing loop",
        "forwarding loop",
        "too many received", "duplicated message-id",
    ]

    static let relay = [
        "relay not permitted", "relaying denied", "relay denied", "relay access denied",
        "unable to relay",
        "cannot relay", "not permitted to relay", "relaying not allowed", "relaying is not allowed",
        "relaying prohibited",
        "no relaying", "insecure mail relay", "we do not relay", "relay operation rejected",
        "relay prohibited",
        "not allowed to relay", "allowed rcpthosts", "relay not allowed", "relaying mail",
        "not relayed",
        "permanent failure for one or more recipients",
    ]

    static let network = [
        "network is unreachable", "no route to host", "network error", "network unreachable",
        "connection reset",
        "lost connection", "connection lost", "connection dropped", "connection closed",
        "connection died",
        "establish an smtp connection", "establish an smtp conn", "could not connect",
        "cannot connect", "unable to connect", "failed to connect",
        "did not accept our requests to connect", "socket error", "tls required", "starttls",
        "tls negotiation",
        "certificate", "host unreachable", "unreachable host", "host * is down", "broken pipe",
        "protocol error",
        "peer closed", "connection reset by peer",
    ]

    static let expired = [
        "retry time not reached", "retry timeout", "retry time", "message expired", "expired",
        "too old", "in the queue too long",
        "in queue too long", "queue too long", "undeliverable for", "delivery time expired",
        "maximum delivery attempts", "unable to deliver in",
        "could not be delivered for", "could not deliver for", "not be delivered within",
        "has been delayed", "have been delayed",
        "not yet been delivered", "not been delivered within", "connection timed out",
        "operation timed out", "timed out",
        "delivery attempts will continue", "will be retried", "will retry", "still being retried",
        "giving up",
        "connection refused", "no answer from host", "delivery time", "was aborted after",
        "queue time", "4.4.7", "5.4.7",
        "message timed out", "delayed",
    ]

    static let system = [
        "local configuration error", "local error in processing", "system error",
        "internal system error", "internal server error",
        "mailer error", "command died", "command output", "command failed", "pipe to",
        "local delivery failed",
        "insufficient system storage", "insufficient system resource", "no space left on device",
        "disk full", "out of memory",
        "system resources", "i/o error", "can't create", "can't open", "could not lock",
        "cannot open", "read-only",
        "configuration error", "mail system problem", "server configuration", "service unavailable",
        "service not available",
        "failed to read", "no such file", "permission denied", "unexpected failure",
        "unable to write",
        "temporary local problem", "queue file write error", "unknown mailer error",
    ]

    /// RFC 3463 subject and detail, without the class.
    static let statuses: [String: Reason] = [
        "1.0": .unknownUser, "1.1": .unknownUser, "1.2": .unknownHost, "1.3": .unknownUser,
        "1.4": .unknownUser, "1.6": .unknownUser, "1.7": .rejectedPolicy, "1.8": .rejectedPolicy,
        "1.9": .rejectedPolicy, "1.10": .unknownHost,
        "2.0": .rejectedPolicy, "2.1": .mailboxDisabled, "2.2": .mailboxFull, "2.3": .tooLarge,
        "2.4": .systemFault,
        "3.0": .systemFault, "3.1": .systemFault, "3.2": .unknownHost, "3.3": .systemFault,
        "3.4": .tooLarge, "3.5": .systemFault,
        "4.0": .network, "4.1": .network, "4.2": .network, "4.3": .network, "4.4": .unknownHost,
        "4.5": .network, "4.6": .loop, "4.7": .expired,
        "5.0": .systemFault, "5.1": .systemFault, "5.2": .systemFault, "5.3": .tooLarge,
        "5.4": .systemFault, "5.5": .systemFault, "5.6": .authentication,
        "6.0": .rejectedContent, "6.1": .rejectedContent, "6.2": .rejectedContent,
        "6.3": .rejectedContent, "6.4": .rejectedContent, "6.5": .rejectedContent,
        "6.6": .rejectedContent, "6.7": .rejectedContent, "6.8": .rejectedContent,
        "6.9": .rejectedContent,
        "7.0": .rejectedPolicy, "7.1": .rejectedPolicy, "7.2": .rejectedPolicy,
        "7.3": .rejectedPolicy, "7.4": .rejectedPolicy, "7.5": .rejectedPolicy,
        "7.6": .rejectedPolicy, "7.7": .rejectedPolicy, "7.8": .authentication,
        "7.9": .rejectedPolicy, "7.10": .rejectedPolicy, "7.11": .rejectedPolicy,
        "7.12": .rejectedPolicy, "7.13": .mailboxDisabled, "7.14": .rejectedPolicy,
        "7.17": .unknownUser, "7.18": .unknownHost, "7.20": .authentication,
        "7.21": .authentication, "7.22": .authentication, "7.23": .authentication,
        "7.24": .authentication, "7.25": .blocked, "7.26": .authentication,
        "7.27": .rejectedPolicy, "7.28": .blocked, "7.29": .authentication, "7.30": .rejectedPolicy,
        "7.509": .authentication, "7.515": .authentication, "7.606": .blocked, "7.511": .blocked,
        "7.708": .blocked,
    ]

    /// RFC 5321 section 4.2.3, where there is no enhanced status.
    static let replies: [String: Reason] = [
        "421": .network, "422": .mailboxFull, "431": .systemFault, "432": .systemFault,
        "441": .network, "442": .network, "446": .loop, "447": .expired, "450": .blocked,
        "451": .systemFault, "452": .systemFault, "454": .authentication, "471": .blocked,
        "500": .systemFault, "501": .systemFault, "502": .systemFault, "503": .systemFault,
        "504": .systemFault, "511": .unknownUser, "512": .unknownHost, "521": .unknownHost,
        "523": .tooLarge, "525": .mailboxDisabled, "530": .authentication,
        "535": .authentication, "550": .rejectedPolicy, "551": .rejectedPolicy, "552": .mailboxFull,
        "553": .rejectedPolicy, "554": .rejectedPolicy, "556": .unknownHost, "571": .rejectedPolicy,
    ]
}

import HelpdeskCore

/// The keys of `imap` in an inbox of email.
enum IMAPKeys {
    static let url = RequiredKey<String>(
        "url", .imapURL, "The server. imaps:// is encrypted from the first byte.",
        example: "\"imaps://mail.example.org\"")
    static let user = RequiredKey<String>(
        "user", .text(), "The name to sign in with.", example: "\"support@example.org\"")
    static let password = OptionalKey<SecretSource>(
        "password", .secret, absent: "token_command must be set", "The password that goes with it.",
        example: "{ file = \"/etc/hamdel/secrets/imap\" }")
    static let tokenCommand = OptionalKey<[String]>(
        "token_command",
        .list(of: .text("an argument", atMost: 1_000), "arguments", counts: 1...64),
        absent: "the password is used",
        "A program and its arguments, run without a shell, that prints a token for XOAUTH2: instead of a password. Run again when the server refuses the last token.",
        example: "[\"/usr/local/bin/mail-token\", \"support@example.org\"]")
    static let auth = DefaultedKey<IMAPConfiguration.Mechanism>(
        "auth", .choice("a way of signing in"), default: .any, written: "\"any\"",
        "\"plain\" or \"login\" insist on one way; \"xoauth2\" needs token_command, and is what token_command means.",
        example: "\"plain\"")
    static let folder = DefaultedKey<String>(
        "folder", .text("the name of a folder"), default: "INBOX", written: "\"INBOX\"",
        "The folder that is read.", example: "\"Support\"")
    static let tls = DefaultedKey<IMAPConfiguration.Encryption>(
        "tls", .choice("use of STARTTLS"), default: .require, written: "\"require\"",
        "With imap://: \"require\" sends no password in the clear, \"offered\" also takes a server of this machine that cannot or whose certificate nobody signed, \"off\" is for this machine only.",
        example: "\"offered\"")
    static let caFile = OptionalKey<String>(
        "ca_file", .path("the path of a file", example: "/etc/hamdel/mail-ca.pem"),
        absent: "the authorities the system trusts",
        "Certificate authorities (PEM) that are trusted instead, for a server with a certificate of its own.",
        example: "\"/etc/hamdel/mail-ca.pem\"")
    static let poll = DefaultedKey<TimeSpan>(
        "poll", .duration(.seconds(1) ... .hours(24), example: "1m"), default: .minutes(1),
        written: "\"1m\"", "How often to ask for mail where the server does not tell.")
    static let idle = DefaultedKey<Bool>(
        "idle", .flag, default: true, written: "true",
        "Lets the server tell of new mail at once, where it can (IDLE). false: it is asked every `poll`.",
        example: "false")
    static let markSeen = DefaultedKey<Bool>(
        "mark_seen", .flag, default: false, written: "false",
        "true: mails are marked as read once they are kept. What is read is never judged by that mark.",
        example: "true")
    static let moveTo = OptionalKey<String>(
        "move_to", .text("the name of a folder"), absent: "mails stay where they are",
        "Where mails are moved once they are kept. The folder must be there.",
        example: "\"Archive\"")
    static let importSince = OptionalKey<CivilDate>(
        "import_since", .date, absent: "a new inbox begins at the newest mail",
        "Takes in what the server received from this day on (UTC). What is older than live_within becomes history, which mails nobody.",
        example: "\"2026-01-01\"")

    static let section = SectionDescription(
        "inbox.imap", .value, "A mailbox whose mail is read into this inbox by IMAP.",
        keys: [
            url.description, user.description, password.description, tokenCommand.description,
            auth.description, folder.description, tls.description, caFile.description,
            poll.description, idle.description, markSeen.description, moveTo.description,
            importSince.description,
        ])
}

extension ConfigurationReader {
    mutating func imap(_ section: SectionTable) -> IMAPConfiguration? {
        let url = read(IMAPKeys.url, section)
        let user = read(IMAPKeys.user, section)
        let password = read(IMAPKeys.password, section)
        let tokenCommand = read(IMAPKeys.tokenCommand, section)
        let mechanism = read(IMAPKeys.auth, section)
        let folder = read(IMAPKeys.folder, section)
        let encryption = read(IMAPKeys.tls, section)
        let authorities = read(IMAPKeys.caFile, section)
        let poll = read(IMAPKeys.poll, section)
        let idle = read(IMAPKeys.idle, section)
        let markSeen = read(IMAPKeys.markSeen, section)
        let moveTo = read(IMAPKeys.moveTo, section)
        let importSince = read(IMAPKeys.importSince, section)
        checkProof(section, mechanism)
        if let moveTo, moveTo == folder {
            record(
                ConfigurationProblem(
                    place: section.place(of: "move_to"), key: section.keyPath("move_to"),
                    expected: "another folder than the one that is read",
                    got: TOMLText.quoted(moveTo)))
        }
        if encryption == .off, let url, let parts = URLText(url), parts.scheme == "imap",
            Endpoint(authority: parts.host)?.isLoopback == false
        {
            record(
                ConfigurationProblem(
                    place: section.place(of: "tls"), key: section.keyPath("tls"),
                    expected: "\"require\" for a server on another machine",
                    got: TOMLText.quoted("off"),
                    hint: "the password would cross the network unencrypted"))
        }
        let proof: IMAPConfiguration.Proof? =
            tokenCommand.map { .tokenCommand($0) }
            ?? password.map { .password($0, mechanism) }
        guard let url, let user, let proof else { return nil }
        return IMAPConfiguration(
            url: url, encryption: encryption, authorities: authorities, user: user, proof: proof,
            folder: folder, waiting: idle ? .idle : .poll, poll: poll,
            marking: markSeen ? .seen : .untouched, moveTo: moveTo, importSince: importSince)
    }

    /// Exactly one of password and token_command, and a mechanism that goes with it.
    private mutating func checkProof(
        _ section: SectionTable, _ mechanism: IMAPConfiguration.Mechanism
    ) {
        let hasPassword = section.table.entry("password") != nil
        let hasCommand = section.table.entry("token_command") != nil
        if hasPassword == hasCommand {
            record(
                ConfigurationProblem(
                    place: hasPassword ? section.place(of: "token_command") : section.place,
                    key: section.keyPath("password"), expected: "either password or token_command",
                    got: hasPassword ? "both" : "neither"))
        } else if hasPassword, mechanism == .xoauth2 {
            record(
                ConfigurationProblem(
                    place: section.place(of: "auth"), key: section.keyPath("auth"),
                    expected: "token_command with \"xoauth2\"", got: "a password"))
        } else if hasCommand, mechanism == .plain || mechanism == .login {
            record(
                ConfigurationProblem(
                    place: section.place(of: "auth"), key: section.keyPath("auth"),
                    expected: "a password with \"\(mechanism.rawValue)\"", got: "a token_command"))
        }
    }
}

extension ValueKind where Value == IMAPConfiguration {
    static var imap: Self {
        .table("table", IMAPKeys.section) { table, reader in reader.imap(table) }
    }
}

extension ValueKind where Value == String {
    static var imapURL: Self {
        let expectation = "\"imap://host:port\" or \"imaps://host:port\""
        return Self("URL of a mail server", expectation: expectation) { value throws(Mismatch) in
            let text = try value.text()
            guard let url = URLText(text), ["imap", "imaps"].contains(url.scheme),
                !url.host.isEmpty, url.path.isEmpty || url.path == "/", url.port != 0
            else { throw Mismatch() }
            guard url.userInfo == nil else {
                throw Mismatch(hint: "user and password are keys of their own")
            }
            return url.path == "/" ? String(text.dropLast()) : text
        }
    }
}

extension ValueKind where Value == CivilDate {
    /// A day of the Gregorian calendar.
    static var date: Self {
        let expectation = "a day such as \"2026-01-01\""
        return Self("day", expectation: expectation) { value throws(Mismatch) in
            if case .date(let year, let month, let day) = value {
                guard let date = CivilDate(year: year, month: month, day: day) else {
                    throw Mismatch()
                }
                return date
            }
            let text = try value.text()
            guard text.utf8.count <= 64, let date = CivilDate(text),
                (1_900...2_200).contains(date.year)
            else { throw Mismatch() }
            return date
        }
    }
}

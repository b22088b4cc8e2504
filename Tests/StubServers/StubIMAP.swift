extension StubServer {
    /// Serves a mailbox to whoever signs in with its password or one of its tokens.
    package static func imap(
        _ mailbox: StubMailbox, greeting: String = "* OK stub ready",
        signedIn: Counter = Counter()
    ) throws -> StubServer {
        try StubServer { connection in
            connection.write(greeting + "\r\n")
            guard signIn(connection, mailbox) else { return }
            signedIn.add(1)
            var dialogue = StubIMAPDialogue(mailbox)
            while let line = connection.readLine() {
                guard let answer = dialogue.answer(line) else { return }
                connection.write(answer)
            }
        }
    }

    /// The dialogue that libcurl has before it hands the connection over.
    private static func signIn(_ connection: StubConnection, _ mailbox: StubMailbox) -> Bool {
        while let line = connection.readLine() {
            let words = line.split(separator: " ").map(String.init)
            guard words.count >= 2 else { return false }
            let tag = words[0]
            switch words[1] {
            case "CAPABILITY":
                connection.write(
                    "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2\r\n\(tag) OK done\r\n")
            case "LOGIN":
                mailbox.change { $0.commands.append("LOGIN") }
                guard line.contains(mailbox.now.password) else {
                    connection.write("\(tag) NO [AUTHENTICATIONFAILED] no\r\n")
                    continue
                }
                // With what libcurl swallows: our first command must not depend on it.
                connection.write("\(tag) OK welcome\r\n* OK [ALERT] half a li")
                connection.write("ne\r\n")
                return true
            case "AUTHENTICATE" where words.count == 4:
                mailbox.change { $0.commands.append("AUTHENTICATE \(words[2])") }
                let proof = decoded(words[3])
                let state = mailbox.now
                let isKnown =
                    proof.hasSuffix("\u{0}\(state.password)")
                    || state.tokens.contains { proof.contains("Bearer \($0)\u{1}") }
                guard isKnown else {
                    connection.write("\(tag) NO [AUTHENTICATIONFAILED] no\r\n")
                    continue
                }
                connection.write("\(tag) OK welcome\r\n")
                return true
            default: connection.write("\(tag) BAD not here\r\n")
            }
        }
        return false
    }

    private static func decoded(_ text: String) -> String {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var bytes: [UInt8] = []
        var buffer = 0
        var bits = 0
        for byte in text.utf8 {
            guard let value = alphabet.firstIndex(of: byte) else { continue }
            buffer = (buffer << 6 | value) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

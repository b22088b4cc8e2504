import ChannelKit

/// The commands of RFC 2033 and of the extensions we offer.
extension LMTPSession {
    mutating func command(_ line: ArraySlice<UInt8>) -> [Action] {
        guard line.count &+ 2 <= limits.commandBytes else {
            return mistake("500 5.5.2 Line too long")
        }
        guard line.allSatisfy({ $0 >= Ascii.space && $0 != 0x7F }) else {
            return mistake("500 5.5.2 Control characters are not allowed in commands")
        }
        let verb = line.prefix { $0 != Ascii.space }
        let rest = line[verb.endIndex...].drop { $0 == Ascii.space }
        switch [UInt8](verb).lowercasedASCII().asText {
        case "lhlo": return lhlo(rest)
        case "mail": return mailFrom(rest)
        case "rcpt": return recipient(rest)
        case "data": return data(rest)
        case "rset":
            reset()
            return ok("250 2.0.0 Forgotten")
        case "noop": return ok("250 2.0.0 Still here")
        case "vrfy": return ok("252 2.1.5 Send some mail, and see")
        case "help": return ok("214 2.0.0 LHLO MAIL RCPT DATA RSET NOOP VRFY QUIT")
        case "quit": return quit()
        case "helo", "ehlo": return mistake("500 5.5.1 This is LMTP, say LHLO")
        default: return mistake("500 5.5.1 Unknown command")
        }
    }

    private func ok(_ text: String) -> [Action] { [.reply(LMTPReply.line(text))] }

    private mutating func lhlo(_ rest: ArraySlice<UInt8>) -> [Action] {
        guard !rest.isEmpty else { return mistake("501 5.5.4 Say LHLO and your name") }
        greeted = true
        reset()
        let lines = [
            "250-\(hostName)", "250-SIZE \(limits.messageBytes)", "250-8BITMIME",
            "250-SMTPUTF8", "250-PIPELINING", "250 ENHANCEDSTATUSCODES",
        ]
        return [.reply(lines.flatMap(LMTPReply.line))]
    }

    private mutating func mailFrom(_ rest: ArraySlice<UInt8>) -> [Action] {
        guard greeted else { return mistake("503 5.5.1 Say LHLO first") }
        guard sender == nil else { return mistake("503 5.5.1 One mail at a time") }
        guard let path = path(rest, after: "from:") else {
            return mistake("501 5.1.7 Expected MAIL FROM:<address>")
        }
        for parameter in path.parameters {
            switch parameter.keyword {
            case "SIZE":
                guard let size = parameter.value.flatMap(Int.init), size >= 0 else {
                    return mistake("501 5.5.4 SIZE is a number of bytes")
                }
                guard size <= limits.messageBytes else {
                    return ok(
                        "552 5.3.4 Mail too large, the limit is \(limits.messageBytes) bytes")
                }
                expectedSize = size
            case "BODY":
                guard ["7BIT", "8BITMIME"].contains(parameter.value?.uppercased() ?? "") else {
                    return mistake("501 5.5.4 BODY is 7BIT or 8BITMIME")
                }
            case "SMTPUTF8": continue
            default: return mistake("555 5.5.4 Unknown parameter")
            }
        }
        switch space {
        case .enough: break
        case .short: return ok("452 4.3.1 Not enough space, try again later")
        case .crowded: return ok(Self.crowded)
        }
        sender = path.address
        return ok("250 2.1.0 Sender taken")
    }

    private mutating func recipient(_ rest: ArraySlice<UInt8>) -> [Action] {
        guard sender != nil else { return mistake("503 5.5.1 Say MAIL first") }
        guard let path = path(rest, after: "to:"), !path.address.isEmpty else {
            return mistake("501 5.1.3 Expected RCPT TO:<address>")
        }
        guard path.parameters.isEmpty else { return mistake("555 5.5.4 Unknown parameter") }
        guard recipients.count < limits.recipients else {
            return ok("452 4.5.3 Too many recipients, \(limits.recipients) at a time")
        }
        guard let inbox = directory.inbox(for: path.address) else {
            return ok("550 5.1.1 No inbox has this address")
        }
        recipients.append(LMTPMail.Recipient(address: path.address, inbox: inbox))
        return ok("250 2.1.5 Recipient taken")
    }

    private mutating func data(_ rest: ArraySlice<UInt8>) -> [Action] {
        guard sender != nil else { return mistake("503 5.5.1 Say MAIL first") }
        guard rest.isEmpty else { return mistake("501 5.5.4 DATA stands alone") }
        // RFC 2033 section 4.2: without a recipient there is nobody to answer for.
        guard !recipients.isEmpty else { return mistake("503 5.5.1 No valid recipients") }
        return beginData()
    }

    private func path(_ rest: ArraySlice<UInt8>, after keyword: String) -> LMTPPath? {
        let bytes = [UInt8](rest)
        guard bytes.matches(keyword, at: 0) else { return nil }
        return LMTPPath(bytes[keyword.utf8.count...])
    }
}

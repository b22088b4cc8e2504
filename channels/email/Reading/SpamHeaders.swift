/// What a spam filter in front of us wrote into the header block.
enum SpamHeaders {
    static func say(spamIn header: HeaderBlock, _ bytes: [UInt8]) -> Bool {
        for name in [
            "x-spam-flag", "x-spam", "x-spam-status", "x-rspamd-spam", "x-barracuda-spam-flag",
        ] {
            guard let value = header.first(name, in: bytes)?.lowercasedASCII() else { continue }
            if value.starts(with: "yes".utf8) || value.starts(with: "true".utf8) { return true }
        }
        // Exchange: a spam confidence level of 5 and more (MS-OXCSPAM section 2.2.1.3).
        if let value = header.first("x-ms-exchange-organization-scl", in: bytes), value.count == 1,
            let digit = value.first, digit >= UInt8(ascii: "5"), digit <= UInt8(ascii: "9")
        {
            return true
        }
        return false
    }
}

import CGMime

/// Takes the sting out of mails built to exhaust a parser, before GMime sees them. The copy has the same length, so
/// offsets stay true. Measured with GMime 3.2.13: a To header of 60,000 nested groups overruns the stack, and 1,000,000
/// empty parts take 4 s and more than 1 GB; every other bomb tried was linear and harmless.
enum MailGuard {
    /// Nesting of groups in one address header is at most the number of its colons.
    static let colonsInAddressHeader = 200
    static let boundaryLines = 4_000
    static let boundaries = 64

    /// Nil when the bytes are harmless, which is found out with three passes and no copy.
    static func defused(_ bytes: [UInt8], header: HeaderBlock) -> [UInt8]? {
        var copy: [UInt8]?
        if let excess = header.excess {
            var changed = bytes
            cutHeader(&changed, from: excess, to: header.bodyStart)
            copy = changed
        }
        let counts = bytes.withUnsafeBufferPointer { cgm_count($0.baseAddress, $0.count) }
        if counts.colons > colonsInAddressHeader { defuseGroups(in: bytes, into: &copy) }
        if counts.dashed_lines > boundaryLines {
            // Found first and blanked after: a slice that is still alive would copy the mail at every line.
            let lines = boundaryLinesTooMany(in: bytes)
            var changed = copy ?? bytes
            copy = nil
            for line in lines { changed[line] = Ascii.space }
            copy = changed
        }
        return copy
    }

    /// Turns what is too much into one long line of a header that nobody reads.
    private static func cutHeader(_ bytes: inout [UInt8], from: Int, to: Int) {
        let filler = UInt8(ascii: "x")
        let end = Swift.max(from, to &- 4)
        for index in from..<end { bytes[index] = filler }
        let startsLine = from == 0 || bytes[from &- 1] == Ascii.lineFeed
        if startsLine, end &- from > 2 { bytes[from &+ 1] = Ascii.colon }
    }

    private static let addressHeaders = ["to", "cc", "bcc", "from", "sender", "reply-to"]

    /// Blanks before the colon are against RFC 5322 and read by GMime all the same.
    private static func beginsAddressHeader(_ bytes: [UInt8], at start: Int, before end: Int)
        -> Bool
    {
        for name in addressHeaders where bytes.matches(name, at: start) {
            var index = start &+ name.utf8.count
            while index < end, Ascii.isBlank(bytes[index]) { index &+= 1 }
            if index < end, bytes[index] == Ascii.colon { return true }
        }
        return false
    }

    private static func defuseGroups(in bytes: [UInt8], into copy: inout [UInt8]?) {
        var position = 0
        var colons = 0
        var inside = false
        while position < bytes.count {
            let line = bytes.lineRange(from: position)
            if let first = bytes[line.content].first {
                let folded = first == Ascii.space || first == Ascii.tab
                if !folded {
                    colons = 0
                    inside = beginsAddressHeader(
                        bytes, at: position, before: line.content.upperBound)
                }
                if inside {
                    for index in line.content where bytes[index] == Ascii.colon {
                        colons &+= 1
                        guard colons > colonsInAddressHeader else { continue }
                        var changed = copy ?? bytes
                        copy = nil
                        changed[index] = Ascii.space
                        copy = changed
                    }
                }
            } else {
                inside = false
            }
            position = line.next
        }
    }

    /// Where the lines begin that may be boundaries, but for the first ones. A harmless mail with as many lines that begin
    /// with two dashes keeps them unless they really are its boundaries.
    private static func boundaryLinesTooMany(in bytes: [UInt8]) -> [Int] {
        let declared = declaredBoundaries(in: bytes)
        var found: [Int] = []
        var seen = 0
        var position = 0
        while position < bytes.count {
            let line = bytes.lineRange(from: position)
            if line.content.count >= 2, bytes[position] == Ascii.dash,
                bytes[position &+ 1] == Ascii.dash
            {
                let rest = bytes[(position &+ 2)..<line.content.upperBound]
                if declared.count > boundaries
                    || declared.contains(where: { rest.starts(with: $0) })
                {
                    seen &+= 1
                    if seen > boundaryLines { found.append(position) }
                }
            }
            position = line.next
        }
        return found
    }

    /// One more than `boundaries` at most: then every dashed line is taken for one.
    private static func declaredBoundaries(in bytes: [UInt8]) -> [[UInt8]] {
        var found: [[UInt8]] = []
        var position = 0
        while found.count <= boundaries,
            let match = bytes.firstMatch(of: "boundary", from: position)
        {
            // Anything but the plain form may be written in ways we do not undo: an empty value matches every line.
            var index = match &+ 8
            let plain = index < bytes.count && bytes[index] == Ascii.equals
            if plain { index &+= 1 }
            if plain, index < bytes.count, bytes[index] == Ascii.quote { index &+= 1 }
            // The first characters are enough to know the line by.
            var value: [UInt8] = []
            while plain, index < bytes.count, value.count < 8, !Ascii.isBlank(bytes[index]),
                bytes[index] != Ascii.quote, bytes[index] != Ascii.semicolon
            {
                value.append(bytes[index])
                index &+= 1
            }
            found.append(value)
            position = Swift.max(index, match &+ 8)
        }
        return found
    }
}

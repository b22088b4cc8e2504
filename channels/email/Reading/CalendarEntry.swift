/// What an invitation says, for a mail that is nothing else: what, when, where and who, from the first event or task of an
/// iCalendar object (RFC 5545). Linear; bounded by the lines it looks at.
struct CalendarEntry {
    private var method = ""
    private var fields: [String: String] = [:]
    private var start: String?
    private var end: String?
    private var people: [String] = []
    private var morePeople = 0

    private static let mostLines = 2_000
    private static let mostPeople = 12

    /// Nil when there is no event in it. `bytes`: UTF-8 with LF line ends.
    init?(_ bytes: [UInt8]) {
        var inside: [UInt8]?
        var found = false
        for line in Self.unfolded(bytes) {
            guard let colon = Self.colon(in: line) else { continue }
            let head = HeaderParameters(Array(line[..<colon]))
            let value = Array(line[(colon &+ 1)...])
            let name = head.value.asText
            if name == "method" { method = Self.text(value).lowercased() }
            if name == "begin", inside == nil, Self.kinds.contains(value.lowercasedASCII().asText) {
                inside = value
                found = true
                continue
            }
            guard let kind = inside else { continue }
            if name == "end", value == kind { break }
            take(name, head, value)
        }
        guard found else { return nil }
    }

    private static let kinds = ["vevent", "vtodo", "vjournal"]

    var text: String {
        let title = fields["summary"] ?? ""
        var lines = [title.isEmpty ? "[\(kind)]" : "[\(kind)] \(title)"]
        if let start {
            lines.append("When: " + (end.map { "\(start) – \($0)" } ?? start))
        }
        for (name, label) in [("location", "Where"), ("organizer", "Organiser")] {
            if let value = fields[name], !value.isEmpty { lines.append("\(label): \(value)") }
        }
        if !people.isEmpty {
            let more = morePeople > 0 ? " and \(morePeople) more" : ""
            lines.append("Who: " + people.joined(separator: ", ") + more)
        }
        if fields["status"]?.lowercased() == "cancelled" { lines.append("Status: cancelled") }
        if let words = fields["description"], !words.isEmpty { lines += ["", words] }
        return lines.joined(separator: "\n")
    }

    /// RFC 5546 section 1.4.
    private var kind: String {
        switch method {
        case "cancel": "Cancelled calendar entry"
        case "reply": "Answer to an invitation"
        case "counter": "Counter-proposal to an invitation"
        case "request": "Invitation"
        default: "Calendar entry"
        }
    }

    private mutating func take(_ name: String, _ head: HeaderParameters, _ value: [UInt8]) {
        switch name {
        case "summary", "location", "description", "status":
            if fields[name] == nil { fields[name] = Self.text(value) }
        case "dtstart": start = start ?? Self.time(value, head)
        case "dtend", "due": end = end ?? Self.time(value, head)
        case "organizer": fields[name] = Self.person(value, head)
        case "attendee":
            if people.count < Self.mostPeople {
                people.append(Self.person(value, head))
            } else {
                morePeople &+= 1
            }
        default: break
        }
    }

    /// `20261122T093000Z` as “2026-11-22 09:30 UTC”; with the zone that the entry names.
    private static func time(_ value: [UInt8], _ head: HeaderParameters) -> String {
        let digits = value.filter(Ascii.isDigit)
        guard digits.count >= 8 else { return text(value) }
        func part(_ range: Range<Int>) -> String { Array(digits[range]).asText }
        let date = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
        guard digits.count >= 12 else { return date }
        let zone =
            value.last.map(Ascii.lower) == UInt8(ascii: "z")
            ? " UTC" : head.text("tzid").map { " \($0)" } ?? ""
        return "\(date) \(part(8..<10)):\(part(10..<12))\(zone)"
    }

    private static func person(_ value: [UInt8], _ head: HeaderParameters) -> String {
        let address = value.matches("mailto:", at: 0) ? Array(value.dropFirst(7)) : value
        let name = head.text("cn") ?? ""
        return name.isEmpty || name == address.asText
            ? text(address) : "\(name) <\(text(address))>"
    }

    /// Escapes undone (RFC 5545 section 3.3.11).
    private static func text(_ value: [UInt8]) -> String {
        var result: [UInt8] = []
        var index = 0
        while index < value.count {
            if value[index] == UInt8(ascii: "\\"), index &+ 1 < value.count {
                index &+= 1
                let isBreak = Ascii.lower(value[index]) == UInt8(ascii: "n")
                result.append(isBreak ? Ascii.lineFeed : value[index])
            } else {
                result.append(value[index])
            }
            index &+= 1
        }
        return result.trimmedBlanks.asText
    }

    /// The colon behind name and parameters, not one within quotes.
    private static func colon(in line: [UInt8]) -> Int? {
        var quoted = false
        for (index, byte) in line.enumerated() {
            if byte == Ascii.quote { quoted.toggle() }
            if byte == Ascii.colon, !quoted { return index }
        }
        return nil
    }

    /// A line that begins with a blank continues the one before (RFC 5545 section 3.1).
    private static func unfolded(_ bytes: [UInt8]) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var position = 0
        while position < bytes.count, lines.count < mostLines {
            let line = bytes.lineRange(from: position)
            position = line.next
            guard let first = bytes[line.content].first else { continue }
            if first == Ascii.space || first == Ascii.tab, let last = lines.indices.last {
                lines[last] += bytes[line.content].dropFirst()
            } else {
                lines.append(Array(bytes[line.content]))
            }
        }
        return lines
    }
}

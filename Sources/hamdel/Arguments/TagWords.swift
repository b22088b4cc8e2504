internal import ArgumentParser

/// The changes of `ticket tag`: `+a -b`. What looks like an option of the command is one; every other word that
/// begins with a sign is a tag.
struct TagWords: Hashable {
    var add: [String] = []
    var remove: [String] = []
    var format: OutputFormat?
    var consent: BulkConsent?

    init(_ words: [String]) throws {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "-q", "--quiet": format = .ids
            case "--yes": consent = .given
            case "--dry-run": consent = .dryRun
            case "-o", "--output":
                guard let name = rest.popFirst(), let found = OutputFormat(rawValue: name) else {
                    throw ValidationError("-o must be followed by a format")
                }
                format = found
            default: try take(word)
            }
        }
        guard !add.isEmpty || !remove.isEmpty else {
            throw ValidationError("say which tags: +new -old")
        }
    }

    private mutating func take(_ word: String) throws {
        let tag = String(word.dropFirst())
        guard !tag.isEmpty, tag.utf8.count <= 100, !tag.contains(where: \.isWhitespace) else {
            throw ValidationError("a tag has 1 to 100 bytes and no blank: \(word)")
        }
        switch word.unicodeScalars.first {
        case "+": add.append(tag)
        case "-": remove.append(tag)
        default: throw ValidationError("tags are written +new or -old, not \(word)")
        }
    }
}

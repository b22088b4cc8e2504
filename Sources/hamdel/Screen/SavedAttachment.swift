internal import HelpdeskClient
internal import Terminal

/// Where an attachment is saved. Its name is a stranger's: it is never a path, never hidden, never an existing file.
enum SavedAttachment {
    /// Names tried before we give up.
    private static let tries = 1_000

    /// Saves the bytes in the downloads' folder under the sender's name, with a number where that is taken. Returns the
    /// path. Never overwrites.
    static func save(
        _ bytes: [UInt8], named name: String?, _ environment: [String: String]
    ) throws(ClientFailure) -> String {
        guard let folder = UserFolders.downloads(environment) else {
            throw .local("there is no folder to save it in: HOME is not set")
        }
        try UserFolders.make(folder)
        let (stem, ending) = parts(of: safe(name))
        for count in 0..<tries {
            let path = "\(folder)/\(stem)\(count == 0 ? "" : "-\(count)")\(ending)"
            if try DurableFile.create(path, with: bytes) { return path }
        }
        throw .local("\(folder) has too many files of that name")
    }

    /// The last part of the name, without what could steer a terminal, a shell or a path; at most 120 bytes.
    static func safe(_ name: String?) -> String {
        let last = name?.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let shown = Sanitizer.singleLine(String(last)).string
        var kept = ""
        for character in shown {
            let isPlain =
                character.isLetter || character.isNumber || "._- ()+,@".contains(character)
            let next = isPlain ? character : "_"
            guard kept.utf8.count + next.utf8.count <= 120 else { break }
            kept.append(next)
        }
        while let first = kept.first, first == "." || first == " " || first == "-" {
            kept.removeFirst()
        }
        return kept.isEmpty ? "attachment" : kept
    }

    private static func parts(of name: String) -> (stem: String, ending: String) {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (name, "") }
        return (String(name[..<dot]), String(name[dot...]))
    }
}

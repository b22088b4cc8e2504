/// Which parts are the body and which are attachments: the algorithm of RFC 8621 section 4.1.4, over indices. Beyond it,
/// text that came as a named file is listed as a file too, and so are the files of a forwarded mail: nobody should have to
/// open one to find out.
struct BodySelection {
    private(set) var plain: [Int] = []
    private(set) var html: [Int] = []
    private(set) var attachments: [Int] = []

    private let parts: [MailPart]
    private let children: [Int: [Int]]

    /// A list of body parts that an enclosing multipart may have closed: an alternative holds one form only.
    private struct Lists {
        var text: Openness = .open
        var html: Openness = .open
    }

    private enum Openness { case open, closed }

    /// Depth is bounded by `MailLimits.depth`, which bounds the recursion here.
    init(_ parts: [MailPart]) {
        self.parts = parts
        var children: [Int: [Int]] = [:]
        var roots: [Int] = []
        for (index, part) in parts.enumerated() {
            if let parent = part.parent, parts.indices.contains(parent) {
                children[parent, default: []].append(index)
            } else {
                roots.append(index)
            }
        }
        self.children = children
        var lists = Lists()
        walk(roots, of: "mixed", alternative: .outside, lists: &lists)
    }

    private enum Alternative { case inside, outside }

    private mutating func walk(
        _ indices: [Int], of multipart: String, alternative: Alternative, lists: inout Lists
    ) {
        let before = (text: plain.count, html: html.count)
        for (place, index) in indices.enumerated() {
            let part = parts[index]
            if part.kind == .multipart {
                let inside = alternative == .inside || part.subtype == "alternative"
                walk(
                    children[index] ?? [], of: part.subtype,
                    alternative: inside ? .inside : .outside, lists: &lists)
            } else if isInline(part, place: place, of: multipart) {
                takeInline(index, of: multipart, alternative: alternative, lists: &lists)
            } else {
                attachments.append(index)
                if part.kind == .message { listFiles(inside: index) }
            }
        }
        guard multipart == "alternative", lists.text == .open, lists.html == .open else { return }
        if plain.count == before.text, html.count > before.html {
            plain += html[before.html...]
        } else if html.count == before.html, plain.count > before.text {
            html += plain[before.text...]
        }
    }

    /// What is inside a forwarded mail belongs to that mail, but for its files.
    private mutating func listFiles(inside index: Int) {
        for child in children[index] ?? [] {
            let part = parts[child]
            if part.kind == .leaf, part.filename != nil || part.disposition == "attachment" {
                attachments.append(child)
            }
            if part.kind != .leaf { listFiles(inside: child) }
        }
    }

    private func isInline(_ part: MailPart, place: Int, of multipart: String) -> Bool {
        guard part.kind == .leaf, part.disposition != "attachment", part.isText || part.isMedia
        else { return false }
        if place == 0 { return true }
        return multipart != "related" && (part.isMedia || part.filename == nil)
    }

    private mutating func takeInline(
        _ index: Int, of multipart: String, alternative: Alternative, lists: inout Lists
    ) {
        let part = parts[index]
        if !part.isMedia, part.filename != nil, part.disposition != nil { attachments.append(index) }
        // Pictures are shown as attachments by a terminal, wherever they stood.
        guard !part.isMedia else {
            attachments.append(index)
            return
        }
        if multipart == "alternative" {
            if part.subtype == "plain" { plain.append(index) } else { html.append(index) }
            return
        }
        if alternative == .inside {
            if part.subtype == "plain" { lists.html = .closed }
            if part.subtype == "html" { lists.text = .closed }
        }
        if lists.text == .open { plain.append(index) }
        if lists.html == .open { html.append(index) }
    }
}

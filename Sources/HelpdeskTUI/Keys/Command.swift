/// What a key, or a word after `:`, asks for.
enum Command: Hashable, Sendable {
    case down, up, top, bottom, halfDown, halfUp, pageDown, pageUp
    case open, back, nextPane, previousPane
    case nextItem, previousItem
    case view(Int)
    case nextView, previousView, pickView
    case reply, replyQuoting, note
    case replyInEditor, macro, drafts
    case assign, take, close, reopen, status, tags, priority, snooze, transfer, spam, join
    case mark, markAll
    case undo, redo
    case presence
    case search, find, findNext, findPrevious
    case commandLine, palette, help, explain, timeline, recoveries, similar, report
    case fullText, folds, zoom
    case enclosures, pipe
    case copyNumber, copyText
    case refresh, redraw, suspend, quit
}

/// Where a binding holds.
enum KeyContext: String, Hashable, Sendable, CaseIterable {
    /// In a list or a page of text.
    case queue, thread, customer
    /// Over the panes: help, explanation, timeline.
    case page

    static let panes: Set<KeyContext> = [.queue, .thread, .customer]
    /// Where there is a text to page through.
    static let texts: Set<KeyContext> = [.thread, .customer, .page]
    static let all = Set(KeyContext.allCases)

    /// For a sentence: "in the queue".
    var title: String { self == .page ? "pages over the panes" : "the \(rawValue)" }
}

/// One line of the table of keys; help is printed from it.
struct Binding: Hashable, Sendable {
    enum Group: String, CaseIterable, Sendable {
        case moving = "Moving"
        case answering = "Answering"
        case deciding = "Deciding"
        case looking = "Looking"
        case screen = "Screen"
    }

    /// None: by its name and in the palette only.
    var keys: [KeySequence]
    let command: Command
    var contexts: Set<KeyContext>
    let group: Group
    /// One line for the help.
    var help: String
    /// One word for the footer; nil: not shown there.
    let hint: String?

    init(
        _ keys: String..., runs command: Command, in contexts: Set<KeyContext> = KeyContext.panes,
        _ group: Group, _ help: String, hint: String? = nil
    ) {
        self.keys = keys.compactMap(KeySequence.init)
        self.command = command
        self.contexts = contexts
        self.group = group
        self.help = help
        self.hint = hint
    }

    var keyText: String { keys.map(\.text).joined(separator: ", ") }
}

internal import Terminal

/// The table of keys as the program comes (ecosystem A2); what is in force is in `KeyBindings`.
enum Bindings {
    static let all: [Binding] = moving + answering + deciding + looking + screen

    private static let moving: [Binding] = [
        Binding("j", "Down", runs: .down, in: KeyContext.all, .moving, "one down"),
        Binding("k", "Up", runs: .up, in: KeyContext.all, .moving, "one up"),
        Binding("g g", "Home", runs: .top, in: KeyContext.all, .moving, "to the top"),
        Binding("G", "End", runs: .bottom, in: KeyContext.all, .moving, "to the end"),
        Binding("C-d", runs: .halfDown, in: KeyContext.all, .moving, "half a page down"),
        Binding("C-u", runs: .halfUp, in: KeyContext.all, .moving, "half a page up"),
        Binding("PgDn", "C-f", runs: .pageDown, in: KeyContext.all, .moving, "a page down"),
        Binding(
            "Space", runs: .pageDown, in: KeyContext.texts, .moving, "a page down, in a text"),
        Binding("PgUp", "C-b", runs: .pageUp, in: KeyContext.all, .moving, "a page up"),
        Binding("J", runs: .nextItem, .moving, "the next ticket, from wherever you are"),
        Binding("K", runs: .previousItem, .moving, "the ticket before"),
        Binding("Enter", "Right", runs: .open, in: [.queue], .moving, "open", hint: "open"),
        Binding(
            "Esc", "q", "Left", runs: .back, in: KeyContext.all, .moving,
            "back; in the queue: quit",
            hint: "back"),
        Binding("Tab", runs: .nextPane, .moving, "the next pane"),
        Binding("S-Tab", runs: .previousPane, .moving, "the pane before"),
        Binding("+", runs: .zoom, .moving, "this pane alone, and back"),
    ]

    private static let answering: [Binding] = [
        Binding("r", runs: .reply, .answering, "reply to the customer", hint: "reply"),
        Binding("R", runs: .replyQuoting, .answering, "reply with the last message quoted"),
        Binding("E", runs: .replyInEditor, .answering, "reply in your $EDITOR"),
        Binding("i", runs: .note, .answering, "internal note, never sent", hint: "note"),
        Binding("m", runs: .macro, .answering, "a prepared answer, shown first", hint: "macro"),
        Binding("D", runs: .drafts, .answering, "what you began and did not send"),
    ]

    private static let deciding: [Binding] = [
        Binding("A", runs: .take, .deciding, "take it yourself", hint: "take"),
        Binding("a", runs: .assign, .deciding, "assign to somebody", hint: "assign"),
        Binding("x", runs: .close, .deciding, "close, with a reason", hint: "close"),
        Binding("X", runs: .reopen, .deciding, "open again"),
        Binding("s", runs: .status, .deciding, "set the status"),
        Binding("z", runs: .snooze, .deciding, "put away until a time", hint: "snooze"),
        Binding("t", runs: .tags, .deciding, "add and remove tags (+a -b)"),
        Binding("p", runs: .priority, .deciding, "set the priority"),
        Binding("h", runs: .transfer, .deciding, "hand over to another team"),
        Binding("!", runs: .spam, .deciding, "spam, and no spam after all"),
        Binding("L", runs: .join, .deciding, "let the linked ticket's message in"),
        Binding(
            "Space", runs: .mark, in: [.queue], .deciding, "mark; then decide for all marked"),
        Binding("*", runs: .markAll, in: [.queue], .deciding, "mark all that are loaded, or none"),
        Binding("u", runs: .undo, .deciding, "take back a reply still held, or the last change"),
        Binding("U", runs: .redo, .deciding, "do again what was taken back"),
    ]

    private static let looking: [Binding] =
        [
            Binding(
                "/", "\\", "f", runs: .search, in: [.queue, .customer], .looking,
                "search and narrow: words, status:open, @ali, +tag, is:unread", hint: "search"),
            Binding("/", runs: .find, in: [.thread], .looking, "find in the thread", hint: "find"),
            Binding("n", runs: .findNext, in: [.thread], .looking, "the next place found"),
            Binding("N", runs: .findPrevious, in: [.thread], .looking, "the place before"),
            Binding("]", runs: .nextView, .looking, "the next view"),
            Binding("[", runs: .previousView, .looking, "the view before"),
            Binding("V", runs: .pickView, .looking, "choose a view"),
            Binding("M", runs: .report, .looking, "how it goes: the overview of reports"),
            Binding("W", runs: .recoveries, .looking, "customers to win back"),
            Binding(
                "v", runs: .fullText, .looking, "whole messages, with quoted history, and back"),
            Binding("F", runs: .folds, .looking, "choose what threads show"),
            Binding("T", runs: .timeline, .looking, "the customer's whole timeline"),
            Binding("=", runs: .similar, .looking, "solved tickets like this one"),
            Binding("e", runs: .explain, .looking, "why it is here and with whom", hint: "why"),
            Binding("o", runs: .enclosures, .looking, "files and links: open, save, pipe"),
            Binding("|", runs: .pipe, .looking, "show the message to a command"),
            Binding("y", runs: .copyNumber, .looking, "copy the ticket's number"),
            Binding("Y", runs: .copyText, .looking, "copy the message in sight"),
        ]
        + (1...9).map { number in
            Binding("\(number)", runs: .view(number - 1), .looking, "view number \(number)")
        }

    private static let screen: [Binding] = [
        Binding(":", runs: .commandLine, in: KeyContext.all, .screen, "command line"),
        Binding("C-k", "C-p", runs: .palette, .screen, "everything, found by its words"),
        Binding("?", "F1", runs: .help, .screen, "this help", hint: "help"),
        Binding("P", runs: .presence, .screen, "your presence"),
        Binding("C-r", "F5", runs: .refresh, .screen, "read everything again (rarely needed)"),
        Binding("C-l", runs: .redraw, in: KeyContext.all, .screen, "paint the screen again"),
        Binding(
            "C-z", runs: .suspend, in: KeyContext.all, .screen, "back to the shell for a while"),
        Binding("C-c", runs: .quit, in: KeyContext.all, .screen, "quit"),
    ]
}

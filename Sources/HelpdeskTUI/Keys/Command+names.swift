extension Command {
    /// What it is called in keys.toml and in the manual.
    var name: String {
        if case .view(let index) = self { return "view-\(index + 1)" }
        return Command.names.first { $0.command == self }?.name ?? "\(self)"
    }

    init?(name: String) {
        if let found = Command.names.first(where: { $0.name == name }) {
            self = found.command
        } else if let number = (1...9).first(where: { name == "view-\($0)" }) {
            self = .view(number - 1)
        } else {
            return nil
        }
    }

    private static let names: [(name: String, command: Command)] = [
        ("down", .down), ("up", .up), ("top", .top), ("end", .bottom), ("half-down", .halfDown),
        ("half-up", .halfUp), ("page-down", .pageDown), ("page-up", .pageUp),
        ("next-ticket", .nextItem), ("previous-ticket", .previousItem), ("open", .open),
        ("back", .back), ("next-pane", .nextPane), ("previous-pane", .previousPane),
        ("zoom", .zoom), ("reply", .reply), ("reply-quoting", .replyQuoting),
        ("reply-in-editor", .replyInEditor), ("note", .note), ("macro", .macro),
        ("drafts", .drafts), ("take", .take), ("assign", .assign), ("close", .close),
        ("reopen", .reopen), ("status", .status), ("snooze", .snooze), ("tags", .tags),
        ("priority", .priority), ("transfer", .transfer), ("spam", .spam), ("join", .join),
        ("mark", .mark), ("mark-all", .markAll), ("undo", .undo), ("redo", .redo),
        ("search", .search), ("find", .find), ("find-next", .findNext),
        ("find-previous", .findPrevious), ("next-view", .nextView),
        ("previous-view", .previousView), ("views", .pickView), ("report", .report),
        ("recoveries", .recoveries), ("full-text", .fullText), ("folds", .folds),
        ("timeline", .timeline), ("similar", .similar), ("explain", .explain),
        ("files", .enclosures), ("pipe", .pipe), ("copy-number", .copyNumber),
        ("copy-text", .copyText), ("command-line", .commandLine), ("palette", .palette),
        ("help", .help), ("presence", .presence), ("refresh", .refresh), ("redraw", .redraw),
        ("suspend", .suspend), ("quit", .quit),
    ]
}

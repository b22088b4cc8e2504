internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

/// A thread as lines, item by item: only the items in sight are ever laid out.
struct ThreadLines {
    let thread: TicketThread
    let columns: Int
    let layout: FieldLayout
    let display: DisplaySettings
    let now: Instant
    /// Who is looking.
    let me: AgentID?
    /// What is folded away.
    var folds = Fold.usual
    var keys = KeyBindings.standard

    /// Of one message at most so many are shown.
    static let limit = 2_000

    func lines(of index: Int) -> [PageLine] {
        guard thread.items.indices.contains(index) else { return [] }
        let item = thread.items[index]
        var lines: [PageLine] = []
        if startsDay(index) {
            lines.append(.rule(display.longDay(thread.items.time(at: index)), Look.faint))
        }
        switch item {
        case .event(let event):
            if folds.contains(.events) {
                lines += foldedEvents(at: index)
            } else {
                lines.append(line(event))
            }
        case .message(let message):
            lines += head(message)
            if isFolded(message) { return lines }
            lines += self.body(message)
            lines += message.attachments.map(line)
            lines.append(.blank)
        }
        return lines
    }

    /// Whether only the head of a message is shown.
    private func isFolded(_ message: API.Message) -> Bool {
        message.direction == .note && folds.contains(.notes)
            || message.kind == .call && folds.contains(.calls)
    }

    /// One line for events that follow one another, at the first of them.
    private func foldedEvents(at index: Int) -> [PageLine] {
        if index > 0, thread.items.isEvent(at: index - 1), !startsDay(index) { return [] }
        let count = (index..<thread.items.count).prefix { thread.items.isEvent(at: $0) }.count
        let words = count == 1 ? "event" : "events"
        let key = keys.key(for: .folds, in: .thread) ?? ":fold"
        return [
            .parts([LinePart(display.digits("  … \(count) \(words): ") + key, Look.faint)])
        ]
    }

    private func startsDay(_ index: Int) -> Bool {
        guard index > 0 else { return true }
        let before = display.local(thread.items.time(at: index - 1)).date
        return display.local(thread.items.time(at: index)).date != before
    }

    private func line(_ event: ThreadItem.Happening) -> PageLine {
        .parts([
            LinePart("  \(display.clock(event.at))  ", Look.faint),
            .sentence(
                display.sentence(event.sentence) + (event.words.map { ": \($0)" } ?? ""),
                Look.faint),
        ])
    }

    private func head(_ message: API.Message) -> [PageLine] {
        let at =
            message.direction == .inbound
            ? message.receivedAt : message.sentAt ?? message.receivedAt
        var parts: [LinePart] = []
        switch message.direction {
        case .note: parts = [LinePart(" NOTE ", Look.noteTitle), LinePart(" ")]
        case .inbound: parts = [LinePart("< ", Look.customer)]
        case .outbound: parts = [LinePart("> ", Look.agent)]
        }
        parts.append(
            LinePart(author(message), message.direction == .inbound ? Look.customer : Look.agent))
        if message.direction == .note {
            parts.append(LinePart("  internal", Look.note))
        } else {
            let kind = message.kind == .call ? "call" : Wording.channel(message.channel)
            parts.append(LinePart("  \(kind)", Look.faint))
        }
        if message.direction == .inbound, let auth = message.senderAuth {
            parts += [LinePart("  "), Wording.auth(auth)]
        }
        if message.autoSubmitted != .no { parts.append(LinePart("  automatic", Look.faint)) }
        if message.author.kind == .bot { parts.append(LinePart("  bot", Look.faint)) }
        if let delivery = message.delivery {
            parts += [LinePart("  "), Wording.delivery(delivery)]
        }
        let clock = LinePart(display.clock(at.instant) + " ", Look.faint)
        return [.parts(parts, trailing: [clock])] + troubles(message) + way(message)
    }

    /// To whom a message went, and how, where it went well.
    private func way(_ message: API.Message) -> [PageLine] {
        guard !folds.contains(.deliveries), let delivery = message.delivery else { return [] }
        let tries = display.digits(delivery.attempts == 1 ? "" : "  \(delivery.attempts) attempts")
        return [
            .parts([
                LinePart("  to ", Look.faint), LinePart(delivery.to.joined(separator: ", ")),
                LinePart("  by \(message.inbox.rawValue)\(tries)", Look.faint),
            ])
        ]
    }

    /// What of a message is shown.
    func text(of message: API.Message) -> String {
        isFull(message) ? message.fullText : message.text
    }

    private func isFull(_ message: API.Message) -> Bool {
        !folds.contains(.quotes) || message.text.utf8.allSatisfy { $0 <= 0x20 }
    }

    /// What the agent must know of a delivery that went wrong.
    private func troubles(_ message: API.Message) -> [PageLine] {
        guard let delivery = message.delivery, let detail = delivery.detail,
            [.failed, .retrying, .uncertain].contains(delivery.state)
        else { return [] }
        return PageLine.wrapped(
            .line(detail), columns: columns, indent: 2, style: Look.warning, layout: layout,
            limit: 3)
    }

    private func author(_ message: API.Message) -> String {
        if case .agent(let agent) = message.author.id, agent == me { return "you" }
        if let name = message.author.name, !name.isEmpty { return name }
        switch message.author.id {
        case .agent(let agent): return agent.rawValue
        case .customer(let customer):
            return thread.ticket.customer.id == customer
                ? thread.ticket.customer.name ?? "customer" : "customer \(customer.rawValue)"
        case nil: return message.author.kind.rawValue
        }
    }

    private func body(_ message: API.Message) -> [PageLine] {
        var lines: [PageLine] = []
        if let call = message.call { lines.append(line(call)) }
        let style = message.direction == .note ? Look.note : .plain
        let text = text(of: message)
        let shown = TextCut.shown(text)
        if shown.utf8.contains(where: { $0 > 0x20 }) {
            lines += PageLine.wrapped(
                .body(shown), finding: thread.find, columns: columns, indent: 2, style: style,
                layout: layout, limit: ThreadLines.limit)
            if lines.count >= ThreadLines.limit || TextCut.isCut(text) {
                lines.append(.parts([LinePart("  … and more: hamdel ticket show", Look.warning)]))
            }
        } else if message.call == nil {
            lines.append(.parts([LinePart("  (no text)", Look.faint)]))
        }
        if !isFull(message), let folded = folded(message) { lines.append(folded) }
        return lines
    }

    /// Says that there is more than what was written now.
    private func folded(_ message: API.Message) -> PageLine? {
        let more = lineCount(message.fullText) - lineCount(message.text)
        guard message.fullText.utf8.count > message.text.utf8.count + 2, more > 0 else {
            return nil
        }
        let key = keys.key(for: .fullText, in: .thread) ?? Command.fullText.name
        return .parts([
            LinePart(display.digits("  … \(more) lines quoted or signed: ") + key, Look.faint)
        ])
    }

    private func lineCount(_ text: String) -> Int {
        var count = 0
        var hasContent = false
        for byte in text.utf8.prefix(TextCut.limit) {
            if byte == 0x0A {
                if hasContent { count += 1 }
                hasContent = false
            } else if byte > 0x20 {
                hasContent = true
            }
        }
        return hasContent ? count + 1 : count
    }

    private func line(_ call: Call) -> PageLine {
        let direction =
            switch call.direction {
            case .inbound: "rang"
            case .outbound: "was rung"
            case .internal: "internal call"
            }
        let outcome = call.outcome.rawValue
        let length = call.outcome == .answered ? ", \(Wording.duration(call.durationSeconds))" : ""
        let at = call.extension.map { ", extension \($0)" } ?? ""
        let style = call.outcome == .answered ? Style.plain : Look.warning
        let text = display.digits("  \(direction): \(outcome)\(length)") + at
        return .parts([LinePart(text, style)])
    }

    private func line(_ attachment: API.Attachment) -> PageLine {
        .parts([
            LinePart("  + "), LinePart(attachment.name ?? "no name", Look.strong),
            LinePart(
                display.digits("  \(Wording.size(attachment.size))"), Look.faint),
            LinePart("  \(attachment.contentType)", Look.faint),
        ])
    }
}

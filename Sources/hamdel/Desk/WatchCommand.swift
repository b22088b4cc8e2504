internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import Terminal

struct WatchCommand: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "What happens, as it happens, until Ctrl-C.")

    @OptionGroup var output: OutputOptions
    @Option(help: "Begin after this position; 0 is the beginning.") var after: Int64?
    @Option(help: "End after so many events.") var count: Int?

    func validate() throws {
        if let after, after < 0 { throw ValidationError("--after begins at 0") }
        if let count, count < 1 { throw ValidationError("--count begins at 1") }
    }

    private struct Enough: Error {}

    func run(in context: CommandContext) async throws {
        var seen = 0
        do {
            try await LiveStream(context.client).run(after: after.map(Position.init(rawValue:))) {
                try show($0, context)
                guard case .event = $0 else { return }
                seen += 1
                if let count, seen >= count { throw Enough() }
            }
        } catch is Enough {}
    }

    private func show(_ item: LiveItem, _ context: CommandContext) throws {
        let printer = Printer(context, output)
        switch item {
        case .connected, .attention: break
        case .event(let event): try show(event, context, printer)
        case .resync(let position):
            context.say("some events were missed; going on after \(position.rawValue)")
        case .waiting(let span, let failure):
            context.say("not connected: \(failure.reason); trying again in \(span.milliseconds) ms")
        }
    }

    private func show(
        _ event: API.Event, _ context: CommandContext, _ printer: Printer
    ) throws {
        switch printer.format {
        case .json, .jsonl: try printer.line(try WireJSON.value(of: event))
        case .ids: try printer.text([event.idText])
        case .csv:
            let fields = API.Event.columns.map { CSVText.field($0.cell(event)) }
            try context.sink.print(Array(CSVText.line(fields).utf8))
        case .table:
            let words = [
                String(event.position.rawValue), context.moments.text(event.at), event.type,
                event.ticket.map { "#\($0.rawValue)" }, event.actor.text,
            ]
            let line = words.compactMap { $0 }.joined(separator: "  ")
            try printer.text([Sanitizer.singleLine(line).string])
        }
    }
}

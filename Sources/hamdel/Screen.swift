internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import HelpdeskTUI
internal import Terminal

/// What `hamdel` without arguments does: the agent's screen.
enum Screen {
    /// Runs until the agent leaves.
    static func run(_ context: CommandContext) async throws {
        let (client, environment) = (context.client, context.environment)
        // Before the terminal is taken: what cannot work is said in plain text, with its exit status.
        var configuration = try ScreenConfiguration.load(environment: environment)
        let colours = configuration.colours ?? .auto
        configuration.screen.colours = colours.depth(environment: environment)
        let me = try await client.me()
        let session = try await open(configuration, environment)
        var display = DisplaySettings(environment: environment, local: ScreenClock.local)
        if environment["HAMDEL_DIGITS"] == nil, let digits = configuration.digits {
            display.digits = digits
        }
        if environment["HAMDEL_CALENDAR"] == nil, let calendar = configuration.calendar {
            display.calendar = calendar
        }
        let model = Model(
            size: session.initialSize, layout: session.layout, display: display,
            settings: configuration.screen, now: ScreenClock.now(),
            session: HelpdeskClient.randomKey())
        let desk = "\(me.agent.login.rawValue)@\(context.address.name)"
        let keeper = DraftKeeper(DraftFolder(environment: environment, desk: desk))
        var own = context
        own.environment["HAMDEL_CALENDAR"] = display.calendar == .jalali ? "jalali" : "gregorian"
        let tools = ScreenTools(
            context: own, session: session, keeper: keeper, configuration: configuration)
        let loop = ScreenLoop(model, tools)
        await loop.begin(as: me)
        for await event in session.events {
            await loop.receive(event)
            if await loop.isOver { break }
        }
        await loop.end()
        await session.close()
    }

    private static func open(
        _ configuration: ScreenConfiguration, _ environment: [String: String]
    ) async throws -> TerminalSession {
        do {
            return try await TerminalSession.open(
                TerminalSession.Options(
                    bidi: configuration.bidi ?? .auto, colours: configuration.colours ?? .auto,
                    environment: environment))
        } catch {
            throw ClientFailure.configuration(error.description)
        }
    }
}

extension DaemonAddress {
    /// One word that tells desks apart: a path or a URL.
    var name: String {
        switch self {
        case .socket(let path, _): path
        case .network(let url, _): url
        }
    }
}

internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import HelpdeskTUI
internal import Terminal

/// What `hamdel` without arguments does: the agent's screen.
enum Screen {
    /// Runs until the agent leaves. `environment` is the process's own.
    static func run(
        client: HelpdeskClient, environment: [String: String]
    ) async throws {
        // Before the terminal is taken: what cannot work is said in plain text, with its exit status.
        let me = try await client.me()
        let session = try await open(environment)
        let display = DisplaySettings(environment: environment, local: ScreenClock.local)
        let model = Model(
            size: session.initialSize, layout: session.layout, display: display,
            now: ScreenClock.now(), session: HelpdeskClient.randomKey())
        let loop = ScreenLoop(model, client: client, session: session)
        await loop.begin(as: me)
        for await event in session.events {
            await loop.receive(event)
            if await loop.isOver { break }
        }
        await loop.end()
        await session.close()
    }

    private static func open(_ environment: [String: String]) async throws -> TerminalSession {
        let setting = environment["HAMDEL_BIDI"].flatMap(BidiSetting.init(rawValue:)) ?? .auto
        do {
            return try await TerminalSession.open(
                TerminalSession.Options(bidi: setting, environment: environment))
        } catch {
            throw ClientFailure.configuration(error.description)
        }
    }
}

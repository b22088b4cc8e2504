internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import HelpdeskTUI
internal import Terminal

/// What the screen does on this machine: the editor, files, links, commands, notifications.
struct ScreenTools: Sendable {
    let context: CommandContext
    let session: TerminalSession
    let keeper: DraftKeeper
    let configuration: ScreenConfiguration
    var client: HelpdeskClient { context.client }
    private var environment: [String: String] { context.environment }

    /// What came of an effect; nil: nothing that anybody needs to hear.
    func answer(to effect: Effect) async -> Message? {
        do throws(ClientFailure) {
            switch effect {
            case .edit(let draft): return .edited(key: draft.key, text: try await edit(draft))
            case .attach(let path, let key):
                return .attached(try await upload(path), key: key)
            case .fetch(let file, let use): return .told(try await fetch(file, use))
            case .openLink(let link): return .told(try await open(link))
            case .pipe(let text, let command):
                return .told(try await pipe(Array(text.utf8), into: command))
            case .notify(let announcement):
                await notify(announcement)
                return nil
            default: return nil
            }
        } catch {
            return .failed(effect, Failure(.other, error.reason))
        }
    }

    /// Lends the terminal to the editor. What it leaves is the text, however it ended.
    private func edit(_ draft: Draft) async throws(ClientFailure) -> String {
        let path = try await keeper.editorFile(draft)
        let line =
            configuration.editor ?? ["VISUAL", "EDITOR"].lazy.compactMap { environment[$0] }
            .first { !$0.isEmpty } ?? "vi"
        let outcome = await lend { () async throws(ClientFailure) -> Int32 in
            try await ChildProgram.shell(line, [path]).run(.lent)
        }
        guard let text = await keeper.readEditorFile(path) else {
            throw .local("the editor left nothing that can be read at \(path)")
        }
        let status = try outcome.get()
        if status == 127 {
            throw .local("\(line) was not found; set EDITOR, or editor in config.toml")
        }
        return text.hasSuffix("\n") && !draft.text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    private func lend<Value: Sendable>(
        _ body: @Sendable () async throws(ClientFailure) -> Value
    ) async -> Result<Value, ClientFailure> {
        await session.lend { () async -> Result<Value, ClientFailure> in
            do throws(ClientFailure) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
    }

    private func upload(_ path: String) async throws(ClientFailure) -> API.Draft.File {
        let whole = path.hasPrefix("~/") ? (environment["HOME"] ?? "") + path.dropFirst() : path
        guard let bytes = DurableFile.read(whole, limit: AttachedFile.limit) else {
            throw .local("\(path) is not there, cannot be read, or has more than 25 MB")
        }
        let name = whole.split(separator: "/").last.map(String.init) ?? "file"
        let file = try await client.upload(
            name: name, contentType: AttachedFile.contentType(of: name), bytes: bytes)
        return API.Draft.File(id: file.id, name: file.name ?? name, size: file.size)
    }

    private func fetch(
        _ file: API.Attachment, _ use: AttachmentUse
    ) async throws(ClientFailure) -> Notice {
        let bytes = try await client.attachment(file.id)
        switch use {
        case .save:
            let path = try SavedAttachment.save(bytes, named: file.name, environment)
            return .done("saved as \(path)")
        case .pipe(let command): return try await pipe(bytes, into: command)
        }
    }

    /// The terminal is the command's while it runs; a pager stays until it is left.
    private func pipe(_ bytes: [UInt8], into command: String) async throws(ClientFailure) -> Notice
    {
        let outcome = await lend { () async throws(ClientFailure) -> Int32 in
            try await ChildProgram.shell(command).run(input: bytes, .lent)
        }
        let status = try outcome.get()
        return status == 0 ? .done("\(command): done") : .failed("\(command) ended with \(status)")
    }

    /// The core hands over `http` and `https` only; looked at once more, for it comes from a stranger.
    private func open(_ link: String) async throws(ClientFailure) -> Notice {
        guard link.hasPrefix("https://") || link.hasPrefix("http://") else {
            throw .local("only http and https links are opened")
        }
        let status = try await ChildProgram(words: configuration.opener + [link]).run(.kept)
        return status == 0
            ? .done("opened \(link)")
            : .failed("\(configuration.opener.first ?? "") ended with \(status); the link: \(link)")
    }

    private func notify(_ announcement: Announcement) async {
        let title = Sanitizer.singleLine(announcement.title)
        let body = Sanitizer.singleLine(announcement.body)
        let multiplexer: TerminalCommand.Multiplexer =
            (environment["TMUX"] ?? "").isEmpty ? .none : .tmux
        switch configuration.notify {
        case .off: break
        case .bell: session.perform(.bell)
        case .osc9: session.perform(.notify(title: title, body: body, .osc9, multiplexer))
        case .osc777: session.perform(.notify(title: title, body: body, .osc777, multiplexer))
        case .command:
            let words = configuration.notifyCommand + [title.string, body.string]
            _ = try? await ChildProgram(words: words).run(.kept)
        }
    }
}

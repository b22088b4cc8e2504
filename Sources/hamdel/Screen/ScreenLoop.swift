internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore
internal import HelpdeskTUI
internal import Terminal

/// Joins the pure screen with the terminal, the daemon, the disk and the clock: takes messages one after the other, does
/// what `update` asks for, and shows what `view` paints.
///
/// Whoever brings a message waits until it is taken, so nothing queues without bound: at most one message for each
/// call on its way, the stream, the clock and the terminal.
actor ScreenLoop {
    private(set) var model: Model
    private let desk: ScreenDesk
    let tools: ScreenTools
    private let session: TerminalSession
    private let stream: LiveStream
    private let keeper: DraftKeeper
    /// Nil until `begin`: it tells this loop what it hears.
    private var mirror: DraftMirror?
    /// Calls on their way, and those wanted again once the first is back.
    private var loading: Set<Load> = []
    private var wantedAgain: Set<Load> = []
    /// Changes in the order they were decided; one is on its way at a time.
    private var changes: [Effect] = []
    private var isChanging = false
    private var tasks: [Task<Void, Never>] = []
    private var isPainting = false
    var attendance = Attendance()
    private(set) var isOver = false

    init(_ model: Model, _ tools: ScreenTools) {
        self.model = model
        self.tools = tools
        desk = ScreenDesk(context: tools.context)
        session = tools.session
        stream = LiveStream(tools.client, for: .screen)
        keeper = tools.keeper
    }

    func begin(as me: API.Me) {
        mirror = DraftMirror(tools.client, keeper) { [weak self] in await self?.take(.told($0)) }
        session.perform(.title("hamdel"))
        session.present(view(model))
        tasks.append(
            Task { [weak self] in
                while !Task.isCancelled {
                    try? await Task.sleep(for: .seconds(20))
                    await self?.take(.clock(ScreenClock.now()))
                }
            })
        for effect in model.opening where effect != .load(.me) { carryOut(effect) }
        take(.loaded(.me(me)))
    }

    /// What is not sent is on disk when this returns.
    func end() async {
        isOver = true
        for task in tasks { task.cancel() }
        for draft in model.unsent {
            keeper.keep(draft) { _ in }
            mirror?.keep(draft)
        }
        await keeper.settled()
        await mirror?.end()
    }

    func receive(_ event: TerminalEvent) {
        switch event {
        case .input(.key(let key)): take(.key(key))
        case .input(.paste(let paste)): take(.paste(paste.text))
        case .input(.focus(let change)): take(.focus(change == .gained ? .here : .elsewhere))
        case .input(.mouse), .input(.report): break
        case .resized(let size): take(.resized(size))
        case .resumed: take(.clock(ScreenClock.now()))
        case .learned(let layout): take(.learned(layout))
        case .interrupted: isOver = true
        }
    }

    func take(_ message: Message) {
        guard !isOver else { return }
        let (timed, _) = update(model, .clock(ScreenClock.now()))
        let (next, effects) = update(timed, message)
        model = next
        for effect in effects { carryOut(effect) }
        attend()
        paintSoon()
    }

    /// One frame for all the messages that are waiting now.
    private func paintSoon() {
        guard !isPainting else { return }
        isPainting = true
        Task { self.paint() }
    }

    private func paint() {
        isPainting = false
        if !isOver { session.present(view(model)) }
    }

    private func carryOut(_ effect: Effect) {
        switch effect {
        case .load(.drafts):
            Task { self.take(.loaded(.drafts(await self.mirror?.reunited() ?? []))) }
        case .load(let load): begin(load)
        case .keep(let draft): keep(draft)
        case .forget(let key):
            keeper.forget(key: key)
            mirror?.forget(key: key)
        case .send(let writing):
            keeper.noteAsked(key: writing.key)
            send(effect)
        case .change, .changeRecovery: change(effect)
        case .setPresence: Task { self.take(await self.desk.answer(to: effect)) }
        case .edit, .attach, .fetch, .openLink, .pipe, .notify:
            Task { if let answer = await self.tools.answer(to: effect) { self.take(answer) } }
        case .subscribe(let position): follow(after: position)
        case .wake(let span, let due):
            Task {
                try? await Task.sleep(for: .milliseconds(max(span.milliseconds, 0)))
                self.take(.due(due))
            }
        // Given away and taken back, the terminal forgets what it showed.
        case .redraw: Task { await self.session.lend {} }
        case .bell: session.perform(.bell)
        case .copy(let text): session.perform(.copy(text))
        case .suspend: session.suspend()
        case .quit: isOver = true
        }
    }

    private func keep(_ draft: Draft) {
        keeper.keep(draft) { failure in
            Task { await self.take(.told(.failed("NOT KEPT: \(failure.reason)"))) }
        }
        mirror?.keep(draft)
    }

    /// Nothing is asked of the daemon before the text is on disk.
    private func send(_ effect: Effect) {
        Task {
            await self.keeper.settled()
            self.take(await self.desk.answer(to: effect))
        }
    }

    private func change(_ effect: Effect) {
        changes.append(effect)
        guard !isChanging else { return }
        isChanging = true
        Task {
            while !self.changes.isEmpty {
                let next = self.changes.removeFirst()
                self.take(await self.desk.answer(to: next))
            }
            self.isChanging = false
        }
    }

    /// The same thing is asked for once at a time; asked for meanwhile, once more afterwards.
    private func begin(_ load: Load) {
        guard loading.insert(load).inserted else {
            wantedAgain.insert(load)
            return
        }
        Task {
            let answer = await self.desk.answer(to: .load(load))
            self.finish(load, answer)
        }
    }

    private func finish(_ load: Load, _ answer: Message) {
        loading.remove(load)
        take(answer)
        if load.isLarge { HeapMemory.giveBack() }
        if wantedAgain.remove(load) != nil { begin(load) }
    }

    private func follow(after position: Position) {
        tasks.append(Task { await self.watch(after: position) })
    }

    /// Ends when cancelled, or when the daemon refuses for good: then the header says offline, and every call says
    /// why.
    private nonisolated func watch(after position: Position) async {
        do {
            try await stream.run(after: position) { item in
                guard let word = item.screenWord else { return }
                await take(.live(word))
            }
        } catch {
            await take(.live(.waiting))
        }
    }
}

extension Load {
    /// Whether reading it leaves a good deal of memory behind that nobody needs any more.
    fileprivate var isLarge: Bool {
        switch self {
        case .queue, .thread, .timeline: true
        default: false
        }
    }
}

extension LiveItem {
    /// Nil for what the screen does not show.
    fileprivate var screenWord: Live? {
        switch self {
        case .connected: .connected
        case .event(let event): .event(event)
        case .resync: .resync
        case .waiting: .waiting
        case .attention(let attention): .attention(attention)
        }
    }
}

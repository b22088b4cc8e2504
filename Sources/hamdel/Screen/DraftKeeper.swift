internal import Dispatch
internal import HelpdeskClient
internal import HelpdeskTUI
internal import Synchronization

/// Carries drafts to disk in their order, on a thread that may wait for it.
final class DraftKeeper: Sendable {
    private let folder: DraftFolder?
    private let queue = DispatchQueue(label: "hamdel.drafts")
    /// What is on disk now, by key: as many as the screen has drafts.
    private let kept = Mutex<[String: SeatDraft]>([:])

    /// - Parameter folder: nil where there is no home: nothing is kept, and `keep` says so.
    init(_ folder: DraftFolder?) { self.folder = folder }

    /// Returns at once; `failed` is called when the draft could not be kept.
    func keep(_ draft: Draft, failed: @escaping @Sendable (ClientFailure) -> Void) {
        queue.async { [self] in
            do throws(ClientFailure) {
                try write(draft)
            } catch {
                failed(error)
            }
        }
    }

    /// Runs on the queue only.
    private func write(_ draft: Draft) throws(ClientFailure) {
        guard let folder else {
            throw .local("drafts cannot be kept: neither XDG_STATE_HOME nor HOME is set")
        }
        let seat = kept.withLock { kept in
            let seat = (kept[draft.key] ?? SeatDraft(draft: draft, copy: nil)).written(draft)
            kept[draft.key] = seat
            return seat
        }
        try folder.keep(seat)
    }

    /// The desk has `draft` as `version`; what was written meanwhile is newer.
    func note(_ draft: Draft, onDesk version: Int64) {
        queue.async { [self] in
            let seat = kept.withLock { kept -> SeatDraft? in
                kept[draft.key]?.copied(draft, version)
                return kept[draft.key]
            }
            if let seat { try? folder?.keep(seat) }
        }
    }

    /// The daemon is going to be asked to send it.
    func noteAsked(key: String) {
        queue.async { [self] in
            let seat = kept.withLock { kept -> SeatDraft? in
                kept[key]?.stage = .asked
                return kept[key]
            }
            if let seat { try? folder?.keep(seat) }
        }
    }

    /// Which version of it the desk had last, as far as this seat knows.
    func deskVersion(of key: String) -> Int64? {
        kept.withLock { $0[key]?.copy?.version }
    }

    func forget(key: String) {
        queue.async { [self] in
            kept.withLock { _ = $0.removeValue(forKey: key) }
            folder?.forget(key: key)
        }
    }

    func load() async -> [SeatDraft] {
        await withCheckedContinuation { waiter in
            queue.async { [self] in
                let found = folder?.load() ?? []
                kept.withLock { kept in for seat in found { kept[seat.draft.key] = seat } }
                waiter.resume(returning: found)
            }
        }
    }

    /// What was settled with the desk at the start of the screen; on disk when this returns, as far as it can be.
    func adopt(_ reunion: DraftReunion) async {
        await withCheckedContinuation { waiter in
            queue.async { [self] in
                for seat in reunion.drafts {
                    guard kept.withLock({ $0[seat.draft.key] }) != seat else { continue }
                    kept.withLock { $0[seat.draft.key] = seat }
                    try? folder?.keep(seat)
                }
                // Only now: a text that goes on under another key is on disk under it.
                for key in reunion.forgotten {
                    kept.withLock { _ = $0.removeValue(forKey: key) }
                    folder?.forget(key: key)
                }
                waiter.resume()
            }
        }
    }

    /// Returns when everything asked for so far is on disk.
    func settled() async {
        await withCheckedContinuation { waiter in queue.async { waiter.resume() } }
    }

    /// Puts the text where an editor finds it; nil where there is no place for it.
    func editorFile(_ draft: Draft) async throws(ClientFailure) -> String {
        guard let folder else {
            throw .local("there is no place for the editor's file: HOME is not set")
        }
        let path = folder.editorFile(draft.key)
        let outcome: Result<Void, ClientFailure> = await withCheckedContinuation { waiter in
            queue.async { [self] in
                do throws(ClientFailure) {
                    try write(draft)
                    try DurableFile.replace(path, with: Array(draft.text.utf8))
                    waiter.resume(returning: .success(()))
                } catch {
                    waiter.resume(returning: .failure(error))
                }
            }
        }
        try outcome.get()
        return path
    }

    /// What the editor left; the file goes once the text is a draft again.
    func readEditorFile(_ path: String) async -> String? {
        await withCheckedContinuation { waiter in
            queue.async {
                let bytes = DurableFile.read(path, limit: 4 << 20)
                waiter.resume(returning: bytes.map { String(decoding: $0, as: UTF8.self) })
            }
        }
    }
}

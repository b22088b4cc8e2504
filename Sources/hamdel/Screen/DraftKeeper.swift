internal import Dispatch
internal import HelpdeskClient
internal import HelpdeskTUI

/// Carries drafts to disk in their order, on a thread that may wait for it.
final class DraftKeeper: Sendable {
    private let folder: DraftFolder?
    private let queue = DispatchQueue(label: "hamdel.drafts")

    /// - Parameter folder: nil where there is no home: nothing is kept, and `keep` says so.
    init(_ folder: DraftFolder?) { self.folder = folder }

    /// Returns at once; `failed` is called when the draft could not be kept.
    func keep(_ draft: Draft, failed: @escaping @Sendable (ClientFailure) -> Void) {
        queue.async { [folder] in
            guard let folder else {
                return failed(
                    .local("drafts cannot be kept: neither XDG_STATE_HOME nor HOME is set"))
            }
            do throws(ClientFailure) {
                try folder.keep(draft)
            } catch {
                failed(error)
            }
        }
    }

    func forget(key: String) {
        queue.async { [folder] in folder?.forget(key: key) }
    }

    func load() async -> [Draft] {
        await withCheckedContinuation { waiter in
            queue.async { [folder] in waiter.resume(returning: folder?.load() ?? []) }
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
            queue.async {
                do throws(ClientFailure) {
                    try folder.keep(draft)
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

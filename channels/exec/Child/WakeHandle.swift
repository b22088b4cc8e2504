internal import CProcess
internal import Glibc

/// Wakes the child's thread out of poll(2); rung from any thread.
final class WakeHandle: Sendable {
    let handle: Int32

    init() { handle = hamdel_wake_handle() }
    deinit { if handle >= 0 { close(handle) } }

    func ring() {
        var one: UInt64 = 1
        _ = write(handle, &one, MemoryLayout<UInt64>.size)
    }

    func clear() {
        var count: UInt64 = 0
        _ = read(handle, &count, MemoryLayout<UInt64>.size)
    }
}

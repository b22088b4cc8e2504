/// The one place where the daemon waits for time to pass.
enum Pulse {
    /// False when cancelled.
    static func wait(_ duration: Duration) async -> Bool {
        do {
            try await Task.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }

    /// Rings a bell at an interval until cancelled.
    static func ring(_ bell: Doorbell, every interval: Duration) async {
        while await wait(interval) { bell.ring() }
    }
}

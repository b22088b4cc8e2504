import Glibc

/// A number from the environment, for tests that run longer when asked to.
public enum TestSize {
    /// Whether a row's whole count is wanted: `HAMDEL_FULL`, `scripts/test --faults`.
    public static var full: Bool { number("HAMDEL_FULL", else: 0) > 0 }

    public static func number(_ name: String, else usual: Int) -> Int {
        getenv(name).flatMap { Int(String(cString: $0)) } ?? usual
    }
}

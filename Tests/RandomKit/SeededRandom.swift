import Glibc

/// Random numbers that a test can repeat: SplitMix64 (Steele, Lea, Flood 2014).
public struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// A fresh seed, or the one in `HAMDEL_SEED` to repeat a failure. Print it.
    public static func freshSeed() -> UInt64 {
        getenv("HAMDEL_SEED").flatMap { UInt64(String(cString: $0)) }
            ?? UInt64.random(in: 1...UInt64.max)
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// True once in `count` times on average.
    public mutating func happens(oneIn count: Int) -> Bool {
        Int.random(in: 0..<max(count, 1), using: &self) == 0
    }

    public mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.randomElement(using: &self)
    }
}

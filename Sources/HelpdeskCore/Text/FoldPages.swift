/// `FoldTable` spread over pages of 256 scalars, so that looking one up costs two indexed reads. Built once, on
/// first use; about 20 KB.
struct FoldPages: Sendable {
    /// No entry: the scalar stays. U+FFFE is no character and never a result.
    static let unchanged: UInt16 = 0xFFFE
    static let removed: UInt16 = 0xFFFF
    static let firstExpansion: UInt16 = 0xE000

    static let shared = FoldPages()

    /// For each page its place in `targets`, or -1.
    private let places: [Int]
    private let targets: [UInt16]
    private let expansions: [[UInt8]]

    private init() {
        var places = [Int](repeating: -1, count: 256)
        var targets: [UInt16] = []
        func set(_ source: UInt32, _ target: UInt16) {
            let page = Int(source >> 8) & 0xFF
            if places[page] < 0 {
                places[page] = targets.count
                targets.append(contentsOf: [UInt16](repeating: Self.unchanged, count: 256))
            }
            targets[places[page] + Int(source & 0xFF)] = target
        }
        for entry in FoldTable.entries {
            set(entry >> 16, UInt16(truncatingIfNeeded: entry))
        }
        for (first, last) in FoldTable.removed where first <= last {
            for source in first...last { set(source, Self.removed) }
        }
        self.places = places
        self.targets = targets
        expansions = FoldTable.expansions.split(separator: " ").map(Self.bytes(ofHexadecimal:))
    }

    func target(of value: UInt32) -> UInt16 {
        let page = Int(value >> 8)
        guard page < places.count, places[page] >= 0 else { return Self.unchanged }
        return targets[places[page] + Int(value & 0xFF)]
    }

    func expansion(_ index: Int) -> [UInt8] {
        expansions.indices.contains(index) ? expansions[index] : []
    }

    private static func bytes(ofHexadecimal word: Substring) -> [UInt8] {
        var units: [UInt16] = []
        var unit: UInt16 = 0
        for (index, character) in word.utf8.enumerated() {
            let digit = character <= 0x39 ? character &- 0x30 : character &- 0x37
            unit = unit << 4 | UInt16(digit & 0x0F)
            if index % 4 == 3 { units.append(unit) }
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}

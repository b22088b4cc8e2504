import TOMLReading

/// Reads small texts (durations, times, dates) byte by byte. Persian and Arabic digits count as digits: people
/// write them, and nothing else could be meant.
struct ASCIIText {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) {
        var folded: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x06F0...0x06F9:
                folded.append(UInt8(truncatingIfNeeded: scalar.value - 0x06F0 + 0x30))
            case 0x0660...0x0669:
                folded.append(UInt8(truncatingIfNeeded: scalar.value - 0x0660 + 0x30))
            case 0..<0x80: folded.append(UInt8(truncatingIfNeeded: scalar.value))
            // Never part of what is read here; a byte no reader accepts.
            default: folded.append(0xFF)
            }
        }
        bytes = folded
    }

    var isAtEnd: Bool { offset >= bytes.count }

    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard let next, UInt32(next) == scalar.value else { return false }
        offset += 1
        return true
    }

    mutating func accept(word: String) -> Bool {
        let wanted = Array(word.utf8)
        guard bytes.dropFirst(offset).starts(with: wanted) else { return false }
        offset += wanted.count
        return true
    }

    /// The digits that stand here, one at least and nine at most, so that no sum overflows.
    mutating func number(digits: ClosedRange<Int> = 1...9) -> Int? {
        var value = 0
        var count = 0
        while let byte = next, (0x30...0x39).contains(byte), count < digits.upperBound {
            value = value * 10 + Int(byte - 0x30)
            count += 1
            offset += 1
        }
        return count >= digits.lowerBound ? value : nil
    }

    /// The small letters that stand here; capitals come out small.
    mutating func letters() -> String {
        var letters: [UInt8] = []
        while let byte = next, isASCIILetter(byte) {
            letters.append(byte | 0x20)
            offset += 1
        }
        return String(decoding: letters, as: UTF8.self)
    }

    mutating func skipSpaces() { while accept(" ") {} }
}

func isASCIILetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
}

func isASCIIDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}

/// Whole numbers with commas between them.
enum NumberList {
    /// False where it is something else.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, into numbers: inout [Int64]) -> Bool {
        var magnitude: Int64 = 0
        var sign: Int64 = 1
        var digits = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "-") where digits == 0 && sign == 1: sign = -1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let (tens, isTooMuch) = magnitude.multipliedReportingOverflow(by: 10)
                let (next, isMuchTooMuch) = tens.addingReportingOverflow(Int64(byte) - 48)
                guard !isTooMuch, !isMuchTooMuch else { return false }
                magnitude = next
                digits += 1
            case UInt8(ascii: ",") where digits > 0:
                numbers.append(sign * magnitude)
                (magnitude, sign, digits) = (0, 1, 0)
            default: return false
            }
        }
        guard digits > 0 else { return false }
        numbers.append(sign * magnitude)
        return true
    }
}

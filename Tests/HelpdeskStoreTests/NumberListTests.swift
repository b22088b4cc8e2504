import Testing

@testable import HelpdeskStore

struct NumberListTests {
    @Test(
        arguments: [
            ("1", [1]), ("0,12,-7", [0, 12, -7]), ("9223372036854775807", [.max]), ("", nil),
            (",", nil), ("1,", nil), ("1,,2", nil), ("-", nil), ("--1", nil), ("1-2", nil),
            ("1.5", nil), ("9223372036854775808", nil), ("99999999999999999999", nil), ("۱", nil),
        ] as [(String, [Int64]?)])
    func `numbers with commas, and nothing else`(text: String, expected: [Int64]?) {
        var numbers: [Int64] = []
        var text = text
        let isRead = text.withUTF8 { NumberList.read($0, into: &numbers) }
        #expect((isRead ? numbers : nil) == expected)
    }
}

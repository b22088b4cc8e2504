import RandomKit
import Testing

@testable import PhoneLogChannel

@Suite("Phone numbers")
struct PhoneNumberReaderTests {
    @Test(
        "the ways an Iranian number is written are one number",
        arguments: [
            "09121234567", "۰۹۱۲۱۲۳۴۵۶۷", "٠٩١٢١٢٣٤٥٦٧", "+98 912 123 4567", "00989121234567",
            "989121234567",
            "9121234567", "0912-123-4567", "\u{200E}+98\u{202C} 912 123 45 67", "＋９８９１２１２３４５６７",
            "tel:+98-912-123-4567",
        ])
    func iran(_ text: String) throws {
        let reader = try #require(PhoneNumberReader(region: "IR"))
        #expect(reader.read(text) == .valid(e164: "+989121234567", extension: nil))
    }

    @Test("what is no number of the plan is not valid")
    func invalid() throws {
        let reader = try #require(PhoneNumberReader(region: "IR"))
        #expect(reader.read("0912123") == .invalid(e164: "+98912123"))
        for text in [
            "", "anonymous", "0", "+", String(repeating: "1", count: 300), "\0",
            "09121234567\u{0}x@@@@@@",
        ] {
            if case .valid = reader.read(text) { Issue.record("\(text.debugDescription) is valid") }
        }
        #expect(
            reader.read("02188776655 ext. 12") == .valid(e164: "+982188776655", extension: "12"))
    }

    @Test("without a region only numbers with a country code are read; a region must exist")
    func regions() throws {
        let reader = try #require(PhoneNumberReader(region: nil))
        #expect(reader.read("+989121234567") == .valid(e164: "+989121234567", extension: nil))
        #expect(reader.read("09121234567") == .unreadable)
        for region in ["XX", "ir", "", "IRN", "I\0", "é"] {
            #expect(PhoneNumberReader(region: region) == nil)
        }
    }

    @Test("random bytes never trap")
    func random() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededRandom(seed: seed)
        let reader = try #require(PhoneNumberReader(region: "US"))
        let alphabet = Array("0123456789+-() .xX#*;=,/\0\u{200E}۰۹٣ab".unicodeScalars)
        for _ in 0..<5000 {
            var text = ""
            for _ in 0..<Int(random.next() % 40) {
                text.unicodeScalars.append(alphabet[Int(random.next() % UInt64(alphabet.count))])
            }
            guard case .valid(let e164, _) = reader.read(text) else { continue }
            let digits = e164.utf8.dropFirst()
            #expect(
                e164.utf8.first == 0x2B && digits.count <= 15
                    && digits.allSatisfy { (0x30...0x39).contains($0) },
                "seed \(seed): \(text.debugDescription) → \(e164)")
        }
    }
}

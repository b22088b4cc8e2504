internal import CPhoneNumber

/// Turns what a switchboard or a person wrote into E.164, by libphonenumber's numbering plans.
///
/// Pure and thread-safe; the first use loads the plans (a few ms). Persian and Arabic digits count as
/// digits, direction marks and other invisible characters do not count.
public struct PhoneNumberReader: Sendable, Equatable {
    /// What a text turned out to be.
    public enum Reading: Sendable, Equatable {
        /// A number of its country's plan: `+` and at most 15 digits, and the extension dialled behind it.
        case valid(e164: String, extension: String?)
        /// Reads as a number, but the plan has none like it: short codes, wrong lengths.
        case invalid(e164: String)
        case unreadable
    }

    /// Two capitals (ISO 3166-1); nil: only numbers with a country code are read.
    public let region: String?

    /// nil when the region has no numbering plan.
    public init?(region: String?) {
        guard let region else {
            self.region = nil
            return
        }
        let code = Array(region.utf8)
        guard code.count == 2, code.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }),
            region.withCString({ hamdel_phone_knows_region($0) }) == 1
        else { return nil }
        self.region = region
    }

    /// At most 200 bytes are looked at; longer texts are unreadable.
    public func read(_ text: String) -> Reading {
        let folded = Self.folded(text)
        guard !folded.isEmpty, folded.count <= 200 else { return .unreadable }
        var number = hamdel_phone_number()
        let verdict = folded.withUnsafeBytes { bytes in
            (region ?? "ZZ").withCString { region in
                hamdel_phone_read(
                    bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, region,
                    &number)
            }
        }
        let e164 = withUnsafeBytes(of: number.e164, Self.text)
        let dialled = withUnsafeBytes(of: number.extension, Self.text)
        switch verdict {
        case HAMDEL_PHONE_VALID:
            return .valid(e164: e164, extension: dialled.isEmpty ? nil : dialled)
        case HAMDEL_PHONE_INVALID: return .invalid(e164: e164)
        default: return .unreadable
        }
    }

    /// The numbers within a text (`Ali Rezaei, 0912 123 4567`), in order, as E.164: at most 16 of the first 4096 bytes.
    public func numbers(in text: String) -> [String] {
        let bytes = Array(String(decoding: Self.folded(text).prefix(4096), as: UTF8.self).utf8)
        guard bytes.count <= 4096 else { return [] }
        var numbers = [hamdel_phone_number](repeating: hamdel_phone_number(), count: 16)
        let count = bytes.withUnsafeBytes { bytes in
            (region ?? "ZZ").withCString { region in
                hamdel_phone_find(
                    bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, region,
                    &numbers, numbers.count)
            }
        }
        return numbers.prefix(count).map { number in withUnsafeBytes(of: number.e164, Self.text) }
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// ASCII digits for Persian, Arabic and full-width ones; without invisible format characters.
    static func folded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0660...0x0669: bytes.append(UInt8(0x30 + scalar.value - 0x0660))
            case 0x06F0...0x06F9: bytes.append(UInt8(0x30 + scalar.value - 0x06F0))
            case 0xFF10...0xFF19: bytes.append(UInt8(0x30 + scalar.value - 0xFF10))
            case 0xFF0B: bytes.append(UInt8(ascii: "+"))
            // Soft hyphen, zero-width and direction marks, byte order mark.
            case 0x00AD, 0x061C, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: break
            default: bytes.append(contentsOf: String(scalar).utf8)
            }
        }
        return bytes
    }
}

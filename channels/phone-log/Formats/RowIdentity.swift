internal import Crypto

/// Names rows so that a second import adds nothing.
///
/// Asterisk's uniqueid repeats over the rows of one call (transfers, queues), so the id alone would lose
/// legs: what makes a row different goes into the name as a hash.
enum RowIdentity {
    /// `prefix` and 16 hexadecimal digits of the fields' SHA-256; `row` where there is no prefix.
    static func externalID(prefix: String, _ fields: [String]) -> String {
        var hash = SHA256()
        for field in fields {
            hash.update(data: Array(field.utf8))
            // A byte that UTF-8 never holds keeps "ab","c" and "a","bc" apart.
            hash.update(data: [0xFF] as [UInt8])
        }
        let digits = Array("0123456789abcdef".unicodeScalars)
        var name = prefix.isEmpty ? "row" : String(prefix.unicodeScalars.prefix(120))
        name += "/"
        for byte in hash.finalize().prefix(8) {
            name.unicodeScalars.append(digits[Int(byte >> 4)])
            name.unicodeScalars.append(digits[Int(byte & 15)])
        }
        return name
    }
}

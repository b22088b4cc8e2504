/// What an address means or looks like beyond its bytes. Never a reason to link anything: the same phone number in
/// another place is a suggestion, a twin that only looks the same is a warning on the card.
public enum IdentityLikeness {
    /// How two addresses that are not the same can be taken for one another.
    public enum Twin: String, Hashable, Sendable, CaseIterable {
        /// The same letters, composed or decomposed (Unicode NFC and NFD).
        case normalisation
        /// One holds characters nobody sees: zero-width, direction marks, soft hyphens.
        case invisible
        /// Letters of another script or form that look the same.
        case lookAlike = "look_alike"
    }

    /// Nil for addresses that are the same, of different kinds, or that nobody would confuse.
    public static func twin(_ left: IdentityAddress, _ right: IdentityAddress) -> Twin? {
        guard left.kind == right.kind, left != right else { return nil }
        // Swift compares strings by canonical equivalence, which is what makes these twins.
        if left.value == right.value { return .normalisation }
        if visible(left.value) == visible(right.value) { return .invisible }
        return skeleton(left.value) == skeleton(right.value) ? .lookAlike : nil
    }

    /// The number that an address of a telephone-like channel stands for, as `+` and digits or national digits; nil where
    /// it stands for none.
    public static func phone(_ address: IdentityAddress) -> String? {
        guard phoneKinds.contains(address.kind), let folded = PhoneFolding.fold(address.value)
        else { return nil }
        let value = folded.value
        let digits = value.utf8.filter { (0x30...0x39).contains($0) }
        let isNumber = value.utf8.count - digits.count == (value.hasPrefix("+") ? 1 : 0)
        guard isNumber, (7...15).contains(digits.count) else { return nil }
        // Messengers name people by E.164 without its plus.
        let isBare = address.kind != IdentityAddress.phoneKind && !value.hasPrefix("+")
        return isBare && !value.hasPrefix("0") ? "+" + value : value
    }

    static let phoneKinds: Set<String> = ["tel", "sms", "whatsapp", "signal", "viber"]

    /// What addresses share that are one number or look alike: a key to find them by.
    public static func key(_ address: IdentityAddress) -> String {
        if let phone = phone(address) { return "tel:\(phone)" }
        return "\(address.kind):\(skeleton(address.value))"
    }

    /// The text as a hurried eye reads it: without case, marks and invisible characters, letters that look alike made one.
    /// Linear; not for display.
    public static func skeleton(_ text: String) -> String {
        var shape = String.UnicodeScalarView()
        for scalar in TextFold.folded(text).unicodeScalars {
            if scalar.properties.isDefaultIgnorableCodePoint { continue }
            if scalar.properties.generalCategory == .nonspacingMark { continue }
            shape.append(lookAlikes[scalar] ?? scalar)
        }
        return String(shape).replacing("rn", with: "m").replacing("vv", with: "w")
    }

    private static func visible(_ text: String) -> String {
        var shown = String.UnicodeScalarView()
        shown.append(
            contentsOf: text.unicodeScalars.filter {
                !$0.properties.isDefaultIgnorableCodePoint
                    && $0.properties.generalCategory != .format
            })
        return String(shown)
    }

    /// Letters that common fonts draw as a Latin one (a part of Unicode UTS 39, confusables), after folding.
    private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = ["0": "o", "1": "l", "|": "l"]
        let pairs = [
            // Cyrillic
            ("авеёзіїјкмнорсстухһѕԁԛԝьғ", "abeeziijkmhopcctyxhsdqwbf"),
            // Greek
            ("αβεηικμνορτυχωγ", "abenikuvoptuxwy"),
            // Armenian, Latin of other shapes
            ("օսհոցɑɡıℓ", "ouhngagil"),
        ]
        for (from, to) in pairs {
            for (one, other) in zip(from.unicodeScalars, to.unicodeScalars) { table[one] = other }
        }
        return table
    }()
}

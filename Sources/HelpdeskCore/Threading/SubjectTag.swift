/// The ticket number in a subject, `[#1234]`, in Latin, Persian or Arabic digits: weak evidence (step 3), because
/// anybody can write it.
public enum SubjectTag {
    public static func text(for ticket: TicketNumber) -> String { "[#\(ticket.rawValue)]" }

    /// The last well-formed tag; nil when there is none or its number does not fit. Linear.
    public static func find(in subject: String) -> TicketNumber? {
        var found: TicketNumber?
        var state = State.outside
        for scalar in subject.unicodeScalars {
            state = step(state, scalar, &found)
        }
        return found
    }

    private enum State {
        case outside, bracket
        case number(Int64)
    }

    private static func step(
        _ state: State, _ scalar: Unicode.Scalar, _ found: inout TicketNumber?
    ) -> State {
        if scalar == "[" { return .bracket }
        switch state {
        case .outside:
            return .outside
        case .bracket:
            return scalar == "#" ? .number(0) : .outside
        case .number(let value):
            if scalar == "]" {
                if value > 0 { found = TicketNumber(rawValue: value) }
                return .outside
            }
            guard let digit = digit(scalar) else { return .outside }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(digit)
            return overflow || carry ? .outside : .number(sum)
        }
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int64? {
        switch scalar.value {
        case 0x30...0x39: Int64(scalar.value - 0x30)
        case 0x660...0x669: Int64(scalar.value - 0x660)
        case 0x6F0...0x6F9: Int64(scalar.value - 0x6F0)
        default: nil
        }
    }
}

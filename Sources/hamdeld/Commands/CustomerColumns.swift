internal import ArgumentParser
internal import HelpdeskCore
internal import HelpdeskEngine
internal import PhoneLogChannel

/// What stands where in a list of customers, by the names in its first row.
struct CustomerColumns {
    enum Meaning: Equatable {
        case externalID, name, email, phone, organisation, vip, segments, preferredChannel
        case attribute(String)
        case nothing
    }

    struct Rejection: Error {
        let reason: String
    }

    let meanings: [Meaning]

    private static let words: [String: Meaning] = [
        "external_id": .externalID, "externalid": .externalID, "key": .externalID,
        "crm_id": .externalID, "id": .externalID, "name": .name, "full_name": .name,
        "email": .email, "mail": .email, "e-mail": .email, "phone": .phone, "tel": .phone,
        "mobile": .phone, "organisation": .organisation, "organization": .organisation,
        "company": .organisation, "vip": .vip, "segments": .segments, "segment": .segments,
        "preferred_channel": .preferredChannel,
    ]

    init(_ header: CSVRow) throws {
        meanings = header.fields.map { field in
            let word = TextFold.folded(field).replacing(" ", with: "_")
            if let known = Self.words[word] { return known }
            return (1...64).contains(field.utf8.count) ? .attribute(field) : .nothing
        }
        guard
            meanings.contains(where: { [.externalID, .email, .phone].contains($0) })
        else {
            throw DaemonFailure(
                text:
                    "the first row must name the columns, and one of external_id, email and phone must be there"
            )
        }
    }

    func read(
        _ row: CSVRow, _ numbers: PhoneNumberReader
    ) -> Result<CustomerImportRow, Rejection> {
        guard row.count <= meanings.count else {
            return .failure(
                Rejection(reason: "\(row.count) fields, but \(meanings.count) columns"))
        }
        var read = CustomerImportRow(line: row.line)
        for (index, meaning) in meanings.enumerated() where index < row.count {
            let text = row.text(index)
            guard !text.isEmpty else { continue }
            switch meaning {
            case .externalID: read.externalID = text
            case .name: read.name = text
            case .organisation: read.organisation = text
            case .segments: read.segments = (read.segments ?? []) + Self.parts(text)
            case .preferredChannel: read.preferredChannel = text
            case .attribute(let name): read.attributes[name] = text
            case .email: read.addresses += Self.parts(text).map { .email($0) }
            case .phone:
                for part in Self.parts(text) {
                    guard case .valid(let number, _) = numbers.read(part) else {
                        return .failure(Rejection(reason: "\(part) is no phone number"))
                    }
                    read.addresses.append(.phone(number))
                }
            case .vip:
                guard let standing = Self.standing(text) else {
                    return .failure(Rejection(reason: "vip is yes or no, not \(text)"))
                }
                read.standing = standing
            case .nothing: break
            }
        }
        return .success(read)
    }

    private static func parts(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == ";" || $0 == "؛" })
            .map { $0.drop { $0 == " " } }
            .map { part in
                var part = part
                while part.last == " " { part.removeLast() }
                return String(part)
            }
            .filter { !$0.isEmpty }
    }

    private static func standing(_ text: String) -> CustomerUpdated.Standing? {
        switch TextFold.folded(text) {
        case "yes", "true", "1", "y", "vip", TextFold.folded("بله"): .vip
        case "no", "false", "0", "n", "regular", TextFold.folded("خیر"): .regular
        default: nil
        }
    }
}

internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient

struct CustomerSet: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Write a customer's name, organisation, vip, segments, or an attribute.",
        discussion: "name=…, organisation=…, external_id=…, vip=yes|no, segments=a,b; "
            + "shared=ADDRESS marks a number as many people's, personal=ADDRESS as theirs; "
            + "deliverable=ADDRESS: mail may go there again; "
            + "every other key is an attribute. An empty value takes it away.")

    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.", completion: DeskCompletion.customers) var customer:
        IDArgument
    @Argument(help: "KEY=VALUE") var values: [String]

    func patch() throws -> API.CustomerPatch {
        var patch = API.CustomerPatch(name: .keep, preferredChannel: .keep, organisation: .keep)
        for word in values {
            guard let equals = word.firstIndex(of: "="), equals > word.startIndex else {
                throw ValidationError("KEY=VALUE was expected, not \(word)")
            }
            try Self.set(
                &patch, String(word[..<equals]), String(word[word.index(after: equals)...]))
        }
        return patch
    }

    private static func set(
        _ patch: inout API.CustomerPatch, _ key: String, _ value: String
    ) throws {
        let change: Change<String> = value.isEmpty ? .clear : .set(value)
        switch key {
        case "name": patch.name = change
        case "organisation": patch.organisation = change
        case "external_id": patch.externalID = change
        case "segments":
            patch.segments = value.split { $0 == "," || $0 == "،" || $0.isWhitespace }
                .map(String.init)
        case "shared", "personal":
            let address = try AddressText.address(value)
            patch.shared = (patch.shared ?? [:]).merging(
                [address: key == "shared"], uniquingKeysWith: { $1 })
        case "vip":
            switch value {
            case "yes", "true", "1": patch.vip = true
            case "no", "false", "0", "": patch.vip = false
            default: throw ValidationError("vip is yes or no, not \(value)")
            }
        case "deliverable": patch.deliverable = (patch.deliverable ?? []) + [value]
        default:
            patch.attributes = (patch.attributes ?? [:]).merging(
                [key: value.isEmpty ? nil : value], uniquingKeysWith: { $1 })
        }
    }

    func run(in context: CommandContext) async throws {
        let answer = try await context.client.bytes(
            .patch, "/customers/\(customer.value)", body: try WireJSON.encode(try patch()))
        try Printer(context, output).item(API.Customer.self, answer) {
            Card.lines(of: $0, context)
        }
    }
}

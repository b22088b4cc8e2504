internal import ArgumentParser
internal import HelpdeskAPI
internal import HelpdeskClient
internal import HelpdeskCore

struct CustomerExport: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Everything that is known of a person, as JSON lines; for admins.",
        discussion:
            "Raw mails and attachments are named with the path to fetch them by (hamdel api GET PATH). The stream says who took it."
    )

    @Argument(help: "The customer's id.") var customer: IDArgument

    func run(in context: CommandContext) async throws {
        try context.sink.print(
            try await context.client.bytes(.get, "/customers/\(customer.value)/export"))
    }
}

struct CustomerErase: DeskCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Empty every word of a person, for ever; for admins.",
        discussion:
            "Names, addresses, messages, files and scores' comments go; ids, times and counts stay. Only a backup from before has them still."
    )

    @OptionGroup var output: OutputOptions
    @Argument(help: "The customer's id.") var customer: IDArgument
    @Flag(help: "Erase without asking.") var yes = false

    func run(in context: CommandContext) async throws {
        guard yes else {
            let card = try await context.client.customer(CustomerID(rawValue: customer.value))
            throw ValidationError(
                "this erases \(card.name ?? "customer \(customer.value)") with \(card.identities.count) addresses for ever: say --yes"
            )
        }
        let answer = try await context.client.bytes(
            .post, "/customers/\(customer.value)/erase", body: Array("{}".utf8))
        try Printer(context, output).document(API.Erasure.self, answer) { erasure in
            erasure.customers.map { "\($0.rawValue)" }.joined(separator: "\n")
        } card: { erasure in
            let who = erasure.customers.map { "\($0.rawValue)" }.joined(separator: ", ")
            return [
                "erased customer \(who): \(erasure.contents) rows of words, \(erasure.blobs) mails and files, \(erasure.deliveries) prepared mails"
            ]
        }
    }
}

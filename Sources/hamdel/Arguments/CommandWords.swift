public import ArgumentParser
public import HelpdeskAPI
public import HelpdeskClient
public import HelpdeskCore

/// `new`, `open`, `pending`, `closed`; `solved` and `resolved` are understood as closed; `all` is each of them.
struct StatusWord: Hashable, ExpressibleByArgument {
    let statuses: [TicketStatus]

    init?(argument: String) {
        if argument == "all" {
            statuses = TicketStatus.allCases
        } else if let status = TicketStatus(word: argument) {
            statuses = [status]
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] { TicketStatus.allCases.map(\.rawValue) + ["all"] }
}

/// `regular`, `spam`, `bulk` or `all`.
struct TrafficWord: Hashable, ExpressibleByArgument {
    let traffic: TicketQuery.Traffic

    init?(argument: String) {
        if argument == "all" {
            traffic = .all
        } else if let ticketClass = TicketClass(rawValue: argument) {
            traffic = .only(ticketClass)
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] { TicketClass.allCases.map(\.rawValue) + ["all"] }
}

extension TicketPriority: ExpressibleByArgument {}
extension API.ReportName: ExpressibleByArgument {}
extension ClosingReason: ExpressibleByArgument {}
extension TicketQuery.Trait: ExpressibleByArgument {}

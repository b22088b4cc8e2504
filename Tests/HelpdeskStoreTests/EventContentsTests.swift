import Foundation
import HelpdeskCore
import Testing

@testable import HelpdeskStore

/// The verifier must know every content row an event refers to: held against what the stored JSON says.
@Suite struct EventContentsTests {
    @Test func everyReferenceInTheStreamIsKnown() throws {
        let desk = try FullDesk().desk
        try desk.write {
            let customer = FullDesk.open
            let ticket = FullDesk.openTicket
            let transaction = $0
            func keep(_ kind: ContentKind) throws -> ContentRef {
                try transaction.keep("words", as: kind, of: customer, salt: StoreTransaction.salt)
            }
            try $0.add(
                .customer(
                    .updated(
                        CustomerUpdated(
                            customer: customer, attributes: try keep(.attributes)))), nil,
                customer)
            try $0.add(
                .customer(
                    .identitySuggested(
                        IdentitySuggested(
                            customer: customer, kind: "tel", address: try keep(.address),
                            other: nil))), nil, customer)
            try $0.add(
                .ticket(
                    .transferred(
                        TicketTransferred(
                            from: .support, to: .support, isPrivate: false,
                            brief: try keep(.brief)))), ticket, customer)
            try $0.add(
                .delivery(
                    .settled(
                        DeliverySettled(
                            delivery: DeliveryID(rawValue: 1), state: .retrying, attempt: 1,
                            next: nil, code: nil, detail: try keep(.deliveryDetail),
                            remaining: try $0.keep(
                                json: DeliveryContent(
                                    recipients: [], subject: nil, messageID: "m"),
                                as: .delivery, of: customer, salt: StoreTransaction.salt)))),
                ticket, customer)
            try $0.add(
                .ticket(
                    .rulesApplied(
                        RulesApplied(
                            occasion: .opened, rules: ["refunds"],
                            requirements: TicketRequirements(skills: [
                                SkillName(rawValue: "refunds"): 2
                            ]), matches: try keep(.ruleMatches)))), ticket, customer)
            try $0.add(
                .survey(
                    .recoveryDone(
                        RecoveryDone(
                            recovery: RecoveryID(rawValue: 1), ending: .worked,
                            outcome: try keep(.outcome)))), ticket, customer)
        }
        let events = try desk.read { reader throws(StoreError) in
            try reader.events(after: .start, limit: 10_000, viewer: .system)
        }
        var kinds: Set<String> = []
        for event in events {
            let recorded = try #require(try event.recorded())
            let json = try JSONSerialization.jsonObject(with: Data(event.data.utf8))
            let expected = Self.references(json)
            #expect(Set(recorded.event.contents.map(\.id.rawValue)) == expected, "\(event.type)")
            if !expected.isEmpty { kinds.insert(event.type) }
        }
        #expect(
            kinds == [
                "ticket_opened", "message_received", "message_written", "note_written",
                "ticket_transferred", "rules_applied", "customer_named", "customer_updated",
                "identity_linked",
                "identity_suggested", "delivery_queued", "delivery_settled", "survey_answered",
                "recovery_done", "message_quarantined",
            ])
    }

    /// Objects with an id and a mac, at any depth.
    private static func references(_ json: Any) -> Set<Int64> {
        var found: Set<Int64> = []
        if let object = json as? [String: Any] {
            if object["mac"] is String, let id = object["id"] as? NSNumber {
                found.insert(id.int64Value)
            }
            for value in object.values { found.formUnion(references(value)) }
        } else if let list = json as? [Any] {
            for value in list { found.formUnion(references(value)) }
        }
        return found
    }
}

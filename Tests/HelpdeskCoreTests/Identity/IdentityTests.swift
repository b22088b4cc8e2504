import HelpdeskCore
import Testing

@Suite("An address")
struct IdentityFoldingTests {
    @Test(
        "of a mail is compared without case, and in nothing else",
        arguments: [
            ("Sara@Example.IR", "sara@example.ir"), ("sara+x@example.ir", "sara+x@example.ir"),
            ("s.ara@example.ir", "s.ara@example.ir"), ("\"a@b\"@example.ir", "\"a@b\"@example.ir"),
            ("CAFÉ@example.ir", "cafÉ@example.ir"),
        ])
    func mail(written: String, folded: String) {
        #expect(IdentityFolding.fold(.email(written)) == .email(folded))
        #expect(
            IdentityFolding.fold(IdentityAddress(kind: "EMail", value: written)) == .email(folded))
    }

    @Test(
        "that looks like another stays apart",
        arguments: [
            ("cafe\u{301}@example.ir", "caf\u{E9}@example.ir"),
            ("sara@example.ir", "s\u{430}ra@example.ir"),
            ("ali\u{200C}reza@example.ir", "alireza@example.ir"), ("a@example.ir", "a@example.ir."),
            ("\u{FF41}@example.ir", "a@example.ir"), ("ك@example.ir", "ک@example.ir"),
        ])
    func lookAlikes(left: String, right: String) {
        let first = IdentityFolding.fold(.email(left))
        let second = IdentityFolding.fold(.email(right))
        #expect(first != nil && second != nil)
        #expect(first != second)
        #expect(Set([first, second]).count == 2, "as keys too")
    }

    @Test(
        "that is none is nobody's",
        arguments: [
            "", "sara", "@example.ir", "sara@", "sa ra@example.ir", "sara@example.ir\r\nBcc: x@y",
            "a\u{0}@b.c",
            "\u{7F}@b.c", String(repeating: "a", count: 400) + "@b.c",
        ])
    func none(text: String) {
        #expect(IdentityFolding.fold(.email(text)) == nil)
    }

    @Test("of another kind stays byte for byte; only the kind's own case is folded")
    func others() {
        #expect(
            IdentityFolding.fold(IdentityAddress(kind: "Telegram", value: "AbC"))
                == IdentityAddress(kind: "telegram", value: "AbC"))
        #expect(IdentityFolding.fold(IdentityAddress(kind: "", value: "x")) == nil)
        #expect(
            IdentityFolding.fold(
                IdentityAddress(kind: String(repeating: "k", count: 33), value: "x")) == nil)
    }

    @Test("folded twice is folded once")
    func stable() {
        for text in ["Sara@Example.IR", "CAFÉ@x.y"] {
            let once = IdentityFolding.fold(.email(text))
            #expect(once.flatMap(IdentityFolding.fold) == once)
        }
    }
}

@Suite("Who is speaking")
struct IdentityResolutionTests {
    typealias Claim = IdentityResolution.Claim

    static let ann = CustomerID(rawValue: 1)
    static let bob = CustomerID(rawValue: 2)

    static func claim(
        _ value: String, _ evidence: Claim.Evidence, _ role: Claim.Role, owner: CustomerID? = nil
    ) -> Claim {
        Claim(
            address: IdentityAddress(kind: "x", value: value), evidence: evidence, role: role,
            scope: evidence == .vouched ? nil : InboxID(rawValue: "chat"), owner: owner)
    }

    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let claims: [Claim]
        let customer: IdentityResolution.Customer
        let link: [String]
        let suggest: [String]
    }

    static let cases: [Case] = [
        Case(description: "nobody", claims: [], customer: .fresh, link: [], suggest: []),
        Case(
            description: "a new sender", claims: [claim("s", .claimed, .sender)], customer: .fresh,
            link: ["s"],
            suggest: []),
        Case(
            description: "a known sender", claims: [claim("s", .claimed, .sender, owner: ann)],
            customer: .known(ann),
            link: [], suggest: []),
        Case(
            description: "a new visitor vouched for as Ann",
            claims: [claim("s", .claimed, .sender), claim("e", .vouched, .further, owner: ann)],
            customer: .known(ann), link: ["s"], suggest: []),
        Case(
            description: "an address typed into a form",
            claims: [claim("s", .claimed, .sender), claim("e", .claimed, .further, owner: ann)],
            customer: .fresh, link: ["s"], suggest: ["e"]),
        Case(
            description: "a typed address of nobody",
            claims: [claim("s", .claimed, .sender, owner: bob), claim("e", .claimed, .further)],
            customer: .known(bob), link: [], suggest: ["e"]),
        Case(
            description: "Bob's visitor id beside Ann's vouched address",
            claims: [
                claim("s", .claimed, .sender, owner: bob),
                claim("e", .vouched, .further, owner: ann),
            ],
            customer: .known(ann), link: [], suggest: ["s"]),
        Case(
            description: "Bob's visitor id beside a vouched address of nobody",
            claims: [claim("s", .claimed, .sender, owner: bob), claim("e", .vouched, .further)],
            customer: .fresh, link: ["e"], suggest: ["s"]),
        Case(
            description: "two vouched addresses of two people: the sender's decides",
            claims: [
                claim("e", .vouched, .further, owner: ann),
                claim("s", .vouched, .sender, owner: bob),
            ],
            customer: .known(bob), link: [], suggest: ["e"]),
        Case(
            description: "a vouched sender of nobody beside Ann's vouched address",
            claims: [claim("s", .vouched, .sender), claim("e", .vouched, .further, owner: ann)],
            customer: .known(ann), link: ["s"], suggest: []),
    ]

    @Test("is decided by what is vouched for", arguments: cases)
    func decided(example: Case) {
        let decision = IdentityResolution.decide(example.claims)
        #expect(decision.customer == example.customer)
        #expect(decision.link.map(\.address.value) == example.link)
        #expect(decision.suggest.map(\.address.value) == example.suggest)
    }

    @Test("never links an address that is somebody's, and loses none")
    func properties() {
        let owners: [CustomerID?] = [nil, Self.ann, Self.bob]
        for senderEvidence in [Claim.Evidence.vouched, .claimed] {
            for furtherEvidence in [Claim.Evidence.vouched, .claimed] {
                for first in owners {
                    for second in owners {
                        let claims = [
                            Self.claim("s", senderEvidence, .sender, owner: first),
                            Self.claim("e", furtherEvidence, .further, owner: second),
                        ]
                        let decision = IdentityResolution.decide(claims)
                        #expect(decision.link.allSatisfy { $0.owner == nil })
                        #expect(Set(decision.link).isDisjoint(with: decision.suggest))
                        for claim in claims
                        where !decision.link.contains(claim) && !decision.suggest.contains(claim) {
                            #expect(claim.owner.map { .known($0) } == decision.customer)
                        }
                    }
                }
            }
        }
    }
}

import HelpdeskCore
import Testing

@Suite("A phone number")
struct PhoneFoldingTests {
    @Test(
        "is its digits, however it is written",
        arguments: [
            ("+98 912 123 4567", "+989121234567"), ("0098-912-123-4567", "+989121234567"),
            ("(021) 8800.1122", "02188001122"), ("۰۹۱۲ ۱۲۳ ۴۵۶۷", "09121234567"),
            ("٠٩١٢١٢٣٤٥٦٧", "09121234567"), ("\u{200E}+98\u{A0}21\u{2011}8800", "+98218800"),
            ("110", "110"), ("sip:ali@pbx.example", "sip:ali@pbx.example"),
        ])
    func written(text: String, folded: String) {
        #expect(IdentityFolding.fold(.phone(text)) == .phone(folded))
        #expect(IdentityFolding.fold(.phone(folded)) == .phone(folded), "once is enough")
    }

    @Test(
        "that is withheld is nobody's",
        arguments: [
            "anonymous", "Anonymous", "\"anonymous\"", "<unknown>", "Private", "WITHHELD",
            "restricted", "unavailable", "blocked", "ناشناس", "0", "00", "000000", "+", "-", " ",
            "12", "N/A",
        ])
    func withheld(text: String) {
        #expect(IdentityFolding.fold(.phone(text)) == nil)
    }
}

@Suite("Two addresses")
struct LikenessTests {
    @Test(
        "that are not the same can be taken for one another",
        arguments: [
            ("caf\u{E9}@x.ir", "cafe\u{301}@x.ir", IdentityLikeness.Twin.normalisation),
            ("ali\u{200C}reza@x.ir", "alireza@x.ir", .invisible),
            ("sara@x.ir\u{200B}", "sara@x.ir", .invisible),
            ("\u{202E}sara@x.ir", "sara@x.ir", .invisible),
            ("s\u{AD}ara@x.ir", "sara@x.ir", .invisible),
            ("s\u{430}ra@x.ir", "sara@x.ir", .lookAlike),
            ("sаrа@ехаmрlе.com", "sara@example.com", .lookAlike),
            ("\u{FF53}ara@x.ir", "sara@x.ir", .lookAlike),
            ("paypa1@x.ir", "paypal@x.ir", .lookAlike), ("b0ss@x.ir", "boss@x.ir", .lookAlike),
            ("sara@exarnple.ir", "sara@example.ir", .lookAlike),
            ("δοκ\u{3BF}@x.ir", "δοκo@x.ir", .lookAlike), ("كار@x.ir", "کار@x.ir", .lookAlike),
        ])
    func twins(left: String, right: String, kind: IdentityLikeness.Twin) {
        let (one, other) = (IdentityAddress.email(left), IdentityAddress.email(right))
        #expect(IdentityLikeness.twin(one, other) == kind)
        #expect(IdentityLikeness.twin(other, one) == kind, "both ways")
        #expect(IdentityLikeness.key(one) == IdentityLikeness.key(other), "found by one key")
        #expect(one != other, "and never the same")
    }

    @Test(
        "that differ to the eye are no twins",
        arguments: [
            ("sara@x.ir", "sarah@x.ir"), ("ali@x.ir", "all@x.ir"), ("a@x.ir", "a@x.com"),
            ("a1b@x.ir", "a2b@x.ir"),
        ])
    func others(left: String, right: String) {
        #expect(IdentityLikeness.twin(.email(left), .email(right)) == nil)
    }

    @Test("of different kinds, or the same, are no twins")
    func kinds() {
        let telegram = IdentityAddress(kind: "telegram", value: "sаra")
        #expect(IdentityLikeness.twin(telegram, .email("sara")) == nil)
        #expect(IdentityLikeness.twin(.email("a@b.c"), .email("a@b.c")) == nil)
    }

    @Test(
        "of phones and messengers are one number",
        arguments: [
            ("tel", "+989121234567", "whatsapp", "989121234567"),
            ("tel", "+98 912 123 4567", "sms", "+989121234567"),
            ("tel", "02188001122", "sms", "021-8800 1122"),
        ])
    func numbers(kind: String, value: String, otherKind: String, otherValue: String) {
        let one = IdentityAddress(kind: kind, value: value)
        let other = IdentityAddress(kind: otherKind, value: otherValue)
        #expect(IdentityLikeness.phone(one) != nil)
        #expect(IdentityLikeness.phone(one) == IdentityLikeness.phone(other))
        #expect(IdentityLikeness.key(one) == IdentityLikeness.key(other))
    }

    @Test(
        "are no numbers where nobody can be rung by them",
        arguments: [
            ("telegram", "8123456789"), ("tel", "110"), ("tel", "sip:a@b"), ("whatsapp", "x"),
        ]
    )
    func noNumbers(kind: String, value: String) {
        #expect(IdentityLikeness.phone(IdentityAddress(kind: kind, value: value)) == nil)
    }
}

@Suite("A name and a domain")
struct NameSignTests {
    @Test(
        "are one sign however the name is written",
        arguments: [
            ("Sara Ahmadi", "SARA  ahmadi"), ("Ahmadi Sara", "Sara Ahmadi"),
            ("سارا احمدي", "سارا احمدی"),
        ])
    func same(left: String, right: String) {
        let one = NameSign.of(name: left, mail: "s@corp.example")
        #expect(one != nil)
        #expect(one == NameSign.of(name: right, mail: "other@CORP.example"))
    }

    @Test(
        "say nothing where anybody has them",
        arguments: [
            ("Sara", "s@corp.example"), ("Sara Ahmadi", "sara@gmail.com"),
            ("Sara Ahmadi", "sara@YAHOO.com"), ("", "s@corp.example"), ("Sara Ahmadi", "sara"),
        ])
    func nothing(name: String, mail: String) {
        #expect(NameSign.of(name: name, mail: mail) == nil)
    }

    @Test("of others differ")
    func others() {
        #expect(
            NameSign.of(name: "Sara Ahmadi", mail: "s@a.example")
                != NameSign.of(name: "Sara Ahmadi", mail: "s@b.example"))
    }
}

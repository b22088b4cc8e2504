import ChannelKit
import HelpdeskCore
import Testing

@testable import PhoneLogChannel

@Suite("Whose numbers a row holds")
struct CallPartiesTests {
    private func parties() throws -> CallParties {
        CallParties(
            numbers: try #require(PhoneNumberReader(region: "IR")), extensionDigits: 5,
            ownNumbers: ["+982188776655"])
    }

    @Test(
        "direction and sides",
        arguments: [
            ("09121234567", "201", nil, CallDirection.inbound, "09121234567", "201"),
            ("201", "09121234567", nil, .outbound, "09121234567", "201"),
            ("201", "202", nil, .internal, nil, "202"),
            ("201", "s", nil, .internal, nil, "s"),
            ("", "201", nil, .inbound, nil, "201"),
            ("anonymous", "02188776655", nil, .inbound, nil, nil),
            ("<unknown>", "201", nil, .inbound, nil, "201"),
            ("09121234567", "02188776655", nil, .inbound, "09121234567", nil),
            ("02188776655", "09121234567", nil, .outbound, "09121234567", nil),
            ("+982188776655", "+989121234567", nil, .outbound, "+989121234567", nil),
            ("3035", "2", .inbound, .inbound, "3035", "2"),
            ("201", "202", .outbound, .outbound, "202", "201"),
        ] as [(String, String, CallDirection?, CallDirection, String?, String?)])
    func sides(
        _ from: String, _ to: String, _ said: CallDirection?, _ direction: CallDirection,
        _ customer: String?, _ inner: String?
    ) throws {
        var call = CallRow()
        call.from = from
        call.to = to
        call.direction = said
        #expect(
            try parties().judge(call)
                == CallParties.Judgement(direction: direction, customer: customer, inner: inner))
    }

    @Test(
        "a number the plan lacks keeps its digits; what is no number is nobody",
        arguments: [
            ("09121234567", "tel:+989121234567"), ("1818", "tel:1818"), ("3035", "tel:3035"),
            ("12", nil), ("dial_alice", nil), ("1234567890123456789", nil),
        ] as [(String, String?)])
    func identities(_ number: String, _ expected: String?) throws {
        #expect(try parties().identity(number)?.address.text == expected)
    }

    @Test(
        "names and numbers in one field",
        arguments: [
            ("FAX (8888)", "FAX", "8888"), ("\"Ann\" <8888>", "Ann", "8888"), ("8888", "", "8888"),
            ("Hoehne, Info (830)", "Hoehne, Info", "830"), ("+44 (0)20", "", "+44 (0)20"),
            ("+1 (949) 431", "", "+1 (949) 431"), ("Ann (office)", "", "Ann (office)"),
            ("", "", ""),
        ])
    func fields(_ text: String, _ name: String, _ number: String) {
        let read = CallWords.nameAndNumber(text)
        #expect(read.name == name)
        #expect(read.number == number)
    }

    @Test(
        "Asterisk's channels name a device",
        arguments: [
            ("SIP/bob-00000001", "bob"), ("PJSIP/1010-0000000a", "1010"),
            ("Local/1010@from-queue-00000001;1", "1010"), ("", nil), ("SIP", nil), ("SIP/", nil),
            ("SIP/a-b-00000001", "a-b"),
        ] as [(String, String?)])
    func devices(_ channel: String, _ device: String?) {
        #expect(AsteriskFormat.device(channel) == device)
    }
}

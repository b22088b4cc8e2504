import HelpdeskCore
import Testing

@Suite struct ThankYouTests {
    @Test(
        "Thanks alone are recognised",
        arguments: [
            "Thanks!", "thank you", "Thank you so much for your help!", "Thx :)",
            "Ok, thanks a lot. Bye",
            "Hi team,\n\nMany thanks, it works now.\n\nBest regards", "THANKS 👍🙏",
            "That helped, thank you very much!",
            "Thank you, problem solved.\n\nSent from my iPhone",
            "ممنون", "خیلی ممنون از شما", "مرسی 🙏", "سلام، متشکرم. مشکل حل شد",
            "دستتون درد نکنه، خسته نباشید",
            "با سلام\nسپاس از پاسخ سریع شما\nبا احترام", "تشكر مي‌كنم", "دمتون گرم عالی بود",
        ])
    func thanks(text: String) {
        #expect(ThankYou.judge(text) == .thanksAlone)
    }

    @Test(
        "Anything more is more",
        arguments: [
            ("Thanks, but it still fails", .but), ("ممنون ولی هنوز کار نمی‌کند", .but),
            ("مرسی اما نشد", .but),
            ("Thanks! When will it arrive?", .question), ("ممنون، کی می‌رسد؟", .question),
            ("Thanks, order 1234 too", .otherWords), ("No thanks", .otherWords),
            ("thanks for nothing", .otherWords),
            ("ممنون مشکل حل نشد", .otherWords), ("Thanks 😡", .otherWords),
            ("yes, thanks", .otherWords),
            ("Great", .noThanks), ("👍", .noThanks), ("", .noThanks), ("سلام", .noThanks),
            (String(repeating: "thanks ", count: 41), .tooLong),
        ] as [(String, ThankYou.Reason)])
    func more(text: String, reason: ThankYou.Reason) {
        #expect(ThankYou.judge(text) == .saysMore(reason))
    }

    @Test("An attachment is more than thanks")
    func attachment() {
        #expect(ThankYou.judge("Thanks", attachmentCount: 1) == .saysMore(.attachment))
    }

    @Test("Names may stand in it when they are known")
    func names() {
        #expect(ThankYou.judge("Thanks Ali!\nSara Karimi") == .saysMore(.otherWords))
        #expect(
            ThankYou.judge("Thanks Ali!\nSara Karimi", names: ["علی", "Ali Reza", "Sara Karimi"])
                == .thanksAlone)
    }
}

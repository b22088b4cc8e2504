/// The word lists behind `ThankYou`, as people write them; they are folded before use. Colloquial Persian forms and
/// common misspellings are meant to be here.
enum ThankYouWords {
    /// Says thanks.
    static let thanks = PhraseList(
        """
        thanks, thank you, thank u, thankyou, thx, thnx, tnx, ty, tysm, many thanks, thanks a lot,
        thanks a million, thanks so much, thanks very much, thank you so much, thank you very much,
        much appreciated, appreciate it, i appreciate it, i really appreciate it, appreciated, cheers,
        i appreciate your help, we appreciate it, i am grateful, i'm grateful,
        ممنون, ممنونم, ممنونیم, ممنون از شما, ممنون از لطف شما, خیلی ممنون, خیلی ممنونم, مرسی, مرسیی,
        خیلی مرسی, متشکر, متشکرم, متشکریم, تشکر, تشکر میکنم, تشکر می کنم, تشکر می‌کنم, تشکر میکنیم,
        با تشکر, تشکر فراوان, سپاس, سپاسگزار, سپاسگزارم, سپاسگذارم, سپاس گزارم, سپاسگزاریم, با سپاس,
        سپاس فراوان, دستتون درد نکنه, دستت درد نکنه, دست شما درد نکنه, دستتان درد نکند,
        دست شما درد نکند, دست گلتون درد نکنه, دمتون گرم, دمت گرم, دم شما گرم, قدردانم,
        قدردان زحمات شما هستم, لطف کردید, لطف کردین, لطف فرمودید, زحمت کشیدید, زحمت کشیدین, تنکس,
        کمال تشکر را دارم, کمال تشکر رو دارم
        """)

    /// May stand around thanks and asks for nothing.
    static let courtesies = PhraseList(
        """
        a lot, so much, very much, again, once again, once more, indeed, really, very, kindly, and, for,
        for the help, for your help, for all your help, for helping, for helping me, for the support,
        for your support, for the reply, for your reply, for the quick reply, for your quick reply,
        for the response, for your response, for the quick response, for your quick response,
        for the fast response, for the answer, for your answer, for the information, for the info,
        for your time, for your patience, for the update, for everything, for your assistance,
        for fixing it, for fixing this, for your prompt reply, for your prompt response, for your kindness,
        for letting me know, for getting back to me, for the quick fix,
        it works, it works now, it works fine, it works fine now, it worked, that worked, this worked,
        works, works now, works fine, works fine now, works great, working now, it is working now,
        it's working now, problem solved, solved, issue solved, issue resolved, resolved, it is resolved,
        it is solved, fixed, it is fixed, it's fixed, all good, all good now, all is good, all is well,
        everything works, everything works now, everything is fine, everything is ok, done, received, got it,
        i got it, noted, understood, that helps, that helped, that is all, that's all,
        ok, okay, k, great, perfect, awesome, excellent, wonderful, brilliant, amazing, super, nice, cool,
        fantastic, lovely, good, very good, great job, good job, well done, great help, great support,
        great service, you are great, you're great, you are the best, you're the best, you rock,
        hi, hello, hey, dear, dear sir, sir, madam, team, dear team, all, guys, everyone, support,
        support team, to you, to you all, to all of you, you too,
        bye, goodbye, best, regards, best regards, kind regards, warm regards, sincerely, best wishes,
        yours, take care, have a nice day, have a good day, have a great day, have a nice weekend,
        have a good weekend, have a great weekend, have a nice evening, have a nice one, good luck,
        sent from my iphone, sent from my ipad, sent from my android, sent from outlook for ios,
        sent from outlook for android,
        بسیار, خیلی, زیاد, فراوان, واقعا, بی نهایت, یک دنیا, یه دنیا, هزار بار, دوباره, مجدد, مجددا, باز هم,
        بازم, از, از شما, از شما عزیزان, از لطف شما, از لطفتون, از لطفتان, از همکاری شما, از همکاریتون,
        از کمک شما, از کمکتون, از زحمات شما, از زحماتتون, از پاسخ شما, از پاسختون, از پاسخگویی شما,
        از پاسخگوییتون, از پشتیبانی شما, از پشتیبانی خوبتون, از پیگیری شما, از پیگیریتون, از راهنمایی شما,
        از راهنماییتون, از پاسخ سریع شما, از توجه شما, از حسن توجه شما, از وقتی که گذاشتید,
        بابت کمک, بابت کمکتون, بابت راهنمایی, بابت راهنماییتون, بابت پاسخ, بابت پاسخ سریع, بابت پیگیری,
        بابت پیگیریتون, بابت همکاری, بابت پشتیبانی, بابت همه چیز, برای کمک, برای راهنمایی, برای پاسخ,
        برای همه چیز, برای پیگیری, بخاطر کمکتون, به خاطر کمکتون, بابت زحماتتون, بابت زحمات شما,
        حل شد, درست شد, مشکل حل شد, مشکلم حل شد, مشکل من حل شد, مشکل برطرف شد, مشکلم برطرف شد, برطرف شد,
        موضوع حل شد, کار کرد, کار میکنه, کار می کنه, الان درست شد, الان حل شد, انجام شد, دریافت شد, رسید,
        دریافت کردم, متوجه شدم, گرفتم, فهمیدم, همین, همین بود,
        عالی, عالیه, عالی بود, عالی بودید, خوبه, خیلی خوب, خیلی خوب بود, بسیار عالی, خیلی عالی, درسته, باشه,
        باشه چشم, چشم, اوکی, اوکیه, خب, خوب, دقیقا, آفرین, احسنت, درود, درود بر شما,
        سلام, سلام و درود, سلام و وقت بخیر, با سلام, با سلام و احترام, با احترام, وقت بخیر, وقتتون بخیر,
        وقت شما بخیر, روز بخیر, روزتون بخیر, شب بخیر, شبتون بخیر, صبح بخیر, عصر بخیر, روز خوش,
        روز خوبی داشته باشید, روز خوبی داشته باشین, خسته نباشید, خسته نباشین, موفق باشید, موفق باشین,
        موفق و موید باشید, پیروز باشید, موفق و پیروز باشید, سلامت باشید, سلامت باشین, زنده باشید, پاینده باشید,
        سربلند باشید, خدا قوت, خداقوت, خدانگهدار, خداحافظ, بدرود, یا علی, یا حق, ارادتمند, مخلصم,
        خدا خیرتون بده, خدا خیرتان بدهد, خیر ببینید, انشالله, ان شاالله, ان شاء الله,
        جناب, آقای, خانم, دوست عزیز, دوستان, دوستان عزیز, عزیز, همکار محترم, همکاران محترم, گرامی, محترم,
        پشتیبانی, پشتیبان, پشتیبانی محترم, تیم پشتیبانی, تیم خوبتون, شما, شماها, هم, و, لطف شما, هستم, هستیم, است
        """)

    /// Announces that something else follows.
    static let contrasts: Set<String> = Set(
        TextFold.words(
            in: """
                but however except although though unfortunately yet still only
                ولی اما لیکن منتها منتهی متاسفانه هنوز فقط البته ولیکن الا درضمن ضمنا
                """, limit: 64))

    /// Signs of displeasure that are no words.
    static let frowns: Set<Unicode.Scalar> = [
        "\u{1F44E}", "\u{1F620}", "\u{1F621}", "\u{1F624}", "\u{1F61E}", "\u{1F622}", "\u{1F62D}",
        "\u{1F641}", "\u{2639}", "\u{1F494}", "\u{1F92C}", "\u{1F612}",
    ]
}

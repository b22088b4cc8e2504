/// ZWNJ stands where Persian orthography joins without connecting (می‌شود).
enum PersianTexts {
    static func text(_ key: CustomerTextKey) -> String {
        switch key {
        case .acknowledgementSubject: "پیام شما رسید، {ticket}"
        case .acknowledgement:
            """
            سلام

            پیام شما به دست ما رسید و با شمارهٔ {ticket} ثبت شد. همکاران ما همین‌جا به شما پاسخ می‌دهند.

            اگر نکتهٔ دیگری هست، کافی است به همین پیام پاسخ دهید.
            {brand}
            """
        case .acknowledgementWithPromise:
            """
            سلام

            پیام شما به دست ما رسید و با شمارهٔ {ticket} ثبت شد. تا {promise} به شما پاسخ می‌دهیم.

            اگر نکتهٔ دیگری هست، کافی است به همین پیام پاسخ دهید.
            {brand}
            """
        case .promiseRevised:
            """
            سلام

            رسیدگی به درخواست {ticket} بیش از آنچه گفته بودیم زمان می‌برد و از این بابت پوزش می‌خواهیم. تا {promise} به شما پاسخ می‌دهیم.
            {brand}
            """
        case .promiseRevisedSubject: "زمان تازه برای پاسخ به {ticket}"
        case .promiseGiven:
            """
            سلام

            در حال رسیدگی به درخواست {ticket} هستیم. تا {promise} به شما پاسخ می‌دهیم.
            {brand}
            """
        case .promiseGivenSubject: "دربارهٔ درخواست {ticket}"
        case .surveySubject: "از رسیدگی به {ticket} راضی بودید؟"
        case .surveyInvitation:
            """
            سلام

            درخواست {ticket} بسته شد. از کار ما راضی بودید؟ پاسخ شما فقط یک کلیک زمان می‌برد:

            {link}

            اگر هنوز مشکلی هست، کافی است به همین پیام پاسخ دهید.
            {brand}
            """
        case .surveyReminder:
            """
            سلام

            هنوز دوست داریم نظر شما را دربارهٔ رسیدگی به درخواست {ticket} بدانیم:

            {link}

            دیگر یادآوری نمی‌کنیم.
            {brand}
            """
        case .surveyInvitationChat:
            """
            از رسیدگی به {ticket} راضی بودید؟ لطفاً با عددی از ۱ (خیلی بد) تا ۵ (عالی) پاسخ دهید.
            {link}
            """
        case .surveySubjectGeneral: "پرسشی از شما"
        case .surveyInvitationGeneral:
            """
            سلام

            دوست داریم نظر شما را دربارهٔ خودمان بدانیم. پاسخ شما فقط یک کلیک زمان می‌برد:

            {link}

            اگر کاری از ما برمی‌آید، کافی است به همین پیام پاسخ دهید.
            {brand}
            """
        case .surveyReminderGeneral:
            """
            سلام

            هنوز دوست داریم نظر شما را دربارهٔ خودمان بدانیم:

            {link}

            دیگر یادآوری نمی‌کنیم.
            {brand}
            """
        case .surveyScaleFive: "لطفاً با عددی از ۱ (خیلی بد) تا ۵ (عالی) پاسخ دهید."
        case .surveyScaleSeven: "لطفاً با عددی از ۱ (خیلی سخت) تا ۷ (خیلی آسان) پاسخ دهید."
        case .surveyScaleTen: "لطفاً با عددی از ۰ (اصلاً) تا ۱۰ (حتماً) پاسخ دهید."
        case .surveyQuestionGeneral: "چقدر از ما راضی هستید؟"
        case .surveyQuestionNPS:
            "چقدر احتمال دارد ما را به یک دوست یا همکار پیشنهاد کنید؟"
        case .surveyQuestionCES: "حل شدن {ticket} با ما چقدر آسان بود؟"
        case .surveyQuestionCESGeneral: "رسیدن به خواسته‌تان با ما چقدر آسان بود؟"
        case .surveyLeastLikely: "اصلاً"
        case .surveyMostLikely: "حتماً"
        case .surveyHardest: "خیلی سخت"
        case .surveyEasiest: "خیلی آسان"
        case .surveyStop: "دیگر برایم نظرسنجی نفرستید"
        case .surveyStopped: "پذیرفتیم: دیگر برای شما نظرسنجی نمی‌فرستیم."
        case .surveyPageTitle: "نظر شما دربارهٔ کار ما"
        case .surveyQuestion: "از رسیدگی ما به {ticket} چقدر راضی هستید؟"
        case .surveyScore1: "خیلی بد"
        case .surveyScore2: "بد"
        case .surveyScore3: "متوسط"
        case .surveyScore4: "خوب"
        case .surveyScore5: "عالی"
        case .surveyComment: "نکته‌ای هست که بخواهید بگویید؟"
        case .surveySend: "ارسال"
        case .surveyThanks: "سپاسگزاریم. نظر شما به دست ما رسید."
        case .surveyThanksLow: "از صراحت شما سپاسگزاریم. همکاران ما با شما تماس می‌گیرند."
        case .surveyScoreMissing: "لطفاً نخست یک امتیاز انتخاب کنید."
        case .surveyExpired:
            "مهلت این نظرسنجی به پایان رسیده است. اگر هنوز مشکلی هست، برای ما بنویسید."
        case .surveyUnknown: "نظرسنجی‌ای با این نشانی نداریم. لطفاً پیوند را بررسی کنید."
        case .signature:
            """
            {agent}
            {brand}
            """
        }
    }
}

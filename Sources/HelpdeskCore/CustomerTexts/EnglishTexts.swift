enum EnglishTexts {
    static func text(_ key: CustomerTextKey) -> String {
        switch key {
        case .acknowledgementSubject: "We have your message, {ticket}"
        case .acknowledgement:
            """
            Hello,

            we have your message. Its number is {ticket}. Somebody will answer you here.

            To add something, simply answer this message.
            {brand}
            """
        case .acknowledgementWithPromise:
            """
            Hello,

            we have your message. Its number is {ticket}. You will have an answer by {promise}.

            To add something, simply answer this message.
            {brand}
            """
        case .promiseRevised:
            """
            Hello,

            we need more time for your request {ticket} than we said, and are sorry. You will have an answer by {promise}.
            {brand}
            """
        case .promiseRevisedSubject: "More time for your request {ticket}"
        case .promiseGiven:
            """
            Hello,

            we are working on your request {ticket}. You will have an answer by {promise}.
            {brand}
            """
        case .promiseGivenSubject: "Your request {ticket}"
        case .surveySubject: "How did we do with {ticket}?"
        case .surveyInvitation:
            """
            Hello,

            your request {ticket} is closed. How did we do? It takes one click:

            {link}

            If something is still wrong, simply answer this message.
            {brand}
            """
        case .surveyReminder:
            """
            Hello,

            we would still like to know how we did with your request {ticket}:

            {link}

            We will not ask again.
            {brand}
            """
        case .surveyInvitationChat:
            """
            How did we do with {ticket}? Answer with a number from 1 (very poor) to 5 (excellent).
            {link}
            """
        case .surveySubjectGeneral: "A question to you"
        case .surveyInvitationGeneral:
            """
            Hello,

            we would like to know what you think of us. It takes one click:

            {link}

            If there is anything we can do for you, simply answer this message.
            {brand}
            """
        case .surveyReminderGeneral:
            """
            Hello,

            we would still like to know what you think of us:

            {link}

            We will not ask again.
            {brand}
            """
        case .surveyScaleFive: "Answer with a number from 1 (very poor) to 5 (excellent)."
        case .surveyScaleSeven: "Answer with a number from 1 (very hard) to 7 (very easy)."
        case .surveyScaleTen:
            "Answer with a number from 0 (not at all likely) to 10 (extremely likely)."
        case .surveyQuestionGeneral: "How satisfied are you with us?"
        case .surveyQuestionNPS:
            "How likely is it that you would recommend us to a friend or colleague?"
        case .surveyQuestionCES: "How easy was it to get {ticket} solved with us?"
        case .surveyQuestionCESGeneral: "How easy was it to get what you wanted from us?"
        case .surveyLeastLikely: "not at all likely"
        case .surveyMostLikely: "extremely likely"
        case .surveyHardest: "very hard"
        case .surveyEasiest: "very easy"
        case .surveyStop: "Send me no more surveys"
        case .surveyStopped: "Understood: we will send you no more surveys."
        case .surveyPageTitle: "How did we do?"
        case .surveyQuestion: "How satisfied are you with our help on {ticket}?"
        case .surveyScore1: "Very poor"
        case .surveyScore2: "Poor"
        case .surveyScore3: "Fair"
        case .surveyScore4: "Good"
        case .surveyScore5: "Excellent"
        case .surveyComment: "Would you like to add something?"
        case .surveySend: "Send"
        case .surveyThanks: "Thank you. Your answer has reached us."
        case .surveyThanksLow: "Thank you for being frank. Somebody will get in touch with you."
        case .surveyScoreMissing: "Please choose a score first."
        case .surveyExpired: "This survey is over. If something is still wrong, simply write to us."
        case .surveyUnknown: "There is no survey at this address. Please check the link."
        case .signature:
            """
            {agent}
            {brand}
            """
        }
    }
}

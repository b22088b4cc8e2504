extension PresetMessagesTests.Golden {
    private static func slack(_ what: String, _ event: String, _ expected: [String]) -> Self {
        Self(
            preset: "slack", what: what,
            body:
                #"{"token":"z","team_id":"T061EG9R6","type":"event_callback","event_id":"Ev0PV52K21","event_time":1355517523,"event":\#(event)}"#,
            expected: expected)
    }

    static let others: [Self] = [
        slack(
            "a message in a channel begins a conversation",
            #"{"type":"message","channel":"C024BE91L","user":"U2147483697","text":"Hello","ts":"1355517523.000005"}"#,
            [
                "customer slack:T061EG9R6/U2147483697 C024BE91L:1355517523.000005 C024BE91L:1355517523.000005 | Hello"
            ]),
        slack(
            "an answer in its thread belongs to it",
            #"{"type":"message","channel":"C024BE91L","user":"U2","text":"me too","ts":"1355517600.000001","thread_ts":"1355517523.000005"}"#,
            [
                "customer slack:T061EG9R6/U2 C024BE91L:1355517523.000005 C024BE91L:1355517600.000001 <C024BE91L:1355517523.000005 | me too"
            ]),
        slack(
            "a direct message: one conversation for ever",
            #"{"type":"message","channel":"D024BE91L","channel_type":"im","user":"U2","text":"hi","ts":"1.000002"}"#,
            ["customer slack:T061EG9R6/U2 D024BE91L: D024BE91L:1.000002 perpetual | hi"]),
        slack(
            "a bot, ourselves",
            #"{"type":"message","subtype":"bot_message","bot_id":"B1","channel":"C1","text":"x","ts":"1.2"}"#,
            []),
        slack(
            "an edit",
            #"{"type":"message","subtype":"message_changed","channel":"C1","ts":"3.1","message":{"type":"message","user":"U2","text":"better","ts":"1.1","edited":{"user":"U2","ts":"3.0"}}}"#,
            [
                "customer slack:T061EG9R6/U2 C1:1.1 C1:1.1:edited:3.0 <C1:1.1 automatic | [edited] better"
            ]),
        slack(
            "a deletion",
            #"{"type":"message","subtype":"message_deleted","channel":"C1","ts":"4.1","deleted_ts":"1.1","event_ts":"4.1","previous_message":{"user":"U2","text":"oops","ts":"1.1"}}"#,
            [
                "customer slack:T061EG9R6/U2 C1:1.1 C1:1.1:deleted <C1:1.1 automatic | [deleted a message: oops]"
            ]),
        slack(
            "a link that unfolds is no edit",
            #"{"type":"message","subtype":"message_changed","channel":"C1","ts":"3.1","message":{"type":"message","user":"U2","text":"same","ts":"1.1"}}"#,
            []),
        slack(
            "joining is no message",
            #"{"type":"message","subtype":"channel_join","channel":"C1","user":"U2","text":"joined","ts":"1.5"}"#,
            []),
        slack(
            "a reaction",
            #"{"type":"reaction_added","user":"U2","reaction":"thumbsup","item":{"type":"message","channel":"C1","ts":"1.1"},"event_ts":"5.0"}"#,
            [
                "customer slack:T061EG9R6/U2 C1:1.1 reaction:C1:1.1:U2:thumbsup <C1:1.1 automatic | [reaction] :thumbsup:"
            ]),
        Self(
            preset: "mattermost", what: "an outgoing webhook as a form",
            body:
                "channel_id=hawos4dqtby53pd64o4a4cmeoo&channel_name=town-square&post_id=axdygg1957njfe5pu38saikdho&text=%D8%B3%D9%84%D8%A7%D9%85+all&timestamp=1445532266&token=\(PresetDesk.secret)&trigger_word=&user_id=rnina9994bde8mua79zqcg5hmo&user_name=sara",
            expected: [
                #"customer mattermost:rnina9994bde8mua79zqcg5hmo "sara" hawos4dqtby53pd64o4a4cmeoo:axdygg1957njfe5pu38saikdho axdygg1957njfe5pu38saikdho | سلام all"#
            ]),
        Self(
            preset: "twilio", what: "an SMS",
            body:
                "ToCountry=US&SmsMessageSid=SM1&SmsSid=SM1&Body=Ahoy+%D8%B3%D9%84%D8%A7%D9%85&To=%2B15005550006&NumMedia=0&From=%2B14155551234&MessageSid=SM1&AccountSid=AC1&ApiVersion=2010-04-01&SmsStatus=received",
            expected: ["customer tel:+14155551234 +14155551234 SM1 | Ahoy سلام"]),
        Self(
            preset: "twilio", what: "a picture that is not ours to fetch is named",
            body:
                "From=%2B14155551234&MessageSid=MM1&Body=look&NumMedia=1&MediaUrl0=https%3A%2F%2Fevil.example%2Fa.jpg&MediaContentType0=image%2Fjpeg",
            expected: [
                "customer tel:+14155551234 +14155551234 MM1 | look\n[file; not fetched: evil.example is not among the hosts that files may come from]"
            ]),
        Self(
            preset: "twilio", what: "a status of ours",
            body:
                "MessageSid=SM9&SmsSid=SM9&MessageStatus=undelivered&ErrorCode=30003&To=%2B1&From=%2B15005550006&AccountSid=AC1",
            expected: ["receipt SM9 failed (30003)"]),
        Self(
            preset: "twilio", what: "WhatsApp by Twilio",
            body:
                "From=whatsapp%3A%2B14155551234&WaId=14155551234&ProfileName=Sara&MessageSid=SM2&Body=hi",
            expected: [
                #"customer whatsapp:14155551234 "Sara" whatsapp:+14155551234 SM2 | hi"#
            ]),
        Self(
            preset: "kavenegar", what: "a message",
            body: "messageid=8792343&from=09121234567&to=10004346&message=%D8%B3%D9%84%D8%A7%D9%85",
            expected: ["customer tel:+989121234567 09121234567 8792343 | سلام"]),
        Self(
            preset: "kavenegar", what: "the fate of ours", body: "messageid=8792344&status=10",
            expected: ["receipt 8792344 delivered"]),
    ]
}

extension PresetMessagesTests.Golden {
    private static func telegram(
        _ what: String, _ body: String, _ expected: [String], _ settings: [String: String] = [:]
    ) -> Self {
        Self(preset: "telegram", what: what, body: body, expected: expected, settings: settings)
    }

    private static func message(_ members: String, chat: String = "private") -> String {
        #"{"update_id":10000,"message":{"message_id":1365,"from":{"id":1111111,"is_bot":false,"first_name":"سارا","last_name":"احمدی","username":"sara"},"chat":{"id":1111111,"type":"\#(chat)","first_name":"سارا"},"date":1441645532,\#(members)}}"#
    }

    static let telegram: [Self] = [
        telegram(
            "text, with Persian and emoji", message(#""text":"سلام 👋 سفارش من؟""#),
            [
                #"customer telegram:1111111 "سارا احمدی" 1111111 1111111:1365 | سلام 👋 سفارش من؟"#
            ]),
        telegram(
            "an answer to one of ours",
            message(
                #""text":"yes","reply_to_message":{"message_id":1300,"date":1,"chat":{"id":1111111,"type":"private"}}"#
            ),
            [
                #"customer telegram:1111111 "سارا احمدی" 1111111 1111111:1365 <1111111:1300 | yes"#
            ]),
        telegram("pressing Start", message(#""text":"/start""#), []),
        telegram(
            "a location", message(#""location":{"latitude":35.7,"longitude":51.4}"#),
            [
                #"customer telegram:1111111 "سارا احمدی" 1111111 1111111:1365 | [location] https://maps.google.com/?q=35.7,51.4"#
            ]),
        telegram(
            "a contact",
            message(
                #""contact":{"phone_number":"+989121234567","first_name":"علی","last_name":"رضایی"}"#
            ),
            [
                #"customer telegram:1111111 "سارا احمدی" 1111111 1111111:1365 | [contact: علی رضایی] +989121234567"#
            ]),
        telegram(
            "a kind that came after us", message(#""hologram":{"id":"1"}"#),
            [
                #"customer telegram:1111111 "سارا احمدی" 1111111 1111111:1365 | [a message of a kind that is not known here]"#
            ]),
        telegram(
            "a poll",
            message(
                #""poll":{"id":"1","question":"کی؟","options":[{"text":"صبح"},{"text":"عصر"}]}"#),
            [
                #"customer telegram:1111111 "سارا احمدی" 1111111 1111111:1365 | [poll: کی؟] صبح, عصر"#
            ]),
        telegram(
            "in a group: passed over unless it is wanted", message(#""text":"hi""#, chat: "group"),
            []),
        telegram(
            "in a group that is wanted", message(#""text":"hi""#, chat: "supergroup"),
            [#"customer telegram:1111111 "سارا احمدی" 1111111 1111111:1365 group | hi"#],
            ["groups": "yes"]),
        telegram(
            "somebody joined", message(#""new_chat_members":[{"id":3}]"#, chat: "group"), [],
            ["groups": "yes"]),
        telegram(
            "an edit is a message of its own",
            #"{"update_id":1,"edited_message":{"message_id":7,"from":{"id":5,"first_name":"Ann"},"chat":{"id":5,"type":"private"},"date":1441645532,"edit_date":1441645600,"text":"new words"}}"#,
            [
                #"customer telegram:5 "Ann" 5 5:7:edited:1441645600 <5:7 automatic | [edited] new words"#
            ]),
        telegram(
            "a button",
            #"{"update_id":1,"callback_query":{"id":"4382bfdwdsb323b2d9","from":{"id":5,"first_name":"Ann"},"message":{"message_id":9,"chat":{"id":5,"type":"private"},"date":1},"data":"track:77"}}"#,
            [#"customer telegram:5 "Ann" 5 callback:4382bfdwdsb323b2d9 <5:9 | track:77"#]),
        telegram(
            "a reaction, and its withdrawal",
            #"{"update_id":1,"message_reaction":{"chat":{"id":5,"type":"private"},"message_id":9,"user":{"id":5,"first_name":"Ann"},"date":1700000000,"old_reaction":[],"new_reaction":[{"type":"emoji","emoji":"👍"}]}}"#,
            [#"customer telegram:5 "Ann" 5 reaction:5:9:1700000000 <5:9 automatic | [reaction] 👍"#]),
        telegram(
            "business: the customer, and the owner from a telephone",
            #"{"update_id":1,"business_message":{"business_connection_id":"bc","message_id":2,"from":{"id":42,"first_name":"Boss"},"chat":{"id":5,"type":"private","first_name":"Ann"},"date":1700000000,"text":"I'll see"}}"#,
            [#"agent telegram:5 "Ann" 5:bc 5:2 | I'll see"#]),
        telegram(
            "a bot's words are nobody's",
            #"{"update_id":1,"message":{"message_id":2,"from":{"id":9,"is_bot":true,"first_name":"Bot"},"chat":{"id":5,"type":"private"},"date":1,"text":"echo"}}"#,
            []),
        telegram(
            "an update for somebody else", #"{"update_id":1,"my_chat_member":{"chat":{"id":5}}}"#,
            []),
    ]
}

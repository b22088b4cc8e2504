extension PresetMessagesTests.Golden {
    private static func whatsapp(_ what: String, _ body: String, _ expected: [String]) -> Self {
        Self(preset: "whatsapp", what: what, body: body, expected: expected)
    }

    private static func value(_ members: String) -> String {
        #"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Sara"},"wa_id":"989121234567"}],\#(members)}}]}]}"#
    }

    private static func message(_ type: String, _ members: String) -> String {
        value(
            #""messages":[{"from":"989121234567","id":"wamid.A","timestamp":"1749416383","type":"\#(type)",\#(members)}]"#
        )
    }

    private static let head = #"customer whatsapp:989121234567 "Sara" 989121234567 wamid.A"#

    static let whatsapp: [Self] = [
        whatsapp(
            "text",
            #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"contacts":[{"profile":{"name":"Sara"},"wa_id":"989121234567"}],"messages":[{"from":"989121234567","id":"wamid.A","timestamp":"1749416383","type":"text","text":{"body":"Does it come in another color?"}}]}}]}]}"#,
            ["\(head) | Does it come in another color?"]),
        whatsapp(
            "an answer to ours",
            message(
                "text", #""text":{"body":"yes"},"context":{"from":"15550783881","id":"wamid.OURS"}"#
            ),
            ["\(head) <wamid.OURS | yes"]),
        whatsapp(
            "a button, a list",
            value(
                #""messages":[{"from":"989121234567","id":"wamid.A","timestamp":"1","type":"button","button":{"payload":"p","text":"بله"}},{"from":"989121234567","id":"wamid.B","timestamp":"2","type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"x","title":"Priority Mail"}}}]"#
            ),
            [
                "\(head) | بله",
                #"customer whatsapp:989121234567 "Sara" 989121234567 wamid.B | Priority Mail"#,
            ]),
        whatsapp(
            "a location",
            message(
                "location",
                #""location":{"latitude":37.48,"longitude":-122.14,"name":"Meta","address":"1 Hacker Way"}"#
            ),
            ["\(head) | [location: Meta] 1 Hacker Way https://maps.google.com/?q=37.48,-122.14"]),
        whatsapp(
            "a reaction and its withdrawal",
            message("reaction", #""reaction":{"message_id":"wamid.X","emoji":"👍"}"#),
            ["\(head) automatic | [reaction] 👍"]),
        whatsapp(
            "withdrawn", message("reaction", #""reaction":{"message_id":"wamid.X","emoji":""}"#),
            ["\(head) automatic | [reaction withdrawn]"]),
        whatsapp(
            "what WhatsApp cannot show",
            message("unsupported", #""errors":[{"code":131051,"title":"Message type unknown"}]"#),
            ["\(head) | [unsupported that WhatsApp could not show: Message type unknown]"]),
        whatsapp(
            "an order",
            message(
                "order",
                #""order":{"catalog_id":"1","text":"زود لطفا","product_items":[{"product_retailer_id":"BREAD","quantity":2}]}"#
            ),
            ["\(head) | [order] زود لطفا BREAD"]),
        whatsapp(
            "a customer's new number",
            message(
                "system",
                #""system":{"body":"Sara changed from 1 to 2","type":"user_changed_number"}"#),
            ["\(head) automatic | [Sara changed from 1 to 2]"]),
        whatsapp(
            "statuses, with a failure outside the window",
            value(
                #""statuses":[{"id":"wamid.1","status":"sent","timestamp":"1750030073","recipient_id":"98912"},{"id":"wamid.1","status":"delivered","timestamp":"1750030074","recipient_id":"98912"},{"id":"wamid.1","status":"read","timestamp":"1750030080","recipient_id":"98912"},{"id":"wamid.2","status":"failed","timestamp":"1750030081","recipient_id":"98912","errors":[{"code":131047,"title":"Re-engagement message"}]}]"#
            ),
            [
                "receipt wamid.1 delivered", "receipt wamid.1 read",
                "receipt wamid.2 failed (131047 Re-engagement message)",
            ]),
        whatsapp(
            "our own words from the telephone",
            #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"smb_message_echoes","value":{"message_echoes":[{"from":"15550783881","to":"989121234567","id":"wamid.E","timestamp":"1700000000","type":"text","text":{"body":"We are on it"}}]}}]}]}"#,
            ["agent whatsapp:989121234567 989121234567 wamid.E | We are on it"]),
        whatsapp(
            "account news are not for us",
            #"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"account_update","value":{"event":"ACCOUNT_RECONNECTED"}}]}]}"#,
            []),
        whatsapp(
            "without the envelope (360dialog)",
            #"{"contacts":[{"profile":{"name":"Sara"},"wa_id":"989121234567"}],"messages":[{"from":"989121234567","id":"wamid.A","timestamp":"1633034394","type":"text","text":{"body":"Test"}}]}"#,
            ["\(head) | Test"]),
        whatsapp("no list at all", #"{"object":"whatsapp_business_account","entry":{}}"#, []),
    ]
}

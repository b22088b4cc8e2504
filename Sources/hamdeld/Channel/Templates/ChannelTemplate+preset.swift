extension ChannelTemplate {
    /// A provider of nowhere, whole and signed.
    static let preset: [File] = [
        .text(
            "README.md",
            """
            # mychat: a preset

            `preset.toml` says how the provider speaks; every table and word of it is in Docs/Presets.md. `sample.toml` is the inbox that uses it.
            `testcases` holds what the provider posts, with its signature, and what is to come of it: add one for each kind of message that
            its documentation shows, with the signatures that it shows.

            Test: `hamdeld channel test .`

            """),
        .text(
            "preset.toml",
            """
            [preset]
            name = "mychat"
            title = "My chat"
            kind = "mychat"                   # of addresses: a customer is mychat:8123
            conversations = "perpetual"

            [settings]
            api_base = { form = "url", meaning = "where the provider answers" }
            [credentials]
            token = { need = "replies", meaning = "the token of the API" }

            [signature]
            kind = "hmac"
            hash = "sha256"
            header = "x-signature"
            encoding = "hex"
            signed = "{raw}"

            [[incoming]]
            each = "m = body.messages[]"      # what follows happens for each of them, called m
            id = "{m.id}"
            conversation = "{m.chat}"
            sender = { kind = "mychat", id = "{m.from.id}", name = "{m.from.name}", verified = true }
            sent_at = "{m.time}"
            text = "{m.text}"
            [[incoming.case]]
            when = "m.from.is_bot"
            is = "nothing"
            [[incoming.case]]
            is = "message"

            [reply]
            url = "{settings.api_base}/send"
            headers = { Authorization = "Bearer {credentials.token}" }
            to = "{conversation}"
            id = "{answer.id}"
            [reply.body]
            chat = "{conversation}"
            text = "{text}"

            """),
        .text(
            "sample.toml",
            """
            [[inbox]]
            name = "mychat"
            channel = "chat-webhook"
            team = "support"
            preset_file = "/etc/hamdel/presets/mychat.toml"
            secret = { file = "/etc/hamdel/secrets/mychat" }
            settings = { api_base = "https://chat.example.org" }
            credentials = { token = { file = "/etc/hamdel/secrets/mychat-token" } }

            """),
        .text(
            "testcases/message.json",
            #"""
            {
              "what": "a message, and a bot's that is passed over",
              "secret": "a shared secret",
              "settings": {"api_base": "https://chat.example.org"},
              "credentials": {"token": "t-1"},
              "now": "2026-11-21T05:30:00Z",
              "headers": {"content-type": "application/json", "x-signature": "f186753989e0bd2fbea7a2ff93e27ae1842110be2eb51c7e25dd39e3b29aef78"},
              "body": "{\"messages\":[{\"id\":\"m-1\",\"chat\":\"c-1\",\"from\":{\"id\":\"8123\",\"name\":\"سارا\"},\"time\":1795239000,\"text\":\"سلام 🙂\"},{\"id\":\"m-2\",\"chat\":\"c-1\",\"from\":{\"id\":\"1\",\"is_bot\":true},\"time\":1795239001,\"text\":\"beep\"}]}",
              "messages": [{"external_id": "m-1", "conversation": "c-1", "sender": "mychat:8123", "name": "سارا", "text": "سلام 🙂"}],
              "receipts": []
            }

            """#),
    ]
}

extension ChatWebhookChannel {
    /// The same text as `sample.toml`; a test compares them.
    public static let sampleConfiguration = """
        # A chat whose server posts signed messages to /in/site-chat.
        [[inbox]]
        name = "site-chat"
        channel = "chat-webhook"
        team = "support"
        preset = "generic"
        # or telegram, whatsapp, twilio, kavenegar, slack, mattermost: README.md says what each needs in
        # settings = { api_base = "https://tapi.bale.ai" }
        # credentials = { bot_token = { file = "/etc/hamdel/secrets/bale-bot" } }

        # What the webhooks are signed with, both ways. Several are all valid: [{ file = "new" }, { file = "old" }];
        # the first signs answers. whsec_… is base64.
        secret = { file = "/etc/hamdel/secrets/site-chat" }

        # Where answers are posted. Without it the inbox only receives.
        # reply_url = "https://chat.example.org/hamdel"

        # true: believe the integration when it says that an address is verified. Only for a chat you run yourself.
        trust_identities = false

        """
}

/// The same text as `sample.toml`; a test compares the two.
enum EmailSample {
    static let text = """
        # An inbox that mail comes to by LMTP and goes out from by SMTP.
        [[inbox]]
        name = "support-mail"
        channel = "email"
        team = "support"

        # The inbox's own address: what customers write to and see in From.
        address = "support@example.org"

        # The name in From; without it the address stands alone.
        from_name = "Example Support"

        # Further addresses whose mail comes here.
        aliases = ["help@example.org"]

        # The name that your own mail server writes at the head of Authentication-Results. Only its DMARC verdict makes a
        # sender verified; without it every sender stays unchecked.
        authserv_id = "mx.example.org"

        # Addresses of web forms: the Reply-To of their mail is the customer.
        form_senders = ["forms@example.org"]

        # "trusted": your server removes spam headers that strangers put in. "ignored": it does not.
        spam_headers = "trusted"

        # Puts what is being answered below the answer, as mail programs do.
        quote = true

        # When the connection dies after a whole mail went out and nobody knows whether it arrived: "resend" sends the same
        # bytes once more, "hold" leaves it to a person.
        uncertain = "resend"

        """
}

extension ExecChannel {
    public static var sampleConfiguration: String {
        #"""
        # A program of your own that brings messages and takes answers. How to write one: Docs/Adapter-Guide.md
        [[inbox]]
        name = "dropbox"
        channel = "exec"
        team = "support"

        # The program and its arguments; no shell is involved. Secrets never go here.
        command = ["/usr/lib/hamdel/channels/dropbox"]

        # What the program asks for; `hamdeld channel check` says what is wrong with it.
        config = { folder = "/var/spool/dropbox" }

        # Handed to the program on its stdin, never in its arguments or environment.
        # secrets = { api_key = { file = "/etc/hamdel/secrets/dropbox" } }

        # true: believe the program when it says that an address is verified.
        # trust_identities = false

        """#
    }
}

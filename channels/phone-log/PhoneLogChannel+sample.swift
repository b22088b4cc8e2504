extension PhoneLogChannel {
    /// The same text as `sample.toml`; a test compares them.
    public static let sampleConfiguration = """
        # A phone system's log. Import a file with:  hamdeld import phone-log FILE --inbox phones
        [[inbox]]
        name = "phones"
        channel = "phone-log"
        team = "support"

        # asterisk: Master.csv of cdr_csv, or a CSV with Asterisk's or FreePBX's column names.
        # freepbx, issabel, freeswitch, freeswitch-json, 3cx: what these systems write or export.
        # generic:  any CSV with one call per row; see mapping.
        preset = "asterisk"

        # A log that grows and is followed, or a folder whose files are read as they come. A new inbox begins at the end.
        # path = "/var/log/asterisk/cdr-csv/Master.csv"

        # The country whose numbers are written without a country code.
        region = "IR"

        # The zone of the times in the file. An Asterisk with usegmtime=yes writes "UTC".
        timezone = "Asia/Tehran"

        # Which column holds what, for preset generic: its name in the first row, or its number from 1.
        # mapping = { id = "Call ID", started_at = "Start", from = "Caller", to = "Called", direction = "Direction", outcome = "Status", duration = "Talking" }

        """
}

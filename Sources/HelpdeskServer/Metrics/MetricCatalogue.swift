/// Every metric that `/metrics` can show, with what it says. The exposition's HELP lines come from here; Docs/Operations.md, the
/// dashboard and the alert rules are held against it by tests.
public enum MetricCatalogue {
    public static let help: [String: String] = [
        "hamdel_build_info": "The version that runs; always 1.",
        "hamdel_stream_position": "The position of the last event.",
        "hamdel_events_total": "Events since the start, by type.",
        "hamdel_quarantine_waiting": "Mails that could not be read and that nobody has looked at.",
        "hamdel_tickets_queued": "Tickets that wait because the router found nobody.",
        "hamdel_outbox_entries": "Entries of the outbox that are not settled, by state.",
        "hamdel_outbox_oldest_seconds":
            "How long the oldest entry waits that should go out by itself.",
        "hamdel_alarms":
            "Things the desk stopped or cannot do and a person should look at, by kind.",
        "hamdel_inbox_up": "1 while the inbox receives, 0 while it is down.",
        "hamdel_inbox_success_age_seconds": "How long ago the inbox last did what it is for.",
        "hamdel_inbox_waiting": "Messages that the provider has and we have not yet.",
        "hamdel_http_requests_total": "Requests answered, by route and class of status.",
        "hamdel_http_request_duration_seconds": "How long requests took, by route.",
        "hamdel_http_streams": "Live event streams that are open.",
        "hamdel_lmtp_delivery_duration_seconds":
            "From the last byte of a mail to its outcome, after the commit.",
        "hamdel_store_commit_duration_seconds": "How long transactions took, with their fsync.",
        "hamdel_store_commands_total": "Commands committed; several share a transaction.",
        "hamdel_store_commands_waiting": "Commands that wait for the writer.",
        "hamdel_store_database_bytes": "The size of the database file.",
        "hamdel_store_journal_bytes": "The size of its write-ahead journal.",
        "hamdel_store_free_bytes": "What is free on the disk of the database.",
        "hamdel_pool_lateness_seconds":
            "How late a task of the cooperative pool wakes: what blocks it is seen here.",
        "hamdel_metrics_dropped_total": "Series that found no place, because there were too many.",
        "process_resident_memory_bytes": "Memory of the process that is in RAM.",
        "process_cpu_seconds_total": "Processor time that the process used.",
        "process_open_fds": "Open file descriptors.",
        "process_max_fds": "File descriptors that may be open.",
        "process_start_time_seconds": "When the process started, in seconds since 1970.",
    ]

    public static var names: [String] { help.keys.sorted() }
}

extension APIRoute {
    /// Every route of the API.
    public static let all: [APIRoute] =
        tickets + customers + messages + desk + surveys + notices + work

    static let customers: [APIRoute] = [
        APIRoute(
            "listCustomers", .get, "/customers", "Customers by name or address",
            query: ["q"] + pageQuery, response: .page(of: "Customer")),
        APIRoute(
            "getCustomer", .get, "/customers/{id}", "A customer's card",
            response: .document("Customer")),
        APIRoute(
            "updateCustomer", .patch, "/customers/{id}",
            "Name, VIP, preferred channel, organisation, segments, attributes, key, blocking",
            request: .document("CustomerPatch"), response: .document("Customer")),
        APIRoute(
            "getTimeline", .get, "/customers/{id}/timeline",
            "Everything on every channel, oldest first", query: pageQuery,
            response: .page(of: "TimelineItem")),
        APIRoute(
            "mergeCustomer", .post, "/customers/{id}/merge",
            "Make two customers one, until that is undone", access: .lead,
            request: .document("CustomerMergeRequest"), response: .document("Customer")),
        APIRoute(
            "unmergeCustomer", .post, "/customers/{id}/unmerge",
            "Take a merged customer out again", access: .lead,
            request: .document("CustomerUnmergeRequest"), response: .document("Customer")),
        APIRoute(
            "exportCustomer", .get, "/customers/{id}/export",
            "Everything that is known of a person, one JSON object a line; the stream says who took it",
            access: .admin, response: .bytes("application/x-ndjson")),
        APIRoute(
            "eraseCustomer", .post, "/customers/{id}/erase",
            "Empty every word of a person and of those merged with them, for ever", access: .admin,
            response: .document("Erasure")),
        APIRoute(
            "acceptSuggestion", .post, "/customers/{id}/suggestions/{suggestion}/accept",
            "Say that a suggested address is theirs", response: .document("Customer")),
        APIRoute(
            "refuseSuggestion", .post, "/customers/{id}/suggestions/{suggestion}/refuse",
            "Say that a suggested address is not theirs", response: .document("Customer")),
    ]

    static let messages: [APIRoute] = [
        APIRoute(
            "findMessages", .get, "/messages", "Messages by their id on the channel",
            query: ["inbox", "external_id"] + pageQuery, response: .page(of: "Message")),
        APIRoute(
            "getMessage", .get, "/messages/{id}", "One message", response: .document("Message")),
        APIRoute(
            "getRawMessage", .get, "/messages/{id}/raw", "The bytes as received",
            response: .bytes("application/octet-stream")),
        APIRoute(
            "redactMessage", .post, "/messages/{id}/redact",
            "Take words of a message away for good, with its files and its bytes", access: .lead,
            request: .document("RedactRequest"), response: .document("Message")),
        APIRoute(
            "putMessage", .post, "/messages/{inbox}",
            "Put a normalised message in; answered once it is durable", access: .integration,
            request: .document("InboundMessage"), response: .document("IntakeReceipt"),
            status: 201),
        APIRoute(
            "getAttachment", .get, "/attachments/{id}", "The bytes of an attachment",
            response: .bytes("application/octet-stream")),
        APIRoute(
            "uploadAttachment", .post, "/attachments", "Upload a file for a reply",
            query: ["name"], request: .bytes("application/octet-stream"),
            response: .document("Attachment"), status: 201),
        APIRoute(
            "search", .get, "/search", "Messages by their words, newest first",
            query: ["q!"] + pageQuery, response: .page(of: "SearchHit")),
        APIRoute(
            "stream", .get, "/stream", "Events as they happen (server-sent events)",
            query: ["after", "screen"], response: .bytes("text/event-stream")),
    ]

    static let desk: [APIRoute] = [
        APIRoute(
            "getMe", .get, "/me", "Who the caller is, and what they may do",
            response: .document("Me")),
        APIRoute(
            "listAgents", .get, "/agents", "Agents", query: ["team"] + pageQuery,
            response: .page(of: "Agent")),
        APIRoute(
            "setPresence", .put, "/agents/{login}/presence",
            "Say online, away, offline or by shift; others' by leads only",
            request: .document("PresenceRequest"), response: .document("Agent")),
        APIRoute(
            "listTeams", .get, "/teams", "Teams", query: pageQuery, response: .page(of: "Team")),
        APIRoute(
            "listInboxes", .get, "/inboxes", "Inboxes and how they are", query: pageQuery,
            response: .page(of: "Inbox")),
        APIRoute(
            "listViews", .get, "/views", "Named selections of tickets", query: pageQuery,
            response: .page(of: "View")),
        APIRoute(
            "listOutbox", .get, "/outbox", "What waits to be sent", access: .lead,
            query: ["state"] + pageQuery, response: .page(of: "OutboxEntry")),
        APIRoute(
            "retryDelivery", .post, "/outbox/{id}/retry",
            "Try again now what failed or waits; also what came back",
            response: .document("OutboxEntry")),
        APIRoute(
            "cancelDelivery", .post, "/outbox/{id}/cancel", "Never send it", access: .lead,
            response: .document("OutboxEntry")),
        APIRoute(
            "listQuarantine", .get, "/quarantine", "What could not be read", access: .lead,
            query: ["inbox"] + pageQuery, response: .page(of: "QuarantineEntry")),
        APIRoute(
            "getOpenAPI", .get, "/openapi.json", "This API, described", access: .anyone,
            response: .bytes("application/json")),
    ]

    static let notices: [APIRoute] = [
        APIRoute(
            "listNotices", .get, "/notices", "What the caller was told, newest first",
            query: pageQuery, response: .page(of: "Notice")),
        APIRoute(
            "getNotifications", .get, "/agents/{login}/notifications",
            "What an agent is told, and how; others' for leads only",
            response: .document("NotificationSettings")),
        APIRoute(
            "setNotifications", .put, "/agents/{login}/notifications",
            "Choose what an agent is told, and how; others' for leads only",
            request: .document("NotificationRequest"), response: .document("NotificationSettings")),
        APIRoute(
            "listWebhooks", .get, "/webhooks", "Programs that hear of events, and how they are",
            access: .admin, response: .page(of: "Webhook")),
        APIRoute(
            "listDeadLetters", .get, "/webhooks/{name}/dead", "Events that were given up",
            access: .admin, query: pageQuery, response: .page(of: "DeadLetter")),
        APIRoute(
            "retryWebhook", .post, "/webhooks/{name}/retry", "Try again what was given up",
            access: .admin, request: .document("WebhookRetryRequest"),
            response: .document("Webhook")),
        APIRoute(
            "replayWebhook", .post, "/webhooks/{name}/replay",
            "Send everything behind a position once more", access: .admin,
            request: .document("WebhookReplayRequest"), response: .document("Webhook")),
        APIRoute(
            "resumeWebhook", .post, "/webhooks/{name}/resume",
            "Ask one again that wanted no more", access: .admin, response: .document("Webhook")),
    ]

    static let surveys: [APIRoute] = [
        APIRoute(
            "listRecoveries", .get, "/recoveries", "Customers to be won back, earliest due first",
            query: ["state", "owner"] + pageQuery, response: .page(of: "Recovery")),
        APIRoute(
            "takeRecovery", .post, "/recoveries/{id}/take", "Make it the caller's",
            response: .document("Recovery")),
        APIRoute(
            "finishRecovery", .post, "/recoveries/{id}/done", "Say what came of it",
            request: .document("RecoveryDoneRequest"), response: .document("Recovery")),
        APIRoute(
            "invite", .post, "/invitations", "Ask a customer, from outside",
            access: .integration, request: .document("InvitationRequest"),
            response: .document("Invitation"), status: 201),
        scores("getCSAT", "csat", "How satisfied customers were with their tickets"),
        scores("getNPS", "nps", "How likely customers are to recommend us"),
        scores("getCES", "ces", "How easy it was to get tickets solved"),
        scores("getOwnScores", "own", "Answers to the desk's own questions"),
        APIRoute(
            "getReport", .get, "/reports/{name}",
            "A report: overview, agents, topics, sla, backlog, promises, channels, hours or funnel",
            access: .lead, query: ["from", "to", "team", "agent"], response: .document("Report")),
    ]

    private static func scores(_ id: String, _ name: String, _ summary: String) -> APIRoute {
        APIRoute(
            id, .get, "/reports/\(name)", summary, access: .lead,
            query: ["from", "to", "team", "agent"], response: .document("ScoreReport"))
    }
}

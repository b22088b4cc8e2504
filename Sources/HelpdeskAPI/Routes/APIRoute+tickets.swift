extension APIRoute {
    static let pageQuery = ["limit", "cursor"]

    /// Selections of `GET /tickets`: no `status` = active tickets, newest first. `assignee` may be `me` or `none`;
    /// `class` is `regular` unless given, `all` takes every class;
    /// `is` is `unread`, `callback`, `snoozed` or `queued`.
    static let ticketQuery =
        [
            "status", "assignee", "team", "tag", "inbox", "customer", "view", "class", "is", "q",
        ] + pageQuery

    static let tickets: [APIRoute] = [
        APIRoute(
            "listTickets", .get, "/tickets", "Tickets, newest first", query: ticketQuery,
            response: .page(of: "Ticket")),
        APIRoute(
            "createTicket", .post, "/tickets", "Open a ticket, writing to the customer or not",
            request: .document("NewTicket"), response: .document("TicketDetail"), status: 201),
        APIRoute(
            "getTicket", .get, "/tickets/{number}", "A ticket with its messages",
            response: .document("TicketDetail")),
        APIRoute(
            "updateTicket", .patch, "/tickets/{number}", "Change subject, priority or tags",
            request: .document("TicketPatch"), response: .document("Ticket")),
        action(
            "reply", "replies", "Answer the customer", "ReplyRequest", "Message", status: 201),
        action(
            "note", "notes", "Write an internal note", "NoteRequest", "WrittenNote", status: 201),
        action("assign", "assign", "Give it to an agent, or back to the queue", "AssignRequest"),
        action("transfer", "transfer", "Hand it to another team", "TransferRequest"),
        action("close", "close", "Close it", "CloseRequest"),
        action("reopen", "reopen", "Open it again"),
        action("pend", "pending", "Wait for the customer"),
        action("snooze", "snooze", "Put it away until a time", "SnoozeRequest"),
        action(
            "promise", "promise", "Tell the customer a time by which they have an answer",
            "PromiseRequest"),
        action("markSpam", "spam", "Mark it as spam, or as no spam", "SpamRequest"),
        action("join", "join", "Move a linked ticket's message here", "JoinRequest"),
        action(
            "changeParticipants", "participants", "Let people in, or out",
            "ParticipantsRequest"),
        action(
            "merge", "merge", "Move all of it into another ticket; answers with that one",
            "TicketMergeRequest"),
        action(
            "split", "split", "Give a message and all after it to a new ticket", "SplitRequest",
            status: 201),
        action("undo", "undo", "Take back the last merge or split"),
        action("watch", "watch", "Hear of what happens to it"),
        action("unwatch", "unwatch", "Hear no more of it"),
        action("callback", "callback", "Say that the customer was rung back", "CallbackRequest"),
        APIRoute(
            "listTicketEvents", .get, "/tickets/{number}/events", "What happened, oldest first",
            query: pageQuery, response: .page(of: "Event")),
        APIRoute(
            "explainTicket", .get, "/tickets/{number}/explain",
            "Why it is where it is: every automatic decision", response: .document("Explanation")),
        APIRoute(
            "previewReply", .get, "/tickets/{number}/reply-channel",
            "Where an answer would go, and why", query: ["inbox"],
            response: .document("ReplyPreview")),
    ]

    private static func action(
        _ id: String, _ word: String, _ summary: String, _ request: String? = nil,
        _ response: String = "Ticket", status: Int = 200
    ) -> APIRoute {
        APIRoute(
            "\(id)Ticket", .post, "/tickets/{number}/\(word)", summary,
            request: request.map(Body.document) ?? .none, response: .document(response),
            status: status)
    }
}

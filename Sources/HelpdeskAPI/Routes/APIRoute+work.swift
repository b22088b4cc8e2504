extension APIRoute {
    /// What agents work with beside tickets and customers: macros, reminders, who is looking.
    static let work: [APIRoute] = [
        APIRoute(
            "listMacros", .get, "/macros",
            "Prepared answers, those for one ticket's team where asked",
            query: ["ticket"] + pageQuery, response: .page(of: "Macro")),
        APIRoute(
            "createMacro", .post, "/macros", "Prepare an answer", access: .lead,
            request: .document("MacroRequest"), response: .document("Macro"), status: 201),
        APIRoute(
            "getMacro", .get, "/macros/{name}", "One prepared answer", response: .document("Macro")),
        APIRoute(
            "setMacro", .put, "/macros/{name}", "Prepare an answer, or change it", access: .lead,
            request: .document("MacroRequest"), response: .document("Macro")),
        APIRoute(
            "removeMacro", .delete, "/macros/{name}", "Remove it; answers with what it was",
            access: .lead, response: .document("Macro")),
        APIRoute(
            "applyMacro", .post, "/tickets/{number}/macros/{name}",
            "Answer and act as prepared, all or nothing; or say what would be done",
            request: .document("ApplyMacroRequest"), response: .document("MacroOutcome")),
        APIRoute(
            "setAttention", .put, "/tickets/{number}/attention",
            "Say that the caller looks at it, or writes; forgotten after 20 s",
            request: .document("AttentionRequest"), response: .document("Attention")),
        APIRoute(
            "getAttention", .get, "/tickets/{number}/attention", "Who looks at it or writes now",
            response: .document("Attention")),
        APIRoute(
            "listDrafts", .get, "/drafts", "What the caller began and did not send, oldest first",
            query: pageQuery, response: .page(of: "Draft")),
        APIRoute(
            "getDraft", .get, "/drafts/{key}",
            "One of them; 410 once it was sent or discarded", response: .document("Draft")),
        APIRoute(
            "keepDraft", .put, "/drafts/{key}",
            "Keep it, under the Idempotency-Key with which it will be sent",
            request: .document("DraftRequest"), response: .document("Draft")),
        APIRoute(
            "discardDraft", .delete, "/drafts/{key}", "Throw it away; answers with what it was",
            response: .document("Draft")),
        APIRoute(
            "listReminders", .get, "/reminders", "The caller's own, earliest first",
            query: pageQuery, response: .page(of: "Reminder")),
        APIRoute(
            "setReminder", .put, "/tickets/{number}/reminder",
            "Be reminded of it; the ticket stays where it is",
            request: .document("ReminderRequest"),
            response: .document("Reminder")),
        APIRoute(
            "removeReminder", .delete, "/tickets/{number}/reminder", "Put the caller's away",
            response: .document("Reminder")),
    ]
}

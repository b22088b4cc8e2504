internal import HelpdeskAPI

/// Shapes of the documents for the API's description, found out from the types themselves: what they ask a decoder for is what
/// they are made of, so the description cannot say anything else.
enum DocumentSchemas {
    static func schema(of name: String) -> JSONValue {
        guard let type = types[name] else { return ["type": "object"] }
        return SchemaProbe.schema(of: type)
    }

    static func listName(of name: String) -> String {
        guard let type = types[name] as? any ListItem.Type else { return "items" }
        return type.listName
    }

    /// Every type that a route names, but for `InboundMessage`, which is the channel kit's.
    static let types: [String: any (Decodable & SendableMetatype).Type] = [
        "Ticket": API.Ticket.self, "TicketDetail": API.TicketDetail.self,
        "Message": API.Message.self, "Customer": API.Customer.self, "Event": API.Event.self,
        "TimelineItem": API.TimelineItem.self, "Explanation": API.Explanation.self,
        "ReplyPreview": API.ReplyPreview.self, "Attachment": API.Attachment.self,
        "IntakeReceipt": API.IntakeReceipt.self, "SearchHit": API.SearchHit.self,
        "Me": API.Me.self, "Agent": API.Agent.self, "Team": API.Team.self,
        "Inbox": API.Inbox.self, "Macro": API.Macro.self, "View": API.View.self,
        "MacroRequest": API.MacroRequest.self, "MacroOutcome": API.MacroOutcome.self,
        "ApplyMacroRequest": API.ApplyMacroRequest.self, "Attention": API.Attention.self,
        "AttentionRequest": API.AttentionRequest.self, "Reminder": API.Reminder.self,
        "ReminderRequest": API.ReminderRequest.self, "WrittenNote": API.WrittenNote.self,
        "OutboxEntry": API.OutboxEntry.self, "QuarantineEntry": API.QuarantineEntry.self,
        "Recovery": API.Recovery.self, "Invitation": API.Invitation.self,
        "ScoreReport": API.ScoreReport.self,
        "Report": API.Report.self, "Problem": API.Problem.self,
        "NewTicket": API.NewTicket.self, "TicketPatch": API.TicketPatch.self,
        "ReplyRequest": API.ReplyRequest.self, "NoteRequest": API.NoteRequest.self,
        "AssignRequest": API.AssignRequest.self, "TransferRequest": API.TransferRequest.self,
        "CloseRequest": API.CloseRequest.self, "SnoozeRequest": API.SnoozeRequest.self,
        "PromiseRequest": API.PromiseRequest.self, "SpamRequest": API.SpamRequest.self,
        "JoinRequest": API.JoinRequest.self,
        "ParticipantsRequest": API.ParticipantsRequest.self,
        "CallbackRequest": API.CallbackRequest.self, "CustomerPatch": API.CustomerPatch.self,
        "PresenceRequest": API.PresenceRequest.self, "Notice": API.Notice.self,
        "NotificationSettings": API.NotificationSettings.self,
        "NotificationRequest": API.NotificationRequest.self, "Webhook": API.Webhook.self,
        "DeadLetter": API.DeadLetter.self,
        "WebhookRetryRequest": API.WebhookRetryRequest.self,
        "WebhookReplayRequest": API.WebhookReplayRequest.self,
        "RecoveryDoneRequest": API.RecoveryDoneRequest.self,
        "InvitationRequest": API.InvitationRequest.self,
        "CustomerMergeRequest": API.CustomerMergeRequest.self,
        "CustomerUnmergeRequest": API.CustomerUnmergeRequest.self,
        "Draft": API.Draft.self, "DraftRequest": API.DraftRequest.self,
        "Erasure": API.Erasure.self, "RedactRequest": API.RedactRequest.self,
        "TicketMergeRequest": API.TicketMergeRequest.self, "SplitRequest": API.SplitRequest.self,
    ]
}

/// What ops may want to find again whatever its words are: each has an id that never changes (journald's MESSAGE_ID, in
/// `journalctl MESSAGE_ID=…`; the field `message_id` elsewhere).
enum LogEvent: String, CaseIterable {
    case started = "eaaf8f44e6f8526f9a3029381a935cf1"
    case stopped = "c52a78e017f85ac4b686117064fc7536"
    case reloaded = "625256d1588650769e6ef76b92b09b93"
    case reloadRefused = "e7053a00b2265f4ea43167d4be8841c4"
    case alarmBegan = "020b9a2019b058d89a3726407e3256ac"
    case alarmEnded = "bd0bfbcc3bee5a37b908d3d69406d787"
    case inboxDown = "10115a5070815d35bce9370e77483bdf"
    case inboxRecovered = "41b4ddb3bf2b5405ae037981dfcfa309"
    case storeFailed = "a65f9e003f3b57d1b0c89b21226d2b65"
    case mailDoorClosed = "4903de2a7cab5c149f03d4e1e3af0f91"

    /// The metadata that carries it.
    static let key = "message_id"
}

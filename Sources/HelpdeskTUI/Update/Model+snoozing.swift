internal import HelpdeskAPI
internal import HelpdeskCore
internal import Terminal

extension Model {
    /// Moments that are wanted most, and a line to type any other.
    var snoozes: [Picker.Choice] {
        let words = ["1h", "3h", "tomorrow 9", "monday", "1w"]
        let choices = words.map { word in
            Picker.Choice(id: word, title: word, detail: moment(word).map(spoken) ?? "")
        }
        return choices + [
            Picker.Choice(id: "", title: "another time…", detail: "فردا ۹, 1405/01/15, 14:30"),
            Picker.Choice(id: "now", title: "wake it now", detail: "back on the desk"),
        ]
    }

    mutating func snooze(_ targets: [TicketNumber], _ words: String) -> [Effect] {
        if ["now", "اکنون", "الان"].contains(words) { return change(targets, .snooze(nil)) }
        guard let until = moment(words), until > now else {
            notice = .failed(
                "\(words) is no time to come: 2h, tomorrow 9, monday, فردا ۹, 1405/01/15 14:30")
            return []
        }
        return change(targets, .snooze(until))
    }

    func spoken(_ instant: Instant) -> String {
        display.longDay(instant) + " " + display.clock(instant)
    }

    private func moment(_ words: String) -> Instant? {
        let display = display
        return WhenText(now: now, offset: { display.offset($0) }).instant(words)
    }
}

extension DisplaySettings {
    /// Seconds that the agent's clock is ahead of UTC at a moment.
    func offset(_ instant: Instant) -> Int {
        let there = local(instant)
        let wall = Int64(there.date.dayNumber) * 86_400_000 + Int64(there.millisecondOfDay)
        return Int((wall - instant.milliseconds) / 1_000)
    }
}

/// What a program can ask of a terminal beside showing frames.
public enum TerminalCommand: Equatable, Sendable {
    /// Rings, or flashes, as the user has set it.
    case bell
    /// Puts text, in stored order, on the user's clipboard (OSC 52), where the terminal allows it.
    /// At most `clipboardLimit` bytes; more is refused by terminals anyway and not sent.
    case copy(String)
    /// Names the window (OSC 2).
    case title(SafeText)
    /// Calls the user through the desktop, where the terminal passes that on.
    case notify(title: SafeText, body: SafeText, DesktopCall, Multiplexer)

    /// How a terminal is asked for a notification of the desktop.
    public enum DesktopCall: Sendable {
        /// One text (iTerm2, kitty, WezTerm, Windows Terminal and more).
        case osc9
        /// A title and a text (urxvt, foot, Ghostty, Konsole, VTE with a patch).
        case osc777
    }

    /// What stands between the program and the terminal.
    public enum Multiplexer: Sendable {
        case none
        /// Passes a sequence on when wrapped in its own, and when its user allows it (`allow-passthrough`).
        case tmux
    }

    /// Bytes of text that `copy` sends at most: what xterm and tmux take.
    public static let clipboardLimit = 74_994

    /// The bytes to send. Nothing of the text can end the sequence it stands in: it is encoded or
    /// safe.
    var bytes: [UInt8] {
        switch self {
        case .bell:
            return [0x07]
        case .copy(let text):
            let content = Array(text.utf8)
            guard content.count <= TerminalCommand.clipboardLimit else { return [] }
            return Array("\u{1B}]52;c;".utf8) + TerminalCommand.base64(content) + [0x1B, 0x5C]
        case .title(let title):
            let line = Sanitizer.singleLine(title.string).string
            return Array("\u{1B}]2;".utf8) + Array(line.utf8).prefix(1_024) + [0x1B, 0x5C]
        case .notify(let title, let body, let call, let multiplexer):
            return TerminalCommand.notification(title, body, call).wrapped(for: multiplexer)
        }
    }

    private static func notification(
        _ title: SafeText, _ body: SafeText, _ call: DesktopCall
    ) -> [UInt8] {
        // A semicolon would end the title.
        let words = [title, body].map { text in
            Array(Sanitizer.singleLine(text.string).string.utf8.prefix(512))
                .map { $0 == UInt8(ascii: ";") ? UInt8(ascii: ",") : $0 }
        }
        switch call {
        case .osc9:
            return Array("\u{1B}]9;".utf8) + words[0] + [0x3A, 0x20] + words[1] + [0x07]
        case .osc777:
            return Array("\u{1B}]777;notify;".utf8) + words[0] + [0x3B] + words[1] + [0x07]
        }
    }

    /// RFC 4648 §4.
    static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let six = Int(bits >> UInt32(18 - 6 * place) & 63)
                out.append(place <= group.count ? alphabet[six] : UInt8(ascii: "="))
            }
            index += 3
        }
        return out
    }
}

extension [UInt8] {
    /// Within tmux's own sequence every escape is doubled.
    fileprivate func wrapped(for multiplexer: TerminalCommand.Multiplexer) -> [UInt8] {
        guard multiplexer == .tmux else { return self }
        let doubled = flatMap { $0 == 0x1B ? [0x1B, 0x1B] : [$0] }
        return Array("\u{1B}Ptmux;".utf8) + doubled + [0x1B, 0x5C]
    }
}

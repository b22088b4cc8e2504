extension TextField {
    /// What a key does in a text field by the customs of shells and editors; nothing for keys that
    /// are not for editing (and for Enter in a single line, and up and down, which depend on the
    /// layout: `move(_:in:)`).
    public func edit(for key: KeyPress) -> Edit? {
        let held = key.modifiers
        if held.isEmpty || held == .shift {
            return plainEdit(for: key.code)
        }
        guard held.isDisjoint(with: .command) else { return nil }
        if held.contains(.control) { return controlEdit(for: key.asCommand.code) }
        return altEdit(for: key.asCommand.code)
    }

    private func plainEdit(for code: KeyCode) -> Edit? {
        switch code {
        case .character(let character): .insert(String(character))
        case .enter: shape == .multiLine ? .insert("\n") : nil
        case .backspace: .delete(.previous)
        case .delete: .delete(.next)
        case .left: .move(.left)
        case .right: .move(.right)
        case .home: .move(.lineStart)
        case .end: .move(.lineEnd)
        default: nil
        }
    }

    private func controlEdit(for code: KeyCode) -> Edit? {
        switch code {
        case .character("a"): .move(.lineStart)
        case .character("e"): .move(.lineEnd)
        case .character("b"): .move(.previous)
        case .character("f"): .move(.next)
        case .character("d"): .delete(.next)
        case .character("h"): .delete(.previous)
        case .character("w"), .backspace: .delete(.wordBackward)
        case .character("u"): .delete(.lineStart)
        case .character("k"): .delete(.lineEnd)
        case .character("j"): shape == .multiLine ? .insert("\n") : nil
        case .delete: .delete(.wordForward)
        case .left: .move(isLeftOnwards ? .wordForward : .wordBackward)
        case .right: .move(isLeftOnwards ? .wordBackward : .wordForward)
        case .home: .move(.textStart)
        case .end: .move(.textEnd)
        default: nil
        }
    }

    private func altEdit(for code: KeyCode) -> Edit? {
        switch code {
        case .character("b"): .move(.wordBackward)
        case .character("f"): .move(.wordForward)
        case .character("d"): .delete(.wordForward)
        case .backspace: .delete(.wordBackward)
        case .enter: shape == .multiLine ? .insert("\n") : nil
        default: nil
        }
    }
}

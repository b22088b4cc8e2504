extension KeyDecoder {
    /// What a whole control sequence means.
    mutating func perform(_ sequence: ControlSequence) {
        switch (sequence.prefix, sequence.intermediate, sequence.final) {
        case (UInt8(ascii: "<"), nil, UInt8(ascii: "M")): mouse(sequence, .pressed)
        case (UInt8(ascii: "<"), nil, UInt8(ascii: "m")): mouse(sequence, .released)
        case (UInt8(ascii: "?"), nil, UInt8(ascii: "c")): report(.deviceAttributes)
        case (UInt8(ascii: "?"), nil, UInt8(ascii: "u")):
            report(.keyboardFlags(sequence.number(0, default: 0)))
        case (let prefix, UInt8(ascii: "$"), UInt8(ascii: "y")):
            let number = sequence.number(0, default: 0)
            report(
                .mode(
                    prefix == UInt8(ascii: "?") ? .dec(number) : .ecma(number),
                    ModeState(code: sequence.number(1, default: 0))))
        case (nil, nil, UInt8(ascii: "I")) where sequence.isBare:
            events.append(.focus(.gained))
        case (nil, nil, UInt8(ascii: "O")) where sequence.isBare:
            events.append(.focus(.lost))
        case (nil, nil, UInt8(ascii: "~")): tilde(sequence)
        case (nil, nil, UInt8(ascii: "u")): keyboard(sequence)
        case (nil, nil, UInt8(ascii: "Z")): emit(.tab, sequence.modifiers(1).union(.shift))
        case (nil, nil, let final):
            guard let code = KeyDecoder.named(final), isPress(sequence) else { return }
            emit(code, sequence.modifiers(1))
        default: break
        }
    }

    mutating func singleShift(_ byte: UInt8) {
        if byte == UInt8(ascii: "M") {
            emit(.enter)
        } else if let code = KeyDecoder.named(byte) {
            emit(code)
        }
    }

    private mutating func report(_ report: TerminalReport) {
        events.append(.report(report))
    }

    /// Keys named by a letter, after CSI and SS3 alike.
    private static func named(_ byte: UInt8) -> KeyCode? {
        switch byte {
        case UInt8(ascii: "A"): .up
        case UInt8(ascii: "B"): .down
        case UInt8(ascii: "C"): .right
        case UInt8(ascii: "D"): .left
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(byte) - 0x4F)
        default: nil
        }
    }

    /// Keys named by a number before `~`.
    private mutating func tilde(_ sequence: ControlSequence) {
        let code: KeyCode
        switch sequence.number(0, default: 0) {
        case 1, 7: code = .home
        case 2: code = .insert
        case 3: code = .delete
        case 4, 8: code = .end
        case 5: code = .pageUp
        case 6: code = .pageDown
        case let number where (11...15).contains(number): code = .function(number - 10)
        case let number where (17...21).contains(number): code = .function(number - 11)
        case let number where (23...24).contains(number): code = .function(number - 12)
        case 27:
            return character(
                sequence.number(2, default: 0), shifted: nil, base: nil, sequence.modifiers(1))
        case 200:
            state = .paste
            return
        default: return
        }
        if isPress(sequence) { emit(code, sequence.modifiers(1)) }
    }

    /// Whether a key went down or is held, rather than let go (kitty's event types).
    private func isPress(_ sequence: ControlSequence) -> Bool {
        sequence.part(1, 1) != 3
    }

    /// The kitty keyboard protocol: `CSI code:shifted:base ; modifiers:event ; text u`.
    private mutating func keyboard(_ sequence: ControlSequence) {
        guard isPress(sequence) else { return }
        let modifiers = sequence.modifiers(1)
        let text = sequence.parameters.dropFirst(2).flatMap { $0 }
            .compactMap { $0.flatMap { Unicode.Scalar(UInt32($0)) } }
            .filter { ScalarClass($0) != .control }
        if !text.isEmpty, modifiers.isDisjoint(with: [.control, .alt, .command]) {
            let base = sequence.part(0, 2).flatMap(KeyDecoder.printable)
            for scalar in text {
                events.append(
                    .key(KeyPress(.character(Character(scalar)), baseLayout: base)))
            }
            return
        }
        character(
            sequence.number(0, default: 0), shifted: sequence.part(0, 1),
            base: sequence.part(0, 2), modifiers)
    }

    /// A key told by its code point.
    private mutating func character(
        _ code: Int, shifted: Int?, base: Int?, _ modifiers: KeyPress.Modifiers
    ) {
        switch code {
        case 9: emit(.tab, modifiers)
        case 13: emit(.enter, modifiers)
        case 27: emit(.escape, modifiers)
        case 8, 127: emit(.backspace, modifiers)
        case 57_344...63_743:
            if let key = KeyDecoder.functional(code) { emit(key, modifiers) }
        default:
            guard let plain = KeyDecoder.printable(code) else { return }
            let layout = base.flatMap(KeyDecoder.printable)
            if modifiers == .shift, let upper = shifted.flatMap(KeyDecoder.printable) {
                let press = KeyPress(.character(upper), baseLayout: layout)
                return events.append(.key(press))
            }
            events.append(.key(KeyPress(.character(plain), modifiers, baseLayout: layout)))
        }
    }

    private static func printable(_ code: Int) -> Character? {
        guard let scalar = Unicode.Scalar(UInt32(clamping: code)), ScalarClass(scalar) != .control
        else { return nil }
        return Character(scalar)
    }

    /// The protocol's numbers for keys without a character, as far as we have them.
    private static func functional(_ code: Int) -> KeyCode? {
        switch code {
        case 57_376...57_398: .function(code - 57_363)
        case 57_399...57_408: printable(code - 57_399 + 0x30).map(KeyCode.character)
        case 57_409: .character(".")
        case 57_410: .character("/")
        case 57_411: .character("*")
        case 57_412: .character("-")
        case 57_413: .character("+")
        case 57_414: .enter
        case 57_415: .character("=")
        case 57_416: .character(",")
        case 57_417: .left
        case 57_418: .right
        case 57_419: .up
        case 57_420: .down
        case 57_421: .pageUp
        case 57_422: .pageDown
        case 57_423: .home
        case 57_424: .end
        case 57_425: .insert
        case 57_426: .delete
        default: nil
        }
    }

    private enum MousePhase {
        case pressed
        case released
    }

    /// SGR mouse: `CSI < buttons ; column ; row M` or `m` on release (xterm's ctlseqs, mode 1006).
    private mutating func mouse(_ sequence: ControlSequence, _ phase: MousePhase) {
        let code = sequence.number(0, default: 0)
        let button: MouseEvent.Button =
            switch code & 3 {
            case 0: .left
            case 1: .middle
            default: .right
            }
        let action: MouseEvent.Action
        switch code & 0b1110_0000 {
        case 0:
            // Button 3 is none, as in motion without one.
            guard code & 3 != 3 else { return }
            action = phase == .pressed ? .pressed(button) : .released(button)
        case 32:
            guard code & 3 != 3 else { return }
            action = .dragged(button)
        case 64:
            guard code & 3 < 2 else { return }
            action = code & 1 == 0 ? .scrolledUp : .scrolledDown
        default: return
        }
        var modifiers: KeyPress.Modifiers = []
        if code & 4 != 0 { modifiers.insert(.shift) }
        if code & 8 != 0 { modifiers.insert(.alt) }
        if code & 16 != 0 { modifiers.insert(.control) }
        let place = Point(
            column: sequence.number(1, default: 1) - 1, row: sequence.number(2, default: 1) - 1)
        events.append(.mouse(MouseEvent(action, at: place, modifiers)))
    }
}

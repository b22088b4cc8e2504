extension Colour {
    /// The nearest colour that a depth has; nothing but the terminal's own where there are none.
    public func shown(_ depth: ColourDepth) -> Colour {
        switch (self, depth) {
        case (.normal, _), (_, .none): .normal
        case (_, .direct), (.basic, _), (.indexed, .indexed): self
        case (.rgb(let colour), .indexed): .indexed(colour.nearestIndex)
        case (.rgb(let colour), .basic): .basic(colour.nearestBasic)
        case (.indexed(let index), .basic):
            BasicColour(rawValue: index).map(Colour.basic)
                ?? .basic(RGB(index: index).nearestBasic)
        }
    }

    /// Red, green and blue; of the basic ones those that xterm has unless its user says otherwise. Nil for the
    /// terminal's own, which nobody knows.
    public var rgb: RGB? {
        switch self {
        case .normal: nil
        case .basic(let colour): RGB(colour)
        case .indexed(let index): RGB(index: index)
        case .rgb(let colour): colour
        }
    }
}

extension RGB {
    /// What xterm has for the sixteen (XTerm-col.ad).
    public init(_ colour: BasicColour) { self = RGB.sixteen[Int(colour.rawValue)] }

    private static let sixteen: [RGB] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ].map { RGB($0) }

    /// Of xterm's 256 (256colres.pl).
    public init(index: UInt8) {
        switch index {
        case ..<16: self = RGB.sixteen[Int(index)]
        case ..<232:
            let place = Int(index) - 16
            self.init(
                RGB.steps[place / 36], RGB.steps[place / 6 % 6], RGB.steps[place % 6])
        default:
            let grey = 8 + 10 * (index - 232)
            self.init(grey, grey, grey)
        }
    }

    private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]

    /// The nearest of the cube and the greys; never one of the sixteen, which are anybody's. The sides of the cube
    /// are independent, and the nearest grey is the one nearest to the mean, so nothing is searched.
    var nearestIndex: UInt8 {
        let (r, g, b) = (RGB.nearestStep(red), RGB.nearestStep(green), RGB.nearestStep(blue))
        let cube = UInt8(16 + 36 * r + 6 * g + b)
        let mean = (Int(red) + Int(green) + Int(blue)) / 3
        let grey = UInt8(232 + min(max((mean - 3) / 10, 0), 23))
        return distance(to: RGB(index: grey)) < distance(to: RGB(index: cube)) ? grey : cube
    }

    private static func nearestStep(_ value: UInt8) -> Int {
        // 0, 95, and then 40 apart.
        value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40
    }

    var nearestBasic: BasicColour {
        BasicColour.allCases.min { distance(to: RGB($0)) < distance(to: RGB($1)) } ?? .white
    }

    /// The square of the distance in the cube of red, green and blue.
    func distance(to other: RGB) -> Int {
        let r = Int(red) - Int(other.red)
        let g = Int(green) - Int(other.green)
        let b = Int(blue) - Int(other.blue)
        return r * r + g * g + b * b
    }
}

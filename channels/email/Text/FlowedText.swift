/// Undoes `format=flowed` (RFC 3676): paragraphs come back as one line each, quote marks stay.
enum FlowedText {
    enum DeletesSpace { case yes, no }

    /// `bytes` has LF line ends.
    static func unflowed(_ bytes: [UInt8], deletesSpace: DeletesSpace) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var openDepth: Int?
        var position = 0
        while position < bytes.count {
            let line = bytes.lineRange(from: position)
            position = line.next
            var content = line.content
            var depth = 0
            while let first = bytes[content].first, first == Ascii.greater {
                depth &+= 1
                content = (content.lowerBound &+ 1)..<content.upperBound
            }
            if bytes[content].first == Ascii.space {
                content = (content.lowerBound &+ 1)..<content.upperBound
            }
            let isSignatureMark = bytes[content].elementsEqual([
                Ascii.dash, Ascii.dash, Ascii.space,
            ])
            let flows = bytes[content].last == Ascii.space && !isSignatureMark
            if openDepth != depth || isSignatureMark {
                if openDepth != nil { result.append(Ascii.lineFeed) }
                result += [UInt8](repeating: Ascii.greater, count: depth)
                if depth > 0 { result.append(Ascii.space) }
            }
            if flows, deletesSpace == .yes {
                content = content.lowerBound..<(content.upperBound &- 1)
            }
            result += bytes[content]
            if flows {
                openDepth = depth
            } else {
                openDepth = nil
                result.append(Ascii.lineFeed)
            }
        }
        if openDepth != nil { result.append(Ascii.lineFeed) }
        return result
    }
}

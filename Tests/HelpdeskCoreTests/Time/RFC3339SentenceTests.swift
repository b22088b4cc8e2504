import HelpdeskCore
import Testing

@Suite struct RFC3339SentenceTests {
    @Test(
        "Times in a sentence are told as their reader writes them, and nothing else changes",
        arguments: [
            ("last given work 2026-11-30T12:18:54.026Z.", "last given work <1796041134026>."),
            (
                "by nima (2026-11-30T12:18:54Z), until 2026-11-30T15:48:54+03:30: kept",
                "by nima (<1796041134000>), until <1796041134000>: kept"
            ),
            (
                "on 2026-11-30, at 12:18, 2026-13-30T12:18:54Z",
                "on 2026-11-30, at 12:18, 2026-13-30T12:18:54Z"
            ),
            (
                "x2026-11-30T12:18:54Z  2026-11-30T12:18:54Zx",
                "x2026-11-30T12:18:54Z  2026-11-30T12:18:54Zx"
            ),
            ("", ""), (" ( ).", " ( )."),
            ("پاسخ تا 2026-11-30T12:18:54Z", "پاسخ تا <1796041134000>"),
        ])
    func times(sentence: String, told: String) {
        #expect(RFC3339.telling(sentence) { "<\($0.milliseconds)>" } == told)
    }
}

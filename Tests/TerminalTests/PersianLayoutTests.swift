import Testing

@testable import Terminal

@Suite struct PersianLayoutTests {
    @Test(
        "Keys of the Persian layout mean the Latin keys at their places",
        arguments: [
            ("ت", "j"), ("ن", "k"), ("ق", "r"), ("ض", "q"), ("ل", "g"), ("أ", "G"), ("ع", "u"),
            ("ه", "i"),
            ("ش", "a"), ("ؤ", "A"), ("ط", "x"), ("ظ", "z"), ("ی", "d"), ("ک", ";"), ("؟", "?"),
            ("۱", "1"), ("۰", "0"),
            ("٣", "3"), ("پ", "m"), ("و", ","), ("د", "n"), ("آ", "H"), ("گ", "'"),
        ])
    func map(persian: Character, latin: Character) {
        #expect(KeyPress(.character(persian)).asCommand == KeyPress(.character(latin)))
    }

    @Test("Latin keys, other keys and characters of no layout stay what they are")
    func others() {
        for key in [
            KeyPress(.character("j")), KeyPress(.character(":")), KeyPress(.up, .control),
            KeyPress(.character("日")),
        ] {
            #expect(key.asCommand == key)
        }
    }

    @Test("The terminal's word on the place of a key comes before the map")
    func baseLayout() {
        let russian = KeyPress(.character("о"), .control, baseLayout: "j")
        #expect(russian.asCommand == KeyPress(.character("j"), .control))
        let persian = KeyPress(.character("ت"), baseLayout: "x")
        #expect(persian.asCommand == KeyPress(.character("x")))
        let dvorak = KeyPress(.character("j"), .control, baseLayout: "c")
        #expect(dvorak.asCommand == KeyPress(.character("j"), .control))
    }

    @Test("Every letter key of a US keyboard can be reached in both cases")
    func complete() {
        let typed = "ضصثقفغعهخحشسیبلاتنمظطزرذدپ" + "ؤئيإأآة»«كژء"
        let reached = Set(typed.compactMap(PersianLayout.latin))
        #expect(reached.isSuperset(of: "abcdefghijklmnopqrstuvwxyzASDFGHJKLZCM"))
    }
}

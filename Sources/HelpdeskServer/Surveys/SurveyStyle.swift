internal import Crypto
internal import FoundationEssentials

/// The look of the survey page: one style sheet within the page, so that the page is one small request and the policy
/// can name it by its hash. No script, no font, no picture.
enum SurveyStyle {
    static let text = """
        :root{color-scheme:light dark;--ink:#1a1a1a;--ground:#fff;--line:#767676;--mark:#0b5cad;--on:#fff;--bad:#a4161a}
        @media(prefers-color-scheme:dark){:root{--ink:#eee;--ground:#161618;--line:#8a8a8a;--mark:#7ab7ff;--on:#10161d;--bad:#ff9b9b}}
        *{box-sizing:border-box}
        body{margin:0;padding:1.5rem 1rem;background:var(--ground);color:var(--ink);font:1.0625rem/1.6 system-ui,"Vazirmatn","Noto Sans Arabic",sans-serif}
        main{max-width:34rem;margin:0 auto}
        h1{font-size:1.35rem;line-height:1.4;margin:0 0 1rem}
        fieldset{border:0;margin:0 0 1.25rem;padding:0}
        legend{padding:0;margin-bottom:.75rem}
        .score{display:flex;align-items:center;gap:.75rem;min-height:3rem;margin:0 0 .5rem;padding:.5rem .875rem;border:1px solid var(--line);border-radius:.5rem;cursor:pointer}
        .score:has(:checked){border-color:var(--mark);box-shadow:inset 0 0 0 1px var(--mark)}
        .score input{width:1.25rem;height:1.25rem;margin:0;accent-color:var(--mark)}
        .few{display:flex;flex-wrap:wrap;gap:.5rem}
        .few .score{margin:0}
        label.comment{display:block;margin-bottom:.375rem}
        textarea{width:100%;min-height:7rem;padding:.625rem;border:1px solid var(--line);border-radius:.5rem;background:var(--ground);color:var(--ink);font:inherit}
        button{min-height:3rem;margin-top:1rem;padding:.5rem 1.75rem;border:0;border-radius:.5rem;background:var(--mark);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
        :focus-visible{outline:3px solid var(--mark);outline-offset:2px}
        .said{padding:.75rem 1rem;border-inline-start:.25rem solid var(--mark)}
        .wrong{padding:.75rem 1rem;border-inline-start:.25rem solid var(--bad)}
        .stop{margin-top:2rem}
        button.plain{margin:0;padding:.5rem 0;background:none;color:var(--ink);font-weight:400;font-size:.9375rem;text-decoration:underline}
        .brand{margin-top:2rem;color:var(--line)}
        .few .score{flex:1 1 auto;min-width:3.75rem}
        """

    /// Nothing may be loaded, the style is the one above, and the form goes nowhere else (CSP level 3).
    static let policy: String = {
        let hash = Data(SHA256.hash(data: Array(text.utf8))).base64EncodedString()
        return "default-src 'none'; style-src 'sha256-\(hash)'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'"
    }()
}

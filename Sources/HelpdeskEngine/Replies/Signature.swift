internal import HelpdeskCore
internal import HelpdeskStore

/// What stands under an agent's answer: the inbox's text in the answer's language, in which `{agent}` is the agent's own
/// signature (`hamdeld agent set LOGIN --signature`) or else their name.
struct Signature {
    let inbox: InboxPolicy
    let agent: AgentSignature
    let team: TeamID

    func text(in language: LanguageCode) -> String {
        let written: TextLanguage = language == .persian ? .persian : .english
        let parameters = TextParameters(
            brand: inbox.brand, agent: agent.text, team: team.rawValue)
        let own = inbox.signatures[language] ?? inbox.signatures[inbox.language]
        guard let own else {
            return CustomerTexts.standard.text(.signature, in: written, parameters)
        }
        do throws(TextTemplateError) {
            let template = try TextTemplate(own, for: .signature)
            return CustomerTexts(own: [written: [.signature: template]])
                .text(.signature, in: written, parameters)
        } catch {
            // The configuration refuses such a text; whoever made this policy without it gets the text as it is.
            return own
        }
    }
}

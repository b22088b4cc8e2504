internal import HelpdeskCore

/// Skills with their lowest levels as one column keeps them: `level name`, a line each, ascending by name. Names hold no
/// line end: the configuration sees to that.
enum SkillColumn {
    static func text(_ skills: [SkillName: Int]) -> String {
        skills.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.rawValue)" }
            .joined(separator: "\n")
    }

    /// What is no such line is passed over.
    static func skills(_ text: String) -> [SkillName: Int] {
        var skills: [SkillName: Int] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let level = Int(parts[0]) else { continue }
            skills[SkillName(rawValue: String(parts[1]))] = level
        }
        return skills
    }
}

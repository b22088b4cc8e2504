/// What `hamdeld channel new` puts into a folder. The templates of programs are the examples themselves, under another name.
struct ChannelTemplate {
    enum Language: String, CaseIterable { case swift, python, sh, preset }

    struct File: Equatable {
        let path: String
        let text: String
        let isProgram: Bool

        static func text(_ path: String, _ text: String) -> File {
            File(path: path, text: text, isProgram: false)
        }

        static func program(_ path: String, _ text: String) -> File {
            File(path: path, text: text, isProgram: true)
        }
    }

    let name: String
    let language: Language

    var files: [File] {
        switch language {
        case .python: renamed(Self.python, from: Self.pythonExample)
        case .sh: renamed(Self.shell, from: Self.shellExample)
        case .preset: renamed(Self.preset, from: "mychat")
        case .swift: renamed(Self.swiftAdapter, from: "mychannel", type: "MyChannel")
        }
    }

    private func renamed(_ files: [File], from example: String, type: String? = nil) -> [File] {
        files.map { file in
            func renamed(_ text: String) -> String {
                let text = text.replacing("channels/examples/\(example)", with: name)
                    .replacing(example, with: name)
                return type.map { text.replacing($0, with: typeName) } ?? text
            }
            return File(
                path: renamed(file.path), text: renamed(file.text), isProgram: file.isProgram)
        }
    }

    /// `my-channel` as a type: `MyChannel`.
    private var typeName: String {
        name.split { $0 == "-" || $0 == "_" }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined() + "Channel"
    }
}

extension ChannelTemplate.Language {
    /// What to do now.
    func next(_ folder: String) -> String {
        switch self {
        case .python, .sh:
            "It works as it is: hamdeld channel test \(folder)\nThen change it: hamdeld channel run \(folder), and Docs/Adapter-Guide.md"
        case .preset:
            "It works as it is: hamdeld channel test \(folder)\nThen change preset.toml: Docs/Presets.md"
        case .swift:
            "Put the folder into channels/ of Hamdel's source, and its lines into Package.swift and Channels.swift: its README says which."
        }
    }
}

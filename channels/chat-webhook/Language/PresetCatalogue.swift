internal import ChannelKit

/// The presets this program carries: the files in `presets/`, embedded when it was built.
enum PresetCatalogue {
    private static let sources: [(name: String, bytes: [UInt8])] = [
        ("telegram", PackageResources.telegram_toml),
        ("whatsapp", PackageResources.whatsapp_toml),
        ("twilio", PackageResources.twilio_toml),
        ("kavenegar", PackageResources.kavenegar_toml),
        ("slack", PackageResources.slack_toml),
        ("mattermost", PackageResources.mattermost_toml),
    ]

    /// Besides `generic`, which is no file.
    static var names: [String] { sources.map(\.name) }

    static func preset(named name: String) -> Result<Preset, PresetFaults>? {
        sources.first { $0.name == name }.map {
            PresetReader.read($0.bytes, file: "presets/\($0.name).toml")
        }
    }
}

public import AppConfiguration
import Glibc
public import Storage
public import Transport
import Values

/// The keys of an installation: which exist, where they are, and where a new one is stored.
public struct KeyRing: Sendable {
    /// The keys of the program's own services, according to the settings.
    let services: [ServiceKey]
    /// The names that the schedule file uses; nil when it cannot be read, for example because a key is wrong.
    let scheduleNames: [String]?
    let store: SecretStore
    /// systemd's folder for keys.
    private let installed: String
    /// Whether systemd loads the installation's keys, so that only root can read them.
    let isInstalled: Bool
    /// The data folder, whose owner gets the key files that root writes.
    let data: DataFolder

    /// - Parameters:
    ///   - installed: the folder that the unit loads.
    ///   - isInstalled: whether the settings are in the place of an installation.
    public init(
        services: [ServiceKey], scheduleNames: [String]?, store: SecretStore, installed: String, isInstalled: Bool,
        data: DataFolder
    ) {
        self.services = services
        self.scheduleNames = scheduleNames
        self.store = store
        self.installed = installed
        self.isInstalled = isInstalled || access(installed, F_OK) == 0
        self.data = data
    }

    /// The folder in which a new key is stored.
    var folder: String { isInstalled ? installed : store.folderForFiles }

    func service(_ name: String) -> ServiceKey? { services.first { $0.name == name } }

    /// What is wrong with a text as a secret of this name; nil when nothing is.
    func problem(with text: String, as name: String) -> String? {
        if text.unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F || $0.value > 0x7E })
        {
            return "it contains a character that no key has; was more than the key pasted?"
        }
        guard let service = service(name) else { return nil }
        if text.contains(where: \.isWhitespace) {
            return "it contains a blank or a line break; was more than the key pasted?"
        }
        return service.formProblem(text)
    }
}

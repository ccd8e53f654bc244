public import AppConfiguration
import Glibc
public import Storage
public import Transport
import Values

/// The keys of an installation: which there are, where they are, and where a new one is put.
public struct KeyRing: Sendable {
    /// What the program itself uses, as the settings have it.
    let services: [ServiceKey]
    /// The names that the schedule file asks for; nil when it cannot be read, as when a key is what is wrong.
    let scheduleNames: [String]?
    let store: SecretStore
    /// systemd's folder for them.
    private let installed: String
    /// Whether the installation's keys are systemd's to load, so that root alone has them.
    let isInstalled: Bool
    /// Whose the data is.
    let data: DataFolder

    /// - Parameters:
    ///   - installed: the folder that the unit loads.
    ///   - isInstalled: whether the settings are where an installation has them.
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

    /// Where a new key is put.
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

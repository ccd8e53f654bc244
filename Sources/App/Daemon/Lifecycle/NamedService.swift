import ServiceLifecycle

/// A part of the daemon's group. The group writes down what each part is, for which the runtime would take every one of them
/// apart, settings and all; this says it in a word, and spares a start a dozen milliseconds.
protocol NamedService: Service, TextOutputStreamable {}

extension NamedService {
    func write(to target: inout some TextOutputStream) { target.write("a part of the daemon") }
}

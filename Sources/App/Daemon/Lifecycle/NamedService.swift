import ServiceLifecycle
import WebAPI

/// A service in the daemon's group. The group logs a description of each service. By default the runtime builds it by
/// reflecting over the whole service, including its settings. This short text takes its place and saves about a
/// dozen milliseconds at start.
protocol NamedService: Service, TextOutputStreamable {}

extension NamedService {
    func write(to target: inout some TextOutputStream) { target.write("a part of the daemon") }
}

extension APIServer: NamedService {}

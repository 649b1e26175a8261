import Glibc

/// A file descriptor that is closed when nobody has it any more.
final class Descriptor: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  /// The same open file under a number above 2, so that a child may give it any of the standard numbers.
  init(above2 number: Int32) {
    guard number <= 2 else {
      self.number = number
      return
    }
    self.number = fcntl(number, F_DUPFD_CLOEXEC, 3)
    close(number)
  }

  deinit { if number >= 0 { close(number) } }

  func makeNonBlocking() { _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK) }
}

/// Strings as C has lists of them.
enum CStrings {
  static func with<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) throws(StartError) -> Result
  ) throws(StartError) -> Result {
    let pointers = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: pointers.count)
    defer { list.deallocate() }
    list.initialize(from: pointers, count: pointers.count)
    return try body(UnsafePointer(list))
  }
}

/// A user of this machine.
struct UserAccount {
  let user: uid_t
  let group: gid_t
  /// All groups that the user is in.
  let groups: [gid_t]

  init(name: String) throws(StartError) {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 16 << 10)
    guard getpwnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
      throw StartError(description: "there is no user '\(name)' on this machine")
    }
    guard geteuid() == 0 || geteuid() == entry.pw_uid else {
      throw StartError(description: "only a tower that runs as root can start a command as '\(name)'")
    }
    var count: Int32 = 256
    var groups = [gid_t](repeating: 0, count: Int(count))
    guard getgrouplist(name, entry.pw_gid, &groups, &count) >= 0 else {
      throw StartError(description: "the user '\(name)' is in too many groups")
    }
    (user, group, self.groups) = (entry.pw_uid, entry.pw_gid, Array(groups.prefix(Int(count))))
  }
}

package import CTArtifacts
internal import CTCrypto
package import CTGenerated
internal import CTHTTP
package import CTJSON
internal import CTRuntime

extension Tower {
  package func listArtifacts(_ input: ListArtifacts.Input) async throws -> ListArtifacts.Output {
    let archive = try requireArchive()
    let prefix = input.prefix ?? ""
    let hidden = input.caller.role == "owner" ? [OriginalVault.prefix] : [OriginalVault.prefix, "backups/"]
    func hider(of name: ArtifactName) -> String? { hidden.first { name.text.hasPrefix($0) } }
    var found: [CTArtifacts.Artifact] = []
    var last = input.cursor.flatMap { ArtifactName($0) }
    while found.count <= input.limit {
      let page = try await archive.artifacts.list(prefix: prefix, after: last, limit: input.limit + 1)
      found += page.filter { hider(of: $0.name) == nil }
      guard page.count > input.limit, let end = page.last?.name else { break }
      // There may be millions of what is hidden: go on behind all of it ("0" comes next after "/").
      last = hider(of: end).flatMap { ArtifactName($0.dropLast() + "0") } ?? end
    }
    let shown = found.prefix(input.limit)
    let link = found.count > shown.count ? shown.last.map { Self.next(input, after: $0.name) } : nil
    return .ok(.init(link: link, body: shown.map { Artifact($0, download: archive.link(to: $0.name, clock.now())) }))
  }

  private static func next(_ input: ListArtifacts.Input, after name: ArtifactName) -> String {
    let prefix = input.prefix.map { "prefix=\(PercentEncoding.encode($0.utf8))&" } ?? ""
    return "</artifacts?\(prefix)limit=\(input.limit)&cursor=\(PercentEncoding.encode(name.text.utf8))>; rel=\"next\""
  }

  package func downloadArtifact(_ input: DownloadArtifact.Input) async throws -> DownloadArtifact.Output {
    let archive = try requireArchive()
    let name: ArtifactName
    do throws(ArtifactLinks.Failure) {
      name = try archive.links.name(in: input.ticket, at: clock.now())
    } catch {
      guard case .expired = error else { throw ProblemDetails(.notFound, "This is no link of this tower's.") }
      throw ProblemDetails(.gone, "The link has expired; ask for a new one.")
    }
    guard let artifact = try await archive.artifacts.artifact(name) else {
      throw ProblemDetails(.notFound, "The artifact is not there any more.")
    }
    let tag = "\"\(artifact.sha256.hex)\""
    let range = input.ifRange.map { $0 == tag } ?? true ? ByteRange(input.range, size: artifact.size) : .whole
    switch range {
    case .unsatisfiable:
      let problem = Problem(
        type: "about:blank", title: HTTPStatus.rangeNotSatisfiable.reason, status: 416,
        detail: "The artifact has \(artifact.size) bytes.")
      return .rangeNotSatisfiable(.init(contentRange: "bytes */\(artifact.size)", body: problem))
    case .part(let range):
      return .partialContent(
        .init(
          contentRange: "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(artifact.size)", acceptRanges: .bytes,
          eTag: tag, body: archive.stream(artifact, range)))
    case .whole:
      let file = name.segments.last ?? name.text
      return .ok(
        .init(
          acceptRanges: .bytes, eTag: tag, contentDisposition: "attachment; filename=\"\(file)\"",
          body: archive.stream(artifact, 0..<artifact.size)))
    }
  }
}

extension Archive {
  /// A link that lets whoever has it download an artifact for a while.
  package func link(to name: ArtifactName, _ now: Timestamp) -> DownloadLink {
    // Whole seconds, as the ticket has them.
    let end = (now.microseconds + linkLife) / 1_000_000 * 1_000_000
    let expires = Timestamp(microseconds: end)
    return DownloadLink(href: "/downloads/\(links.ticket(for: name, expires: expires))", expiresAt: expires)
  }

  private static let pieceBytes: Int64 = 1 << 18

  fileprivate func stream(_ artifact: CTArtifacts.Artifact, _ range: Range<Int64>) -> ResponseStream {
    ResponseStream { [artifacts] writer in
      var offset = range.lowerBound
      while offset < range.upperBound {
        let end = min(range.upperBound, offset + Self.pieceBytes)
        try await writer.write(try await artifacts.read(artifact, offset..<end))
        offset = end
      }
    }
  }
}

extension CTGenerated.Artifact {
  init(_ artifact: CTArtifacts.Artifact, download: DownloadLink) {
    self.init(
      name: artifact.name.text, size: Int(artifact.size), sha256: artifact.sha256.hex, mediaType: artifact.mediaType,
      createdAt: artifact.createdAt, download: download)
  }
}

internal import CTDigest
package import CTGenerated
internal import CTHTTP
internal import CTJSON
internal import CTRuntime
internal import CTSchedule
internal import Foundation

extension Tower {
  /// Seed, section 3.6: the digest of a date, or the latest.
  package func getDailyReport(_ input: GetDailyReport.Input) async throws -> GetDailyReport.Output {
    let digest = try await find(input.date)
    // JSON is cut to what the caller may see when it is written, text has to be made of no more.
    switch input.responseMediaType {
    case .json: return .ok(.init(body: .json(try CTGenerated.DailyDigest(json: digest.json))))
    case .markdown: return .ok(.init(body: .markdown(try digest.visible(to: .role(input.caller.role)).markdown)))
    case .html: return .ok(.init(body: .html(try digest.visible(to: .role(input.caller.role)).html)))
    }
  }

  private func find(_ text: String?) async throws -> CTDigest.DailyDigest {
    guard let text else {
      if let digest = try await digests.latest() { return digest }
      return try await digests.preview()
    }
    guard let date = LocalDate(text) else {
      throw ProblemDetails(.badRequest, "A parameter is not what the specification says.")
    }
    if date > digests.today {
      throw ProblemDetails(
        .unprocessableContent, "The date has not come yet in \(digests.plan.zone.identifier).",
        violations: [.init(pointer: "/query/date", keyword: "date", detail: "must not be after today")])
    }
    if let digest = try await digests.digest(of: date) { return digest }
    if date == digests.today {
      let due = date.instant(at: digests.plan.time, in: digests.plan.zone)
      throw ProblemDetails(.notFound, "The digest of today is made at \(due). Without a date, there is the latest.")
    }
    throw ProblemDetails(.notFound, "There is no digest of that date; GET /reports lists those that there are.")
  }

  /// The digests that there are, the latest first.
  package func listReports(_ input: ListReports.Input) async throws -> ListReports.Output {
    let start = input.before.flatMap { LocalDate($0) } ?? digests.tomorrow
    let found = try await digests.digests(before: start, limit: input.limit + 1)
    let page = found.prefix(input.limit)
    let link = found.count > page.count ? page.last.map { Self.link(before: $0.date, limit: input.limit) } : nil
    return .ok(.init(link: link, body: try page.map { try ReportSummary($0) }))
  }

  private static func link(before date: String, limit: Int) -> String {
    "</reports?limit=\(limit)&before=\(date)>; rel=\"next\""
  }
}

extension ReportSummary {
  fileprivate init(_ digest: CTDigest.DailyDigest) throws {
    self.init(
      date: digest.date, generatedAt: digest.generatedAt,
      period: DigestPeriod(from: digest.period.from, to: digest.period.to),
      status: Status(rawValue: digest.status.rawValue) ?? .unknown, url: "/reports/daily?date=\(digest.date)")
  }
}

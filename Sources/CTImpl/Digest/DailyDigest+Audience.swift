internal import CTDigest
internal import CTGenerated
internal import CTRuntime

extension CTDigest.DailyDigest {
  /// What readers may see of it: what their JSON would have, by the roles that the specification names.
  func visible(to audience: Audience) throws -> CTDigest.DailyDigest {
    try .init(json: CTGenerated.DailyDigest(json: json).json(for: audience))
  }
}

internal import Glibc

/// The bins of ``LatencyHistogram``: bin `n` from 1 on holds the values in (γ^(n-1), γ^n] with γ = 1.01 / 0.99, and stands
/// for 2γ^n / (γ + 1), which is at most 1 % away from each of them (Masson, Rim, Lee: DDSketch, VLDB 2019, section 2).
/// Bin 0 holds zero.
enum LatencyScale {
  static let relativeError = 0.01
  /// More than a year: what is longer is counted as this long. In microseconds.
  static let maximum: Int64 = 34_560_000_000_000
  static let lastBin = UInt16(bin(of: maximum))

  private static let gamma = (1 + relativeError) / (1 - relativeError)
  private static let inverseLogGamma = 1 / Glibc.log(gamma)

  /// The bin of a value in microseconds. Negative values are zero.
  @inline(__always)
  static func bin(of value: Int64) -> Int {
    if value <= 0 { return 0 }
    return 1 + max(0, Int((Glibc.log(Double(min(value, maximum))) * inverseLogGamma).rounded(.up)))
  }

  /// What a bin stands for, in microseconds.
  static func value(ofBin bin: UInt16) -> Double {
    if bin == 0 { return 0 }
    return 2 * Glibc.pow(gamma, Double(bin) - 1) / (gamma + 1)
  }
}

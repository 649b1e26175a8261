/// The same hundred fields, as `Codable` has them.
struct CodableDocument: Codable {
  var text0: String
  var code1: String
  var count2: Int
  var amount3: Double
  var flag4: Bool
  var text5: String
  var code6: String
  var count7: Int
  var amount8: Double
  var flag9: Bool
  var text10: String
  var code11: String
  var count12: Int
  var amount13: Double
  var flag14: Bool
  var text15: String
  var code16: String
  var count17: Int
  var amount18: Double
  var flag19: Bool
  var text20: String
  var code21: String
  var count22: Int
  var amount23: Double
  var flag24: Bool
  var text25: String
  var code26: String
  var count27: Int
  var amount28: Double
  var flag29: Bool
  var text30: String
  var code31: String
  var count32: Int
  var amount33: Double
  var flag34: Bool
  var text35: String
  var code36: String
  var count37: Int
  var amount38: Double
  var flag39: Bool
  var text40: String
  var code41: String
  var count42: Int
  var amount43: Double
  var flag44: Bool
  var text45: String
  var code46: String
  var count47: Int
  var amount48: Double
  var flag49: Bool
  var text50: String
  var code51: String
  var count52: Int
  var amount53: Double
  var flag54: Bool
  var text55: String
  var code56: String
  var count57: Int
  var amount58: Double
  var flag59: Bool
  var text60: String
  var code61: String
  var count62: Int
  var amount63: Double
  var flag64: Bool
  var text65: String
  var code66: String
  var count67: Int
  var amount68: Double
  var flag69: Bool
  var text70: String
  var code71: String
  var count72: Int
  var amount73: Double
  var flag74: Bool
  var text75: String
  var code76: String
  var count77: Int
  var amount78: Double
  var flag79: Bool
  var text80: String
  var code81: String
  var count82: Int
  var amount83: Double
  var flag84: Bool
  var text85: String
  var code86: String
  var count87: Int
  var amount88: Double
  var flag89: Bool
  var text90: String
  var code91: String
  var count92: Int
  var amount93: Double
  var flag94: Bool
  var text95: String
  var code96: String
  var count97: Int
  var amount98: Double
  var flag99: Bool
}

enum Sample {
  /// One of each, in the order of the schema.
  static let document: String = {
    let members = (0..<100).map { index -> String in
      switch index % 5 {
      case 0: "\"text\(index)\":\"Lorem ipsum\(index)\""
      case 1: "\"code\(index)\":\"AB-\(1000 + index)\""
      case 2: "\"count\(index)\":\(index * 37)"
      case 3: "\"amount\(index)\":\(index).25"
      default: "\"flag\(index)\":\(index % 2 == 0)"
      }
    }
    return "{\(members.joined(separator: ","))}"
  }()
}

import Foundation

/// The displayed formulas of the shipped notes as they stand on the page, in LaTeX.
package struct Catalogue: Decodable {
  package struct Formula: Decodable {
    /// `(2)`, `U3`, `§1.2`: a label of the notes, or one of ours for a formula without number.
    package let label: String
    package let printed: String
    /// Where the page is wrong.
    package let corrected: String?
  }

  private let documents: [String: [Formula]]

  package init(from decoder: any Decoder) throws {
    documents = try decoder.singleValueContainer().decode([String: [Formula]].self)
  }

  /// The formulas of a document, in its order.
  package func formulas(_ document: String) -> [Formula] { documents[document] ?? [] }

  package static func load() throws -> Catalogue {
    let file = Bundle.module.bundleURL.appending(path: "Catalogue/catalogue.json")
    return try JSONDecoder().decode(Catalogue.self, from: Data(contentsOf: file))
  }
}

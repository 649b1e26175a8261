import CTGenerator
import CTReviewCommands

OpenAPIGenCommand([.generate, .lint, .diff, .validate]).main()

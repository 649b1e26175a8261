import CTConformance
import Glibc

exit(await ConformCommand.main(Array(CommandLine.arguments.dropFirst())))

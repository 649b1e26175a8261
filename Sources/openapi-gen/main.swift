import CTGenerator

OpenAPIGenCommand.main()

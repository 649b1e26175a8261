import CTGenerator

// What the build plugin runs: every clean build compiles it twice, so it brings nothing that only people need.
OpenAPIGenCommand([.generate]).main()

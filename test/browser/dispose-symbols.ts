// WebKit has neither yet; whatever declares a disposer under them is to be imported after this.
for (const name of ["dispose", "asyncDispose"] as const) {
  if (!(name in Symbol))
    Object.defineProperty(Symbol, name, { value: Symbol.for(`Symbol.${name}`) });
}

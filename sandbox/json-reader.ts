/** A JSON object whose fields have not been looked at yet. */
export type JsonObject = Record<string, unknown>

/** The text is not the JSON, or a field not of the kind, that was asked for. The message names the field. */
export class JsonShapeError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "JsonShapeError"
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Parses a body that should hold one JSON object; an empty body counts as an empty object. */
export function parseJsonObject(text: string): JsonObject {
  if (text.trim() === "") return {}
  const value = parseJson(text)
  if (!isJsonObject(value)) throw new JsonShapeError("the body is not a JSON object")
  return value
}

/** Parses a body of any JSON kind. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonShapeError("the body is not JSON")
  }
}

/** Typed access to an object's optional and required fields; null counts as absent. */
export class JsonReader {
  constructor(
    readonly fields: JsonObject,
    private readonly where = ""
  ) {}

  string(name: string): string | undefined {
    return this.optional(name, "a string", (value): value is string => typeof value === "string")
  }

  number(name: string): number | undefined {
    return this.optional(
      name,
      "a number",
      (value): value is number => typeof value === "number" && Number.isFinite(value)
    )
  }

  boolean(name: string): boolean | undefined {
    return this.optional(name, "true or false", (value): value is boolean => typeof value === "boolean")
  }

  object(name: string): JsonReader | undefined {
    const value = this.optional(name, "an object", isJsonObject)
    return value && new JsonReader(value, `${this.where}${name}.`)
  }

  array(name: string): unknown[] | undefined {
    return this.optional(name, "a list", (value): value is unknown[] => Array.isArray(value))
  }

  /** A list of objects. */
  objects(name: string): JsonReader[] | undefined {
    return this.array(name)?.map((value, index) => {
      if (!isJsonObject(value)) throw new JsonShapeError(`${this.where}${name}[${index}] must be an object`)
      return new JsonReader(value, `${this.where}${name}[${index}].`)
    })
  }

  /** A list of numbers. */
  numbers(name: string): number[] | undefined {
    return this.array(name)?.map((value, index) => {
      if (typeof value !== "number") throw new JsonShapeError(`${this.where}${name}[${index}] must be a number`)
      return value
    })
  }

  /** A list of strings. */
  strings(name: string): string[] | undefined {
    return this.array(name)?.map((value, index) => {
      if (typeof value !== "string") throw new JsonShapeError(`${this.where}${name}[${index}] must be a string`)
      return value
    })
  }

  /** An id given as a whole number or as its digits. */
  id(name: string): string | undefined {
    const value = this.fields[name]
    if (typeof value === "number" && Number.isSafeInteger(value)) return String(value)
    return this.optional(name, "a whole number or its digits", (given): given is string => {
      return typeof given === "string" && /^\d+$/.test(given)
    })
  }

  requiredString(name: string): string {
    return this.required(name, this.string(name))
  }

  requiredNumber(name: string): number {
    return this.required(name, this.number(name))
  }

  private required<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw new JsonShapeError(`${this.where}${name} is missing`)
    return value
  }

  private optional<T>(name: string, kind: string, test: (value: unknown) => value is T): T | undefined {
    const value = this.fields[name]
    if (value === undefined || value === null) return undefined
    if (!test(value)) throw new JsonShapeError(`${this.where}${name} must be ${kind}`)
    return value
  }
}

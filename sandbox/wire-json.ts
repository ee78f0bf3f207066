const MARK = "\u0001"
const MARKED_NUMBER = /"\\u0001(-?\d+)\\u0001"/g

/** A JSON number written digit by digit, for what a JavaScript number can't carry: ids above 2^53 and `-0`. */
export class NumberLiteral {
  constructor(private readonly digits: string) {
    if (!/^-?\d+$/.test(digits)) throw new RangeError(`not a whole number: ${digits}`)
  }

  toJSON(): string {
    return MARK + this.digits + MARK
  }
}

/** An id as a JSON number, whichever size it has. */
export function idLiteral(id: string): number | NumberLiteral {
  const number = Number(id)
  return Number.isSafeInteger(number) ? number : new NumberLiteral(id)
}

/** JSON as it goes over the wire, with every `NumberLiteral` written as the number it stands for. */
export function toWireJson(value: unknown): string {
  return JSON.stringify(value).replace(MARKED_NUMBER, "$1")
}

/** An amount of money as a whole number of cents (hundredths of the major unit, in every currency). */
export type Cents = number

/** Major units, as in a spec or on the wire, to cents. */
export function toCents(major: number): Cents {
  return Math.round(major * 100)
}

/** Cents to major units, Shopee's form on the wire. */
export function toMajor(cents: Cents): number {
  return cents / 100
}

/** `basisPoints` hundredths of a percent of an amount, rounded half up to the cent. */
export function share(cents: Cents, basisPoints: number): Cents {
  return Math.round((cents * basisPoints) / 10_000)
}

/** Splits an amount in proportion to weights; the parts add up to the amount to the cent. */
export function prorate(cents: Cents, weights: number[]): Cents[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let givenWeight = 0
  let givenCents = 0
  return weights.map((weight) => {
    givenWeight += weight
    const upToHere = whole === 0 ? 0 : Math.round((cents * givenWeight) / whole)
    const part = upToHere - givenCents
    givenCents = upToHere
    return part
  })
}

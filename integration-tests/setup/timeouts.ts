/** A test that boots Medusa or a process needs more than Jest's five seconds on two cores. */
jest.setTimeout(120_000)

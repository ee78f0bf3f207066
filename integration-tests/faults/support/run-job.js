/**
 * Runs one scheduled job of the built platform now, in a process of its own: `medusa exec run-job.js <file name of the job>`.
 * Plain JavaScript: the built platform has nothing that reads TypeScript.
 */
const { resolve } = require("node:path")

exports.default = async function runJob({ container, args }) {
  const [job] = args
  await require(resolve(process.cwd(), "src", "jobs", `${job}.js`)).default(container)
}

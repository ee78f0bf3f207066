import { resolve } from "node:path"
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../../tooling/embedded-postgres"
import { findPostgresAccount } from "../../../tooling/postgres-account"
import { findPostgresPrograms, type PostgresPrograms } from "../../../tooling/postgres-programs"

const CHECKOUT = resolve(__dirname, "../../..")

/** A Postgres that only this suite uses, so that it may be pulled away. */
export class OwnPostgres {
  private constructor(
    readonly server: EmbeddedPostgres,
    private readonly programs: PostgresPrograms
  ) {}

  /** Starts it, and makes it the server of everything that this file's suite sets up from now on. */
  static async start(): Promise<OwnPostgres> {
    const server = await startEmbeddedPostgres({ checkout: CHECKOUT, mode: "throwaway" })
    Object.assign(process.env, {
      DB_HOST: server.host,
      DB_PORT: String(server.port),
      DB_USERNAME: server.user,
      DB_PASSWORD: server.password,
    })
    return new OwnPostgres(server, await findPostgresPrograms(await findPostgresAccount(CHECKOUT)))
  }

  /** The plug is pulled: nothing is written out, whoever is connected is cut off. */
  async crash(): Promise<void> {
    await this.programs.run("pg_ctl", ["stop", "-D", this.server.directory, "-m", "immediate", "-w"])
  }

  /** Starts again on the same port, and recovers. */
  async recover(): Promise<void> {
    await this.programs.run("pg_ctl", [
      "start",
      "-D",
      this.server.directory,
      "-l",
      `${this.server.directory}.log`,
      "-w",
      "-t",
      "60",
      "-o",
      `-p ${this.server.port} -c listen_addresses=${this.server.host} -c unix_socket_directories= -c fsync=off`,
    ])
  }

  async stop(): Promise<void> {
    await this.server.stop()
  }
}

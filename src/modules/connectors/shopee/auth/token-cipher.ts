import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto"
import { TokenUnreadableError } from "./token-errors"

/** A column of `shopee_auth_token` that holds a sealed token. */
export type TokenColumn = "access_token" | "refresh_token"

const VERSION = "v1"
const IV_BYTES = 12
const TAG_BYTES = 16

interface RingKey {
  id: string
  key: Buffer
}

/**
 * Encrypts tokens at rest: AES-256-GCM, a random IV each time, `v1.<key id>.<iv>.<tag>.<ciphertext>` in base64url.
 *
 * Table, column and shop are authenticated with the text, so that a sealed token can't be moved to another row or column.
 * The key's id is derived from the key; the first key of the ring encrypts and all of them decrypt. After a rotation (new key
 * first, old key second) stored tokens are encrypted anew within a minute (`reseal-token.ts`); then the old key can go.
 */
export class TokenCipher {
  readonly #ring: RingKey[]
  readonly #sealing: RingKey

  /** @param keys 32 bytes each. @throws Error when there is none. */
  constructor(keys: Buffer[]) {
    const [first, ...others] = keys.map((key) => ({ id: keyIdOf(key), key }))
    if (!first) {
      throw new Error(
        "SHOPEE_TOKEN_ENCRYPTION_KEY is not set: put 32 random bytes as base64 there (`openssl rand -base64 32`)."
      )
    }
    this.#sealing = first
    this.#ring = [first, ...others]
  }

  seal(token: string, column: TokenColumn, shopId: string): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv("aes-256-gcm", this.#sealing.key, iv, { authTagLength: TAG_BYTES })
    cipher.setAAD(associatedData(column, shopId))
    const ciphertext = Buffer.concat([cipher.update(token, "utf8"), cipher.final()])
    const parts = [iv, cipher.getAuthTag(), ciphertext].map((part) => part.toString("base64url"))
    return [VERSION, this.#sealing.id, ...parts].join(".")
  }

  /** Whether the text was encrypted with the key that encrypts now. */
  isNewest(sealed: string): boolean {
    return sealed.startsWith(`${VERSION}.${this.#sealing.id}.`)
  }

  /** @throws TokenUnreadableError when the text is not ours, was changed or moved, or its key is not in the ring. */
  open(sealed: string, column: TokenColumn, shopId: string): string {
    const [version, keyId, iv, tag, ciphertext, ...rest] = sealed.split(".")
    if (version !== VERSION || !keyId || !iv || !tag || ciphertext === undefined || rest.length > 0) {
      throw new TokenUnreadableError(`The stored ${column} of shop ${shopId} is not an encrypted token.`)
    }
    const entry = this.#ring.find((candidate) => candidate.id === keyId)
    if (!entry) {
      throw new TokenUnreadableError(
        `The stored ${column} of shop ${shopId} was encrypted with another key (id ${printable(keyId)}): add that key to SHOPEE_TOKEN_ENCRYPTION_KEY, after the first one, or authorise the shop again.`
      )
    }
    try {
      const decipher = createDecipheriv("aes-256-gcm", entry.key, Buffer.from(iv, "base64url"), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(associatedData(column, shopId))
      decipher.setAuthTag(Buffer.from(tag, "base64url"))
      return Buffer.concat([decipher.update(Buffer.from(ciphertext, "base64url")), decipher.final()]).toString("utf8")
    } catch {
      // Node's own error says nothing more than that authentication failed.
      throw new TokenUnreadableError(
        `The stored ${column} of shop ${shopId} was changed or moved and can't be decrypted: authorise the shop again.`
      )
    }
  }
}

function keyIdOf(key: Buffer): string {
  return createHash("sha256").update("tcg-platform token key id\0").update(key).digest("hex").slice(0, 8)
}

function associatedData(column: TokenColumn, shopId: string): Buffer {
  return Buffer.from(`shopee_auth_token|${column}|${shopId}`)
}

function printable(keyId: string): string {
  return keyId.replace(/[^0-9a-f]/g, "").slice(0, 8)
}

import type { ExceptionView } from "../../modules/connectors/shopee/types/desk"
import en from "../i18n/en.json"

export type ErrorClassName = ExceptionView["error_class"]

/** A class without a text doesn't compile. */
const TEXTS: Readonly<Record<ErrorClassName, string>> = en.errorClass

/** Every class that an exception can have. */
export const ERROR_CLASSES = Object.keys(TEXTS) as ErrorClassName[]

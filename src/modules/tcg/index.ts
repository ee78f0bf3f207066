import { Module } from "@medusajs/framework/utils"
import TcgModuleService from "./service"

export const TCG_MODULE = "tcgModuleService"

export default Module(TCG_MODULE, { service: TcgModuleService })

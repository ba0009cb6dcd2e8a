// Prints what @scalar/openapi-parser makes of a definition: {"valid", "errors"}.
import { readFileSync } from "node:fs"

import { dereference, validate } from "@scalar/openapi-parser"

const text = readFileSync(process.argv[2], "utf8")
const { valid, errors } = await validate(text)
const resolved = dereference(text)
const reasons = [...(errors ?? []), ...(resolved.errors ?? [])].map(({ message }) => message)
console.log(JSON.stringify({ valid: valid && Boolean(resolved.schema), errors: reasons }))

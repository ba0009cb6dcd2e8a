// Writes a definition of several files as one, by a bundler that is not the portal's.
import { writeFileSync } from "node:fs"

import $RefParser from "@apidevtools/json-schema-ref-parser"

const bundled = await $RefParser.bundle(process.argv[2], { resolve: { http: false } })
writeFileSync(process.argv[3], JSON.stringify(bundled))

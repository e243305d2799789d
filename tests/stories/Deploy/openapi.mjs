// Says whether a file is an OpenAPI document, by a validator that is not ours, and whether its examples are what their schemas say.
import { readFile } from 'node:fs/promises'
import { Validator } from '@seriousme/openapi-schema-validator'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const document = JSON.parse(await readFile(process.argv[2], 'utf8'))
const faults = []

const verdict = await new Validator().validate(structuredClone(document))
if (!verdict.valid) faults.push(JSON.stringify(verdict.errors))

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats(ajv)
ajv.addSchema({ $id: 'https://tumbler.example/document', ...document })
let examples = 0
const check = (where, content) => {
  for (const [media, { schema, example }] of Object.entries(content ?? {})) {
    if (example === undefined) continue
    examples++
    const valid = ajv.compile({ $ref: `https://tumbler.example/document${schema.$ref}` })
    if (!valid(example)) faults.push(`${where} ${media}: ${ajv.errorsText(valid.errors)}`)
  }
}
for (const [path, methods] of Object.entries(document.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    check(`${method} ${path}`, operation.requestBody?.content)
    for (const [status, response] of Object.entries(operation.responses)) check(`${method} ${path} ${status}`, response.content)
  }
}
for (const [name, response] of Object.entries(document.components.responses)) check(name, response.content)

console.log(JSON.stringify({ version: verdict.valid ? document.openapi : null, operations: Object.values(document.paths).flatMap(Object.keys).length, examples, faults }))

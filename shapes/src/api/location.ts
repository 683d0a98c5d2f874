/** Bodies of the proximity routes: what a person willing to help nearby lets the server know. */
import * as v from 'valibot'
import { isCell } from '../grid.ts'
import { limits } from '../limits.ts'

const integer = () => v.pipe(v.number(), v.safeInteger())

/** `PUT /v1/responder` */
export const responderRequest = v.strictObject({
  radius_metres: v.pipe(
    integer(),
    v.minValue(limits.radiusMinMetres),
    v.maxValue(limits.radiusMaxMetres),
  ),
})

/** `PUT /v1/location/cell` */
export const cellRequest = v.pipe(
  v.strictObject({ row: integer(), column: integer() }),
  v.check(isCell, 'a cell of the grid'),
)

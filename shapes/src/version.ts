/** Version of everything both sides must agree on; `version.test.ts` pins a hash of it to this number. */
import * as account from './api/account.ts'
import * as contact from './api/contact.ts'
import * as grant from './api/grant.ts'
import * as link from './api/link.ts'
import * as live from './api/live.ts'
import * as location from './api/location.ts'
import * as ops from './api/ops.ts'
import * as sos from './api/sos.ts'
import * as vault from './api/vault.ts'
import { card, cardSecret } from './card.ts'
import { documentHeads, documentSnapshot, documentUpdate, documentVoid } from './document.ts'
import { cell, cellMetres, cellOf } from './grid.ts'
import { domains } from './domain.ts'
import { envelopeHeader } from './envelope.ts'
import { grantGrammar, grantScopes } from './grant.ts'
import { limits } from './limits.ts'
import { logGrammar } from './log/entry.ts'
import { opGrammar, opKinds, retryableRejections } from './op.ts'
import { problems } from './problem-table.ts'
import {
  introduction,
  introductionHeader,
  renewalHeader,
  shareRenewal,
  shareStatement,
} from './share.ts'
import { shapes } from './shape.ts'
import { snapshotCovers } from './snapshot.ts'

import { sosOp } from './sos/op.ts'
import { sosGrammar } from './sos/slot.ts'

export const WIRE_VERSION = 7

const grammars = {
  envelopeHeader: envelopeHeader.grammar,
  documentUpdate: documentUpdate.grammar,
  documentSnapshot: documentSnapshot.grammar,
  documentHeads: documentHeads.grammar,
  documentVoid: documentVoid.grammar,
  snapshotCovers: snapshotCovers.grammar,
  card: card.grammar,
  cardSecret: cardSecret.grammar,
  linkCode: link.linkCode.grammar,
  linkOffer: link.linkOffer.grammar,
  linkConsent: link.linkConsent.grammar,
  linkDone: link.linkDone.grammar,
  linkReply: link.linkReply.grammar,
  linkReveal: link.linkReveal.grammar,
  ...logGrammar,
  ...opGrammar,
  shareStatement: shareStatement.grammar,
  shareRenewal: shareRenewal.grammar,
  renewalHeader: renewalHeader.grammar,
  introduction: introduction.grammar,
  introductionHeader: introductionHeader.grammar,
  ...grantGrammar,
  cell: cell.grammar,
  sosOp: sosOp.grammar,
  ...sosGrammar,
}

const bodies = {
  registerRequest: account.registerRequest,
  saltRequest: account.saltRequest,
  saltAnswer: account.saltAnswer,
  challengeAnswer: account.challengeAnswer,
  sessionRequest: account.sessionRequest,
  sessionAnswer: account.sessionAnswer,
  refreshRequest: account.refreshRequest,
  entryRequest: vault.entryRequest,
  erasureRequest: vault.erasureRequest,
  recoveryRequest: vault.recoveryRequest,
  recoveryAnswer: vault.recoveryAnswer,
  admissionRequest: vault.admissionRequest,
  endingRequest: vault.endingRequest,
  endingAnswer: vault.endingAnswer,
  opsRequest: ops.opsRequest,
  opsAnswer: ops.opsAnswer,
  openLinkRequest: link.openLinkRequest,
  linkMessageRequest: link.linkMessageRequest,
  linkMessageAnswer: link.linkMessageAnswer,
  inviteRequest: contact.inviteRequest,
  inviteAnswer: contact.inviteAnswer,
  offerAnswer: contact.offerAnswer,
  acceptRequest: contact.acceptRequest,
  renewalRequest: contact.renewalRequest,
  grantRequest: grant.grantRequest,
  grantsAnswer: grant.grantsAnswer,
  pageAnswer: grant.pageAnswer,
  responderRequest: location.responderRequest,
  cellRequest: location.cellRequest,
  sosRequest: sos.sosRequest,
  sosAnswer: sos.sosAnswer,
  responseRequest: sos.responseRequest,
  responderBoxAnswer: sos.responderBoxAnswer,
  ticketRequest: live.ticketRequest,
  ticketAnswer: live.ticketAnswer,
  clientFrame: live.clientFrame,
  serverFrame: live.serverFrame,
}

/** Places whose cells stand for the formula of the grid: a northern and a southern city, both sides of ±180°, a pole. */
const landmarks = [
  { latitude: 52.5219, longitude: 13.4132 },
  { latitude: -33.8568, longitude: 151.2153 },
  { latitude: -16.8, longitude: 179.999 },
  { latitude: -16.8, longitude: -179.999 },
  { latitude: 90, longitude: 0 },
] as const

/** The wire as plain data: byte grammars, API schemas, tables, shapes, problems, limits. */
export function wireSchema() {
  return {
    grammars,
    grid: { cellMetres, cells: landmarks.map(cellOf) },
    liveProtocol: live.liveProtocol,
    domains: Object.values(domains).map((bytes) => String.fromCharCode(...bytes)),
    opKinds,
    grantScopes,
    retryable: [...retryableRejections],
    problems,
    limits,
    shapes: Object.entries(shapes).map(([name, { table, owner }]) => ({
      name,
      owner,
      table: table.name,
      key: table.key,
      columns: Object.entries(table.columns).map(([column, { sqlType }]) => [column, sqlType]),
    })),
    bodies,
  }
}

/** Everything both sides agree on. No I/O, no platform. */
export { bytesToBase64url, base64urlToBytes, bytesToHex, hexToBytes } from './bytes/text.ts'
export { concat, sameBytes, utf8 } from './bytes/concat.ts'
export {
  decode,
  encode,
  fixed,
  literal,
  struct,
  u32,
  u64,
  u8,
  type Codec,
  type Decoded,
  type Valued,
} from './bytes/codec.ts'
export { pad, padFixed, padme, unpad, unpadFixed } from './bytes/padding.ts'
export {
  bytesToUuid,
  isUuid,
  stampUuid,
  uuidToBytes,
  type AlertId,
  type ContactId,
  type DeviceId,
  type DocId,
  type GrantId,
  type LinkId,
  type MemberId,
  type OpId,
  type ResponseId,
  type SessionId,
  type VaultId,
} from './id.ts'
export {
  isProblemCode,
  Problem,
  problemFromBody,
  problemToBody,
  type ProblemBody,
  type ProblemCode,
} from './problem.ts'
export { problems, type Remedy } from './problem-table.ts'
export { domains } from './domain.ts'
export type { WireCrypto } from './crypto.ts'
export {
  envelopeHash,
  envelopeHeader,
  envelopeSigningBytes,
  joinEnvelope,
  parseEnvelope,
  type Envelope,
  type EnvelopeHeader,
} from './envelope.ts'
export {
  card,
  cardHeader,
  cardSecret,
  kdfParameters,
  type Card,
  type KdfParameters,
} from './card.ts'
export {
  documentHeads,
  documentSnapshot,
  documentUpdate,
  documentVoid,
  givenEnvelopes,
  seenHeads,
  type SeenHead,
  type DocumentHeads,
  type DocumentSnapshot,
  type DocumentUpdate,
  type DocumentVoid,
} from './document.ts'
export { decodeCovers, encodeCovers, snapshotVerdict, type Cover } from './snapshot.ts'
export { docSnapshots } from './tables/doc-snapshots.ts'
export {
  addedMembers,
  encodeEntry,
  entryHash,
  entrySigningBytes,
  epochOf,
  epochSeal,
  joinEntry,
  memberId,
  parseEntry,
  parseUnsignedEntry,
  unnamedVault,
  type EntryPayload,
  type EpochPart,
  type LogEntry,
  type Member,
  type SignedEntry,
} from './log/entry.ts'
export {
  appendEntry,
  currentEpoch,
  cutFor,
  foldLog,
  headOf,
  startVault,
  type Epoch,
  type Folded,
  type LogRefusal,
  type PendingReset,
  type RemovedMember,
  type VaultView,
} from './log/vault-view.ts'
export { hasRecovery, isRecovery } from './log/rank.ts'
export { judgeErasure } from './log/erasure.ts'
export { judgeEnvelope, type Judged } from './log/judge.ts'
export {
  envelopeKinds,
  isEnvelopeOp,
  isOpKind,
  opHash,
  retryableRejections,
  vaultAppend,
  type EnvelopeOpKind,
  type Op,
  type OpKind,
} from './op.ts'
export { recoverySigningBytes, refreshSigningBytes, sessionSigningBytes } from './proof.ts'
export { limits } from './limits.ts'
export { columnNames, rowFromShape, type RowOf, type Table } from './table.ts'
export { vaultLog } from './tables/vault-log.ts'
export { docUpdates } from './tables/doc-updates.ts'
export { isShapeName, shapeRequest, shapes, type ShapeName, type ShapeRequest } from './shape.ts'
export {
  challengeAnswer,
  refreshRequest,
  registerRequest,
  saltAnswer,
  saltRequest,
  sessionAnswer,
  sessionRequest,
  type KdfChoice,
  type RefreshRequest,
  type RegisterRequest,
  type SessionAnswer,
  type SessionRequest,
} from './api/account.ts'
export {
  admissionRequest,
  endingAnswer,
  endingRequest,
  entryRequest,
  erasureRequest,
  recoveryAnswer,
  recoveryRequest,
  type EndingRequest,
  type EntryRequest,
  type RecoveryAnswer,
  type RecoveryRequest,
} from './api/vault.ts'
export {
  opsAnswer,
  opsRequest,
  type OpOutcome,
  type OpsAnswer,
  type OpsRequest,
} from './api/ops.ts'
export {
  linkCodeFromText,
  linkCodeToText,
  linkCommitHash,
  linkDigits,
  linkNumbered,
  linkReply,
  linkReveal,
  linkWord,
  readLinkWord,
  linkConsent,
  linkDone,
  linkMessageAnswer,
  linkMessageRequest,
  linkOffer,
  openLinkRequest,
  type LinkCode,
} from './api/link.ts'
export { cellMercator, cellOf, cellMetres, type Cell } from './grid.ts'
export { contacts } from './tables/contacts.ts'
export {
  contactIdOf,
  introduction,
  introductionHeader,
  inviteFragment,
  offerHash,
  renewalHeader,
  secretOfInvite,
  shareHash,
  shareRenewal,
  shareSigningBytes,
  shareStatement,
  type Introduction,
  type ShareStatement,
  type ShareSuccession,
} from './share.ts'
export {
  acceptRequest,
  inviteAnswer,
  inviteRequest,
  offerAnswer,
  renewalRequest,
} from './api/contact.ts'
export { cellRequest, responderRequest } from './api/location.ts'
export {
  encodeSosOp,
  slotBytes,
  parseSosOp,
  sosOpHash,
  sosSigningBytes,
  type SignedSosOp,
  type SosKind,
  type SosOp,
  type SosRouting,
} from './sos/op.ts'
export {
  responderDetails,
  responderHeader,
  responseClaim,
  responseMessage,
  slotDetails,
  slotInner,
  slotPlainBytes,
  type Fix,
  type ResponseMessage,
  type ResponseState,
  type SlotDetails,
} from './sos/slot.ts'
export {
  responderBoxAnswer,
  responseRequest,
  sosAnswer,
  sosRequest,
  type AlertState,
  type SosAnswer,
} from './api/sos.ts'
export {
  clientFrame,
  liveProtocol,
  liveProtocols,
  serverFrame,
  ticketAnswer,
  ticketOf,
  ticketRequest,
  type AlertEvent,
  type AlertNotice,
  type ClientFrame,
  type Notice,
  type ServerFrame,
} from './api/live.ts'
export { wireSchema, WIRE_VERSION } from './version.ts'
export {
  decodeGrant,
  encodeGrant,
  grantScopes,
  grantSigningBytes,
  pageHeader,
  sealedGrantBytes,
  type GrantScope,
  type GrantTerms,
} from './grant.ts'
export { grantRequest, grantsAnswer, pageAnswer } from './api/grant.ts'

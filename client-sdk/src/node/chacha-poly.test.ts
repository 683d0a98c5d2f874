import { testBlockAead } from '../crypto/block-aead.contract.ts'
import { nodeChachaPoly } from './chacha-poly.ts'

testBlockAead("blocks with Node's cipher, whatever their size", {
  ...nodeChachaPoly,
  leastBytes: 0,
})
testBlockAead("large blocks with Node's cipher, small ones with libsodium's", nodeChachaPoly)

import { testBlockAead } from '../crypto/block-aead.contract.ts'
import { nodeChachaPoly } from './chacha-poly.ts'

testBlockAead("blocks with Node's cipher", nodeChachaPoly)

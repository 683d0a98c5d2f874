import { testBlockAead } from './block-aead.contract.ts'

testBlockAead("blocks with libsodium's cipher")

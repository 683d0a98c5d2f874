/** Characters that the passphrase of an account has at least. */
export const minPassphraseLength = 12

/** IEEE 802.3, reflected. */
export const polynomial32: bigint = 0xedb8_8320n;
/** Castagnoli, reflected: RFC 3720, appendix B.4. */
export const polynomial32c: bigint = 0x82f6_3b78n;
/** CRC-64/NVME, reflected: NVM Express NVM command set, 64b guard. */
export const polynomial64: bigint = 0x9a6c_9329_ac4b_c9b5n;

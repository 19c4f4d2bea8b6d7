package io.signalbox.kernel.names;

/**
 * 32 bits from the bytes of a name, the same on every JDK: FNV-1a over the bytes, then the finishing mix of MurmurHash3,
 * because FNV leaves the last byte in the low bits alone.
 */
final class NameHash {
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private NameHash() {}

    static int of(final byte[] source, final int offset, final int length) {
        int hash = FNV_OFFSET;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ (source[i] & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }
}

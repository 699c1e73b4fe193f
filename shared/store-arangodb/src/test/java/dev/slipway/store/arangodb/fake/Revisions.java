package dev.slipway.store.arangodb.fake;

/** Makes {@code _rev} values and keys, each greater than all before; used under the storage's lock. */
final class Revisions {

    private static final String DIGITS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 10;

    private long last = 1L << 40;
    private long lastKey = 100;

    String next() {
        last++;
        char[] text = new char[LENGTH];
        long rest = last;
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (rest & 63));
            rest >>>= 6;
        }
        return "_" + new String(text);
    }

    String nextKey() {
        lastKey++;
        return Long.toString(lastKey);
    }
}

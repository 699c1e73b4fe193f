package dev.slipway.store.common;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A page's cursor: where the next page begins, with a mark of the query that it belongs to. Opaque to callers.
 *
 * <p>Its form is an 8-byte mark, then for each value of the position a letter and the value: a long, a double, or a text
 * or blob with its length.
 */
public final class Cursor {
    private static final int MAX_LENGTH = 64 * 1024;
    private static final int MARK = 8;

    private final byte[] mark;

    private Cursor(byte[] mark) {
        this.mark = mark;
    }

    /** The cursors of one query, which is told by everything of it but its limit and cursor. */
    public static Cursor of(Object... query) {
        MessageDigest sha256 = Digest.newSha256();
        for (Object part : query) {
            byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha256.update(bytes);
        }
        return new Cursor(Arrays.copyOf(sha256.digest(), MARK));
    }

    /**
     * The cursor of a position.
     *
     * @param position longs, doubles, texts and blobs
     */
    public String write(List<Object> position) {
        ByteBuffer bytes = ByteBuffer.allocate(
                MARK + position.stream().mapToInt(Cursor::room).sum());
        bytes.put(mark);
        for (Object value : position) {
            if (value instanceof Long number) {
                bytes.put((byte) 'l').putLong(number);
            } else if (value instanceof Double number) {
                bytes.put((byte) 'd').putDouble(number);
            } else if (value instanceof byte[] blob) {
                bytes.put((byte) 'b').putInt(blob.length).put(blob);
            } else {
                byte[] text = ((String) value).getBytes(StandardCharsets.UTF_8);
                bytes.put((byte) 't').putInt(text.length).put(text);
            }
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private static int room(Object value) {
        int length = value instanceof String text ? 3 * text.length() : value instanceof byte[] blob ? blob.length : 0;
        return 1 + Long.BYTES + length;
    }

    /**
     * The position of a cursor that {@link #write} gave for the same query; {@code page.cursor} for any other.
     *
     * @param form a letter for each value expected: {@code t} for a text, {@code l} for a long, {@code v} for any
     */
    public List<Object> read(String cursor, String form) {
        if (cursor.length() > MAX_LENGTH) {
            throw refused("it is too long");
        }
        ByteBuffer bytes = ByteBuffer.wrap(decode(cursor));
        if (bytes.remaining() < MARK || !bytes.slice(0, MARK).equals(ByteBuffer.wrap(mark))) {
            throw refused("it belongs to another query");
        }
        bytes.position(MARK);
        List<Object> position = new ArrayList<>();
        for (int i = 0; i < form.length(); i++) {
            position.add(value(bytes, form.charAt(i)));
        }
        if (bytes.hasRemaining()) {
            throw refused("it is damaged");
        }
        return position;
    }

    private static byte[] decode(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw SlipwayException.invalid("page.cursor", "This is no cursor of ours; begin with the first page.", e);
        }
    }

    private static Object value(ByteBuffer bytes, char expected) {
        byte type = bytes.hasRemaining() ? bytes.get() : 0;
        if (expected != 'v' && type != expected) {
            throw refused("it is damaged");
        }
        if ((type == 'l' || type == 'd') && bytes.remaining() >= Long.BYTES) {
            return type == 'l' ? (Object) bytes.getLong() : (Object) bytes.getDouble();
        }
        if ((type == 'b' || type == 't') && bytes.remaining() >= Integer.BYTES) {
            int length = bytes.getInt();
            if (length >= 0 && length <= bytes.remaining()) {
                byte[] blob = new byte[length];
                bytes.get(blob);
                return type == 'b' ? blob : new String(blob, StandardCharsets.UTF_8);
            }
        }
        throw refused("it is damaged");
    }

    private static SlipwayException refused(String why) {
        return SlipwayException.invalid(
                "page.cursor", "This cursor can't be used here: " + why + ". Begin with the first page.");
    }
}

package dev.slipway.runtime.files;

import io.micronaut.core.annotation.Nullable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a file that a request asks for, by RFC 9110, section 14. */
sealed interface ByteRange {
    /** All of it. */
    record Whole() implements ByteRange {}

    /** At least one byte, within the file. */
    record Part(long offset, long length) implements ByteRange {}

    /** Nothing that the file has: the answer is 416. */
    record Unsatisfiable() implements ByteRange {}

    Pattern SINGLE = Pattern.compile("(?i:bytes)\\s*=\\s*(?<first>[0-9]*)\\s*-\\s*(?<last>[0-9]*)\\s*");

    /**
     * Reads a Range header. One that can't be understood, names another unit or several ranges at once is ignored, as
     * the RFC lets a server do.
     *
     * @param size of the file in bytes
     */
    static ByteRange of(@Nullable String header, long size) {
        Matcher matcher = SINGLE.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return new Whole();
        }
        String first = matcher.group("first");
        String last = matcher.group("last");
        if (first.isEmpty()) {
            return last.isEmpty() ? new Whole() : suffix(number(last), size);
        }
        long from = number(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
        if (to < from) {
            return new Whole();
        }
        return from >= size ? new Unsatisfiable() : new Part(from, Math.min(to, size - 1) - from + 1);
    }

    private static ByteRange suffix(long length, long size) {
        long kept = Math.min(length, size);
        return kept == 0 ? new Unsatisfiable() : new Part(size - kept, kept);
    }

    /** Numbers beyond all files are as good as the greatest. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
    }
}

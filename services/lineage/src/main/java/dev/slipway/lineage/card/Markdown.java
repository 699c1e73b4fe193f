package dev.slipway.lineage.card;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Builds a text of GitHub's Markdown. Whatever comes from outside is shown as it is, and is never markup. */
final class Markdown {
    /** What begins or ends some markup, a link or an entity within a line. */
    private static final String SPECIAL = "\\`*_[]<>|~&$@#!{}";

    /** What GitHub makes a link of without being asked. */
    private static final Pattern LINKED = Pattern.compile("(?i)www\\.|:(?=//)|(?<=mailto|xmpp):");

    private final StringBuilder text = new StringBuilder();

    /** Text from outside, in one line. */
    static String escaped(String outside) {
        StringBuilder escaped = new StringBuilder();
        outside.strip().codePoints().forEach(c -> {
            if (Character.isWhitespace(c) || Character.isISOControl(c)) {
                escaped.append(' ');
            } else if (isInvisible(c)) {
                escaped.append('\ufffd');
            } else {
                if (SPECIAL.indexOf(c) >= 0) {
                    escaped.append('\\');
                }
                escaped.appendCodePoint(c);
            }
        });
        return LINKED.matcher(escaped).replaceAll(found -> Matcher.quoteReplacement(unlinked(found.group())));
    }

    /** The same with a backslash before its last character. */
    private static String unlinked(String link) {
        return link.substring(0, link.length() - 1) + "\\" + link.substring(link.length() - 1);
    }

    /** What could make a text look like another one: marks of direction and the like, but not what joins emoji. */
    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (type == Character.FORMAT && c != 0x200d);
    }

    /** A heading; the text is our own, or escaped. */
    Markdown heading(int level, String title) {
        text.append('\n').append("#".repeat(level)).append(' ').append(title).append('\n');
        return this;
    }

    /** A paragraph; the text is our own, or escaped. */
    Markdown paragraph(String words) {
        text.append('\n').append(words).append('\n');
        return this;
    }

    /** What somebody has written, in as many lines, marked as theirs. */
    Markdown quote(String outside) {
        text.append('\n');
        Iterator<String> lines = outside.strip().lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            text.append("> ").append(atLineStart(escaped(line))).append(lines.hasNext() ? "\\\n" : "\n");
        }
        return this;
    }

    /** Escapes what would be a list, or the line below a heading, where it begins a line. */
    private static String atLineStart(String escaped) {
        if (escaped.isEmpty()) {
            return "&nbsp;";
        }
        return escaped.replaceFirst("^([-+=])", "\\\\$1").replaceFirst("^(\\d{1,9})([.)])", "$1\\\\$2");
    }

    /** A table; cells are our own, or escaped. Nothing if there are no rows. */
    Markdown table(List<String> head, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return this;
        }
        String[] lines = new String[head.size()];
        Arrays.fill(lines, "---");
        text.append('\n');
        row(head);
        row(Arrays.asList(lines));
        rows.forEach(this::row);
        return this;
    }

    private void row(List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

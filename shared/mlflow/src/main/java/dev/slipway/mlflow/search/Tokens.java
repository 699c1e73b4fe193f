package dev.slipway.mlflow.search;

import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a filter, or an order, into its pieces. */
final class Tokens {
    private static final int LONGEST = 100_000;
    private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Tokens(String text) {
        this.text = text;
    }

    /** The pieces, the last of which is the end. */
    static List<Token> of(String text) {
        if (text.length() > LONGEST) {
            throw SlipwayException.invalid(
                    "search.too-long",
                    "A filter has at most " + LONGEST + " characters; this one has " + text.length() + ".");
        }
        Tokens tokens = new Tokens(text);
        while (tokens.position < text.length()) {
            tokens.readNext();
        }
        tokens.add(Token.Type.END, "", text.length());
        return tokens.tokens;
    }

    private void readNext() {
        char first = text.charAt(position);
        if (Character.isWhitespace(first)) {
            position++;
        } else if (first == '\'' || first == '"') {
            readQuoted(first, Token.Type.QUOTED);
        } else if (first == '`') {
            readQuoted(first, Token.Type.BACK_QUOTED);
        } else if (isWordPart(first)) {
            readWord();
        } else {
            readSymbol();
        }
    }

    /** A doubled quote stands for the quote itself. */
    private void readQuoted(char quote, Token.Type type) {
        int start = position;
        StringBuilder value = new StringBuilder();
        for (position++; position < text.length(); position++) {
            if (text.charAt(position) == quote) {
                position++;
                if (position == text.length() || text.charAt(position) != quote) {
                    add(type, value.toString(), start);
                    return;
                }
            }
            value.append(text.charAt(position));
        }
        throw unreadable(start, "the quote is not closed");
    }

    private void readWord() {
        int start = position;
        while (position < text.length() && isWordPart(text.charAt(position))) {
            position++;
        }
        String word = text.substring(start, position);
        add(NUMBER.matcher(word).matches() ? Token.Type.NUMBER : Token.Type.WORD, word, start);
    }

    private void readSymbol() {
        for (String symbol : List.of("<=", ">=", "!=", "<>", "==", "<", ">", "=", ",", "(", ")")) {
            if (text.startsWith(symbol, position)) {
                add(Token.Type.SYMBOL, symbol, position);
                position += symbol.length();
                return;
            }
        }
        throw unreadable(position, "texts stand in '…' or \"…\", unusual keys in `…`");
    }

    private static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character) || "_.-+/:".indexOf(character) >= 0;
    }

    private void add(Token.Type type, String value, int start) {
        tokens.add(new Token(type, value, start));
    }

    private SlipwayException unreadable(int start, String why) {
        String rest = text.substring(start, Math.min(text.length(), start + 40));
        return SlipwayException.invalid(
                "search.syntax",
                "The filter can't be read from character " + (start + 1) + " on, \u201c" + rest + "\u201d: " + why
                        + ".");
    }
}

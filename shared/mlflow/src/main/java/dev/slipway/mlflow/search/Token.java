package dev.slipway.mlflow.search;

/**
 * A piece of a filter.
 *
 * @param text without its quotes, a doubled quote inside being one
 * @param start where it stands in the filter, from 0
 */
record Token(Type type, String text, int start) {
    enum Type {
        /** A bare word: an identifier, a keyword. */
        WORD,
        NUMBER,
        /** In single or double quotes. */
        QUOTED,
        /** In back quotes, which only keys have. */
        BACK_QUOTED,
        /** A comparison, a dot, a comma or a parenthesis. */
        SYMBOL,
        END
    }

    boolean is(String word) {
        return type == Type.WORD ? text.equalsIgnoreCase(word) : type == Type.SYMBOL && text.equals(word);
    }

    /** As it is named in messages. */
    String shown() {
        return type == Type.END ? "the end" : "'" + text + "'";
    }
}

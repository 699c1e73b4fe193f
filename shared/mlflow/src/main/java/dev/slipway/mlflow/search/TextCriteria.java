package dev.slipway.mlflow.search;

import dev.slipway.store.graph.FacetQuery.Comparison;

/** Decides criteria about texts that no store looks at. */
public final class TextCriteria {
    private TextCriteria() {}

    /** Whether a text satisfies the criterion; none satisfies one about numbers, or about what is missing. */
    public static boolean holds(Criterion criterion, String text) {
        if (criterion instanceof Criterion.Text wanted) {
            return text.equals(wanted.value()) == (wanted.comparison() == Comparison.EQUAL);
        }
        if (criterion instanceof Criterion.In in) {
            return in.values().contains(text) != in.negated();
        }
        return criterion instanceof Criterion.Like like && fits(like, text);
    }

    /** In steps of at most the product of both lengths, however many {@code %} there are. */
    private static boolean fits(Criterion.Like like, String text) {
        String pattern = like.pattern();
        int at = 0;
        int next = 0;
        int wildcard = -1;
        int retry = 0;
        while (at < text.length()) {
            int wanted = next < pattern.length() ? pattern.codePointAt(next) : -1;
            int found = text.codePointAt(at);
            if (wanted == '%') {
                wildcard = next++;
                retry = at;
            } else if (wanted >= 0 && (wanted == '_' || same(wanted, found, like.ignoreCase()))) {
                next += Character.charCount(wanted);
                at += Character.charCount(found);
            } else if (wildcard >= 0) {
                retry += Character.charCount(text.codePointAt(retry));
                at = retry;
                next = wildcard + 1;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '%') {
            next++;
        }
        return next == pattern.length();
    }

    private static boolean same(int wanted, int found, boolean ignoreCase) {
        return wanted == found || (ignoreCase && lower(wanted) == lower(found));
    }

    private static int lower(int character) {
        return character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character;
    }
}

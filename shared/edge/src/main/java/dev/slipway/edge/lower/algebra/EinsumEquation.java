package dev.slipway.edge.lower.algebra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An equation with a number for every axis: that of its letter, or, of the axes that an ellipsis stands for, -1 for the
 * last one, -2 for the one before, and so on.
 */
record EinsumEquation(List<List<Integer>> inputs, List<Integer> output) {
    private static final String ELLIPSIS = "...";

    /** Of an equation for operands of these ranks. Fails with IllegalArgumentException if it doesn't fit them. */
    static EinsumEquation of(String text, List<Integer> ranks) {
        String plain = text.replace(" ", "");
        int arrow = plain.indexOf("->");
        String[] terms = (arrow < 0 ? plain : plain.substring(0, arrow)).split(",", -1);
        if (terms.length != ranks.size()) {
            throw new IllegalArgumentException("it has " + terms.length + " terms for " + ranks.size() + " operands");
        }
        List<List<Integer>> inputs = new ArrayList<>();
        int hidden = 0;
        for (int i = 0; i < terms.length; i++) {
            int letters = terms[i].replace(ELLIPSIS, "").length();
            int own = ranks.get(i) - letters;
            if (own < 0 || (own > 0 && !terms[i].contains(ELLIPSIS))) {
                throw new IllegalArgumentException("term '" + terms[i] + "' does not fit rank " + ranks.get(i));
            }
            hidden = Math.max(hidden, own);
            inputs.add(labels(terms[i], own));
        }
        List<Integer> output = arrow < 0 ? implicit(inputs, hidden) : labels(plain.substring(arrow + 2), hidden);
        if (output.stream().distinct().count() != output.size()) {
            throw new IllegalArgumentException("its result repeats a letter");
        }
        return new EinsumEquation(inputs, output);
    }

    private static List<Integer> labels(String term, int hidden) {
        List<Integer> labels = new ArrayList<>();
        int at = 0;
        while (at < term.length()) {
            if (term.startsWith(ELLIPSIS, at)) {
                addHidden(labels, hidden);
                at += ELLIPSIS.length();
            } else {
                labels.add((int) term.charAt(at++));
            }
        }
        return labels;
    }

    private static void addHidden(List<Integer> labels, int count) {
        for (int label = -count; label < 0; label++) {
            labels.add(label);
        }
    }

    /** The ellipsis, then the letters that occur once, in the order of the alphabet. */
    private static List<Integer> implicit(List<List<Integer>> inputs, int hidden) {
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        inputs.forEach(labels -> labels.forEach(label -> counts.merge(label, 1, Integer::sum)));
        List<Integer> output = new ArrayList<>();
        addHidden(output, hidden);
        new TreeMap<>(counts).forEach((label, count) -> {
            if (label >= 0 && count == 1) {
                output.add(label);
            }
        });
        return output;
    }
}

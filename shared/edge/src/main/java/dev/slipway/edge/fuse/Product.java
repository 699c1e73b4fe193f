package dev.slipway.edge.fuse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tree of Mul and Div as a number times values.
 *
 * @param factors names of values, as often as they are multiplied
 */
record Product(double number, List<String> factors) {
    private static final int DEEPEST = 4;

    /** The value in factors; {@code whole} is not taken apart. */
    static Product of(String value, String whole, Makers makers) {
        List<String> factors = new ArrayList<>();
        double number = collect(value, whole, makers, factors, DEEPEST);
        return new Product(number, List.copyOf(factors));
    }

    private static double collect(String value, String whole, Makers makers, List<String> factors, int depth) {
        Optional<Double> number = makers.number(value);
        if (number.isPresent()) {
            return number.get();
        }
        if (depth > 0 && !value.equals(whole)) {
            var product = makers.node(value, "Mul");
            if (product.isPresent()) {
                return collect(product.get().inputs().get(0), whole, makers, factors, depth - 1)
                        * collect(product.get().inputs().get(1), whole, makers, factors, depth - 1);
            }
            var quotient = makers.node(value, "Div")
                    .filter(node -> makers.number(node.inputs().get(1)).isPresent());
            if (quotient.isPresent()) {
                return collect(quotient.get().inputs().get(0), whole, makers, factors, depth - 1)
                        / makers.number(quotient.get().inputs().get(1)).orElseThrow();
            }
            var cube = makers.node(value, "Pow")
                    .filter(node -> makers.isNumber(node.inputs().get(1), 3));
            if (cube.isPresent()) {
                String base = cube.get().inputs().get(0);
                factors.addAll(List.of(base, base, base));
                return 1;
            }
        }
        factors.add(value);
        return 1;
    }

    boolean is(double wanted, List<String> values) {
        return Makers.isClose(number, wanted)
                && factors.stream()
                        .sorted()
                        .toList()
                        .equals(values.stream().sorted().toList());
    }
}

package dev.slipway.dataset;

import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.dataset.Statistics;
import dev.slipway.kernel.Digest;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * What a version consists of; the digest of its JSON names the version. It says neither project nor parent nor the
 * fractions asked for, since the same samples in the same splits are the same version however they came there.
 *
 * @param form of this record, 1
 * @param splits in the order of {@link SplitName}
 * @param membership the artifact that says which content is in which split
 */
@Serdeable
record Manifest(
        int form,
        long seed,
        List<String> classes,
        List<Integer> sampleShape,
        List<NamedSplit> splits,
        Numbers statistics,
        Digest membership) {

    @Serdeable
    record NamedSplit(SplitName name, Split split) {}

    /** The statistics in full as decimals, whose text does not depend on the JDK as that of doubles does. */
    @Serdeable
    record Numbers(BigDecimal minimum, BigDecimal maximum, BigDecimal mean, BigDecimal standardDeviation) {
        // So many decimal digits tell any double from its neighbours.
        private static final MathContext EXACT = new MathContext(17);

        static Numbers of(Statistics statistics) {
            return new Numbers(
                    decimal(statistics.minimum()),
                    decimal(statistics.maximum()),
                    decimal(statistics.mean()),
                    decimal(statistics.standardDeviation()));
        }

        private static BigDecimal decimal(double value) {
            return new BigDecimal(value).round(EXACT).stripTrailingZeros();
        }
    }
}
